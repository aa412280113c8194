"""What a text typed into a product cell means, and how it becomes a line."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from controllers.documents.pasting import typed
from models.values.documents import ITEM, NOTE, PRODUCT, SECTION, Line
from models.values.formatting import Style
from models.values.money import ZERO
from resources.languages import marked as _
from ui.documents.line_grid import columns as at
from ui.documents.line_grid.cells import figure

if TYPE_CHECKING:
    from ui.documents.line_grid.model import LineModel
    from ui.documents.session import Session

MARKS = {"#": SECTION, "//": NOTE, "+": ITEM}
"""Signs before a text that say what kind of line it is; ``?`` makes a line optional."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A typed line: of which kind, how many, and the text or what to search for."""

    kind: str
    text: str
    quantity: Decimal | None = None
    optional: bool = False


def read(text: str, style: Style) -> Wanted:
    """What was typed: ``# title``, ``// text``, ``+ free item``, ``? 3*PUMP12``, ``3*PUMP12``."""
    text = text.strip()
    optional = text.startswith("?")
    text = text.lstrip("?").strip() if optional else text
    for mark, kind in MARKS.items():
        if text.startswith(mark):
            text = text[len(mark) :].strip()
            if kind != ITEM:
                return Wanted(kind, text)
            amount = typed(text, style)
            return Wanted(ITEM, amount.search, amount.quantity, optional)
    amount = typed(text, style)
    return Wanted(PRODUCT, amount.search, amount.quantity, optional)


def put_text(session: "Session", lines: "LineModel", row: int, wanted: Wanted) -> None:
    """A section, note or free item in a row."""
    line = Line(wanted.kind, description=wanted.text, quantity=ZERO)
    if wanted.kind == ITEM:
        quantity = Decimal(1) if wanted.quantity is None else wanted.quantity
        line = Line(ITEM, description=wanted.text, quantity=quantity, pinned=True,
                    price_reason="by_hand", optional=wanted.optional)  # fmt: skip
    put_line(session, lines, row, line)


def put_lost(session: "Session", lines: "LineModel", row: int, wanted: Wanted) -> None:
    """What names no product stays as it was typed, until a product is chosen for it."""
    quantity = Decimal(1) if wanted.quantity is None else wanted.quantity
    put_line(session, lines, row, Line(PRODUCT, description=wanted.text, quantity=quantity,
                                       optional=wanted.optional))  # fmt: skip


def put_line(session: "Session", lines: "LineModel", row: int, line: Line) -> None:
    """A line in a blank row, or in the place of the one that is there."""
    found = lines.line_row(row)
    place = lines.place(row) if found is None else found
    lines.gap = None
    if found is not None:
        session.do(lambda editor: editor.insert(place, [line]))
        session.do(lambda editor: editor.delete([place + 1]))
    else:
        session.do(lambda editor: editor.insert(place, [line], _("New line")))


def put_product(
    session: "Session", lines: "LineModel", row: int, product: int, wanted: Wanted
) -> None:
    """A product of the book in a row; what stood there keeps its quantity."""
    found = lines.line_row(row)
    if found is not None:
        session.do(lambda editor: editor.set_product(found, product))
        place = found
    else:
        place = lines.place(row)
        lines.gap = None
        quantity = Decimal(1) if wanted.quantity is None else wanted.quantity
        session.do(lambda editor: editor.add_product(product, quantity, place))
    if found is not None and wanted.quantity is not None:
        quantity = wanted.quantity
        session.do(lambda editor: editor.set_quantity(place, quantity))
    if wanted.optional and not session.draft.lines[place].optional:
        session.do(lambda editor: editor.toggle_optional([place]))


def set_value(session: "Session", line: int, column: int, text: str) -> None:
    """Take over what was typed into another cell of a line; DomainError where it is refused."""
    if column == at.PRODUCT:
        session.do(lambda editor: editor.set_text(line, text.strip()))
    elif column == at.UNIT:
        session.do(lambda editor: editor.set_unit(line, text.strip()))
    else:
        _set_figure(session, line, column, figure(column, text, session.style))


def _set_figure(session: "Session", line: int, column: int, value: Decimal) -> None:
    if column == at.QUANTITY:
        session.do(lambda editor: editor.set_quantity(line, value))
    elif column == at.PRICE:
        session.do(lambda editor: editor.set_price(line, value))
    else:
        amount = session.draft.lines[line].discount_amount
        session.do(lambda editor: editor.set_discount(line, value, amount))
