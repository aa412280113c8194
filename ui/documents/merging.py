"""What two people made of one draft, in words, and the draft that is made of both."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from controllers.core.catalogue import KINDS
from models.values.documents import Draft, Line
from models.values.fields import Field, FieldKind
from resources.languages import marked as _
from ui.documents.line_grid.cells import price_text
from ui.kit.language import tr

if TYPE_CHECKING:
    from controllers.documents.drafting import Opened
    from controllers.documents.merging import Clash, Meeting
    from ui.documents.session import Session

_PRICES = ("price_list", "currency")


def meet(session: "Session", theirs: Draft) -> "Meeting":
    """The draft on the screen and the stored one, which both grew out of what was opened."""
    from controllers.documents.merging import meeting

    return meeting(session.editor.saved, session.draft, theirs)


# In words


def label_of(session: "Session", clash: "Clash") -> str:
    """What it is about."""
    if clash.row < 0:
        return tr(KINDS["quotation"][clash.field].label)
    before = session.editor.saved.lines
    number = sum(line.counts for line in before[: clash.row + 1])
    return tr(_("Line {line}"), line=number or clash.row + 1)


def shown(session: "Session", clash: "Clash", value: Any) -> str:
    """One of its versions."""
    if clash.row >= 0:
        return line_text(session, value)
    return field_text(session, KINDS["quotation"][clash.field], value)


def field_text(session: "Session", field: Field, value: Any) -> str:
    """The value of a field of the head."""
    if not value:
        return "–"
    if field.kind is FieldKind.DATE:
        return session.style.day(value)
    if field.kind is FieldKind.LINK:
        return session.title_of(field.link, value)
    if field.kind in (FieldKind.PERCENT, FieldKind.MONEY):
        return session.style.number(value)
    return tr(dict(field.choices).get(value, str(value)))


def line_text(session: "Session", line: Line | None) -> str:
    """A line with quantity, price and discount."""
    if line is None:
        return tr(_("(no such line)"))
    text = line.description or line.sku
    if not line.counts:
        return text
    style, currency = session.style, session.draft.currency
    off = f" −{style.number(line.discount_percent)}%" if line.discount_percent else ""
    price = price_text(line.unit_price, currency, style)
    return f"{text}: {style.number(line.quantity)} {line.unit} × {price}{off}"


def theirs_in_words(met: "Meeting") -> str:
    """What comes from the others without a question: "Subject, Delivery term, 2 lines"."""
    names = [tr(KINDS["quotation"][name].label) for name in met.theirs_alone]
    if met.lines_of_theirs:
        names.append(tr(_("lines: {count}"), count=met.lines_of_theirs))
    return ", ".join(names)


# Put together


def merge(
    session: "Session", theirs: "Opened", met: "Meeting", taken: Collection["Clash"] = ()
) -> None:
    """Go on from what is stored now with the changes of both; one undo takes theirs back."""
    mine, stored = session.draft, theirs.draft
    editor = session.editor
    editor.mark_saved(stored, stored)
    fields = {*met.theirs_alone, *(clash.field for clash in taken if clash.row < 0)}
    with editor.in_one_step(_("Choice between two versions")):
        _take_fields(session, mine, theirs, fields)
        _take_lines(session, mine, theirs, met.lines(taken))
    session.refresh()


def _take_fields(session: "Session", mine: Draft, theirs: "Opened", names: set[str]) -> None:
    editor = session.editor
    if "account" in names:
        editor.set_account(theirs)
        for name in ("contact", "language", "payment_term", "opening", "terms", "closing"):
            editor.set_field(name, getattr(theirs.draft if name in names else mine, name))
    if names & set(_PRICES):
        editor.set_price_list(theirs)
    if "tax" in names:
        editor.set_tax(theirs.preset)
    for name in sorted(names - {"account", "tax", *_PRICES}):
        editor.set_field(name, getattr(theirs.draft, name))


def _take_lines(session: "Session", mine: Draft, theirs: "Opened", lines: tuple[Line, ...]) -> None:
    if lines == mine.lines:
        return
    editor, book = session.editor, theirs.book
    if (book.price_list, book.currency) == (editor.book.price_list, editor.book.currency):
        editor.join_book(book)
    editor.delete(range(len(editor.draft.lines)))
    editor.insert(0, lines)
