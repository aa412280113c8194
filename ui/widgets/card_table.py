"""A quiet table on a card: no grid, one row chosen, rows as high as their text asks."""

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.kit import theme
from ui.kit.language import on_language


class CardTable(QTableView):
    """The set-up that every small table of the window shares; it follows theme and language."""

    def __init__(self, model: QAbstractItemModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setResizeContentsPrecision(0)

    def follow(self) -> None:
        """Take over theme, font and language, now and whenever they change."""
        theme.on_theme(self.dress)
        on_language(self.dress)

    def dress(self) -> None:
        """Take over theme, font and language."""
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        self.viewport().update()
