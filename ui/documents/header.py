"""The head of a document: who, on which terms, until when; more fields and texts fold away."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from controllers.core.catalogue import KINDS
from models.values.documents import Draft
from models.values.records import Filter, ListQuery
from resources.languages import marked as _
from ui.documents.fields import (
    AheadLink,
    Caption,
    ChoiceBox,
    CodeEdit,
    DayEdit,
    FigureEdit,
    LongEdit,
    TypedEdit,
    leaves_undo,
)
from ui.documents.session import Session
from ui.kit import tokens
from ui.kit.errors import text_of
from ui.kit.language import tr
from ui.widgets.lookup import Find, LinkEdit
from ui.widgets.parts import column, icon_button, row

_HEAD = -1
"""The row of problems of the head."""

_COLUMNS = 12

_MAIN = (
    (("account", 5), ("contact", 4), ("price_list", 3)),
    (("valid_until", 3), ("payment_term", 3), ("delivery_term", 3), ("language", 3)),
)
_MAIN_ORDER = (
    (("account", 5), ("contact", 4), ("price_list", 3)),
    (("date", 3), ("payment_term", 3), ("delivery_term", 3), ("reference", 3)),
)
_MORE = (
    (("subject", 5), ("reference", 4), ("owner", 3)),
    (("date", 3), ("tax", 3), ("currency", 2), ("discount_percent", 2), ("discount_amount", 2)),
)
_MORE_ORDER = (
    (("subject", 5), ("language", 4), ("owner", 3)),
    (("tax", 3), ("currency", 3), ("discount_percent", 3), ("discount_amount", 3)),
)
_TEXTS = ((("opening", 6), ("terms", 6)), (("closing", 6), ("notes", 6)))

_LABELS = {"valid_until": _("Valid until"), "payment_term": _("Payment"), "reference":
           _("Their reference"), "discount_percent": _("Discount %")}  # fmt: skip


class Header(QFrame):
    """Shows the head of the draft and hands over what is typed into it."""

    entered = Signal()
    """Enter in the customer: the lines come next."""
    more_asked = Signal()
    texts_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setProperty("role", "card")
        self.fields: dict[str, QWidget] = {}
        self.captions: dict[str, Caption] = {}
        self._refused: dict[str, str] = {}
        is_order = session.kind == "order"
        self.main = self._part(_MAIN_ORDER if is_order else _MAIN)
        self.folds = column(
            icon_button("ph.sliders-horizontal", _("More fields"), self.more_asked.emit),
            icon_button("ph.text-align-left", _("Texts"), self.texts_asked.emit), gap=tokens.TINY,
        )  # fmt: skip
        self.more = self._part(_MORE_ORDER if is_order else _MORE)
        self.texts = self._part(_TEXTS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.LARGE, tokens.SMALL, tokens.LARGE, tokens.MEDIUM)
        layout.setSpacing(tokens.SMALL)
        first = row(self.main)
        first.addLayout(self.folds)
        first.setStretch(0, 1)
        layout.addLayout(first)
        for part in (self.more, self.texts):
            layout.addWidget(part)
        self.more.hide()
        self.texts.hide()
        session.changed.connect(self.refresh)

    # Building

    def _part(self, rows: Sequence[Sequence[tuple[str, int]]]) -> QWidget:
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.MEDIUM)
        grid.setVerticalSpacing(tokens.SMALL)
        for at in range(_COLUMNS):
            grid.setColumnStretch(at, 1)
        for line, fields in enumerate(rows):
            column = 0
            for field, span in fields:
                top = Qt.AlignmentFlag.AlignTop
                grid.addWidget(self._captioned(field), line, column, 1, span, top)
                column += span
        return part

    def _captioned(self, field: str) -> Caption:
        known = KINDS[self.session.kind].by_name
        text = _LABELS.get(field) or known[field].label
        made = self.fields[field] = self._made(field)
        caption = self.captions[field] = Caption(text, made)
        return caption

    def _made(self, field: str) -> QWidget:
        if field in ("account", "contact", "owner", "tax", "price_list"):
            return self._link(field)
        if field in ("date", "valid_until"):
            day = DayEdit(self.session, is_required=field == "date")
            return self._wire(day, lambda v: self.session.set_date(field, v))
        described = KINDS[self.session.kind][field]
        if field in ("discount_percent", "discount_amount"):
            return self._wire(FigureEdit(self.session, described), self._setter(field))
        if field in ("language", "payment_term"):
            box = ChoiceBox(described.choices)
            box.committed.connect(self._setter(field))
            return box
        if field in ("opening", "terms", "closing", "notes"):
            return self._long(field)
        if field == "currency":
            return self._wire(CodeEdit(described), lambda v: self.session.set_prices(currency=v))
        return self._wire(TypedEdit(), self._setter(field))

    def _setter(self, field: str) -> Callable[[Any], None]:
        return lambda value: self.session.set_field(field, value)

    def _wire(self, edit: TypedEdit, slot: Callable[[Any], object]) -> TypedEdit:
        edit.committed.connect(slot)
        edit.wrong.connect(lambda sentence: self._set_refused(edit, sentence))
        return edit

    def _long(self, field: str) -> LongEdit:
        edit = LongEdit(_("As in Settings") if field != "notes" else _("For colleagues only"))
        edit.setFixedHeight(edit.fontMetrics().height() * 4)
        edit.committed.connect(self._setter(field))
        return edit

    def _link(self, field: str) -> LinkEdit:
        edit = AheadLink(self.session.desk.app.listing, KINDS[self.session.kind][field].link)
        edit.chosen.connect(lambda find: self._choose(field, find))
        edit.left_open.connect(lambda _text: self._leave_open(field, edit))
        edit.installEventFilter(self)
        if field == "contact":
            edit.search = self._contacts
        if field == "account":
            edit.returnPressed.connect(self.entered)
        return edit

    def _contacts(self, text: str) -> list[Find]:
        """Contacts of the customer; called in the background."""
        filters = (Filter("account", "=", self.session.draft.account),)
        query = ListQuery("contact", ("code", "name"), search=text, filters=filters)
        return [row[:3] for row in self.session.desk.app.listing.first_page(query, 20).rows]

    # Typing

    def _choose(self, field: str, find: Find | None) -> None:
        edit = self.fields[field]
        if find is None and isinstance(edit, QLineEdit) and edit.text():
            return
        key = str(find[1]) if find else ""
        self._refused.pop(field, None)
        if find:
            kind = KINDS[self.session.kind][field].link
            self.session.titles[kind, key] = str(find[2] or key)
        self._hand_over(field, key)
        self._show_problems()
        if field == "account" and key and edit.hasFocus() and not self.session.draft.lines:
            self.entered.emit()

    def _hand_over(self, field: str, key: str) -> None:
        if field == "account" and key:
            self.session.set_account(key)
        elif field == "price_list":
            self.session.set_prices(price_list=key)
        elif field == "tax":
            self.session.set_tax(key or "none")
        elif field != "account":
            self.session.set_field(field, key)

    def _leave_open(self, field: str, edit: LinkEdit) -> None:
        kind = tr(KINDS[edit.kind].label).lower()
        sentence = tr(_("No {kind} is called “{text}”."), kind=kind, text=edit.text())
        self._refused[field] = sentence
        self._show_problems()

    def _set_refused(self, edit: QWidget, sentence: str) -> None:
        field = next(each for each, made in self.fields.items() if made is edit)
        self._refused[field] = sentence
        self._show_problems()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return isinstance(watched, QLineEdit) and leaves_undo(watched, event)

    def commit(self) -> None:
        """Take over what is being typed in the field that has the focus."""
        for edit in self.fields.values():
            if edit.hasFocus() and isinstance(edit, (TypedEdit, LongEdit)):
                edit.commit()

    # Showing

    def refresh(self) -> None:
        """Show the draft; what is being typed stays."""
        draft, can_type = self.session.draft, self.session.is_editable
        for field, edit in self.fields.items():
            self._show(field, edit, draft)
            if isinstance(edit, (QLineEdit, LongEdit)):
                edit.setReadOnly(not can_type)
                if not can_type:
                    edit.setPlaceholderText("")
            else:
                edit.setEnabled(can_type)
        self._show_problems()

    def _show(self, field: str, edit: QWidget, draft: Draft) -> None:
        value = getattr(draft, field)
        if isinstance(edit, DayEdit):
            edit.show_day(value, draft.date if field == "valid_until" else None)
        elif isinstance(edit, FigureEdit):
            edit.show_figure(value, draft.currency if field == "discount_amount" else "")
        elif isinstance(edit, ChoiceBox):
            edit.show_code(value)
        elif isinstance(edit, LinkEdit):
            self._show_link(field, edit, value)
        elif isinstance(edit, (TypedEdit, LongEdit)):
            edit.show_text(value)

    def _show_link(self, field: str, edit: LinkEdit, key: str) -> None:
        is_typing = edit.hasFocus() and edit.isModified() and edit.found is None
        if is_typing or (edit.found is None and edit.text() and self._refused.get(field)):
            return
        title = self.session.title_of(edit.kind, key)
        if field == "tax" and key == "none":
            title = tr(_("No tax"))
        if (edit.key, edit.text()) != (key, title):
            edit.set_key(key, title)

    def _show_problems(self) -> None:
        for field, caption in self.captions.items():
            problem = self.session.problems.get((_HEAD, field))
            sentence = self._refused.get(field) or (text_of(problem) if problem else "")
            caption.set_problem(sentence)

    def show_refusal(self, field: str, sentence: str) -> bool:
        """Say at a field why it is refused, and go there; False where there is no such field."""
        if field not in self.captions:
            return False
        self.reveal(field)
        self.captions[field].set_problem(sentence)
        self.fields[field].setFocus()
        return True

    def reveal(self, field: str) -> None:
        """Unfold the part a field stands in."""
        for part in (self.more, self.texts):
            if part.isAncestorOf(self.fields[field]):
                part.show()
