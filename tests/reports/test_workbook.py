"""Reports as Excel workbooks, read back by other programs."""

import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import load_workbook

from reports.kit import workbook
from reports.kit.files import Cancelled
from reports.kit.table import Column, Summary, TableReport
from reports.kit.workbook import write_workbook

COLUMNS = (
    Column("number", "No.", "integer"),
    Column("seller", "Salesperson"),
    Column("month", "Month"),
    Column("amount", "Amount", "money", "MYR", total=True),
    Column("quantity", "Quantity", "quantity", total=True),
    Column("rate", "Rate", "percent"),
    Column("day", "Day", "date"),
    Column("at", "At", "datetime"),
    Column("paid", "Paid", "bool"),
    Column("remark", "Remark"),
)
SELLERS = ("Ayu", "Chong & Sons", "D*ni?", ">5", "=1+1", "", "~x")
MONTHS = ("Jan", "Feb", "Mac")


def rows(count: int) -> Iterator[tuple[object, ...]]:
    for at in range(count):
        yield (
            at,
            SELLERS[at % 7],
            MONTHS[at % 3],
            Decimal(at * 37) / 100,
            Decimal(at % 9),
            Decimal("2.5"),
            date(2026, 3, 1 + at % 28),
            datetime(2026, 3, 14, 9, 30),  # noqa: DTZ001
            at % 2 == 0,
            "baik",
        )


def report(count: int = 10, **facts: object) -> TableReport:
    return TableReport("Sales & more", COLUMNS, rows(count), **facts)  # type: ignore[arg-type]


def texts(*values: object, kind: str = "text") -> TableReport:
    return TableReport("Texts", (Column("a", "A", kind),), [(value,) for value in values])  # type: ignore[arg-type]


def written(told: TableReport) -> BytesIO:
    file = BytesIO()
    write_workbook(told, file)
    file.seek(0)
    return file


def column_of(told: TableReport, sheet: str = "Data") -> list[object]:
    return [row[0] for row in load_workbook(written(told))[sheet].iter_rows(2, values_only=True)]


def test_every_kind_of_cell_comes_back_as_it_was() -> None:
    sheet = load_workbook(written(report(30)))["Data"]
    found = list(sheet.iter_rows(2, values_only=True))
    wanted = [
        (n, s or None, m, float(a), int(q), float(r), datetime(d.year, d.month, d.day), t, p, k)  # type: ignore[attr-defined, arg-type] # noqa: DTZ001
        for n, s, m, a, q, r, d, t, p, k in rows(30)
    ]
    assert found == wanted


def test_decimals_are_written_with_their_exact_text() -> None:
    value = Decimal("12345678901234567890.1234567890")
    with ZipFile(written(texts(value, kind="money"))) as package:
        assert b"<v>12345678901234567890.1234567890</v>" in package.read("xl/worksheets/sheet2.xml")


