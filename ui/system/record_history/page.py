"""The page that shows who changed a record, when and from where, field by field, newest first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QScrollArea,
    QStyleOptionViewItem,
    QWidget,
)

from controllers.core.catalogue import KINDS
from controllers.system.history import kind_told
from models.values.records import Change
from resources.languages import marked as _
from ui.insight.cells import Cells
from ui.kit import actions, tasks, theme, tokens
from ui.kit.desk import Desk
from ui.kit.language import name, on_language, tr
from ui.kit.page import RecordPage
from ui.system.record_history.model import BEGINS, PARTS, HistoryModel
from ui.system.rows_table import OpeningTable
from ui.widgets.parts import button, card, column, icon_label, label, row

if TYPE_CHECKING:
    from controllers.system.history import Page

SEE = "audit.see"

ICON = "ph.clock-counter-clockwise"

_NEVER = _("This field was never changed.")
_NOTHING = _("Nothing was changed yet. Every change will stand here: who, when, from where.")

_NEAR = 20
"""Rows from the end at which older steps are read."""


class HistoryCells(Cells):
    """A quiet line above each step."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        if index.row() and index.data(BEGINS):
            area: QRect = option.rect
            line = QColor(theme.tokens().line)
            painter.fillRect(area.x(), area.y(), area.width(), tokens.HAIR, line)


class HistoryTable(OpeningTable):
    """The rows of a history; Enter opens the record."""

    def __init__(self, model: HistoryModel) -> None:
        super().__init__(model, _("History"), PARTS, HistoryCells)
        model.modelReset.connect(self.fit)
        model.rowsInserted.connect(self.fit)

    def fit(self) -> None:
        """Give moments the room they need and share the rest."""
        when = self.sizeHintForColumn(0) + tokens.LARGE
        rest = self.viewport().width() - when
        for at, part in enumerate(PARTS):
            self.setColumnWidth(at, int(rest * part / sum(PARTS[1:])) if at else when)


