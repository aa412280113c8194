"""Which page shows a record of a kind. Areas with an editor of their own register it here:

    pages.register("quotation", QuotationPage)

`factory(desk, kind, record_id, values)` makes the page; `record_id` is None for a new record.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.kit.desk import Desk
from ui.kit.page import RecordPage

Factory = Callable[[Desk, str, int | None, dict[str, Any]], RecordPage]

_factories: dict[str, Factory] = {}
_makers: set[str] = set()

LATE = dict.fromkeys(("quotation", "order", "delivery", "invoice", "payment"), "ui.documents")
"""Packages with a function ``register()`` that is called when a kind of theirs is opened first."""


def register(kind: str, factory: Factory, *, makes_new: bool = True) -> None:
    """Show records of a kind with this page; `makes_new` offers it in the menu New."""
    _factories[kind] = factory
    if makes_new:
        _makers.add(kind)


def _load(kind: str) -> None:
    package = LATE.get(kind)
    if package and kind not in _factories:
        from importlib import import_module

        enter = getattr(import_module(package), "register", None)
        if enter:
            enter()


def can_make(kind: str) -> bool:
    """Whether a record of this kind can be written by hand."""
    from controllers.core.catalogue import KINDS

    if KINDS[kind].editable:
        return True
    _load(kind)
    return kind in _makers


def has_page(kind: str) -> bool:
    """Whether records of this kind open in a page; others show in the panel beside the list."""
    from controllers.core.catalogue import KINDS

    _load(kind)
    return kind in _factories or KINDS[kind].editable


def page_for(
    desk: Desk, kind: str, record_id: int | None = None, values: dict[str, Any] | None = None
) -> RecordPage:
    """The page of a record: the registered one, or the form."""
    _load(kind)
    factory = _factories.get(kind)
    if factory is None and not has_page(kind):
        from ui.shell.read_only import ReadOnlyPage

        return ReadOnlyPage(desk, kind, record_id)
    if factory is None:
        from ui.widgets.record_form.form import RecordForm

        return RecordForm(desk, kind, record_id, values or {})
    return factory(desk, kind, record_id, values or {})


Home = Callable[[Desk], QWidget]

_homes: dict[str, str] = {
    "today": "ui.shell.today:Today",
    "reports": "ui.insight.reports_page:ReportsPage",
    "imports": "ui.system.import_page:ImportPage",
    "statement": "ui.documents.statement.page:StatementPage",
    "outbox": "ui.system.outbox_page:OutboxPage",
    "settings": "ui.shell.settings_page:SettingsPage",
    "first_run": "ui.shell.first_run:FirstRun",
    "people": "ui.system.people.page:PeoplePage",
    "stocking": "ui.catalogue.stock_page:StockPage",
    "connection": "ui.shell.connection.home:ConnectionHome",
}


def home(name: str, desk: Desk) -> QWidget:
    """The page of a workspace that is no list; its module is loaded now."""
    from importlib import import_module

    module, _mark, made = _homes[name].partition(":")
    page: QWidget = getattr(import_module(module), made)(desk)
    return page
