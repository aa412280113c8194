"""The quotation editor without its window: immutable drafts, their figures, undo and problems."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from controllers.documents import lines, pasting
from controllers.documents.drafting import Opened
from controllers.documents.figures import HEAD, Figures, Problems
from controllers.documents.history import History
from controllers.documents.stock import Stocked
from models.rules.price_book import BookProduct, PriceBook, Quoted
from models.values.documents import (
    ITEM,
    NOTE,
    PRODUCT,
    SECTION,
    Draft,
    Line,
    Priced,
    TaxPreset,
)
from models.values.errors import DomainError, NotFoundError
from models.values.formatting import Style
from models.values.money import ZERO
from models.values.reasons import BY_HAND
from resources.languages import marked as _

_Loaded = tuple[PriceBook, TaxPreset, Figures]


@dataclass(frozen=True, slots=True)
class LineInfo:
    """What the editor tells about a product line beside its figures."""

    reasons: tuple[str, ...]
    """Why it costs what it does, then what else there was; in stored form."""
    free: Decimal | None
    """Stock units free, None where it is not kept in stock."""
    wanted: Decimal
    """Stock units the line takes."""
    last: Quoted | None
    """What this customer paid last."""


class QuotationEditor:
    """Every change makes a new draft; the screen shows `draft` and `priced` and asks nobody."""

    def __init__(self, opened: Opened) -> None:
        self._history = History(opened.draft)
        self.saved = opened.draft
        """What the typing began with: the draft as it was opened or saved last."""
        self._figures = Figures(opened.cash_rounding)
        self._loaded: dict[tuple[str, ...], _Loaded] = {}
        self._load(opened.draft, opened.book, opened.preset)

    def _load(self, draft: Draft, book: PriceBook, preset: TaxPreset) -> None:
        """Use a book and tax for drafts of this account, price list, currency and tax."""
        self.book, self.preset = book, preset
        self._loaded[_terms(draft)] = (book, preset, self._figures)

    # What is shown

    @property
    def draft(self) -> Draft:
        """The draft of now, by the id and version it was saved under last."""
        return self._history.draft

    @property
    def priced(self) -> Priced:
        """The figures of now; a line with a problem counts as nothing."""
        return self._figures.of(self.draft, self.preset)[0]

    @property
    def problems(self) -> Problems:
        """Everything that keeps the draft from being saved, by row (HEAD for the head), field."""
        return self._figures.of(self.draft, self.preset)[1]

    @property
    def dirty(self) -> bool:
        """Whether there is something to save."""
        return _content(self.draft) != _content(self.saved)

    @property
    def undo_label(self) -> str:
        """What undo would take back, in English; "" where there is nothing."""
        return self._history.undo_label

    @property
    def redo_label(self) -> str:
        """What redo would do again, in English; "" where there is nothing."""
        return self._history.redo_label

    def undo(self) -> bool:
        """Take the last change back; False where there is none."""
        return self._moved(self._history.undo)

    def in_one_step(self, label: str) -> AbstractContextManager[None]:
        """Whatever changes within is taken back by one undo."""
        return self._history.in_one_step(label)

    def redo(self) -> bool:
        """Do what was taken back again; False where there is nothing."""
        return self._moved(self._history.redo)

    def info(self, row: int) -> LineInfo | None:
        """What to tell about a product line; None for other lines."""
        line = self.draft.lines[row]
        if line.kind != PRODUCT or line.product not in self.book:
            return None
        product = self.book[line.product or 0]
        try:
            reasons = self.book.explain(product.id, line.quantity, line.unit, self.draft.date)
        except DomainError:
            reasons = ()
        shown = (line.price_reason, *reasons) if line.pinned else reasons
        free = product.stock - product.reserved if product.stocked else None
        return LineInfo(shown, free, line.quantity * line.factor, self.book.last_quote(product.id))

    # What comes from the database

    def join_book(self, book: PriceBook) -> None:
        """More products, or newer prices; lines change only when they are touched."""
        self._load(self.draft, self.book.joined(book), self.preset)

    def renew_stock(self, found: Mapping[int, Stocked]) -> bool:
        """What is in stock now, by product; False where that was known already."""
        before = self.book
        self._loaded = {
            terms: (book.restocked(found), preset, figures)
            for terms, (book, preset, figures) in self._loaded.items()
        }
        self.book = before.restocked(found)
        return self.book is not before

    def mark_saved(self, sent: Draft, saved: Draft) -> None:
        """What was `sent` is now stored as `saved`; typing went on meanwhile or did not."""
        if self.draft is sent:
            self.saved = saved
            self._history.replace(saved)
        else:
            self.saved = replace(sent, id=saved.id, version=saved.version)
        self._keep_identity()

    def _keep_identity(self) -> None:
        """Steps made before a save belong to the record as it is stored now."""
        now, saved = self.draft, self.saved
        if (now.id, now.version) != (saved.id, saved.version):
            self._history.replace(replace(now, id=saved.id, version=saved.version))

    def _moved(self, move: Callable[[], bool]) -> bool:
        moved = move()
        self._keep_identity()
        kept = self.book, self.preset, self._figures
        self.book, self.preset, self._figures = self._loaded.get(_terms(self.draft), kept)
        return moved

    # The head

    def set_field(self, name: str, value: Any) -> None:
        """Set a field of the head; another day or language reaches the lines."""
        now = self.draft
        if getattr(now, name) == value:
            return
        draft = replace(now, **{name: value})
        if name == "language":
            draft = lines.all_renamed(self.book, draft, now.language)
        if name == "date":
            draft = lines.all_quoted(self.book, draft)
        self._push(draft, _("Change of the head"))

    def set_tax(self, preset: TaxPreset) -> None:
        """Tax the document another way."""
        draft = replace(self.draft, tax=preset.code)
        self._load(draft, self.book, preset)
        self._push(draft, _("Change of the tax"))

    def set_account(self, defaults: Opened) -> None:
        """Another customer with the defaults loaded for it; lines keep what was set by hand."""
        theirs, now = defaults.draft, self.draft
        draft = replace(
            now, account=theirs.account, contact=theirs.contact, currency=theirs.currency,
            price_list=theirs.price_list, language=theirs.language, tax=theirs.tax,
            payment_term=theirs.payment_term, opening=now.opening or theirs.opening,
            terms=now.terms or theirs.terms, closing=now.closing or theirs.closing,
        )  # fmt: skip
        self._figures = Figures(defaults.cash_rounding)
        self._load(draft, self._with_ours(defaults.book), defaults.preset)
        draft = lines.all_renamed(self.book, draft, now.language)
        self._push(lines.all_quoted(self.book, draft), _("Change of the customer"))

    def set_price_list(self, opened: Opened) -> None:
        """Another price list or currency, with the book loaded for it."""
        theirs = opened.draft
        draft = replace(self.draft, price_list=theirs.price_list, currency=theirs.currency)
        self._figures = Figures(opened.cash_rounding)
        self._load(draft, self._with_ours(opened.book), self.preset)
        self._push(lines.all_quoted(self.book, draft), _("Change of the price list"))

    def _with_ours(self, book: PriceBook) -> PriceBook:
        """Another book that knows the products of this one too."""
        return replace(book, products=self.book.products | book.products)

    # Lines

    def insert(self, row: int, new: Sequence[Line], label: str = _("New line")) -> int:
        """Put lines before a row; answers where they begin."""
        row = max(0, min(row, len(self.draft.lines)))
        before, after = self.draft.lines[:row], self.draft.lines[row:]
        self._push(replace(self.draft, lines=(*before, *new, *after)), label)
        return row

    def add_product(
        self, product: int, quantity: Decimal = Decimal(1), row: int | None = None
    ) -> int:
        """A line of a product in the book, at the end unless a row is given."""
        return self._added(self._product_line(product, quantity), row)

    def add_item(self, description: str = "", row: int | None = None) -> int:
        """A free item: what is sold once and stands in no catalogue."""
        line = Line(ITEM, description=description, pinned=True, price_reason=BY_HAND)
        return self._added(line, row)

    def add_section(self, title: str = "", row: int | None = None) -> int:
        """A heading; what follows it gets a subtotal."""
        return self._added(Line(SECTION, description=title, quantity=ZERO), row)

    def add_note(self, text: str = "", row: int | None = None) -> int:
        """A text between the lines."""
        return self._added(Line(NOTE, description=text, quantity=ZERO), row)

    def _added(self, line: Line, row: int | None) -> int:
        return self.insert(len(self.draft.lines) if row is None else row, [line])

    def _product_line(self, product: int, quantity: Decimal) -> Line:
        return lines.product_line(self.book, self.draft, product, quantity)

    def set_product(self, row: int, product: int) -> None:
        """Another product in the place of a line, in the same quantity."""
        old = self.draft.lines[row]
        line = self._product_line(product, old.quantity or Decimal(1))
        self._set(row, replace(line, optional=old.optional, id=old.id), _("Change of the product"))

    def set_quantity(self, row: int, quantity: Decimal) -> None:
        """Another quantity; a price from the book follows it."""
        self._set_values(row, _("Change of the quantity"), quantity=quantity)

    def set_unit(self, row: int, unit: str) -> None:
        """Another unit; DomainError at `unit` where the product does not have it."""
        line = self.draft.lines[row]
        if line.kind == PRODUCT and line.product in self.book:
            self.book[line.product or 0].factor(unit)
        self._set_values(row, _("Change of the unit"), unit=unit)

    def set_price(self, row: int, price: Decimal) -> None:
        """A price set by hand; it stays until the line is priced anew."""
        self._set_values(
            row, _("Change of the price"), unit_price=price, pinned=True, price_reason=BY_HAND
        )

    def set_discount(self, row: int, percent: Decimal, amount: Decimal = ZERO) -> None:
        """Percent, then an amount, off the line."""
        values = {"discount_percent": percent, "discount_amount": amount}
        self._set_values(row, _("Change of the discount"), **values)

    def set_text(self, row: int, description: str, detail: str | None = None) -> None:
        """What the customer reads in the line."""
        kept = self.draft.lines[row].detail if detail is None else detail
        self._set_values(row, _("Change of the text"), description=description, detail=kept)

    def set_tax_class(self, row: int, tax_class: str) -> None:
        """How the line is taxed."""
        self._set_values(row, _("Change of the tax class"), tax_class=tax_class)

    def use_last_price(self, row: int) -> bool:
        """Take what this customer paid last; False where that is not known."""
        line = self.draft.lines[row]
        last = self.book.last_quote(line.product, line.unit) if line.product else None
        if last is None or last.price is None:
            return False
        values = {"unit_price": last.price, "pinned": True, "price_reason": last.reason}
        self._set_values(row, _("Last price"), **values)
        return True

    def toggle_optional(self, rows: Iterable[int]) -> None:
        """Offer lines beside the total, or within it again."""
        self._each(rows, lambda line: replace(line, optional=not line.optional and line.counts),
                   _("Optional"))  # fmt: skip

    def reprice(self, rows: Iterable[int] | None = None) -> None:
        """Price lines (all unless rows are given) from the book, also those set by hand."""
        wanted = range(len(self.draft.lines)) if rows is None else rows
        self._each(wanted, self._repriced, _("New prices"))

    def _repriced(self, line: Line) -> Line:
        if line.kind != PRODUCT:
            return line
        return lines.quoted(self.book, self.draft, replace(line, pinned=False))

    def copy_from_above(self, row: int, name: str) -> None:
        """Take one field of the nearest line above that has it."""
        above = next((each for each in reversed(self.draft.lines[:row]) if each.counts), None)
        if above is None or not self.draft.lines[row].counts:
            return
        if name == "unit_price":
            self.set_price(row, above.unit_price)
        elif name == "product" and above.product:
            self.set_product(row, above.product)
        else:
            self._set_values(row, _("Copy from above"), **{name: getattr(above, name)})

    def duplicate(self, rows: Iterable[int]) -> int:
        """Copies of lines below the last of them; answers where they begin."""
        wanted = sorted(set(rows))
        copies = [replace(self.draft.lines[row], id=None) for row in wanted]
        return self.insert(wanted[-1] + 1, copies, _("Duplicate")) if wanted else HEAD

    def delete(self, rows: Iterable[int]) -> None:
        """Take lines out."""
        gone = set(rows)
        kept = tuple(line for row, line in enumerate(self.draft.lines) if row not in gone)
        if len(kept) != len(self.draft.lines):
            self._push(replace(self.draft, lines=kept), _("Delete"))

    def move(self, rows: Iterable[int], to: int) -> int:
        """Put lines, in their order, before the line that is now at `to`; answers where."""
        wanted = sorted(set(rows))
        moved = [self.draft.lines[row] for row in wanted]
        before = [line for row, line in enumerate(self.draft.lines[:to]) if row not in wanted]
        after = [line for row, line in enumerate(self.draft.lines[to:], to) if row not in wanted]
        order = (*before, *moved, *after)
        if order != self.draft.lines:
            self._push(replace(self.draft, lines=order), _("Move"))
        return len(before)

    def paste(
        self, rows: pasting.PastedRows, row: int | None = None
    ) -> tuple[pasting.Misread, ...]:
        """Add pasted rows whose products are in the book as one step; answers what was not read."""
        misread = list(rows.not_understood)
        added: list[Line] = []
        for each in rows.understood:
            product = self.book.by_sku.get(each.sku.casefold())
            if product is None:
                misread.append(pasting.Misread(each.line, each.sku, _unknown(each)))
            else:
                added.append(self._pasted(product, each))
        if added:
            self.insert(len(self.draft.lines) if row is None else row, added, _("Paste"))
        return tuple(sorted(misread, key=lambda each: each.line))

    def _pasted(self, product: BookProduct, row: pasting.PastedRow) -> Line:
        line = self._product_line(product.id, row.quantity)
        if row.price is None or row.price == line.unit_price:
            return line
        return replace(line, unit_price=row.price, pinned=True, price_reason=BY_HAND)

    @staticmethod
    def typed(text: str, style: Style) -> pasting.Typed:
        """Quantity and search text of what was typed into an empty line."""
        return pasting.typed(text, style)

    # How a change is made

    def _set_values(self, row: int, label: str, **values: Any) -> None:
        line = replace(self.draft.lines[row], **values)
        self._set(row, lines.quoted(self.book, self.draft, line), label)

    def _set(self, row: int, line: Line, label: str) -> None:
        if line != self.draft.lines[row]:
            self._push(self.draft.with_line(row, line), label)

    def _each(self, rows: Iterable[int], change: Callable[[Line], Line], label: str) -> None:
        wanted = set(rows)
        changed = tuple(
            change(line) if row in wanted else line for row, line in enumerate(self.draft.lines)
        )
        if changed != self.draft.lines:
            self._push(replace(self.draft, lines=changed), label)

    def _push(self, draft: Draft, label: str) -> None:
        self._history.push(draft, label)


def _terms(draft: Draft) -> tuple[str, ...]:
    """What decides which prices and tax a draft needs."""
    return draft.account, draft.price_list, draft.currency, draft.tax


def _content(draft: Draft) -> Draft:
    """A draft without what only saving changes."""
    return replace(draft, id=None, version=0)


def _unknown(row: pasting.PastedRow) -> DomainError:
    message = _("Row {row}: there is no product “{sku}”.")
    return NotFoundError(message, field="product", row=row.line, sku=row.sku)
