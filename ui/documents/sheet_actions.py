"""The actions of deliveries, invoices and payments with their keys."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from resources.languages import marked as _
from ui.documents.top_line import Step
from ui.kit import actions

if TYPE_CHECKING:
    from ui.documents.sheet_page import SheetPage


def add_to(page: "SheetPage") -> None:
    """Give a page its actions."""
    for name, words, slot, keys, icon in (
        ("area", _("Next part of the page"), page.next_area, "F6", "ph.arrows-left-right"),
        ("refresh", _("Refresh"), page.refresh, "F5", "ph.arrows-clockwise"),
        ("linked", _("Open the linked document"), page.open_linked, "F2",
         "ph.arrow-square-out"),
        ("chain", _("Go along the linked documents"), page.chain.focus_here, "Ctrl+L",
         "ph.link"),
    ):  # fmt: skip
        actions.add(page, f"sheet.{name}", words, slot, keys, icon=icon, context="document")
    if page.has_paper:
        _add_paper(page)
    step = actions.add(page, f"{page.kind}.next", _("The next step"), page.next_step,
                       "Ctrl+Return", icon="ph.arrow-right", context="document")  # fmt: skip
    step.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
    save = actions.add(page, f"{page.kind}.save", _("Save"), page.save_now, "Ctrl+S",
                       icon="ph.floppy-disk", context="document")  # fmt: skip
    actions.offer(page.desk, page.right, step, save)
    attach = actions.add(page, "sheet.attach", _("Add a file"), page.files.choose,
                         "Ctrl+Shift+I", icon="ph.paperclip", context="document")  # fmt: skip
    actions.offer(page.desk, "papers.send", attach)
    history = actions.add(page, "sheet.history", _("History"), lambda: open_history(page),
                          "Ctrl+H", icon="ph.clock-counter-clockwise",
                          context="document")  # fmt: skip
    actions.offer(page.desk, "audit.see", history)


def _add_paper(page: "SheetPage") -> None:
    for name, words, slot, keys, icon in (
        ("print", _("Print"), page.print_out, "Ctrl+P", "ph.printer"),
        ("preview", _("Show or hide the preview"), page.toggle_preview, "F9", "ph.article"),
    ):
        actions.add(page, f"sheet.{name}", words, slot, keys, icon=icon, context="document")


def menu(page: "SheetPage") -> tuple[Step, ...]:
    """What every such page offers in its menu."""
    steps = [Step(_("Refresh"), page.refresh, "ph.arrows-clockwise", writes=False)]
    if page.has_paper:
        steps = [
            Step(_("Save as PDF"), page.save_pdf, "ph.file-pdf", writes=False),
            Step(_("Show or hide the preview"), page.toggle_preview, "ph.article", writes=False),
            *steps,
        ]
    if page.desk.may("audit.see"):
        steps.append(Step(_("History"), lambda: open_history(page), "ph.clock-counter-clockwise",
                          writes=False))  # fmt: skip
    return tuple(steps)


def open_history(page: "SheetPage") -> None:
    """Who changed the document."""
    if page.record_id is not None:
        page.desk.open_history(page.kind, page.record_id, page.title)
