"""The tables of the stock page: texts in columns, figures to the right, in a tone."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt

from ui.insight.cells import TONE
from ui.widgets.headed_model import NONE, HeadedModel, Index

_ROLE = Qt.ItemDataRole


class Heading(NamedTuple):
    """A column: its English words, its share of the width, and whether it holds figures."""

    words: str
    part: float
    is_figure: bool = False


class Shown(NamedTuple):
    """A row: its texts and the tone they are written in."""

    texts: tuple[str, ...]
    tone: str = ""


class LinesModel(HeadedModel):
    """Rows of texts under their headings."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        figures = [at for at, each in enumerate(headings) if each.is_figure]
        super().__init__([each.words for each in headings], figures)
        self.headings = headings
        self.rows: Sequence[Shown] = ()

    def take(self, rows: Sequence[Shown]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NONE) -> int:
        return len(self.rows)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        shown, at = self.rows[index.row()], index.column()
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole, _ROLE.ToolTipRole):
            return shown.texts[at]
        if role == TONE and shown.tone:
            return shown.tone
        if role == _ROLE.TextAlignmentRole:
            return self.alignment(at)
        return None
