"""The actions of a form with their keys."""

from typing import TYPE_CHECKING

from models.values.permissions import change
from resources.languages import marked as _
from ui.kit import actions

if TYPE_CHECKING:
    from ui.widgets.record_form.form import RecordForm


def add_to(form: "RecordForm") -> None:
    """Give a form its actions."""
    for name, words, slot, keys, icon in (
        ("save", _("Save"), form.save, "Ctrl+S", "ph.floppy-disk"),
        ("undo", _("Undo"), form.undo, "Ctrl+Z", "ph.arrow-u-up-left"),
        ("redo", _("Redo"), form.redo, "Ctrl+Y", "ph.arrow-u-up-right"),
        ("next", _("Record after"), form.show_next, "Alt+Right", "ph.caret-down"),
        ("previous", _("Record before"), form.show_previous, "Alt+Left", "ph.caret-up"),
        ("archive", _("Archive or bring back"), form.archive, "", "ph.archive"),
    ):  # fmt: skip
        action = actions.add(form, f"form.{name}", words, slot, keys, icon=icon, context="form")
        if name in ("save", "archive"):
            permission = change(form.kind)
            actions.allow(action, form.desk.may(permission), permission)
