"""The texts of a quotation's lines and what they are called in its second language."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.languages import marked as _
from ui.documents.rows import Column, RowsModel, RowsTable
from ui.widgets.parts import column

_SECOND = 1
_COLUMNS = (
    Column(_("As it stands in the lines")),
    Column(_("In the second language"), is_typed=True, is_wide=True),
)
_MOST = 3

Pairs = tuple[tuple[str, str], ...]


class TranslationTable(QWidget):
    """One text in a row; what the catalogue knows stands there until something else is typed."""

    changed = Signal()

    def __init__(self, kept: Pairs, *, can_change: bool) -> None:
        super().__init__()
        self._kept = dict(kept)
        self._catalogue: dict[str, str] = {}
        self.model = RowsModel(_COLUMNS)
        self.model.is_open = can_change
        self.table = RowsTable(self.model, _("Translations"), _MOST)
        self.setLayout(column(self.table))
        self.model.typed.connect(self.changed)

    def show_texts(self, texts: Sequence[tuple[str, str]]) -> None:
        """The texts of the lines with their names of the catalogue."""
        self._kept = dict(self.pairs())
        self._catalogue = dict(texts)
        self.model.take([(text, self._kept.get(text) or known) for text, known in texts])

    def pairs(self) -> Pairs:
        """What is said otherwise than in the catalogue; texts of lines that are gone stay known."""
        made = dict(self._kept)
        for text, said in self.model.rows:
            if said and said != self._catalogue.get(text):
                made[text] = said
            else:
                made.pop(text, None)
        return tuple(made.items())
