"""Two versions of a draft side by side: what they disagree on, and the one made of both."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from controllers.core.catalogue import KINDS
from models.values.documents import Draft, Line
from models.values.fields import FieldKind
from resources.languages import marked as _
from ui.documents.line_grid.cells import price_text
from ui.kit.language import tr

if TYPE_CHECKING:
    from controllers.documents.drafting import Opened
    from ui.documents.session import Session

_PRICES = ("price_list", "currency")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing to decide: a field of the head, or a line by its place."""

    field: str
    line: int | None
    label: str
    mine: str
    theirs: str

    @property
    def key(self) -> tuple[str, int | None]:
        """What names it."""
        return self.field, self.line


def differences(session: "Session", theirs: Draft) -> list[Difference]:
    """What the draft on the screen and the stored one disagree on."""
    mine = session.draft
    return [*_of_head(session, mine, theirs), *_of_lines(session, mine, theirs)]


def _of_head(session: "Session", mine: Draft, theirs: Draft) -> Iterator[Difference]:
    for name, field in KINDS["quotation"].by_name.items():
        if name in ("number", "revision", "state") or not hasattr(mine, name):
            continue
        ours, other = getattr(mine, name), getattr(theirs, name)
        if ours != other and (ours or other):
            yield Difference(name, None, tr(field.label), _shown(session, name, ours),
                             _shown(session, name, other))  # fmt: skip


def _shown(session: "Session", name: str, value: Any) -> str:
    field = KINDS["quotation"][name]
    if not value:
        return "–"
    if field.kind is FieldKind.DATE:
        return session.style.day(value)
    if field.kind is FieldKind.LINK:
        return session.title_of(field.link, value)
    if field.kind in (FieldKind.PERCENT, FieldKind.MONEY):
        return session.style.number(value)
    return tr(dict(field.choices).get(value, str(value)))


def _of_lines(session: "Session", mine: Draft, theirs: Draft) -> Iterator[Difference]:
    for at in range(max(len(mine.lines), len(theirs.lines))):
        ours = mine.lines[at] if at < len(mine.lines) else None
        other = theirs.lines[at] if at < len(theirs.lines) else None
        if _said(ours) != _said(other):
            label = tr(_("Line {line}"), line=session.number_of(at) or at + 1)
            yield Difference("lines", at, label, _line_text(session, ours),
                             _line_text(session, other))  # fmt: skip


def _said(line: Line | None) -> object:
    """What counts when lines are compared."""
    return line and (
        line.kind, line.product, line.description, line.detail, line.quantity, line.unit,
        line.unit_price, line.pinned, line.discount_percent, line.discount_amount,
        line.tax_class, line.optional,
    )  # fmt: skip


def _line_text(session: "Session", line: Line | None) -> str:
    if line is None:
        return tr(_("(no such line)"))
    text = line.description or line.sku
    if not line.counts:
        return text
    style, currency = session.style, session.draft.currency
    off = f" −{style.number(line.discount_percent)}%" if line.discount_percent else ""
    price = price_text(line.unit_price, currency, style)
    return f"{text}: {style.number(line.quantity)} {line.unit} × {price}{off}"


def merge(session: "Session", theirs: "Opened", taken: set[tuple[str, int | None]]) -> None:
    """Go on from what is stored now, with the differences in `taken` as the others have them."""
    mine = session.draft
    stored = theirs.draft
    editor = session.editor
    editor.mark_saved(stored, stored)
    with editor.in_one_step(_("Choice between two versions")):
        _take(session, mine, theirs, taken)
    session.refresh()


def _take(
    session: "Session", mine: Draft, theirs: "Opened", taken: set[tuple[str, int | None]]
) -> None:
    editor, stored = session.editor, theirs.draft
    names = {field for field, line in taken if line is None}
    if "account" in names:
        editor.set_account(theirs)
        kept = {each.field for each in _of_head(session, mine, editor.draft)} - names
        _set_fields(session, mine, kept - {"account", *_PRICES, "tax"})
    if names & set(_PRICES):
        editor.set_price_list(theirs)
    if "tax" in names:
        editor.set_tax(theirs.preset)
    _set_fields(session, stored, names - {"account", *_PRICES, "tax"})
    _merge_lines(session, mine, theirs, {line for _name, line in taken if line is not None})


def _set_fields(session: "Session", source: Draft, names: set[str]) -> None:
    for name in sorted(names):
        session.editor.set_field(name, getattr(source, name))


def _merge_lines(session: "Session", mine: Draft, theirs: "Opened", taken: set[int]) -> None:
    if not taken:
        return
    stored = theirs.draft.lines
    count = max(len(mine.lines), len(stored))
    sources = [stored if at in taken else mine.lines for at in range(count)]
    merged = [lines[at] for at, lines in enumerate(sources) if at < len(lines)]
    editor = session.editor
    if (theirs.book.price_list, theirs.book.currency) == (editor.book.price_list,
                                                          editor.book.currency):  # fmt: skip
        editor.join_book(theirs.book)
    editor.delete(range(len(editor.draft.lines)))
    editor.insert(0, merged)
