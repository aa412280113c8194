"""Counting on a real database: the sheet, the file that comes back, and what it corrects."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from controllers.catalogue import counts, stocking
from controllers.core import records
from controllers.core.app import App
from controllers.system import databases
from models.values.errors import DomainError
from models.values.formatting import Style
from tests.builders import a_product

D = Decimal


def stock(app: App, sku: str) -> Decimal:
    return Decimal(app.read(records.show, "product", sku).values["stock"])


def filled_in(path: Path, **counted: object) -> Path:
    """The workbook with what was counted by SKU."""
    book = load_workbook(path)
    data = book["Data"]
    heads = [cell.value for cell in data[1]]
    for row in data.iter_rows(min_row=2):
        sku = row[heads.index("SKU")].value
        if sku in counted:
            row[heads.index("Counted")].value = counted[sku]
    book.save(path)
    return path


@pytest.fixture
def workbook(app: App, tmp_path: Path) -> Path:
    path = tmp_path / "count.xlsx"
    counts.save_sheet(app, path, "main")
    return path


def a_csv(tmp_path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "count.csv"
    path.write_text("\n".join(("sku,lot,counted,note", *lines)), encoding=encoding)
    return path


def test_a_sheet_lists_what_lies_there_and_a_blind_one_tells_no_quantity(app: App) -> None:
    sheet = app.read(counts.sheet, "MAIN", is_blind=False)
    assert [(line.sku, line.book, line.location) for line in sheet.lines] == [
        ("FAN1", D(5), "MAIN"), ("PUMP12", D(100), "MAIN"),
    ]  # fmt: skip
    assert app.read(counts.sheet).is_blind


@pytest.mark.parametrize("language", ["en", "id", "ms"])
def test_a_sheet_goes_out_on_paper_and_as_a_table(app: App, tmp_path: Path, language: str) -> None:
    for ending in ("pdf", "xlsx", "csv"):
        counts.save_sheet(app, tmp_path / f"s.{ending}", language=language)
    assert (tmp_path / "s.pdf").read_bytes().startswith(b"%PDF")
    read = app.read(counts.read, tmp_path / "s.xlsx", style=Style.of(language))
    assert (read.warehouse, read.lines, read.uncounted) == ("MAIN", (), 2)


def test_what_was_counted_is_compared_and_booked_in_one(app: App, workbook: Path) -> None:
    preview = app.read(counts.read, filled_in(workbook, FAN1=7, PUMP12=100))
    assert [(each.sku, each.difference) for each in preview.differing] == [("FAN1", D(2))]
    app.write(counts.post, preview.warehouse, preview.counts, number=preview.number)
    newest = app.read(stocking.moves, "FAN1")[0]
    assert (newest["reason"], newest["quantity"]) == ("count", D(2))
    assert newest["note"] == preview.number
    assert databases.check(app) == []


def test_a_workbook_holds_its_figures_whatever_the_language(app: App, workbook: Path) -> None:
    path = filled_in(workbook, FAN1=1234.5, PUMP12="1.234,5")
    read = app.read(counts.read, path, style=Style.of("id"))
    assert [each.count.counted for each in read.lines] == [D("1234.5"), D("1234.5")]


def test_posting_twice_changes_nothing_more(app: App, workbook: Path) -> None:
    preview = app.read(counts.read, filled_in(workbook, FAN1=7))
    for _time in range(2):
        app.write(counts.post, preview.warehouse, preview.counts, number=preview.number)
    assert stock(app, "FAN1") == D(7)


def test_what_moved_since_the_sheet_was_printed_is_told_and_kept(app: App, workbook: Path) -> None:
    app.write(stocking.receive, "FAN1", D(10))
    preview = app.read(counts.read, filled_in(workbook, FAN1=4))
    (line,) = preview.lines
    assert (line.there, line.moved, line.difference) == (D(15), D(10), D(-1))
    app.write(counts.post, preview.warehouse, preview.counts, number=preview.number)
    assert stock(app, "FAN1") == D(14)


def test_rows_that_are_not_understood_are_listed_with_their_reason(
    app: App, tmp_path: Path
) -> None:
    a_product(app, "GLUE", tracking="lot", stock=D(0))
    path = a_csv(tmp_path, "FAN1,,6,", "NOPE,,1,", "FAN1,,7,", "PUMP12,,many,", "PUMP12,,-1,",
                 "GLUE,,3,", "FAN1,L1,3,", "GLUE,L1,3,found", "PUMP12,,,")  # fmt: skip
    preview = app.read(counts.read, path)
    assert [(each.sku, each.count.lot) for each in preview.lines] == [("FAN1", ""), ("GLUE", "L1")]
    assert [each.row for each in preview.rejected] == [3, 4, 5, 6, 7, 8]
    told = " ".join(str(each.reason) for each in preview.rejected)
    for sentence in ("no product “NOPE”", "stands twice", "-1 cannot lie", "GLUE is tracked",
                     "FAN1 is not tracked"):  # fmt: skip
        assert sentence in told
    assert preview.uncounted == 1


def test_figures_are_read_as_the_person_writes_them(app: App, tmp_path: Path) -> None:
    path = tmp_path / "count.csv"
    path.write_text("sku;counted\nPUMP12;1.234,5\n", encoding="utf-8")
    (line,) = app.read(counts.read, path, style=Style.of("id")).lines
    assert line.count.counted == D("1234.5")


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_a_file_in_any_usual_encoding_is_read(app: App, tmp_path: Path, encoding: str) -> None:
    path = a_csv(tmp_path, "FAN1,,6,gezählt", encoding=encoding)
    (line,) = app.read(counts.read, path).lines
    assert line.count.note == "gezählt"


def test_a_count_of_another_warehouse_is_refused(app: App, workbook: Path, tmp_path: Path) -> None:
    app.write(records.create, "warehouse", {"code": "EAST", "name": "East"})
    with pytest.raises(DomainError, match="is of another warehouse than EAST"):
        app.read(counts.read, workbook, "EAST")
    path = tmp_path / "c.csv"
    path.write_text("sku,location,counted\nFAN1,MAIN,3\n", encoding="utf-8")
    (rejected,) = app.read(counts.read, path, "EAST").rejected
    assert "was counted in MAIN, this is the count of EAST" in str(rejected.reason)


def test_files_that_are_no_count_are_refused(app: App, tmp_path: Path) -> None:
    broken, strange = tmp_path / "broken.xlsx", tmp_path / "strange.csv"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    strange.write_text("name,price\nFan,3\n", encoding="utf-8")
    for path, sentence in (
        (tmp_path, "is a folder"), (tmp_path / "none.csv", "There is no file"),
        (broken, "is no workbook"), (strange, "has no column “sku”"),
    ):  # fmt: skip
        with pytest.raises(DomainError, match=sentence):
            app.read(counts.read, path)


@pytest.mark.parametrize("number", ["MAIN", "MAIN-999999", "EAST-1"])
def test_a_number_that_no_sheet_bears_is_refused(app: App, tmp_path: Path, number: str) -> None:
    with pytest.raises(DomainError, match=r"is no number of a count sheet|no warehouse|another"):
        app.read(counts.read, a_csv(tmp_path, "FAN1,,6,"), number=number)


def test_a_count_below_nothing_books_none_of_it(app: App, workbook: Path) -> None:
    preview = app.read(counts.read, filled_in(workbook, FAN1=0, PUMP12=90))
    app.write(stocking.scrap, "FAN1", D(3))
    with pytest.raises(DomainError, match="-3 cannot lie in stock"):
        app.write(counts.post, preview.warehouse, preview.counts, number=preview.number)
    assert (stock(app, "FAN1"), stock(app, "PUMP12")) == (D(2), D(100))


def test_an_empty_warehouse_has_no_sheet(app: App) -> None:
    app.write(records.create, "warehouse", {"code": "EAST", "name": "East"})
    with pytest.raises(DomainError, match="Nothing lies in EAST"):
        app.read(counts.sheet, "EAST")