class HistoryPage(RecordPage):
    """The history of one record in a tab of its own."""

    def __init__(self, desk: Desk, kind: str, record_id: int, title: str) -> None:
        super().__init__(f"history {kind}", record_id)
        self.desk, self.description, self._named = desk, kind_told(kind), title
        self.model = HistoryModel(desk)
        self.table = HistoryTable(self.model)
        self.field = QComboBox()
        self._has_more = False
        self._build()
        self.table.opened.connect(self.open_record)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.field.activated.connect(lambda _at: self.load())
        desk.feed.changed.connect(self._on_changes)
        for key, words, slot, keys in (
            ("read", _("Read the history anew"), self.load, "F5"),
            ("field", _("Only one field"), self.choose_field, "Ctrl+F"),
        ):
            actions.add(self, f"history.{key}", words, slot, keys, context="list")
        on_language(self._reword)

    # Building

    def _build(self) -> None:
        self._title, self._caption = label(role="title"), label(role="soft")
        self._empty = label(role="soft", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing = QWidget()
        icon = row(1, icon_label(ICON, size=tokens.ICON_LARGE), 1)
        nothing = column(1, gap=tokens.MEDIUM)
        nothing.addLayout(icon)
        nothing.addWidget(self._empty)
        nothing.addStretch(2)
        self._nothing.setLayout(nothing)
        self._nothing.hide()
        name(self.field, _("Only one field"))
        head = row(self._title, self._caption, 1, self.field, gap=tokens.MEDIUM)
        head.addWidget(button(_("Open"), self.open_record, icon=self.description.icon))
        layout = column(gap=tokens.MEDIUM, margin=tokens.LARGE)
        layout.addLayout(head)
        layout.addWidget(self._nothing, 1)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._detail())
        self.setLayout(layout)

    def _detail(self) -> QFrame:
        """Both values of the cursor's row, whole."""
        self.detail = card()
        self._what = label(role="strong", wrap=True)
        self.values = [_value(), _value()]
        sides = row(gap=tokens.WIDE)
        for words, value in zip((_("Before"), _("After")), self.values, strict=True):
            side = column(label(words, "heading"), value, gap=tokens.TINY)
            side.addStretch(1)
            sides.addLayout(side, 1)
        self._sides, inside = QWidget(), QWidget()
        self._sides.setLayout(sides)
        inside.setProperty("role", "paper")
        inside.setLayout(column(self._sides, 1, gap=0))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFixedHeight(tokens.LOGO)
        name(area, _("Before and after"))
        area.setWidget(inside)
        self.detail.setLayout(column(self._what, area, gap=tokens.SMALL, margin=tokens.MEDIUM))
        return self.detail

    def _reword(self) -> None:
        self._title.setText(tr(_("History")))
        self._caption.setText(f"{tr(self.description.label)} · {self._named}")
        self._offer_fields()
        self.load()
        self.titled.emit()

    def _offer_fields(self) -> None:
        from controllers.system.history import searched_fields

        chosen = self.field.currentData()
        self.field.clear()
        self.field.addItem(tr(_("All fields")), "")
        for named, field, is_line in searched_fields(
            self.description.name, sees_cost=not self.desk.hides_cost
        ):
            words = tr(_("Line: {label}"), label=tr(field.label)) if is_line else tr(field.label)
            self.field.addItem(words, named)
        self.field.setCurrentIndex(max(0, self.field.findData(chosen)))

    @property
    def title(self) -> str:
        """What stands on the tab."""
        return f"{tr(_('History'))} · {self._named}"

    def start_work(self) -> None:
        """The newest change."""
        self.table.setFocus()

    # Reading

    def load(self) -> None:
        """Read the newest steps."""
        self._read(0)

    def _read(self, before: int) -> None:
        app, kind, record_id = self.desk.app, self.description.name, self.record_id or 0
        style, field = self.desk.style, str(self.field.currentData() or "")
        hidden = self.desk.hides_cost

        def work() -> "Page":
            from controllers.system import history

            return app.read(
                history.page, kind, record_id, style, before=before, field=field, hides_cost=hidden
            )

        take = self._take_older if before else self._take
        tasks.run(work, take, key=(id(self), "history"), owner=self)

    def _take(self, page: "Page") -> None:
        self._has_more = page.has_more
        at = max(0, self.table.currentIndex().row())
        self.model.take(page.steps)
        rows = self.model.rowCount()
        narrowed = bool(self.field.currentData())
        words = _NEVER if narrowed else _NOTHING
        self._empty.setText(tr(words))
        if not rows and self.table.hasFocus():
            self.field.setFocus()
        self._nothing.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.detail.setVisible(bool(rows))
        if rows:
            self.table.setCurrentIndex(self.model.index(min(at, rows - 1), 0))

    def _take_older(self, page: "Page") -> None:
        self._has_more = page.has_more
        self.model.add(page.steps)

    def _on_scrolled(self, value: int) -> None:
        if self._has_more and value >= self.table.verticalScrollBar().maximum() - _NEAR:
            self._has_more = False
            self._read(self.model.lines[-1].step.id)

    def _on_changes(self, changes: Sequence[Change]) -> None:
        own, kind = self.record_id or 0, self.description.name
        if any(each.concerns(kind, own) for each in changes):
            self.load()

    # Doing

    def _on_row(self, *_rows: object) -> None:
        at = self.table.currentIndex().row()
        if not 0 <= at < len(self.model.lines):
            return
        when, who, station, what, *sides = self.model.texts(self.model.lines[at])
        self._what.setText(" · ".join(each for each in (what, who, station, when) if each))
        self._sides.setVisible(any(sides))
        for value, text in zip(self.values, sides, strict=True):
            value.setText(text or "–")

    def choose_field(self) -> None:
        """Offer the fields."""
        self.field.setFocus()
        self.field.showPopup()

    def open_record(self) -> None:
        """Open the record itself; what is none has a place of its own."""
        if self.description.name not in KINDS:
            self.desk.open_list(self.description.name)
        else:
            self.desk.open_record(self.description.name, self.record_id)


def _value() -> QLabel:
    made = label(wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
