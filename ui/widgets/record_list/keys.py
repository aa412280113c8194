"""The actions of a list with their keys."""

from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from models.values.permissions import change
from resources.languages import marked as _
from ui.kit import actions

if TYPE_CHECKING:
    from ui.widgets.record_list.page import ListPage

_KEY = QKeySequence.StandardKey

PRINTED = ("quotation", "order", "invoice")
"""The kinds whose papers are printed many at a time."""

RECEIVED = ("stock_level", "supply")
"""The kinds from whose lists a receipt is begun."""

ATTACHED = ("product", "text_block")
"""The kinds whose files proposals take in."""


def _commands() -> ModuleType:
    from ui.widgets.record_list import commands

    return commands


def add_actions(page: "ListPage") -> None:
    """Give a list and its table their actions."""
    _of_page(page)
    _of_table(page)
    actions.describe(page.table, "list.open", _("Open the record"), "Enter", context="list")
    actions.describe(
        page.table, "list.panel", _("Show or hide the details"), "Space", context="list"
    )


def _of_page(page: "ListPage") -> None:
    for name, words, slot, keys, icon in (
        ("search", _("Search this list"), page.focus_search, "Ctrl+F", "ph.magnifying-glass"),
        ("filter", _("Add a filter"), page.open_filter, "Ctrl+Shift+F", "ph.funnel-simple"),
        ("columns", _("Choose columns"), page.open_columns, "", "ph.columns"),
        ("refresh", _("Refresh"), page.model.refresh, "F5", "ph.arrows-clockwise"),
        ("excel", _("Export to Excel"), lambda: _commands().export(page, "xlsx"), "Ctrl+E",
         "ph.table"),
        ("csv", _("Export to CSV"), lambda: _commands().export(page, "csv"), "", "ph.file-text"),
    ):  # fmt: skip
        actions.add(page, f"list.{name}", words, slot, keys, icon=icon, context="list")
    if page.kind.name == "account":
        quote = actions.add(page, "list.quotation", _("New quotation to this customer"),
                            lambda: _commands().new_quotation(page), "F3", icon="ph.file-plus",
                            context="list")  # fmt: skip
        _allow(page, quote, "documents.change")
    if page.kind.name == "product":
        actions.add(page, "list.stock", _("Stock of this product"),
                    lambda: _commands().stock(page), "F7", icon="ph.stack",
                    context="list")  # fmt: skip
    if page.kind.name in RECEIVED:
        receive = actions.add(page, "list.receive", _("Receive stock"),
                              lambda: _commands().receive(page), "F8",
                              icon="ph.download-simple", context="list")  # fmt: skip
        _allow(page, receive, "stock.change")
    if page.kind.name in PRINTED:
        actions.add(page, "list.print", _("Print the chosen papers as one PDF"),
                    lambda: _commands().print_papers(page), "Ctrl+P", icon="ph.printer",
                    context="list")  # fmt: skip
    if page.kind.name in ATTACHED:
        attach = actions.add(page, "list.attach", _("Attach a file for proposals"),
                             lambda: _commands().attach(page), "Ctrl+Shift+A",
                             icon="ph.paperclip", context="list")  # fmt: skip
        _allow(page, attach, change(page.kind.name))
    if page.kind.name == "quotation":
        begin = actions.add(page, "list.template", _("New quotation from a template"),
                            lambda: page.desk.new_record("quotation", {"template": True}),
                            "Ctrl+Shift+L", icon="ph.copy", context="list")  # fmt: skip
        _allow(page, begin, "documents.change")


def _of_table(page: "ListPage") -> None:
    table = page.table
    actions.add(table, "list.copy", _("Copy rows"), lambda: _commands().copy(page), _KEY.Copy,
                icon="ph.copy", context="list")  # fmt: skip
    actions.add(table, "list.all", _("Select all"), table.selectAll, _KEY.SelectAll, context="list")
    history = actions.add(table, "list.history", _("History"), lambda: _commands().history(page),
                          "Ctrl+H", icon="ph.clock-counter-clockwise",
                          context="list")  # fmt: skip
    _allow(page, history, "audit.see")
    if page.kind.editable:
        archive = actions.add(table, "list.archive", _("Archive or bring back"),
                              lambda: _commands().archive(page), "Del", icon="ph.archive",
                              context="list")  # fmt: skip
        _allow(page, archive, change(page.kind.name))


def _allow(page: "ListPage", action: QAction, permission: str) -> None:
    actions.allow(action, page.desk.may(permission), permission)
