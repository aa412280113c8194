"""Count sheets: what lies in a warehouse, to be counted by hand or in a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reports.documents import forms
from reports.documents.forms import Form
from reports.documents.wording import words
from reports.kit.figures import quantity
from reports.kit.lettering import Style
from reports.kit.lines import Below, Column, LineTable, Look, Row
from reports.kit.page import SOFT
from reports.kit.table import Column as Field
from reports.kit.table import TableReport

COLUMNS: Final = ("line", "sku", "product", "location", "lot", "unit", "book", "counted", "note")
"""The columns of the workbook in their order; a blind one has no book quantity."""

_BLANK: Final = "_" * 9


@dataclass(frozen=True, slots=True)
class CountLine:
    """One product at one place; `book` is what should be there."""

    sku: str
    description: str
    unit: str = ""
    location: str = ""
    lot: str = ""
    book: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CountSheet:
    """What is to be counted in one warehouse; a blind sheet keeps the book quantity to itself."""

    form: Form
    warehouse: str
    lines: tuple[CountLine, ...]
    is_blind: bool = True
    note: str = ""


def render_count_sheet(sheet: CountSheet) -> bytes:
    """The sheet as a PDF file to be filled in by hand; equal sheets give equal bytes.

    Raises reports.kit.fonts.MissingGlyph, a ValueError.
    """
    language = sheet.form.language
    said = words(language)
    begun = forms.begin(sheet.form, "count sheet", [(said["warehouse"], sheet.warehouse)])
    columns = [
        Column(said["line"]),
        Column(said["location"]),
        Column(said["product"], elastic=True),
        Column(said["lot"]),
        *(() if sheet.is_blind else (Column(said["book"], right=True),)),
        Column(said["unit"]),
        Column(said["counted"]),
        Column(said["note"]),
    ]
    rows = [_row(sheet, at, line) for at, line in enumerate(sheet.lines, 1)]
    LineTable(begun.paper, columns, rows, Look(pad=5.6, main=2, accent=sheet.form.accent)).place(
        forms.BOXES
    )
    forms.note(begun.paper, said["blind"] if sheet.is_blind else "")
    forms.note(begun.paper, sheet.note)
    titles = (said["counter"], said["witness"], said["approver"])
    forms.boxes(begun.paper, language, titles, stamped=False)
    return begun.finish()


def _row(sheet: CountSheet, at: int, line: CountLine) -> Row:
    below = (Below(line.sku, Style("regular", 8.3, SOFT)),) if line.sku else ()
    book = "" if line.book is None else quantity(line.book, sheet.form.language)
    cells = (
        str(at),
        line.location,
        line.description,
        line.lot,
        *(() if sheet.is_blind else (book,)),
        line.unit,
        _BLANK,
        _BLANK,
    )
    return Row(cells, below=below)


def count_report(sheet: CountSheet) -> TableReport:
    """The same sheet for reports.kit.workbook, with an empty column for what was counted."""
    said, language = words(sheet.form.language), sheet.form.language
    names = [name for name in COLUMNS if name != "book" or not sheet.is_blind]
    return TableReport(
        title=f"{said['count sheet']} {sheet.form.number}".strip(),
        columns=tuple(_field(name, said[name]) for name in names),
        rows=_values(sheet),
        subtitle=f"{said['warehouse']}: {sheet.warehouse}",
        notes=(said["blind"],) if sheet.is_blind else (),
        language=language,
    )


def _field(name: str, label: str) -> Field:
    if name == "line":
        return Field(name, label, "integer")
    if name in ("book", "counted"):
        return Field(name, label, "quantity", width=16)
    return Field(name, label, width=40 if name in ("product", "note") else None)


def _values(sheet: CountSheet) -> Iterator[tuple[object, ...]]:
    for at, line in enumerate(sheet.lines, 1):
        book = () if sheet.is_blind else (line.book,)
        yield (at, line.sku, line.description, line.location, line.lot, line.unit, *book, None, "")


def column_names() -> dict[str, str]:
    """Which column each heading stands for, in all three languages, for reading a sheet back."""
    return {words(language)[name]: name for language in ("en", "ms", "id") for name in COLUMNS}
