"""The panel beside a list: the fields of one record in groups, and the records that name it."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from controllers.core.catalogue import KINDS, LINES
from controllers.core.listing import Listing, Row
from models.values.fields import NUMBER_KINDS, Field, FieldKind, RecordKind
from models.values.formatting import Style, format_rows, formatter
from models.values.money import currency_decimals, plain
from models.values.record import Record
from models.values.records import Filter, ListQuery
from resources.languages import marked as _
from ui.kit import actions, tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import name, on_language, tr
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import Elided, button, card, clear, column, label, row
from ui.widgets.pills import LOOKS, StatePill

_RELATED = 5


@dataclass(frozen=True, slots=True)
class Related:
    """Some records of a kind that name the record shown."""

    kind: RecordKind
    query: ListQuery
    rows: list[Row]
    texts: list[tuple[str, ...]]


def _matters(field: Field, record: Record) -> bool:
    """Whether a document's field says anything: no zeros, no texts of the letter."""
    return field.kind is not FieldKind.LONG_TEXT and record.values.get(field.name) not in (0, 1)


def related(listing: Listing, record: Record, style: Style) -> list[Related]:
    """By kind the newest records that name this one."""
    found = []
    lines = {each.name for each in LINES.values()}
    for kind in KINDS.values():
        names = [each.name for each in kind.fields if each.link == record.kind]
        if not names or kind.name in lines or not record.key:
            continue
        columns = tuple(each for each in (kind.title, "date", "state", "role", "total")
                        if each in kind.by_name)  # fmt: skip
        query = ListQuery(kind.name, columns, filters=(Filter(names[0], "=", record.key),))
        rows = listing.first_page(query, _RELATED).rows
        fields = [kind[each] for each in columns]
        texts = format_rows(fields, rows, style, currency="currency" in kind.by_name)
        if rows:
            found.append(Related(kind, query, rows, texts))
    return found


def shown_text(field: Field, record: Record, style: Style) -> str:
    """The value of a field as the panel shows it."""
    value = record.values.get(field.name)
    if value is None or value == "":
        return ""
    if field.kind is FieldKind.LINK:
        return record.titles.get(field.name, str(value))
    if field.kind is FieldKind.MONEY:
        currency = record.values.get("currency") or ""
        least = currency_decimals(currency) if currency else 2
        decimals = max(least, len(plain(value, least).partition(".")[2]))
        return style.number(value, decimals)
    if field.kind in NUMBER_KINDS:
        return style.number(value) + ("%" if field.kind is FieldKind.PERCENT else "")
    if field.kind is FieldKind.BOOLEAN:
        return tr(_("Yes")) if value else ""
    if field.kind in (FieldKind.DATE, FieldKind.MOMENT):
        return formatter(field, style)(value.isoformat(), "")
    return formatter(field, style)(value, "")


