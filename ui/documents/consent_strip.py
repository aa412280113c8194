"""Above a quotation: what needs somebody's consent, whose, and what they said."""

from PySide6.QtWidgets import QFrame

from resources.languages import marked as _
from ui.documents.session import Session
from ui.kit import icons, tokens
from ui.kit.language import on_language, tr
from ui.widgets.parts import label, row, set_property

_SAID = {
    "needed": (_("Needs approval before it is sent: {rules}. Decided by {who}."), "warn",
               "ph.scales"),
    "waiting": (_("Waits for approval: {rules}. Decided by {who}."), "info", "ph.hourglass"),
    "refused": (_("Refused: {rules}. {comment}"), "bad", "ph.x"),
    "approved": (_("Approved by {by}. {comment}"), "good", "ph.check"),
}  # fmt: skip


class ConsentStrip(QFrame):
    """One sentence; hidden where no consent is needed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._icon, self._text = label(), label(wrap=True)
        parts = row(self._icon, self._text, margin=tokens.TINY)
        parts.setStretch(1, 1)
        self.setLayout(parts)
        self.hide()
        session.changed.connect(self.refresh)
        on_language(self.refresh)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def refresh(self) -> None:
        """Say where the quotation stands now."""
        consent = self._session.consent
        state = consent.standing.state if consent else "none"
        is_shown = state in _SAID and self._session.draft.state == "draft"
        self.setVisible(is_shown)
        if not is_shown or consent is None:
            return
        told, tone, icon = _SAID[state]
        last = consent.standing.approvals[-1] if consent.standing.approvals else None
        self._text.setText(tr(
            told, rules=", ".join(each.rule.name for each in consent.standing.open),
            who=", ".join(map(tr, consent.deciders)), by=last.decided_by if last else "",
            comment=last.comment if last else "",
        ).strip())  # fmt: skip
        self.setAccessibleName(self._text.text())
        self._icon.setPixmap(icons.pixmap(icon, tone, tokens.ICON))
        set_property(self, "tone", tone)
