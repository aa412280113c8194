"""The history of a record as rows of a table: one for each field a step changed."""

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt

from models.values.formatting import moment
from resources.languages import marked as _
from ui.insight.cells import TONE, strong
from ui.kit.desk import Desk
from ui.kit.language import tr
from ui.widgets import pills
from ui.widgets.headed_model import NONE, HeadedModel, Index

if TYPE_CHECKING:
    from controllers.system.history import Difference, Step

_ROLE = Qt.ItemDataRole

HEADINGS = (_("When"), _("Who"), _("Workstation"), _("What"), _("Before"), _("After"))
PARTS = (0.14, 0.13, 0.11, 0.24, 0.19, 0.19)
WHAT, BEFORE, AFTER = 3, 4, 5

BEGINS = TONE + 1
"""The role that says whether a row is the first of its step."""

DEEDS = {
    "insert": (_("Created"), "ph.plus", "good"),
    "update": (_("Changed"), "ph.pencil-simple", "info"),
    "delete": (_("Deleted"), "ph.trash", "bad"),
    "archive": (_("Archived"), "ph.archive", "quiet"),
    "restore": (_("Brought back"), "ph.arrow-counter-clockwise", "good"),
}
"""By what happened to the record: the word, the icon and the tone."""


class Line(NamedTuple):
    """One row: a step's first one says when, who and from where; one without a difference says
    what happened to the record as a whole.
    """

    step: "Step"
    difference: "Difference | None"
    is_first: bool


def lines_of(step: "Step") -> list[Line]:
    """The rows of a step: a plain change needs no word of its own."""
    rows: list[Difference | None] = list(step.differences)
    if step.action != "update" or not rows:
        rows.insert(0, None)
    return [Line(step, each, at == 0) for at, each in enumerate(rows)]


class HistoryModel(HeadedModel):
    """The steps that were read so far, newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(HEADINGS)
        self._desk = desk
        self.lines: list[Line] = []

    def take(self, steps: "tuple[Step, ...]") -> None:
        """Show other steps."""
        self.beginResetModel()
        self.lines = [line for step in steps for line in lines_of(step)]
        self.endResetModel()

    def add(self, steps: "tuple[Step, ...]") -> None:
        """Show older steps below."""
        more = [line for step in steps for line in lines_of(step)]
        if more:
            last = len(self.lines)
            self.beginInsertRows(NONE, last, last + len(more) - 1)
            self.lines += more
            self.endInsertRows()

    def rowCount(self, parent: Index = NONE) -> int:
        return len(self.lines)

    def texts(self, line: Line) -> tuple[str, ...]:
        """One row in words, with when, who and from where on every row of a step."""
        step, each = line.step, line.difference
        head = (moment(step.at, self._desk.style), step.name, step.station)
        if each is None:
            return (*head, tr(DEEDS[step.action][0]), "", "")
        what = f"{each.label} · {each.line}" if each.line else each.label
        return (*head, what, each.before, each.after)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        line, at = self.lines[index.row()], index.column()
        is_deed = at == WHAT and line.difference is None
        if role == _ROLE.DecorationRole:
            return _pill(line.step.action) if is_deed else None
        if role in (_ROLE.AccessibleTextRole, _ROLE.ToolTipRole):
            return self.texts(line)[at]
        if role == BEGINS:
            return line.is_first
        if role == _ROLE.DisplayRole:
            return self._shown(line, at)
        if role == TONE:
            return "soft" if at in (1, 2, BEFORE) else "ink"
        if role == _ROLE.FontRole:
            return strong() if at in (0, AFTER) else None
        return self.alignment(at) if role == _ROLE.TextAlignmentRole else None

    def _shown(self, line: Line, at: int) -> str:
        """A cell in one line; a value that came or went has a dash for where there was none."""
        if at < WHAT:
            return self.texts(line)[at] if line.is_first else ""
        if line.difference is None:
            return ""
        text = " ".join(self.texts(line)[at].split())
        return text or ("–" if line.step.action == "update" and line.difference.field else "")


def _pill(action: str) -> Any:
    word, icon, tone = DEEDS[action]
    return pills.in_cell(tr(word), icon, tone)
