"""Why the customer declined: asked beside the work, kept with the quotation."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from controllers.core.catalogue import KINDS
from resources.languages import marked as _
from ui.documents.fields import ChoiceBox
from ui.documents.panels.panel import Panel
from ui.kit.language import name, say
from ui.widgets.parts import button, row


class DeclinePanel(Panel):
    """One of the usual reasons, and a sentence of one's own."""

    def __init__(self, decline: Callable[[str, str], object]) -> None:
        super().__init__(_("Why was it declined?"))
        self._decline = decline
        self.lost = ChoiceBox(KINDS["quotation"]["lost_reason"].choices)
        name(self.lost, _("Why it was lost"))
        self.reason = QLineEdit()
        name(self.reason, _("Reason"))
        say(self.reason, "setPlaceholderText", _("In a few words; kept with the quotation"))
        self.reason.setProperty("first", True)
        self.reason.returnPressed.connect(self.decline)
        fields = row(self.lost, self.reason)
        fields.setStretch(0, 1)
        fields.setStretch(1, 3)
        self.body.addLayout(fields)
        self.add_button(button(_("Cancel"), self.close_panel))
        self.add_button(button(_("Decline"), self.decline, role="primary"))

    def decline(self) -> None:
        """Mark the quotation as declined, for this reason."""
        self._decline(self.reason.text().strip(), self.lost.code)
        self.close_panel()
