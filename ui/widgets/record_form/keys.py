"""The actions of a form with their keys."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from models.values.permissions import change
from resources.languages import marked as _
from ui.kit import actions
from ui.widgets.parts import icon_button

if TYPE_CHECKING:
    from ui.widgets.record_form.form import RecordForm


_CLOCK = "ph.clock-counter-clockwise"
_STOCK = _("Stock of this product")


def add_to(form: "RecordForm") -> None:
    """Give a form its actions."""
    for name, words, slot, keys, icon in (
        ("save", _("Save"), form.save, "Ctrl+S", "ph.floppy-disk"),
        ("undo", _("Undo"), form.undo, "Ctrl+Z", "ph.arrow-u-up-left"),
        ("redo", _("Redo"), form.redo, "Ctrl+Y", "ph.arrow-u-up-right"),
        ("next", _("Record after"), form.show_next, "Alt+Right", "ph.caret-down"),
        ("previous", _("Record before"), form.show_previous, "Alt+Left", "ph.caret-up"),
        ("archive", _("Archive or bring back"), form.archive, "", "ph.archive"),
        ("history", _("History"), lambda: open_history(form), "Ctrl+H", _CLOCK),
    ):  # fmt: skip
        action = actions.add(form, f"form.{name}", words, slot, keys, icon=icon, context="form")
        if name in ("save", "archive"):
            permission = change(form.kind)
            actions.allow(action, form.desk.may(permission), permission)
        if name == "history":
            actions.allow(action, form.desk.may("audit.see"), "audit.see")
    if form.kind == "account":
        pay = actions.add(form, "form.payment", _("New payment of this customer"),
                          lambda: _book(form), "Ctrl+Shift+P", icon="ph.wallet",
                          context="form")  # fmt: skip
        actions.offer(form.desk, "invoices.change", pay)


def _book(form: "RecordForm") -> None:
    if form.record.id is not None:
        form.desk.new_record("payment", {"account": form.record.key})


def beside(form: "RecordForm") -> tuple[QPushButton, ...]:
    """What can be done with a record of one kind alone: money of a customer, stock of a product."""
    if form.kind == "account":
        made = icon_button("ph.wallet", _("New payment of this customer"), lambda: _book(form))
        actions.offer(form.desk, "invoices.change", made)
        return (made,)
    if form.kind != "product":
        return ()
    actions.add(form, "form.stock", _STOCK, lambda: open_stock(form), "F7", icon="ph.stack",
                context="form")  # fmt: skip
    return (icon_button("ph.stack", _STOCK, lambda: open_stock(form)),)


def open_stock(form: "RecordForm") -> None:
    """Where a product lies, once it was saved."""
    if form.record.id is not None:
        form.desk.open_stock(form.record.id)


def history_button(form: "RecordForm") -> QPushButton:
    """The button that asks who changed the record."""
    made = icon_button(_CLOCK, _("History"), lambda: open_history(form))
    actions.offer(form.desk, "audit.see", made)
    return made


def open_history(form: "RecordForm") -> None:
    """Who changed the record, once it was saved."""
    if form.record.id is not None:
        form.desk.open_history(form.kind, form.record.id, form.title)
