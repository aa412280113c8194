"""The actions that hold everywhere in the window, with their keys."""

from functools import partial
from typing import TYPE_CHECKING, Any

from controllers.core.catalogue import KINDS
from models.values.permissions import change
from resources.languages import marked as _
from ui.catalogue import TITLE
from ui.kit import actions
from ui.shell.entries import BESIDE, ENTRIES

if TYPE_CHECKING:
    from ui.shell.main_window import MainWindow

_NEW = {
    "quotation": (_("New quotation"), "Ctrl+Shift+Q"),
    "account": (_("New customer"), ""),
    "contact": (_("New contact"), ""),
    "product": (_("New product"), ""),
    "price_list": (_("New price list"), ""),
    "price": (_("New price"), ""),
}

_BESIDE_KEYS = {"statement": "Ctrl+Shift+J"}
_BESIDE_RIGHTS = {"imports": "imports.run", "statement": "invoices.change"}


def add_to(window: "MainWindow") -> None:
    """Give the window its actions."""
    space = window.workspace
    for name, words, slot, keys, icon in (
        ("find", _("Search or run a command"), window.open_palette, "Ctrl+K",
         "ph.magnifying-glass"),
        ("new", _("New record here"), window.new_here, "Ctrl+N", "ph.plus"),
        ("rail", _("Narrow or widen the rail"), window.toggle_rail, "Ctrl+B", "ph.columns"),
        ("close", _("Close tab"), space.close_current, "Ctrl+W", "ph.x"),
        ("next_tab", _("Next tab"), partial(space.step, 1), "Ctrl+Tab", "ph.caret-right"),
        ("previous_tab", _("Previous tab"), partial(space.step, -1), "Ctrl+Shift+Tab",
         "ph.caret-left"),
        ("theme", _("Switch between light and dark"), window.switch_theme, "", "ph.moon"),
        ("larger", _("Larger text"), partial(window.step_zoom, 1), "Ctrl++", "ph.text-aa"),
        ("smaller", _("Smaller text"), partial(window.step_zoom, -1), "Ctrl+-", "ph.text-aa"),
        ("usual", _("Usual text size"), partial(window.set_zoom, 100), "Ctrl+0", "ph.text-aa"),
        ("keys", _("Show all keys"), window.open_keys, "F1", "ph.keyboard"),
        ("quit", _("Quit"), window.quit, "Ctrl+Q", "ph.sign-out"),
    ):  # fmt: skip
        actions.add(window, f"window.{name}", words, slot, keys, icon=icon)
    _add_places(window)
    for kind, (words, keys) in _NEW.items():
        new = actions.add(window, f"new.{kind}", words, partial(window.new_record, kind), keys,
                          icon=KINDS[kind].icon)  # fmt: skip
        actions.offer(window.desk, change(kind), new)
    begin = actions.add(window, "new.template", _("New quotation from a template"),
                        lambda: window.desk.new_record("quotation", {"template": True}),
                        icon="ph.copy")  # fmt: skip
    actions.offer(window.desk, change("quotation"), begin)


def _add_places(window: "MainWindow") -> None:
    for number, entry in enumerate(ENTRIES, 1):
        keys = f"Ctrl+{number}" if number < 10 else ""
        keys = "Ctrl+," if entry.name == "settings" else keys
        name = "window.settings" if entry.name == "settings" else f"place.{entry.name}"
        actions.add(window, name, entry.label, partial(window.show_place, entry.name), keys,
                    icon=entry.icon)  # fmt: skip
    for entry in BESIDE:
        keys = _BESIDE_KEYS.get(entry.name, "")
        place = actions.add(window, f"place.{entry.name}", entry.label,
                            partial(window.show_place, entry.name), keys,
                            icon=entry.icon)  # fmt: skip
        if entry.name in _BESIDE_RIGHTS:
            actions.offer(window.desk, _BESIDE_RIGHTS[entry.name], place)
    actions.add(window, "place.tax_rate", _("Tax rates"), partial(window.show_place, "tax_rate"),
                icon=KINDS["tax_rate"].icon)  # fmt: skip
    actions.add(window, "place.stocking", TITLE, partial(window.show_place, "stocking"),
                "Ctrl+Shift+K", icon="ph.stack")  # fmt: skip
    window.desk.open_stock = partial(_open_stock, window)
    window.desk.open_place = window.show_place


def _open_stock(window: "MainWindow", product: int, values: dict[str, Any] | None = None) -> None:
    page: Any = window.show_place("stocking")
    page.open_product(product, values)
