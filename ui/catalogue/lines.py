"""The tables of the stock page: texts in columns, figures to the right, in a tone."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.insight.cells import TONE
from ui.kit.language import tr

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Heading(NamedTuple):
    """A column: its English words, its share of the width, and whether it holds figures."""

    words: str
    part: float
    is_figure: bool = False


class Shown(NamedTuple):
    """A row: its texts and the tone they are written in."""

    texts: tuple[str, ...]
    tone: str = ""


class LinesModel(QAbstractTableModel):
    """Rows of texts under their headings."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        super().__init__()
        self.headings = headings
        self.rows: Sequence[Shown] = ()

    def take(self, rows: Sequence[Shown]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _NONE) -> int:
        return len(self.rows)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return len(self.headings)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        shown, at = self.rows[index.row()], index.column()
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole, _ROLE.ToolTipRole):
            return shown.texts[at]
        if role == TONE and shown.tone:
            return shown.tone
        if role == _ROLE.TextAlignmentRole:
            return _RIGHT if self.headings[at].is_figure else _LEFT
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.TextAlignmentRole:
            return _RIGHT if self.headings[section].is_figure else _LEFT
        return tr(self.headings[section].words) if role == _ROLE.DisplayRole else None
