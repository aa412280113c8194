"""Why the customer declined: asked beside the work, kept with the quotation."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QPushButton

from resources.languages import marked as _
from ui.documents.panels.panel import Panel
from ui.kit.language import name, say
from ui.widgets.parts import button, row

REASONS = (_("Price"), _("Delivery time"), _("Competitor"), _("Budget"), _("No longer needed"))


class DeclinePanel(Panel):
    """A reason in a word or a sentence."""

    def __init__(self, decline: Callable[[str], object]) -> None:
        super().__init__(_("Why was it declined?"))
        self._decline = decline
        self.reason = QLineEdit()
        name(self.reason, _("Reason"))
        say(self.reason, "setPlaceholderText", _("In a few words; kept with the quotation"))
        self.reason.setProperty("first", True)
        self.reason.returnPressed.connect(self.decline)
        quick = row(*(self._quick(each) for each in REASONS), 1)
        self.body.addWidget(self.reason)
        self.body.addLayout(quick)
        self.add_button(button(_("Cancel"), self.close_panel))
        self.add_button(button(_("Decline"), self.decline, role="primary"))

    def _quick(self, reason: str) -> QPushButton:
        chip = button(reason, role="chip")
        chip.clicked.connect(lambda _checked=False: self.reason.setText(chip.text()))
        return chip

    def decline(self) -> None:
        """Mark the quotation as declined, for this reason."""
        self._decline(self.reason.text().strip())
        self.close_panel()
