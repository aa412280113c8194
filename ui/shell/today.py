"""The page a day starts with: what waits, what expires, and the first steps of a new desk."""

from collections.abc import Sequence

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

from models.values.records import Change, ListQuery
from resources.languages import marked as _
from ui.kit import tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import name, on_language, tr
from ui.shell.waiting import Entry, Waiting, counted, entries, waiting
from ui.widgets.parts import Elided, button, card, clear, column, icon_label, label, row


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
        tiles = QGridLayout()
        tiles.setSpacing(tokens.MEDIUM)
        for at, tile in enumerate(self.tiles):
            tiles.addWidget(tile, at // _BESIDE, at % _BESIDE)
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
        app, what, style = self.desk.app, self.what, self.desk.style

        def work() -> tuple[list[int], bool, list[list[Entry]]]:
            counts = [counted(app, each) for each in what]
            starts = not app.listing.first_page(ListQuery("product", ("sku",)), 1).rows
            return counts, starts, [entries(app, each, style) for each in what if each.title]

        tasks.run(work, self._take, key=(id(self), "today"), owner=self)

    def _take(self, answer: tuple[list[int], bool, list[list[Entry]]]) -> None:
        counts, starts, shown = answer
        for tile, count in zip(self.tiles, counts, strict=True):
            tile.show_count(self.desk.style.number(count))
        self._show_first_steps(starts)
        clear(self._lists)
        titles = [each.title for each in self.what if each.title]
        always = {titles[0], titles[1]}
        wanted = [pair for pair in zip(titles, shown, strict=True) if pair[1] or pair[0] in always]
        for at, (title, rows) in enumerate(wanted):
            self._lists.addWidget(self._list(title, rows), at // 2, at % 2)
            self._lists.setColumnStretch(at % 2, 1)

    def _list(self, title: str, rows: list[Entry]) -> QWidget:
        frame = card()
        layout = column(label(title, "section"), gap=tokens.SMALL, margin=tokens.LARGE)
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.MEDIUM)
        grid.setColumnStretch(1, 1)
        for entry in rows:
            self._add_line(grid, entry)
        layout.addLayout(grid)
        if not rows:
            layout.addWidget(label(_("Nothing waits here."), "soft"))
        layout.addStretch(1)
        frame.setLayout(layout)
        return frame

    def _add_line(self, grid: QGridLayout, entry: Entry) -> None:
        first, who_text, when_text, total_text = entry.words
        link = button("", lambda: self.desk.open_record(entry.kind, entry.key), role="link")
        link.setText(first.replace("&", "&&") or tr(_("Draft")))
        link.setAccessibleName(f"{first} {who_text}")
        who, when, total = Elided(who_text), label(role="soft"), label(role="strong")
        when.setText(when_text)
        total.setText(total_text)
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


_BESIDE = 4
"""Tiles in a row."""
