"""What a person types or pastes into the lines: ``3*PUMP12``, or rows from a spreadsheet."""

import re
from dataclasses import dataclass
from decimal import Decimal

from models.values.errors import DomainError
from models.values.folding import letters
from models.values.formatting import Style
from resources.languages import marked as _

_TYPED = re.compile(r"\s*([\d.,\u00a0\u202f]+)\s*(?:[*×]|\s[xX]\s)\s*(\S.*?)\s*")
_HEADINGS = frozenset(
    ("sku", "code", "item", "itemcode", "product", "productid", "kode", "kodebarang", "barang",
     "kod", "kodbarang", "produk", "no", "partno", "partnumber")
)  # fmt: skip
_LARGEST_PASTE = 5000


@dataclass(frozen=True, slots=True)
class Typed:
    """A quantity and what to search for."""

    quantity: Decimal | None
    search: str


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One pasted row that is understood; `line` is where it stood, from one."""

    line: int
    sku: str
    quantity: Decimal = Decimal(1)
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Misread:
    """One pasted row that is not understood, and why."""

    line: int
    text: str
    reason: DomainError


@dataclass(frozen=True, slots=True)
class PastedRows:
    """A pasted table: what is understood and, with reasons, what is not."""

    understood: tuple[PastedRow, ...] = ()
    not_understood: tuple[Misread, ...] = ()

    @property
    def skus(self) -> tuple[str, ...]:
        """The SKUs to look up, each once."""
        return tuple(dict.fromkeys(each.sku for each in self.understood))


def typed(text: str, style: Style) -> Typed:
    """Quantity and search text of ``3*PUMP12`` or ``3 x pump``; without a number all is search."""
    match = _TYPED.fullmatch(text)
    if match is None:
        return Typed(None, text.strip())
    try:
        quantity = style.parse_number(match.group(1))
    except DomainError:
        return Typed(None, text.strip())
    return Typed(quantity, match.group(2))


def parse_pasted(text: str, style: Style) -> PastedRows:
    """Rows of SKU, quantity and price, with tabs or semicolons between; a heading is passed over.

    Other words between them are passed over too, so that ``SKU name quantity price`` is read.
    Never raises; a row that is not understood says why.
    """
    understood: list[PastedRow] = []
    misread: list[Misread] = []
    for number, line in enumerate(text.splitlines()[:_LARGEST_PASTE], 1):
        cells = [cell.strip().strip('"') for cell in re.split(r"[\t;]", line)]
        if not any(cells) or (not understood and letters(cells[0]) in _HEADINGS):
            continue
        try:
            understood.append(_row(number, cells, style))
        except DomainError as reason:
            misread.append(Misread(number, line, reason))
    return PastedRows(tuple(understood), tuple(misread))


def _row(number: int, cells: list[str], style: Style) -> PastedRow:
    first = typed(cells[0], style)
    if not first.search:
        message = _("Row {row} has no SKU in its first column.")
        raise DomainError(message, field="product", row=number)
    figures = [_figure(number, cell, style) for cell in cells[1:] if _is_figure(cell)]
    if first.quantity is not None:
        figures.insert(0, first.quantity)
    quantity = figures[0] if figures else Decimal(1)
    return PastedRow(number, first.search, quantity, figures[1] if len(figures) > 1 else None)


def _is_figure(cell: str) -> bool:
    """Whether a cell is meant as a number, well written or not."""
    return bool(re.fullmatch(r"(Rp|RM|S\$|\$|€)?\s*[-+]?[\d.,\s\u00a0\u202f]*\d[\d.,]*\s*-?", cell))


def _figure(number: int, cell: str, style: Style) -> Decimal:
    try:
        figure = style.parse_number(re.sub(r"^(Rp|RM|S\$|\$|€)\s*|,?-$", "", cell))
    except DomainError as error:
        message = _("Row {row}: {problem}")
        raise DomainError(message, field="quantity", row=number, problem=error) from None
    if figure < 0:
        message = _("Row {row}: {value} is negative.")
        raise DomainError(message, field="quantity", row=number, value=cell)
    return figure
