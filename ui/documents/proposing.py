"""What the page of a quotation offers around it: proposal, what if, templates, options."""

from typing import TYPE_CHECKING

from resources.languages import marked as _
from ui.documents.panels import bundling, proposal, templates, what_if
from ui.documents.top_line import Step
from ui.kit import actions

if TYPE_CHECKING:
    from ui.documents.page import DocumentPage


def add_actions(page: "DocumentPage") -> None:
    """Give the page their keys."""
    may = page.desk.may
    for name, words, slot, keys, icon, permission in (
        ("proposal", _("Proposal"), lambda: proposal.show(page), "Ctrl+Shift+O",
         "ph.book-open", ""),
        ("what_if", _("What if …"), lambda: what_if.show(page), "Ctrl+Shift+W", "ph.scales", ""),
        ("options", _("Options of the product"), lambda: bundling.show_of_line(page),
         "Ctrl+Shift+B", "ph.sliders-horizontal", ""),
        ("take_template", _("Section or quotation from a template"),
         lambda: templates.choose(page), "Ctrl+Shift+L", "ph.copy", "documents.change"),
        ("keep_template", _("Save as template"), lambda: templates.ask_name(page), "Ctrl+Shift+K",
         "ph.floppy-disk", "templates.change"),
    ):  # fmt: skip
        action = actions.add(page, f"document.{name}", words, slot, keys, icon=icon,
                             context="document")  # fmt: skip
        if permission:
            actions.allow(action, may(permission), permission)
    page.grid.configured.connect(lambda row: bundling.show(page, row))


def steps(page: "DocumentPage") -> list[Step]:
    """Their entries in the menu."""
    found = [Step(_("Proposal …"), lambda: proposal.show(page), "ph.book-open", writes=False)]
    if page.session.draft.state == "draft":
        found += [
            Step(_("What if …"), lambda: what_if.show(page), "ph.scales", writes=False),
            Step(_("From a template …"), lambda: templates.choose(page), "ph.copy"),
        ]
    if page.desk.may("templates.change"):
        keep = Step(_("Save as template …"), lambda: templates.ask_name(page), "ph.floppy-disk",
                    writes=False)  # fmt: skip
        found.append(keep)
    return found
