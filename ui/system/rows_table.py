"""The small tables of the system's pages: rows on a card whose columns share its width."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent

from ui.insight.cells import Cells
from ui.kit.language import name
from ui.widgets.card_table import CardTable


class RowsTable(CardTable):
    """`parts` are the shares of the columns; a table without them says itself how it fits."""

    def __init__(
        self, model: QAbstractItemModel, title: str, parts: Sequence[float] = (),
        cells: type[Cells] = Cells,
    ) -> None:  # fmt: skip
        super().__init__(model)
        self._parts = parts
        self.setItemDelegate(cells(self))
        self.setProperty("role", "card")
        name(self, title)
        self.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give each column its share."""
        for at, part in enumerate(self._parts):
            self.setColumnWidth(at, int(self.viewport().width() * part))


class OpeningTable(RowsTable):
    """Enter or a double click opens the row of the cursor."""

    opened = Signal()

    def __init__(
        self, model: QAbstractItemModel, title: str, parts: Sequence[float] = (),
        cells: type[Cells] = Cells,
    ) -> None:  # fmt: skip
        super().__init__(model, title, parts, cells)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        else:
            super().keyPressEvent(event)
