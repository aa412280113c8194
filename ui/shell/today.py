"""The page a day starts with: what waits, what expires, and the first steps of a new desk."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from controllers.core.catalogue import KINDS
from controllers.core.listing import Row
from models.values.formatting import format_rows
from models.values.records import Change, Filter, ListQuery
from resources.languages import marked as _
from ui.kit import tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import name, on_language, tr
from ui.widgets.parts import Elided, button, card, clear, column, icon_label, label, row

_ROWS = 8


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something to look at: a query with its words, icon and tone."""

    label: str
    query: ListQuery
    icon: str
    tone: str


def waiting(today: dt.date) -> list[Waiting]:
    """What a sales support desk looks at first."""
    soon = today + dt.timedelta(days=7)
    sent = Filter("state", "=", "sent")
    quotation = KINDS["quotation"].name
    return [
        Waiting(_("Drafts to send"), ListQuery(quotation, filters=(Filter("state", "=", "draft"),)),
                "ph.pencil-simple", "quiet"),
        Waiting(_("Open quotations"), ListQuery(quotation, filters=(sent,), sort="valid_until"),
                "ph.paper-plane-tilt", "info"),
        Waiting(_("Expire within 7 days"),
                ListQuery(quotation, filters=(sent, Filter("valid_until", "<=", soon)),
                          sort="valid_until"),
                "ph.hourglass", "warn"),
        Waiting(_("Orders to confirm"),
                ListQuery("order", filters=(Filter("state", "=", "draft"),)),
                "ph.cube", "accent"),
    ]  # fmt: skip


class Tile(QPushButton):
    """A figure with its words; a click opens the list behind it."""

    def __init__(self, what: Waiting, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "tile")
        self._what = what
        self._figure = label(role="figure")
        self._words = label(role="soft", wrap=True)
        mark = icon_label(what.icon, what.tone, tokens.WIDE)
        layout = column(gap=tokens.TINY, margin=tokens.LARGE)
        layout.addLayout(row(mark, self._figure, 1))
        layout.addWidget(self._words)
        self.setLayout(layout)
        for child in (self._figure, self._words, mark):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: desk.open_list(what.query.kind, what.query))
        on_language(self.reword)

    def sizeHint(self) -> QSize:
        inside = self.layout()
        return inside.sizeHint() if inside else super().sizeHint()

    def show_count(self, text: str) -> None:
        """Show how many there are."""
        self._figure.setText(text)
        self.reword()

    def reword(self) -> None:
        """Word it anew."""
        self._words.setText(tr(self._what.label))
        self.setAccessibleName(f"{tr(self._what.label)}: {self._figure.text()}")


