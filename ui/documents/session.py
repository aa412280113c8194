"""One document being worked on: its editor, what is loaded for it, how it is saved and kept."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from models.values.documents import Draft, Priced
from models.values.errors import DomainError, ProblemsError
from models.values.formatting import Style
from models.values.reasons import reason_text
from models.values.records import Change
from ui.documents import loading
from ui.documents.loading import Consent, Sheet, Titles
from ui.kit import errors, tasks
from ui.kit.desk import Desk
from ui.kit.language import language

if TYPE_CHECKING:
    from controllers.documents.attachments import Attachment
    from controllers.documents.chain import Chain
    from controllers.documents.drafting import Opened, Shown
    from controllers.documents.editor import QuotationEditor
    from controllers.documents.stock import Stocked

T = TypeVar("T")
Then = Callable[[], object]


def _nothing() -> None:
    """Nothing follows."""


class Session(QObject):
    """Holds the editor and tells when its draft changed; the database is asked in between."""

    loaded = Signal()
    """A document arrived."""
    changed = Signal()
    """The draft, its figures or what is told about it are new."""
    saved = Signal()
    overtaken = Signal()
    """Somebody else saved while something is typed here."""
    refused = Signal(object)
    """A DomainError that keeps the draft from being saved or moved on."""

    def __init__(self, desk: Desk, kind: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk, self.kind = desk, kind
        self.style: Style = desk.style
        self.titles: Titles = {}
        self.shown: Shown | None = None
        self.mails: tuple[dict[str, Any], ...] = ()
        self.chain: Chain | None = None
        self.consent: Consent | None = None
        self.files: tuple[Attachment, ...] = ()
        self.priced = Priced(Draft(kind=kind))
        self.problems: dict[tuple[int, str], DomainError] = {}
        self.is_saving = False
        self._editor: QuotationEditor | None = None
        self._waiting: list[Then] = []
        self._again: list[Then] = []

    # What there is

    @property
    def is_loaded(self) -> bool:
        """Whether the document is here."""
        return self._editor is not None

    @property
    def editor(self) -> "QuotationEditor":
        """The editor; only once the document is here."""
        if self._editor is None:
            raise RuntimeError("the document is not loaded yet")
        return self._editor

    @property
    def draft(self) -> Draft:
        """The draft of now, an empty one before the document is here."""
        return self._editor.draft if self._editor else Draft(kind=self.kind)

    @property
    def is_editable(self) -> bool:
        """Whether lines and head can be typed into."""
        is_draft = self.kind == "quotation" and self.is_loaded and self.draft.state == "draft"
        return is_draft and self.desk.may("documents.change")

    @property
    def is_dirty(self) -> bool:
        """Whether there is something to save."""
        return self.is_editable and self.editor.dirty

    def worded(self, reason: str) -> str:
        """A price's reason in the language of the screen."""
        return reason_text(reason, language())

    def number_of(self, row: int) -> int:
        """The number a line bears on the screen and on paper, where headings have none."""
        return sum(line.counts for line in self.draft.lines[: row + 1])

    def sentence(self, error: DomainError) -> str:
        """The text of a refusal, with lines numbered as they are shown."""
        if isinstance(error, ProblemsError):
            return " ".join(map(self.sentence, error.problems))
        line = error.facts.get("line")
        if not isinstance(line, int):
            return errors.text_of(error)
        facts = error.facts | {"line": self.number_of(line - 1)}
        return errors.text_of(DomainError(error.message, field=error.field, **facts))

    def title_of(self, kind: str, key: str) -> str:
        """The title of a linked record."""
        return self.titles.get((kind, key), key)

    # Loading

    def load(self, record_id: int) -> None:
        """Fetch a stored document."""
        app, kind = self.desk.app, self.kind
        self._read(lambda: loading.stored_sheet(app, kind, record_id), self.take_sheet)

    def start(self, account: str | int = "") -> None:
        """Begin a new draft to an account, named by code or id."""
        app = self.desk.app
        self._read(lambda: loading.new_sheet(app, account), self.take_sheet)

    def _read(self, work: Callable[[], T], then: Callable[[T], object], key: str = "sheet") -> None:
        tasks.run(work, then, self.fail, key=(id(self), key), owner=self)

    def fail(self, error: Exception) -> None:
        """What is done with an error: a refusal is told in the page, others everywhere."""
        if isinstance(error, DomainError):
            self.refused.emit(error)
        else:
            errors.show(error)

    def take_sheet(self, sheet: Sheet) -> None:
        """Work on a document that was read."""
        from controllers.documents.editor import QuotationEditor

        self._editor = QuotationEditor(sheet.opened)
        self._take_around(sheet)
        self.loaded.emit()
        self.refresh()
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            each()

    def _take_around(self, sheet: Sheet) -> None:
        self.titles |= sheet.titles
        self.shown, self.mails = sheet.shown, sheet.mails
        self.chain, self.consent, self.files = sheet.chain, sheet.consent, sheet.files

    def reload(self, *, force: bool = False) -> None:
        """Fetch the document anew where it changed and nothing typed would be lost."""
        app, kind, record_id = self.desk.app, self.kind, self.draft.id
        if record_id is None:
            return
        self._read(
            lambda: loading.stored_sheet(app, kind, record_id),
            lambda sheet: self._renew(sheet, force=force),
        )

    def _renew(self, sheet: Sheet, *, force: bool) -> None:
        theirs = sheet.opened.draft
        is_same = (theirs.version, theirs.state) == (self.draft.version, self.draft.state)
        is_kept = self.is_dirty and not force
        if not (is_same or is_kept):
            self.take_sheet(sheet)
            return
        self._take_around(sheet)
        self.refresh()
        if not is_same:
            self.overtaken.emit()

    def when_loaded(self, then: Then) -> None:
        """Do something once the document is here."""
        if self.is_loaded:
            then()
        else:
            self._waiting.append(then)

    # Changing

    def do(self, change: "Callable[[QuotationEditor], T]") -> T:
        """Change the draft and show it."""
        before = self.editor.draft
        answer = change(self.editor)
        if self.editor.draft is not before:
            self.refresh()
            self.renew_stock(_touched(before, self.editor.draft))
        return answer

    def hear_of_stock(self, changes: Sequence[Change]) -> None:
        """Products changed elsewhere; those of the lines are looked up again."""
        if self.is_loaded:
            lines = self.products()
            self.renew_stock(
                [at for at in lines if any(c.concerns("product", at) for c in changes)]
            )

    def renew_stock(self, products: Collection[int]) -> None:
        """Fetch what is in stock of these products now, and show it where it is news."""
        if not products:
            return
        app = self.desk.app

        def work() -> "dict[int, Stocked]":
            from controllers.documents import stock

            return app.read(stock.now, products)

        def done(found: "dict[int, Stocked]") -> None:
            if self.editor.renew_stock(found):
                self.refresh()

        tasks.run(work, done, self.fail, owner=self)

    def refresh(self) -> None:
        """Reckon the figures and tell."""
        self.style = self.desk.style
        self.priced, self.problems = self.editor.priced, self.editor.problems
        self.changed.emit()

    def set_field(self, name: str, value: Any) -> None:
        """Set a field of the head."""
        self.when_loaded(lambda: self.do(lambda editor: editor.set_field(name, value)))

    def set_account(self, code: str) -> None:
        """Another customer; its defaults arrive while typing goes on."""
        self.when_loaded(lambda: self._load_account(code))

    def _load_account(self, code: str) -> None:
        app, products = self.desk.app, self.products()
        self._read(
            lambda: loading.new_sheet(app, code, products),
            lambda sheet: self._take_account(code, sheet),
            "account",
        )

    def products(self) -> tuple[int, ...]:
        """The products of its lines."""
        lines = self.editor.draft.lines
        return tuple({line.product for line in lines if line.product is not None})

    def _covers(self, opened: "Opened") -> bool:
        """Whether prices were loaded for every product of the draft of now."""
        return all(product in opened.book for product in self.products())

    def _take_account(self, code: str, sheet: Sheet) -> None:
        if not self._covers(sheet.opened):
            self._load_account(code)
            return
        self.titles |= sheet.titles
        self.do(lambda editor: editor.set_account(sheet.opened))
        self._reload_tax()

    def set_prices(self, **terms: str) -> None:
        """Another price list or currency."""
        self.when_loaded(lambda: self._load_prices(terms))

    def _load_prices(self, terms: dict[str, str]) -> None:
        app, draft = self.desk.app, self.draft
        self._read(
            lambda: loading.repriced_sheet(app, draft, terms),
            lambda sheet: self._take_prices(terms, sheet),
            "prices",
        )

    def _take_prices(self, terms: dict[str, str], sheet: Sheet) -> None:
        if not self._covers(sheet.opened):
            self._load_prices(terms)
        else:
            self.do(lambda editor: editor.set_price_list(sheet.opened))

    def set_tax(self, code: str) -> None:
        """Tax the document another way."""
        self.when_loaded(lambda: self._load_tax(code))

    def _load_tax(self, code: str) -> None:
        app, day = self.desk.app, self.draft.date

        def work() -> Any:
            from controllers.catalogue.taxes import preset

            return app.read(preset, code, day)

        self._read(work, self._take_tax, "tax")

    def _take_tax(self, preset: Any) -> None:
        if preset != self.editor.preset:
            self.do(lambda editor: editor.set_tax(preset))

    def _reload_tax(self) -> None:
        """The tax as it holds on the day of the draft."""
        self._load_tax(self.draft.tax)

    def set_date(self, name: str, value: Any) -> None:
        """Another day; prices follow it, and the tax of that day."""

        def change() -> None:
            self.do(lambda editor: editor.set_field(name, value))
            if name == "date":
                self._reload_tax()

        self.when_loaded(change)

    def with_products(self, products: Sequence[int], then: Then, failed: Then = _nothing) -> None:
        """Go on once the price book knows these products."""
        if all(each in self.editor.book for each in products):
            then()
            return
        app, draft = self.desk.app, replace(self.draft, lines=())

        def work() -> Any:
            from controllers.documents.books import price_book

            return app.read(price_book, draft, products, history=True)

        def refuse(error: Exception) -> None:
            failed()
            self.fail(error)

        tasks.run(work, lambda book: self._join(draft, book, products, then, failed), refuse,
                  owner=self)  # fmt: skip

    def _join(
        self, draft: Draft, book: Any, products: Sequence[int], then: Then, failed: Then
    ) -> None:
        if self.join(draft, book):
            then()
        else:
            self.with_products(products, then, failed)

    def join(self, draft: Draft, book: Any) -> bool:
        """Take over products read for a draft; False where its terms are others by now."""
        if terms(draft) != terms(self.draft):
            return False
        self.editor.join_book(book)
        return True

    # Saving

    def save(self, then: Then | None = None) -> None:
        """Save the draft, then go on; a refusal is told and nothing typed is lost."""
        if then:
            self._again.append(then)
        if self.is_saving or not self.is_loaded:
            return
        if not self.is_dirty and self.draft.id is not None:
            self._go_on()
            return
        self._write(self.draft)

    def _write(self, sent: Draft) -> None:
        self.is_saving = True
        app = self.desk.app

        def work() -> Draft:
            from controllers.documents import quotations

            return app.write(quotations.save, sent)

        tasks.write(work, lambda saved: self._take_saved(sent, saved), self._not_saved, owner=self)

    def _take_saved(self, sent: Draft, saved: Draft) -> None:
        self.is_saving = False
        self.editor.mark_saved(sent, saved)
        self.refresh()
        self.saved.emit()
        if self.is_dirty and self._again:
            self._write(self.draft)
        else:
            self._go_on()

    def _go_on(self) -> None:
        waiting, self._again = self._again, []
        for each in waiting:
            each()

    def _not_saved(self, error: Exception) -> None:
        self.is_saving = False
        self._again.clear()
        self.fail(error)


def _touched(before: Draft, now: Draft) -> set[int]:
    """The products of lines that are new or were changed."""
    kept = {id(line) for line in before.lines}
    return {line.product for line in now.lines if line.product and id(line) not in kept}


def terms(draft: Draft) -> tuple[str, ...]:
    """What decides which prices a draft has."""
    return draft.account, draft.price_list, draft.currency
