"""The button above a list whose work begins elsewhere: payments of a statement, stock that came."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from resources.languages import marked as _
from ui.kit import actions
from ui.widgets.parts import button

if TYPE_CHECKING:
    from ui.widgets.record_list.page import ListPage


def way_button(page: "ListPage") -> QPushButton:
    """Of payments the way to a bank statement, of stock and supplies the receipt."""
    if page.kind.name == "payment":
        made = button(_("Bank statement"), lambda: page.desk.open_place("statement"),
                      icon="ph.bank")  # fmt: skip
        actions.offer(page.desk, "invoices.change", made)
        return made
    made = button(_("Receive"), lambda: _receive(page), icon="ph.tray")
    actions.offer(page.desk, "stock.change", made)
    return made


def _receive(page: "ListPage") -> None:
    from ui.widgets.record_list import commands

    commands.receive(page)
