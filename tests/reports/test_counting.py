"""Count sheets on paper and as workbooks."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reports.documents.counting import column_names, count_report, render_count_sheet
from reports.kit.workbook import write_workbook
from tests.reports.forms_for_tests import count_sheet, form

Pages = Callable[[bytes], list[str]]


def rows(is_blind: bool, language: str = "id") -> list[tuple[object, ...]]:
    """The data sheet of a workbook of three lines."""
    file = BytesIO()
    sheet = count_sheet(3, head=form(party=None, language=language), is_blind=is_blind)
    write_workbook(count_report(sheet), file)
    return list(load_workbook(file)["Data"].iter_rows(values_only=True))


def test_a_blind_sheet_keeps_the_book_quantity_to_itself(pages: Pages) -> None:
    assert "4.321" not in pages(render_count_sheet(count_sheet()))[0]
    assert "4.321" in pages(render_count_sheet(count_sheet(is_blind=False)))[0]
    assert not any(4321 in row for row in rows(is_blind=True))
    assert any(4321 in row for row in rows(is_blind=False))


def test_every_line_has_room_to_write(pages: Pages) -> None:
    assert pages(render_count_sheet(count_sheet(4)))[0].count("_" * 9) == 8


@pytest.mark.parametrize("language", ["id", "ms", "en"])
def test_the_headings_of_a_workbook_can_be_read_back(language: str) -> None:
    heading, first, *_rest = rows(is_blind=False, language=language)
    names = [column_names()[str(text)] for text in heading]
    assert names == "line sku product location lot unit book counted note".split()
    found = dict(zip(names, first, strict=True))
    assert (found["line"], found["sku"], found["book"]) == (1, "KRT-0", 4321)
    assert found["counted"] is None


def test_equal_sheets_give_equal_workbooks(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(count_report(count_sheet()), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
