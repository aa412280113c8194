"""Reading files of every making: encodings, dialects, workbooks, vCards, and none of these."""

import zipfile
from pathlib import Path

import pytest

from controllers.system.imports import sources
from models.values.errors import DomainError
from tests.outside_data import outside


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes("code,name\nA1,Café München\n".encode(encoding))
    assert sources.read(path).rows == [["A1", "Café München"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f'code{delimiter}name\nA1{delimiter}"x{delimiter}y"\n', encoding="utf-8")
    assert sources.read(path).rows == [["A1", f"x{delimiter}y"]]


def test_quoted_line_ends_stay_in_their_cell(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text('code,address\nA1,"Jalan 1\nJakarta"\n', encoding="utf-8")
    assert sources.read(path).rows == [["A1", "Jalan 1\nJakarta"]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "is empty"), (b"\n\n", "is empty"), (b"a,b\n\x00,1\n", "null signs")],
)
def test_files_that_are_no_table_are_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    with pytest.raises(DomainError, match=reason):
        sources.read(path)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="is a folder"):
        sources.read(tmp_path)
    with pytest.raises(DomainError, match="no file"):
        sources.read(tmp_path / "nothing.csv")


def test_a_workbook_is_read_with_typed_cells(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["sku", "list_price"])
    book.active.append(["P1", 12.5])
    path = tmp_path / "prices.xlsx"
    book.save(path)
    assert sources.read(path).rows == [["P1", 12.5]]


@pytest.mark.slow
def test_a_workbook_that_would_unpack_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as entry,
    ):
        block = b"0" * 8_000_000
        for _turn in range(90):
            entry.write(block)
    with pytest.raises(DomainError, match="unpack to 720 MB"):
        sources.read(path)


def test_text_under_the_name_of_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    path.write_text("code,name\n", encoding="utf-8")
    with pytest.raises(DomainError, match="no workbook"):
        sources.read(path)


def _outcome(path: Path) -> str:
    """What came of a file: its headings, or the sentence of the refusal, which names it."""
    try:
        return " ".join(sources.read(path).headings)
    except DomainError as error:
        return str(error) if path.name in str(error) else ""


@pytest.mark.parametrize(
    ("folder", "endings"),
    [
        ("csv_torture", {".csv"}),
        ("hostile_spreadsheets", {".xlsx", ".xls", ".ods", ".xlsb"}),
        ("vcards", {".vcf"}),
    ],
)
def test_every_bad_file_is_read_or_refused_in_words(folder: str, endings: set[str]) -> None:
    files = [path for path in outside(folder).rglob("*") if path.suffix in endings]
    assert [path.name for path in files if not _outcome(path)] == []
