"""What stands in an empty list: what to do next."""

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from models.values.permissions import change
from resources.languages import marked as _
from ui.kit import tokens
from ui.kit.language import tr
from ui.widgets.parts import button, column, icon_label, label

if TYPE_CHECKING:
    from ui.widgets.record_list.page import ListPage
    from ui.widgets.record_list.table import RecordTable


class EmptyList(QWidget):
    """Lies over the table while it has no rows."""

    def __init__(self, page: "ListPage", table: "RecordTable") -> None:
        super().__init__(table)
        self._page, self._table = page, table
        self._build()

    def _build(self) -> None:
        from ui.kit import actions

        page = self._page
        self._text = label(role="soft", wrap=True)
        self._text.setAlignment(QtCore.Qt.AlignmentFlag.AlignCenter)
        icon = icon_label(page.kind.icon, size=tokens.ICON_LARGE)
        self._new = button(
            _("New"), lambda: page.desk.new_record(page.kind.name), icon="ph.plus",
            role="primary", tone="on_accent",
        )  # fmt: skip
        actions.offer(page.desk, change(page.kind.name), self._new)
        self._clear = button(_("Clear search and filters"), page.clear_search)
        middle = QtCore.Qt.AlignmentFlag.AlignHCenter
        layout = column(1, gap=tokens.MEDIUM, margin=tokens.WIDE)
        for each in (icon, self._text, self._new, self._clear):
            if each is self._text:
                layout.addWidget(each)  # an aligned label would have no height for its second line
            else:
                layout.addWidget(each, 0, middle)
        layout.addStretch(2)
        self.setLayout(layout)
        self._table.installEventFilter(self)

    def update_text(self) -> None:
        """Show or hide, with the words that fit."""
        model = self._page.model
        is_empty = model.rowCount() == 0
        if is_empty:
            self._say(narrowed=bool(model.query.search or model.query.filters))
        self.setVisible(is_empty)

    def _say(self, *, narrowed: bool) -> None:
        page = self._page
        kind, archived = page.kind, page.model.query.archived
        nothing = tr(_("No {kind} match this search.")).format(kind=tr(kind.plural).lower())
        none_archived = tr(_("Nothing is archived here."))
        usual = tr(kind.empty) if kind.empty else nothing
        self._text.setText(nothing if narrowed else none_archived if archived else usual)
        self._new.setVisible(not narrowed and not archived and page.can_make)
        self._clear.setVisible(narrowed)
        self._place()

    def _place(self) -> None:
        self.setGeometry(self._table.viewport().geometry())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QtCore.QEvent) -> bool:
        if event.type() == event.Type.Resize and self.isVisible():
            self._place()
        return False