class Today(QWidget):
    """The start page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.what = waiting(desk.app.clock().date())
        self.tiles = [Tile(each, desk) for each in self.what]
        self._first = QFrame()
        self._lists = QGridLayout()
        self._lists.setSpacing(tokens.LARGE)
        tiles = row(*self.tiles, gap=tokens.LARGE)
        head = label(_("Today"), "title")
        self._date: QLabel = label(role="soft")
        inner = column(gap=tokens.LARGE)
        inner.addLayout(row(head, self._date, 1, gap=tokens.MEDIUM))
        inner.addLayout(tiles)
        inner.addWidget(self._first)
        inner.addLayout(self._lists)
        inner.addStretch(1)
        inside = QWidget()
        inside.setLayout(inner)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        name(area, _("Today"))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.setLayout(column(area, margin=tokens.LARGE))
        self._first.hide()
        on_language(self._reword)
        desk.feed.changed.connect(self._on_changes)

    def _reword(self) -> None:
        self._date.setText(self.desk.style.day(self.desk.app.clock().date()))
        self.load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()

    def _on_changes(self, _changes: Sequence[Change]) -> None:
        if self.isVisible():
            self.load()

    def load(self) -> None:
        """Count in the background."""
        listing, what = self.desk.app.listing, self.what
        columns = {
            "quotation": ("number", "account", "valid_until", "total"),
            "order": ("number", "account", "date", "total"),
        }

        def work() -> tuple[list[int], bool, list[tuple[ListQuery, list[Row]]]]:
            counts = [listing.count(each.query) for each in what]
            starts = not listing.first_page(ListQuery("product", ("sku",)), 1).rows
            shown = []
            for each in (what[1], what[3]):
                kind = each.query.kind
                query = ListQuery(kind, columns[kind], filters=each.query.filters,
                                  sort=each.query.sort)  # fmt: skip
                shown.append((query, listing.first_page(query, _ROWS).rows))
            return counts, starts, shown

        tasks.run(work, self._take, key=(id(self), "today"), owner=self)

    def _take(self, answer: tuple[list[int], bool, list[tuple[ListQuery, list[Row]]]]) -> None:
        counts, starts, shown = answer
        for tile, count in zip(self.tiles, counts, strict=True):
            tile.show_count(self.desk.style.number(count))
        self._show_first_steps(starts)
        clear(self._lists)
        titles = (_("Open quotations, the first to expire on top"), _("Orders to confirm"))
        for at, ((query, rows), title) in enumerate(zip(shown, titles, strict=True)):
            self._lists.addWidget(self._list(title, query, rows), 0, at)
            self._lists.setColumnStretch(at, 1)

    def _list(self, title: str, query: ListQuery, rows: list[Row]) -> QWidget:
        frame = card()
        layout = column(label(title, "section"), gap=tokens.SMALL, margin=tokens.LARGE)
        kind = KINDS[query.kind]
        texts = format_rows([kind[each] for each in query.columns], rows, self.desk.style,
                            currency=True)  # fmt: skip
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.MEDIUM)
        grid.setColumnStretch(1, 1)
        for values, words in zip(rows, texts, strict=True):
            self._add_line(grid, query, values, words)
        layout.addLayout(grid)
        if not rows:
            layout.addWidget(label(_("Nothing waits here."), "soft"))
        layout.addStretch(1)
        frame.setLayout(layout)
        return frame

    def _add_line(
        self, grid: QGridLayout, query: ListQuery, values: Row, words: tuple[str, ...]
    ) -> None:
        record_id, kind = int(values[0]), query.kind
        link = button("", lambda: self.desk.open_record(kind, record_id), role="link")
        link.setText(words[0] or tr(_("Draft")))
        link.setAccessibleName(f"{words[0]} {words[1]}")
        who, when, total = Elided(words[1]), label(role="soft"), label(role="strong")
        when.setText(words[2])
        total.setText(f"{values[-1] or ''} {words[3]}".strip())
        at, right = grid.rowCount(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column_at, each in enumerate((link, who, when, total)):
            grid.addWidget(each, at, column_at)
        when.setAlignment(right)
        total.setAlignment(right)

    def _show_first_steps(self, starts: bool) -> None:
        if starts and self._first.layout() is None:
            self._build_first_steps()
        self._first.setVisible(starts)

    def _build_first_steps(self) -> None:
        from ui.kit import actions

        desk = self.desk
        self._first.setProperty("tone", "info")
        words = label(
            _("This desk is new. Enter what you sell and who buys it, or import your lists with "
              "“saudagar import”; then write the first quotation."),
            wrap=True,
        )  # fmt: skip
        product = button(_("New product"), lambda: desk.new_record("product"), icon="ph.package")
        customer = button(_("New customer"), lambda: desk.new_record("account"),
                          icon="ph.buildings")  # fmt: skip
        actions.offer(desk, "catalogue.change", product)
        actions.offer(desk, "customers.change", customer)
        steps = row(product, customer, 1)
        layout = column(label(_("First steps"), "section"), words, margin=tokens.LARGE)
        layout.addLayout(steps)
        self._first.setLayout(layout)
        self._first.style().polish(self._first)
