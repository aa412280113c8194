"""The bar above the workspace: search, New, the person."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from controllers.core.catalogue import KINDS
from models.values.permissions import change
from resources.languages import marked as _
from ui.kit import icons, tokens
from ui.kit.desk import Desk
from ui.kit.language import on_language, tr
from ui.shell import pages
from ui.widgets.parts import button, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

_NEW = ("quotation", "order", "account", "contact", "product", "price_list", "price", "tax",
        "tax_rate", "user")  # fmt: skip


class TopBar(QFrame):
    """Tells what was asked for; the window does it."""

    searched = Signal()
    settings_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._desk = desk
        self._search = button(
            _("Search or run a command"), self.searched.emit, icon="ph.magnifying-glass",
            role="search",
        )  # fmt: skip
        self._search.setMinimumWidth(tokens.SEARCH_BOX)
        self._new = button(
            _("New"), self.open_new, icon="ph.plus", role="primary", tone="on_accent"
        )
        self._person = button("", self._open_person, icon="ph.user-circle", role="flat")
        self._person.setText(desk.app.user)
        self._person.setAccessibleName(desk.app.user)
        layout = row(self._search, 1, self._new, self._person, gap=tokens.MEDIUM)
        layout.setContentsMargins(tokens.LARGE, tokens.SMALL, tokens.LARGE, tokens.SMALL)
        self.setLayout(layout)
        on_language(self._reword)

    def _reword(self) -> None:
        self._search.setText(tr(_("  Search records or run a command (Ctrl+K)")))

    def open_new(self) -> None:
        """Offer every kind of record that can be written by hand."""
        from PySide6.QtWidgets import QMenu

        from ui.kit import actions

        menu = QMenu(self)
        possible = actions.possible()
        for name in _NEW:
            if not pages.can_make(name):
                continue
            action = menu.addAction(icons.icon(KINDS[name].icon), tr(KINDS[name].label))
            known = possible.get(f"new.{name}")
            if known and actions.keys(known):
                action.setText(f"{action.text()}\t{actions.keys(known)}")
            action.triggered.connect(lambda _checked=False, kind=name: self._desk.new_record(kind))
            actions.offer(self._desk, change(name), action)
        _popup(menu, self._new)

    def _open_person(self) -> None:
        from PySide6.QtWidgets import QMenu

        from ui.kit import actions

        menu = QMenu(self)
        for name in (
            "place.imports",
            "place.statement",
            "place.outbox",
            "window.settings",
            "window.keys",
            "window.theme",
            "window.quit",
        ):
            found = actions.possible().get(name)
            if found:
                menu.addAction(found.action)
        _popup(menu, self._person)


def _popup(menu: "QMenu", below: QPushButton) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    width = menu.sizeHint().width()
    menu.popup(below.mapToGlobal(QPoint(below.width() - width, below.height() + 2)))
