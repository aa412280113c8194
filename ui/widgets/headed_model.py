"""The ground of a table's model: headings in words of ours, figures to the right."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.kit.language import tr

Index = QModelIndex | QPersistentModelIndex
NONE = QModelIndex()

_ROLE = Qt.ItemDataRole
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class HeadedModel(QAbstractTableModel):
    """Columns under their headings; `figures` are the places of those that hold figures."""

    def __init__(self, headings: Sequence[str], figures: Collection[int] = ()) -> None:
        super().__init__()
        self._headings = tuple(headings)
        self._figures = frozenset(figures)

    def columnCount(self, parent: Index = NONE) -> int:
        return len(self._headings)

    def alignment(self, at: int) -> int:
        """Where the texts of a column stand."""
        return _RIGHT if at in self._figures else _LEFT

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.TextAlignmentRole:
            return self.alignment(section)
        return tr(self._headings[section]) if role == _ROLE.DisplayRole else None
