"""What an import would do or did: the figures, the records with their changes, the bad rows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QTableView

from models.values.formatting import Style
from resources.languages import marked as _
from ui.insight.cells import Cells
from ui.kit import icons, tokens
from ui.kit.language import name, tr
from ui.widgets import pills
from ui.widgets.card_table import CardTable
from ui.widgets.headed_model import NONE, HeadedModel, Index
from ui.widgets.parts import column, label, row

if TYPE_CHECKING:
    from controllers.system.imports import Outcome
    from controllers.system.imports.previewing import Difference

_ROLE = Qt.ItemDataRole

STATES = {
    "new": (_("New"), _("{count} new"), "ph.plus-circle", "good"),
    "changed": (_("Changed"), _("{count} changed"), "ph.pencil-simple", "info"),
    "unchanged": (_("Unchanged"), _("{count} unchanged"), "ph.equals", "quiet"),
    "rejected": (_("Rejected"), _("{count} rejected"), "ph.x-circle", "bad"),
}
"""By state: the word, the words with a count, the icon and the tone."""

_HEADINGS = (_("State"), _("Record"), _("What changes"))
MOST_REJECTED = 500


class Line(NamedTuple):
    """One row of the preview."""

    state: str
    what: str
    details: tuple[str, ...]


def lines_of(outcome: "Outcome", differences: "Sequence[Difference]", style: Style) -> list[Line]:
    """Rejected rows first, then changed records, then new ones."""
    rejected = [
        Line("rejected", tr(_("Line {line}"), line=style.number(line)), (reason,))
        for line, reason in outcome.reasons[:MOST_REJECTED]
    ]
    return [*rejected, *map(_difference, differences)]


def _difference(each: "Difference") -> Line:
    what = each.title if each.title == each.key else f"{each.key} · {each.title}"
    if each.is_new:
        return Line("new", what, tuple(f"{name_}: {now}" for name_, _was, now in each.changes))
    told = (f"{name_}: {was or '–'} → {now or '–'}" for name_, was, now in each.changes)
    return Line("changed", what, tuple(told))


class PreviewModel(HeadedModel):
    """The rows of a preview, all or those of one state."""

    def __init__(self) -> None:
        super().__init__(_HEADINGS)
        self._all: list[Line] = []
        self.lines: list[Line] = []
        self.state = ""

    def take(self, lines: Sequence[Line], state: str = "") -> None:
        """Show other lines; `state` narrows them."""
        self.beginResetModel()
        self._all, self.state = list(lines), state
        self.lines = [each for each in self._all if state in ("", each.state)]
        self.endResetModel()

    def narrow(self, state: str) -> None:
        """Show the lines of one state, or all with ""."""
        self.take(self._all, state)

    def rowCount(self, parent: Index = NONE) -> int:
        return len(self.lines)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        line, at = self.lines[index.row()], index.column()
        if role == _ROLE.AccessibleTextRole and at == 0:
            return tr(STATES[line.state][0])
        if role == _ROLE.DecorationRole and at == 0:
            return _pill(line.state)
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return ("", line.what, " · ".join(line.details))[at]
        return "\n".join(line.details) if role == _ROLE.ToolTipRole else None


def _pill(state: str) -> Any:
    word, _counted, icon, tone = STATES[state]
    return pills.in_cell(tr(word), icon, tone)


class Figures(QFrame):
    """The four figures as buttons; pressing one narrows the rows below."""

    def __init__(self, model: PreviewModel) -> None:
        super().__init__()
        self._model = model
        self._counts: dict[str, int] = {}
        self.buttons: dict[str, QPushButton] = {}
        layout = row(gap=tokens.SMALL)
        for state, (_word, _counted, icon, tone) in STATES.items():
            made = QPushButton()
            made.setProperty("role", "chip")
            made.setCheckable(True)
            made.setIcon(icons.icon(icon, tone, tone))
            made.setIconSize(QSize(tokens.ICON, tokens.ICON))
            made.clicked.connect(lambda on, state=state: self._narrow(state if on else ""))
            layout.addWidget(made)
            self.buttons[state] = made
        layout.addStretch(1)
        self.setLayout(layout)

    def take(self, outcome: "Outcome", style: Style) -> None:
        """Show the figures of an outcome."""
        self._counts = {
            "new": outcome.created, "changed": outcome.updated,
            "unchanged": outcome.unchanged, "rejected": outcome.rejected,
        }  # fmt: skip
        for state, made in self.buttons.items():
            words = tr(STATES[state][1], count=style.number(self._counts[state]))
            made.setText(words)
            made.setAccessibleName(words)
            made.setChecked(False)

    def _narrow(self, state: str) -> None:
        for each, made in self.buttons.items():
            made.setChecked(each == state)
        self._model.narrow(state)


class PreviewTable(CardTable):
    """The rows of a preview."""

    def __init__(self, model: PreviewModel) -> None:
        super().__init__(model)
        self.setItemDelegate(Cells(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.horizontalHeader().setStretchLastSection(True)
        name(self, _("What the import does"))
        self.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width()
        self.setColumnWidth(0, tokens.LOGO + tokens.LARGE)
        self.setColumnWidth(1, int((wide - tokens.LOGO) * 0.36))


class PreviewPanel(QFrame):
    """Figures, rows, and the row of the cursor in full."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.model = PreviewModel()
        self.figures = Figures(self.model)
        self.table = PreviewTable(self.model)
        self._whole = label(role="caption", wrap=True)
        self._whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._whole.hide()
        layout = column(self.figures, self.table, self._whole, gap=tokens.SMALL)
        layout.setContentsMargins(tokens.MEDIUM, tokens.MEDIUM, tokens.MEDIUM, tokens.MEDIUM)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.model.modelReset.connect(self._whole.hide)

    def take(self, outcome: "Outcome", lines: Sequence[Line], style: Style) -> None:
        """Show figures and rows."""
        self.figures.take(outcome, style)
        self.model.take(lines)

    def _on_row(self, current: QModelIndex) -> None:
        lines = self.model.lines
        at = current.row()
        self._whole.setVisible(0 <= at < len(lines))
        if 0 <= at < len(lines):
            self._whole.setText("\n".join((lines[at].what, *lines[at].details[:12])))
