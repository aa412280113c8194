"""Reading a file into headings and rows: CSV in any encoding and dialect, workbooks, vCards."""

import csv
import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.values.errors import DomainError
from reports.kit.delimited import GUARDED
from resources.languages import marked as _

LARGEST_UNPACKED = 600 * 1024 * 1024
"""A workbook that unpacks to more is refused before it is opened."""

LARGEST_FILE = 1024 * 1024 * 1024

_GUARD = re.compile(r"'\s*[=+\-@\t\r\n]")
"""Where a text file may hold a cell that was guarded against being run as a formula; begins with
a plain sign, which is found in no time."""

Cells = list[Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A table read from a file: headings and rows of equal length; `first` is row 1's line."""

    path: Path
    headings: list[str]
    rows: list[Cells]
    first: int = 2


def read(path: Path, sheet: str = "") -> Source:
    """The table in a file by its ending; DomainError where it is none."""
    if path.is_dir():
        raise DomainError(_("{path} is a folder; name a file in it."), path=path)
    if not path.exists():
        raise DomainError(_("There is no file {path}."), path=path)
    if path.stat().st_size > LARGEST_FILE:
        raise DomainError(_("{path} is larger than 1 GB; split it."), path=path)
    reader = _READERS.get(path.suffix.lower(), _delimited)
    try:
        table = list(reader(path, sheet))
    except OSError as error:
        message = _("{path} cannot be read ({reason}).")
        raise DomainError(message, path=path, reason=error.strerror or error) from error
    return _source(path, table)


def _source(path: Path, table: list[Cells]) -> Source:
    first = next((at for at, row in enumerate(table) if _filled(row)), None)
    if first is None:
        raise DomainError(_("{path} is empty; it needs headings and rows."), path=path)
    headings = [_heading(cell, at) for at, cell in enumerate(table[first])]
    while headings and headings[-1].startswith("#"):
        headings.pop()
    if not headings:
        raise DomainError(_("{path} has no headings; write them into its first row."), path=path)
    width = len(headings)
    while not _filled(table[-1]):
        table.pop()
    rows = [
        row if len(row) >= width else row + [""] * (width - len(row)) for row in table[first + 1 :]
    ]
    return Source(path, _distinct(headings), rows, first + 2)


def from_row(source: Source, at: int) -> Source:
    """The same file where its headings stand in row `at` of its rows, below other words."""
    made = _source(source.path, source.rows[at:])
    return Source(made.path, made.headings, made.rows, source.first + at + 1)


def _filled(row: Cells) -> bool:
    return any(cell not in ("", None) for cell in row)


def _heading(cell: Any, at: int) -> str:
    return " ".join(str("" if cell is None else cell).split()) or f"#{at + 1}"


def _distinct(headings: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    named = []
    for each in headings:
        seen[each] = seen.get(each, 0) + 1
        named.append(each if seen[each] == 1 else f"{each} ({seen[each]})")
    return named


# Delimited text


def _delimited(path: Path, _sheet: str) -> Iterator[Cells]:
    text = decoded(path)
    if "\x00" in text:
        raise DomainError(_("{path} holds null signs, so it is no text table."), path=path)
    csv.field_size_limit(4 * 1024 * 1024)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    rows = filter(None, reader)
    try:
        yield from map(_unguarded, rows) if _GUARD.search(text) else rows
    except csv.Error as error:
        message = _("{path}, line {line}: the table cannot be read ({reason}).")
        raise DomainError(message, path=path, line=reader.line_num, reason=error) from error


def _unguarded(row: Cells) -> Cells:
    """A row without the apostrophes that keep a spreadsheet from running its texts."""
    return [cell[1:] if GUARDED.match(cell) else cell for cell in row]


def decoded(path: Path) -> str:
    """The text of a file: by its mark, else UTF-8, else UTF-16 by its nulls, else Windows."""
    raw = path.read_bytes()
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if raw.startswith(mark):
            return _decode(path, raw, encoding)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(path, raw, _without_mark(raw))
    return _decode(path, raw, _without_mark(raw)) if "\x00" in text[:64] else text


def _without_mark(raw: bytes) -> str:
    even, odd = raw[:64:2].count(0), raw[1:64:2].count(0)
    if odd > 8 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > 8 and not odd else "cp1252"


def _decode(path: Path, raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "cp1252":
            return raw.decode("latin-1")
        message = _("{path} starts as {encoding} but is not; save it as UTF-8.")
        raise DomainError(message, path=path, encoding=encoding.upper()) from None


def _delimiter(text: str) -> str:
    """The sign that splits the first lines into the same number of cells, most of all."""
    sample = text[:20_000].splitlines()[:20]

    def score(delimiter: str) -> tuple[int, int, int]:
        widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if row]
        first = widths[0] if widths and widths[0] > 1 else 0
        usual = max((each for each in widths if each > 1), key=widths.count, default=0)
        return (widths.count(first), first, widths.count(usual))

    return max(",;\t|", key=score)


# Workbooks


def _workbook(path: Path, sheet: str) -> Iterator[Cells]:
    from python_calamine import CalamineWorkbook

    _refuse_bomb(path)
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            if sheet and sheet not in book.sheet_names:
                raise _no_sheet(path, sheet, book.sheet_names)
            chosen = book.get_sheet_by_name(sheet or _first_sheet(path, book.sheet_names))
            yield from chosen.iter_rows()
    except DomainError:
        raise
    except Exception as error:
        message = _("{path} is no workbook that can be read ({reason}); save it again as XLSX.")
        raise DomainError(message, path=path, reason=str(error)[:120]) from error


def sheets(path: Path) -> list[str]:
    """The names of a workbook's sheets; none for other files."""
    if _READERS.get(path.suffix.lower()) is not _workbook:
        return []
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(str(path)) as book:
        return list(book.sheet_names)


def _no_sheet(path: Path, sheet: str, names: list[str]) -> DomainError:
    message = _("{path} has no sheet “{sheet}”; there are {names}.")
    return DomainError(message, path=path, sheet=sheet, names=", ".join(names))


def _first_sheet(path: Path, names: list[str]) -> str:
    if not names:
        raise DomainError(_("{path} has no sheet."), path=path)
    return "Data" if "Data" in names else names[0]


def _refuse_bomb(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > LARGEST_UNPACKED:
        message = _("{path} would unpack to {size} MB; that is refused as unsafe.")
        raise DomainError(message, path=path, size=size // 1_000_000)


# vCards


_BIRTHDAY = re.compile(r"^(\d{4})-?(\d\d)-?(\d\d)(?:T.*)?$")
_VCARD = ("name", "role", "phone", "email", "birthday", "notes")


def _vcards(path: Path, _sheet: str) -> Iterator[Cells]:
    import vobject

    logging.getLogger("vobject.base").setLevel(logging.CRITICAL)
    yield list(_VCARD)
    found = 0
    try:
        text = decoded(path)
        for card in vobject.readComponents(text, ignoreUnreadable=True, allowQP=True):
            if card.name == "VCARD":
                found += 1
                yield _person(card)
    except Exception as error:
        message = _("{path} is no vCard file after its card {count} ({reason}).")
        raise DomainError(message, path=path, count=found, reason=str(error)[:120]) from error
    if not found:
        raise DomainError(_("{path} holds no vCard."), path=path)


def _person(card: Any) -> Cells:
    def first(name: str) -> str:
        values: list[Any] = card.contents.get(name, [])
        return str(values[0].value).strip() if values else ""

    company = card.contents.get("org", [])
    parts = [" ".join(str(each) for each in company[0].value if each)] if company else []
    birthday = _BIRTHDAY.sub(r"\1-\2-\3", first("bday"))
    notes = "\n".join(each for each in (*parts, first("note")) if each)
    name = first("fn") or " ".join(str(card.n.value).split() if "n" in card.contents else "")
    name = name or "".join(parts) or first("email")
    phone = first("tel").removeprefix("tel:").partition(";")[0]
    return [name, first("title"), phone, first("email"), birthday, notes]


def _calendar(path: Path, _sheet: str) -> Iterator[Cells]:
    raise DomainError(_("{path} is a calendar, and no kind of record comes from one."), path=path)


_READERS: dict[str, Callable[[Path, str], Iterable[Cells]]] = {
    ".xlsx": _workbook,
    ".xlsm": _workbook,
    ".xlsb": _workbook,
    ".xls": _workbook,
    ".ods": _workbook,
    ".vcf": _vcards,
    ".ics": _calendar,
}
