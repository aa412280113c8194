"""Any report as a table on paper."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from pypdf import PdfReader

from reports.insight.table_pdf import render_table_pdf
from reports.kit.table import Column, TableReport

Pages = Callable[[bytes], list[str]]

COLUMNS = (
    Column("number", "No.", "integer"),
    Column("name", "Customer"),
    Column("amount", "Amount", "money", "IDR", total=True),
    Column("share", "Share", "percent"),
    Column("day", "Day", "date"),
    Column("at", "At", "datetime"),
    Column("paid", "Paid", "bool"),
)


def report(count: int, language: str = "id") -> TableReport:
    rows = (
        (
            at,
            f"Pelanggan <{at}>",
            Decimal(1_250_000),
            Decimal("12.5"),
            date(2026, 3, 14),
            datetime(2026, 3, 14, 9, 5),  # noqa: DTZ001
            True,
        )
        for at in range(count)
    )
    totals = {"amount": Decimal(987_654_321)}
    return TableReport("Penjualan", COLUMNS, rows, "Maret", ("Catatan.",), totals, None, language)


def test_values_are_worded_in_the_reports_language(pages: Pages) -> None:
    indonesian, english = (pages(render_table_pdf(report(1, speech)))[0] for speech in ("id", "en"))
    wanted = ("1.250.000", "12,5%", "14/03/2026", "09.05", "Ya", "Amount (IDR)", "Catatan.")
    assert [word for word in wanted if word not in indonesian] == []
    assert [word for word in ("1,250,000", "12.5%", "09:05", "Yes") if word not in english] == []


def test_all_rows_are_there_and_the_sums_close_the_table(pages: Pages) -> None:
    texts = pages(render_table_pdf(report(150)))
    assert all(f"Pelanggan <{at}>" in "".join(texts) for at in range(150))
    assert "987.654.321" in texts[-1]
    assert "Pelanggan <149>" in texts[-1]
    assert f"Halaman 2 dari {len(texts)}" in texts[1]


def test_the_sheet_lies_on_its_side() -> None:
    box = PdfReader(BytesIO(render_table_pdf(report(1)))).pages[0].mediabox
    assert box.width > box.height


def test_twenty_columns_and_long_words_still_fit(pages: Pages) -> None:
    columns = tuple(Column(f"c{at}", f"Kolom {at}") for at in range(20))
    row = tuple(f"kata{at}yangsangatpanjangsekali" for at in range(20))
    text = "".join("".join(pages(render_table_pdf(TableReport("Lebar", columns, [row])))).split())
    assert "".join(sorted("".join(row))) <= "".join(sorted(text)) or len(text) > len("".join(row))
    assert "kata" in text


def test_a_report_without_rows_is_one_page(pages: Pages) -> None:
    assert len(pages(render_table_pdf(TableReport("Kosong", COLUMNS, [])))) == 1


def test_equal_reports_give_equal_bytes() -> None:
    assert render_table_pdf(report(60)) == render_table_pdf(report(60))