def test_number_formats_follow_kind_and_currency() -> None:
    columns = (
        Column("a", "A", "money", "IDR"),
        Column("b", "B", "money", "MYR"),
        Column("c", "C", "percent"),
        Column("d", "D", "date"),
    )
    told = TableReport("F", columns, [(Decimal(1), Decimal(1), Decimal(1), date(2026, 1, 1))])
    cells = load_workbook(written(told))["Data"][2]
    assert [c.number_format for c in cells] == ["#,##0", "#,##0.00", '0.0"%"', "dd/mm/yyyy"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\ttab", "\rreturn", " blank ", "a\nb"])
def test_text_is_never_a_formula_and_keeps_its_blanks(text: str) -> None:
    for column in ((text,), (text, "other"), (text, None, "")):
        sheet = load_workbook(written(texts(*column)))["Data"]
        assert sheet["A2"].value == text
        assert sheet["A2"].data_type == "s"


@pytest.mark.parametrize("text", ["<b>&amp;</b>", "]]>", "a & b", "naïve 陈 😀", "\u2028x", "\x7f"])
def test_signs_of_xml_come_back(text: str) -> None:
    assert column_of(texts(text, "x")) == [text, "x"]


def test_illegal_characters_become_a_replacement_sign() -> None:
    assert column_of(texts("a\x00b\x0b", "c\ud800", "d\uffff")) == [
        "a\ufffdb\ufffd",
        "c\ufffd",
        "d\ufffd",
    ]


def test_what_looks_like_an_escape_stays_what_it_is() -> None:
    with ZipFile(written(texts("_x0041_"))) as package:
        assert b"_x005F_x0041_" in package.read("xl/worksheets/sheet2.xml")


def test_texts_too_long_for_a_cell_are_cut_and_noted() -> None:
    book = load_workbook(written(texts("y" * 32_767, "z" * 32_768, "😀" * 20_000)))
    lengths = [len(str(row[0]).encode("utf-16-le")) // 2 for row in book["Data"].values][1:]
    assert lengths[0] == 32_767
    assert all(length <= 32_767 for length in lengths)
    assert str(book["Data"]["A3"].value).endswith("z…")
    notes = [cell.value for cell in book.worksheets[0]["A"] if cell.value]
    assert any("2 texts" in str(note) and "32,767" in str(note) for note in notes)


def test_values_of_another_type_than_the_columns_still_arrive() -> None:
    assert column_of(texts(5, True, None, "x", Decimal("NaN"), kind="money")) == [
        5,
        True,
        None,
        "x",
        "NaN",
    ]
    assert column_of(texts(date(1899, 1, 1), date(2026, 1, 1), kind="date")) == [
        "1899-01-01",
        datetime(2026, 1, 1),  # noqa: DTZ001
    ]
    moment = datetime(2026, 1, 1, 8, 30, tzinfo=UTC)
    assert column_of(texts(moment, kind="datetime")) == [moment.replace(tzinfo=None)]


def test_the_rows_are_a_real_table_under_a_frozen_heading() -> None:
    sheet = load_workbook(written(report(25)))["Data"]
    table = sheet.tables["Data1"]
    assert table.ref == table.autoFilter.ref == "A1:J26"
    assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[1]]
    assert sheet.freeze_panes == "A2"
    assert sheet["D1"].value == "Amount (MYR)"
    assert sheet.print_title_rows == "$1:$1"


def test_headings_are_made_different() -> None:
    columns = (Column("a", "Total"), Column("b", "total"), Column("c", "Total"))
    told = TableReport("H", columns, [("x", "y", "z")])
    heads = [cell.value for cell in load_workbook(written(told))["Data"][1]]
    assert heads == ["Total", "total 2", "Total 3"]


def test_columns_with_the_same_name_are_refused() -> None:
    with pytest.raises(ValueError, match="different names: a"):
        TableReport("H", (Column("a", "A"), Column("a", "B")), [])


def test_a_summary_of_an_unknown_column_is_refused() -> None:
    with pytest.raises(ValueError, match="no such column: nobody"):
        TableReport("H", (Column("a", "A"),), [], summary=Summary("nobody", (), ("a",)))


def test_a_report_without_rows_is_a_table_with_one_empty_row() -> None:
    book = load_workbook(written(report(0)))
    assert book["Data"].tables["Data1"].ref == "A1:J2"
    assert book["Data"].max_row == 1


def test_rows_beyond_one_sheet_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS_PER_SHEET", 1_500)
    book = load_workbook(written(report(3_200)))
    assert book.sheetnames[1:] == ["Data", "Data 2", "Data 3"]
    assert [book[name].max_row - 1 for name in book.sheetnames[1:]] == [1_500, 1_500, 200]
    assert book["Data 3"].tables["Data3"].ref == "A1:J201"
    assert book["Data 2"]["A2"].value == 1_500


def test_exactly_one_full_sheet_needs_no_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS_PER_SHEET", 1_000)
    assert load_workbook(written(report(1_000))).sheetnames[1:] == ["Data"]


def test_all_parts_are_well_formed_and_the_package_is_sound() -> None:
    crossed = Summary("seller", SELLERS, ("amount",), "month", MONTHS, "By month", "column")
    with ZipFile(written(report(50, summary=crossed, notes=("Note <1>",)))) as package:
        assert package.testzip() is None
        parts = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
        assert all(etree.fromstring(package.read(name)) is not None for name in parts)
        assert len(parts) == len(set(package.namelist()))
        assert any("charts/chart" in name for name in parts)


def test_equal_reports_give_equal_bytes() -> None:
    assert written(report(500)).getvalue() == written(report(500)).getvalue()


def test_the_summary_speaks_the_reports_language() -> None:
    assert load_workbook(written(report(1, language="ms"))).sheetnames == ["Ringkasan", "Data"]


def test_progress_is_told_every_five_thousand_rows(tmp_path: Path) -> None:
    told: list[int] = []

    def listen(count: int) -> bool:
        told.append(count)
        return True

    assert write_workbook(report(12_000), tmp_path / "a.xlsx", progress=listen) == 12_000
    assert told == [5_000, 10_000, 12_000]


def test_cancelling_keeps_the_old_file_and_leaves_no_other(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(Cancelled):
        write_workbook(report(12_000), target, progress=lambda count: count < 10_000)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_row_of_the_wrong_length_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    told = TableReport("W", (Column("a", "A"), Column("b", "B")), [("x", "y"), ("x",)])
    with pytest.raises(ValueError, match=r"shorter|longer|values"):
        write_workbook(told, tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_written_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_workbook(report(3), target)
    assert load_workbook(target)["Data"].max_row == 4
    assert target.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [target]


def calculated(path: Path) -> dict[str, list[list[object]]]:
    """The values of all sheets after LibreOffice calculated them."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    out = path.parent / "out"
    home = f"-env:UserInstallation=file://{path.parent}/profile"
    command = [office, home, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    book = load_workbook(out / path.name, data_only=True)
    return {sheet.title: [list(row) for row in sheet.values] for sheet in book}


def crossed_by_hand(told: Sequence[Sequence[object]]) -> dict[tuple[object, object], Decimal]:
    sums: dict[tuple[object, object], Decimal] = defaultdict(Decimal)
    for row in told:
        amount = row[3]
        assert isinstance(amount, Decimal)
        for key in ((row[1], row[2]), (row[1], None), (None, row[2]), (None, None)):
            sums[key] += amount
    return sums


@pytest.mark.slow
def test_formulas_agree_with_the_programs_sums(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROWS_PER_SHEET", 1_000)
    crossed = Summary("seller", SELLERS, ("amount", "quantity"), "month", MONTHS, chart="column")
    target = tmp_path / "book.xlsx"
    write_workbook(report(1_700, summary=crossed), target)
    sheet = calculated(target)["Summary"]
    sums = crossed_by_hand(list(rows(1_700)))
    found = {str(row[0]): row for row in sheet[: len(sheet) // 2 + 4] if row[0] is not None}
    assert found["Rows"][1] == 1_700
    assert found["Amount (MYR)"][1] is None or found["Amount (MYR)"][1] == sums[None, None]
    for seller in SELLERS:
        shown = [round(Decimal(str(value)), 2) for value in found[seller or "–"][1:5]]
        assert shown == [*(sums[seller, month] for month in MONTHS), sums[seller, None]]
    shown = [round(Decimal(str(value)), 2) for value in found["Total"][1:5]]
    assert shown == [*(sums[None, month] for month in MONTHS), sums[None, None]]


@pytest.mark.slow
def test_measures_stand_side_by_side_without_a_second_label(tmp_path: Path) -> None:
    told = report(900, summary=Summary("month", MONTHS, ("amount", "quantity"), chart="pie"))
    write_workbook(told, tmp_path / "book.xlsx")
    sheet = calculated(tmp_path / "book.xlsx")["Summary"]
    by_label = {row[0]: row[1:3] for row in sheet}
    for month in MONTHS:
        mine = [row for row in rows(900) if row[2] == month]
        amount, quantity = (sum(row[at] for row in mine) for at in (3, 4))  # type: ignore[misc]
        assert [round(float(str(v)), 2) for v in by_label[month]] == [
            float(amount),
            float(quantity),
        ]
