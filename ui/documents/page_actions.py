"""The actions of a document with their keys."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from resources.languages import marked as _
from ui.documents.top_line import Step
from ui.kit import actions

if TYPE_CHECKING:
    from ui.documents.page import DocumentPage


def add_to(page: "DocumentPage") -> QAction:
    """Give a page its actions; answers the one that is only possible with a linked document."""
    for name, words, slot, keys, icon in (
        ("save", _("Save"), page.save_now, "Ctrl+S", "ph.floppy-disk"),
        ("undo", _("Undo"), page.undo, "Ctrl+Z", "ph.arrow-u-up-left"),
        ("print", _("Print"), page.print_out, "Ctrl+P", "ph.printer"),
        ("why", _("Why this price, and more of the line"), page.toggle_why, "F4", "ph.question"),
        ("preview", _("Show or hide the preview"), page.toggle_preview, "F9", "ph.article"),
        ("area", _("Next part of the page"), page.next_area, "F6", "ph.arrows-left-right"),
        ("more", _("More fields"), page.toggle_more, "Ctrl+Shift+F", "ph.sliders-horizontal"),
        ("texts", _("Texts"), page.toggle_texts, "Ctrl+Shift+X", "ph.text-align-left"),
        ("refresh", _("Refresh"), page.refresh, "F5", "ph.arrows-clockwise"),
    ):  # fmt: skip
        action = actions.add(page, f"document.{name}", words, slot, keys, icon=icon,
                             context="document")  # fmt: skip
        if name == "save":
            actions.offer(page.desk, "documents.change", action)
    redo = actions.add(page, "document.redo", _("Redo"), page.redo, "Ctrl+Y",
                       icon="ph.arrow-u-up-right", context="document")  # fmt: skip
    redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
    step = actions.add(page, "document.next", _("The next step"), page.next_step, "Ctrl+Return",
                       icon="ph.arrow-right", context="document")  # fmt: skip
    step.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
    actions.allow(step, any(map(page.desk.may, page.next_rights)), page.next_rights[0])
    actions.add(page, "document.chain", _("Go along the linked documents"),
                page.chain.focus_here, "Ctrl+L", icon="ph.link", context="document")  # fmt: skip
    attach = actions.add(page, "document.attach", _("Add a file"), page.files.choose,
                         "Ctrl+Shift+I", icon="ph.paperclip", context="document")  # fmt: skip
    actions.offer(page.desk, "papers.send", attach)
    history = actions.add(page, "document.history", _("History"), lambda: open_history(page),
                          "Ctrl+H", icon="ph.clock-counter-clockwise",
                          context="document")  # fmt: skip
    actions.allow(history, page.desk.may("audit.see"), "audit.see")
    linked = actions.add(page, "document.linked", _("Open the linked document"), page.open_linked,
                         "F2", icon="ph.arrow-square-out", context="document")  # fmt: skip
    linked.setEnabled(False)
    return linked


def history_step(page: "DocumentPage") -> tuple[Step, ...]:
    """The entry of the menu, for those who may see it."""
    if not page.desk.may("audit.see"):
        return ()
    return (Step(_("History"), lambda: open_history(page), "ph.clock-counter-clockwise",
                 writes=False),)  # fmt: skip


def open_history(page: "DocumentPage") -> None:
    """Who changed the document, once it was saved."""
    if page.record_id is not None:
        page.desk.open_history(page.kind, page.record_id, page.title)
