"""A decision about a quotation that needs consent: yes or no, with a word to who asked."""

from typing import TYPE_CHECKING

from resources.languages import marked as _
from ui.documents.panels.asking import AskPanel
from ui.kit.language import tr
from ui.widgets.parts import button

if TYPE_CHECKING:
    from ui.documents.loading import Consent
    from ui.documents.page import DocumentPage


class DecidePanel(AskPanel):
    """Every question of the quotation that the person may decide now, at once."""

    def __init__(self, page: "DocumentPage", consent: "Consent") -> None:
        super().__init__(page, _("Is it approved?"))
        for each in consent.standing.approvals:
            if each.state == "waiting":
                self.add_text(tr(_("{rule}, asked by {name}"), rule=each.rule, name=each.asked_by))
        self.comment = self.ask_text("comment", _("Comment"), 12)
        self.comment.setProperty("first", True)
        self.add_keep(_("Decide later"))
        self.add_button(button(_("Refuse"), lambda: self.decide(is_approved=False), icon="ph.x"))
        self.add_primary(_("Approve"), lambda: self.decide(is_approved=True), "ph.check")

    def decide(self, *, is_approved: bool) -> None:
        """Say yes or no."""
        comment = self.comment.text().strip()
        if not is_approved and not comment:
            self.captions["comment"].set_problem(tr(_("Say why it is refused.")))
            self.comment.setFocus()
            return
        app, key = self.page.desk.app, self.page.session.draft.id or 0

        def work() -> None:
            from controllers.documents import approvals

            app.write(approvals.decide_all, key, is_approved=is_approved, comment=comment)

        told = _("Approved.") if is_approved else _("Refused.")
        self.do(work, lambda _none: None, tr(told))