class DetailPanel(QFrame):
    """Shows the record of the row the cursor is on."""

    closed = Signal()

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.desk, self.kind = desk, KINDS[kind]
        self.record_id: int | None = None
        name(self, _("Details"))
        self._body = QVBoxLayout()
        self._body.setContentsMargins(tokens.LARGE, tokens.LARGE, tokens.LARGE, tokens.LARGE)
        self._body.setSpacing(tokens.SMALL)
        inside = QWidget()
        inside.setProperty("role", "paper")
        inside.setLayout(self._body)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        name(area, _("Details"))
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(area)
        self.setMinimumWidth(tokens.PANEL_LEAST)
        on_language(self._reword)

    def _reword(self) -> None:
        if self.record_id is not None:
            self.show_record(self.record_id)

    def show_record(self, record_id: int | None) -> None:
        """Show another record; what is shown stays until it is here."""
        self.record_id = record_id
        if record_id is None:
            clear(self._body)
            return
        app, style, kind = self.desk.app, self.desk.style, self.kind.name

        def work() -> tuple[Record, list[Related]]:
            from controllers.core import records

            record = app.read(records.show, kind, record_id)
            return record, related(app.listing, record, style)

        tasks.run(
            work,
            lambda answer: self._fill(*answer),
            lambda _error: clear(self._body),
            key=(id(self), "record"),
            owner=self,
        )

    def _fill(self, record: Record, related: list[Related]) -> None:
        clear(self._body)
        self._body.addWidget(self._title(record))
        self._add_subtitle(record)
        self._add_reach(record)
        for title, fields in self._groups(record):
            self._add_group(title, fields, record)
        for each in related:
            self._add_related(each)
        self._add_history(record)
        self._body.addStretch(1)

    def _add_history(self, record: Record) -> None:
        """A way to who changed it, for those who may see that."""
        if not self.desk.may("audit.see"):
            return
        self._body.addSpacing(tokens.TINY)
        title = record.title or record.key or tr(_("Draft"))
        ask = button(
            _("History"), lambda: self.desk.open_history(record.kind, record.id, title),
            icon="ph.clock-counter-clockwise", role="link",
        )  # fmt: skip
        self._body.addLayout(row(ask, 1))

    def _title(self, record: Record) -> QWidget:
        title = label(role="section", wrap=True)
        title.setText(record.title or record.key or tr(_("Draft")))
        return title

    def _add_subtitle(self, record: Record) -> None:
        parts = row()
        state = record.values.get("state") or record.values.get("stored_state")
        if self.kind.name in LOOKS and state:
            parts.addWidget(StatePill(self.kind.name, str(state)))
        words = [record.key if record.key != record.title else ""]
        words += [str(record.values.get(each) or "") for each in ("city", "role", "currency")]
        caption = label(role="soft", wrap=True)
        caption.setText(" · ".join(each for each in words if each))
        parts.addWidget(caption, 1)
        self._body.addLayout(parts)

    def _add_reach(self, record: Record) -> None:
        """Ways to call or write to a customer or contact."""
        phone = str(record.values.get("phone_e164") or record.values.get("phone") or "")
        email = str(record.values.get("email") or "")
        ways = FlowLayout()
        if phone:
            ways.addWidget(button(_("Call"), lambda: _open(f"tel:{phone}"), icon="ph.phone"))
        if email:
            address = f"mailto:{email}"
            ways.addWidget(button(_("E-mail"), lambda: _open(address), icon="ph.envelope"))
        if record.values.get("phone_e164"):
            chat = f"https://wa.me/{phone.removeprefix('+')}"
            ways.addWidget(button("WhatsApp", lambda: _open(chat), icon="ph.whatsapp-logo"))
        if record.kind == "account":
            values = {"account": record.key}
            write = button(_("New quotation"), lambda: self.desk.new_record("quotation", values),
                           icon="ph.file-plus")  # fmt: skip
            actions.offer(self.desk, "documents.change", write)
            ways.addWidget(write)
            book = button(_("New payment"), lambda: self.desk.new_record("payment", values),
                          icon="ph.wallet")  # fmt: skip
            actions.offer(self.desk, "invoices.change", book)
            ways.addWidget(book)
        if ways.count():
            self._body.addLayout(ways)

    def _groups(self, record: Record) -> Iterator[tuple[str, list[Field]]]:
        hidden = self.desk.hides_cost
        shown = {
            each.name: each
            for each in self.kind.fields
            if each.name not in (self.kind.title, "state", "stored_state", "phone_e164")
            and not (each.restricted and hidden)
            and each.kind is not FieldKind.PICTURE
            and shown_text(each, record, self.desk.style)
            and (self.kind.layout or _matters(each, record))
        }
        for section in self.kind.layout:
            names = [each for line in section.rows for each in line if each in shown]
            if names:
                yield section.title, [shown.pop(each) for each in names]
        if shown and not self.kind.layout:
            yield _("Details"), list(shown.values())

    def _add_group(self, title: str, fields: list[Field], record: Record) -> None:
        self._body.addSpacing(tokens.TINY)
        heading = label(role="heading")
        heading.setText(tr(title).upper())
        self._body.addWidget(heading)
        for field in fields:
            self._body.addLayout(self._line(field, record))

    def _line(self, field: Field, record: Record) -> QLayout:
        caption = label(role="soft")
        caption.setText(tr(field.label))
        text = shown_text(field, record, self.desk.style)
        if field.kind is FieldKind.LINK:
            key = record.values[field.name]
            value: QWidget = self._link(field.link, str(key), text)
        else:
            value = _shown(field, text)
        is_wide = value.sizeHint().width() > tokens.PANEL // 2
        if field.kind is FieldKind.LONG_TEXT or (field.kind is FieldKind.EMAIL and is_wide):
            return column(caption, value, gap=tokens.TINY)
        caption.setFixedWidth(tokens.PANEL // 3)
        caption.setWordWrap(True)
        line = row(caption, value, gap=tokens.SMALL)
        line.setStretch(1, 1)
        return line

    def _link(self, kind: str, key: str, text: str) -> QWidget:
        made = button("", lambda: self.desk.open_record(kind, key), role="link")
        made.setText(text)
        made.setAccessibleName(text)
        return made

    def _add_related(self, found: Related) -> None:
        self._body.addSpacing(tokens.TINY)
        kind = found.kind
        heading = label(role="heading")
        heading.setText(tr(kind.plural).upper())
        every = button(
            _("Show all"), lambda: self.desk.open_list(kind.name, found.query), role="link"
        )
        self._body.addLayout(row(heading, 1, every))
        for values, texts in zip(found.rows, found.texts, strict=True):
            self._body.addWidget(self._related_line(kind, values, texts, found.query))

    def _related_line(
        self, kind: RecordKind, values: Row, texts: tuple[str, ...], query: ListQuery
    ) -> QWidget:
        record_id = int(values[0])
        line = card("")
        link = button("", lambda: self.desk.open_record(kind.name, record_id), role="link")
        link.setText(texts[0] or tr(_("Draft")))
        link.setAccessibleName(texts[0] or tr(_("Draft")))
        rest = row(link, gap=tokens.SMALL)
        beside = [
            text for at, text in enumerate(texts) if at and query.columns[at] != "state" and text
        ]
        rest.addWidget(Elided(" · ".join(beside), "caption"), 1)
        if "state" in query.columns:
            rest.addWidget(StatePill(kind.name, str(values[1 + query.columns.index("state")])))
        line.setLayout(rest)
        return line


def _shown(field: Field, text: str) -> QWidget:
    """A value: long texts wrap, addresses without blanks are cut and stand whole in the hint."""
    if field.kind in (FieldKind.EMAIL, FieldKind.CODE, FieldKind.PHONE):
        return Elided(text)
    shown = label(wrap=True)
    shown.setText(text)
    shown.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return shown


def _open(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))
