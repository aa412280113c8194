"""The table of a statement's lines: what is short is shown whole, what is long shares the rest."""

from PySide6.QtGui import QFontMetrics

from resources.languages import marked as _
from ui.documents.statement.model import SHARES, STATE, STATES, StatementModel
from ui.kit import theme, tokens
from ui.kit.language import tr
from ui.system.rows_table import OpeningTable

_LOOKED_AT = 200
"""Rows whose texts say how wide a column is."""


class StatementTable(OpeningTable):
    """Enter or a double click is for the line of the cursor."""

    def __init__(self, model: StatementModel) -> None:
        self._lines = model
        super().__init__(model, _("Lines of the statement"))
        model.modelReset.connect(self.fit)

    def dress(self) -> None:
        """Take over theme, font and language."""
        super().dress()
        self.fit()

    def fit(self) -> None:
        """Give each column its width."""
        wide = self.viewport().width()
        natural = {at: self._natural(at) for at in range(self._lines.columnCount())
                   if at not in SHARES}  # fmt: skip
        rest = max(wide - sum(natural.values()), wide // 2)
        for at in range(self._lines.columnCount()):
            self.setColumnWidth(at, natural[at] if at in natural else int(rest * SHARES[at]))

    def _natural(self, at: int) -> int:
        if at == STATE:
            words = [tr(word) for word, _icon, _tone in STATES.values()]
            pill = QFontMetrics(theme.scaled(tokens.CAPTION))
            return max(map(pill.horizontalAdvance, words)) + 2 * tokens.WIDE
        rows = range(min(self._lines.rowCount(), _LOOKED_AT))
        texts = [self._lines.texts(row)[at] for row in rows]
        head = self._lines.headerData(at, self.horizontalHeader().orientation())
        bold = self.horizontalHeader().fontMetrics().horizontalAdvance(str(head))
        body = max(map(self.fontMetrics().horizontalAdvance, texts), default=0)
        return min(max(bold + tokens.MEDIUM, body) + tokens.LARGE + 2, tokens.COLUMN_MOST)
