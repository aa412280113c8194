"""A question or a list that stands in the page, not before it: work goes on around it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from resources.languages import marked as _
from ui.kit import theme, tokens
from ui.kit.language import name, tr
from ui.widgets.parts import icon_button, label, row

_MOST_ROWS = 7


class Panel(QFrame):
    """A card with a title and buttons; Esc closes it."""

    closed = Signal()

    def __init__(self, title: str, **facts: object) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._title = label(role="strong")
        self._title.setText(tr(title, **facts))
        self.setAccessibleName(self._title.text())
        self.problem = label(role="problem", wrap=True)
        self.problem.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(tokens.SMALL)
        self.buttons = row(1)
        close = icon_button("ph.x", _("Close"), self.close_panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.LARGE, tokens.SMALL, tokens.LARGE, tokens.MEDIUM)
        layout.setSpacing(tokens.SMALL)
        layout.addLayout(row(self._title, 1, close))
        layout.addLayout(self.body)
        layout.addWidget(self.problem)
        layout.addLayout(self.buttons)

    def add_button(self, made: QPushButton) -> QPushButton:
        """A button at the foot."""
        self.buttons.addWidget(made)
        return made

    def add_text(self, text: str) -> QLabel:
        """A sentence, worded already."""
        made = label(role="soft", wrap=True)
        made.setText(text)
        self.body.addWidget(made)
        return made

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def close_panel(self) -> None:
        """Go away; the page takes the focus back before Qt would put it anywhere."""
        self.closed.emit()
        self.hide()
        self.deleteLater()

    def confirm(self) -> None:
        """Do what its first button does."""
        for each in self.findChildren(QPushButton):
            if each.property("role") == "primary" and each.isEnabled():
                each.click()
                return

    def start_work(self) -> None:
        """Put the focus where the answer is given."""
        found = self.findChildren(QWidget)
        first = next((each for each in found if each.property("first")), None)
        if first is not None:
            first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> QTableView:
    """Some rows to be read; figures to the right are the caller's words."""
    model = QStandardItemModel(0, len(heads))
    model.setHorizontalHeaderLabels([tr(each) for each in heads])
    for texts in rows:
        items = [QStandardItem(text) for text in texts]
        for item in items:
            item.setEditable(False)
        model.appendRow(items)
    view = QTableView()
    model.setParent(view)
    view.setModel(model)
    name(view, title)
    _dress(view, rows)
    return view


def _dress(view: QTableView, rows: Sequence[Sequence[str]]) -> None:
    view.setShowGrid(False)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.verticalHeader().hide()
    high = theme.row_height(view)
    view.verticalHeader().setMinimumSectionSize(high)
    view.verticalHeader().setDefaultSectionSize(high)
    header = view.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionsClickable(False)
    header.setStretchLastSection(True)
    metrics = QFontMetrics(view.font())
    for column in range(view.model().columnCount()):
        texts = [str(view.model().headerData(column, Qt.Orientation.Horizontal))]
        texts += [line[column] for line in rows[:200]]
        wide = max(map(metrics.horizontalAdvance, texts)) + tokens.WIDE
        view.setColumnWidth(column, min(wide, tokens.COLUMN_MOST))
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    shown = min(len(rows), _MOST_ROWS)
    view.setFixedHeight(high * shown + header.sizeHint().height() + tokens.TINY)
