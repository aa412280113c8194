"""The mails of the outbox as rows of a table."""

from typing import Any

from PySide6.QtCore import Qt

from resources.languages import marked as _
from ui.kit.desk import Desk
from ui.kit.language import tr
from ui.widgets import pills
from ui.widgets.headed_model import NONE, HeadedModel, Index

_ROLE = Qt.ItemDataRole

STATES = {
    "waiting": (_("Waiting"), "ph.hourglass", "info"),
    "sending": (_("Sending"), "ph.paper-plane-tilt", "info"),
    "sent": (_("Sent"), "ph.check", "good"),
    "unsure": (_("Unsure"), "ph.question", "warn"),
    "failed": (_("Failed"), "ph.x-circle", "bad"),
}
"""By state: the word, the icon and the tone."""

UNDECIDED = ("unsure", "failed")
HEADINGS = (_("State"), _("Document"), _("To"), _("Subject"), _("Written"), _("Tried"), _("Reason"))
PARTS = (0.1, 0.15, 0.19, 0.22, 0.13, 0.05, 0.16)
_TRIED = 5

Mail = dict[str, Any]


class OutboxModel(HeadedModel):
    """All mails, or those of some states."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(HEADINGS, (_TRIED,))
        self._desk = desk
        self._all: list[Mail] = []
        self.mails: list[Mail] = []
        self.states: tuple[str, ...] = ()

    def take(self, mails: list[Mail]) -> None:
        """Show other mails."""
        self.beginResetModel()
        self._all = mails
        self.mails = [each for each in mails if not self.states or each["state"] in self.states]
        self.endResetModel()

    def narrow(self, states: tuple[str, ...]) -> None:
        """Show only the mails of these states; all with none."""
        self.states = states
        self.take(self._all)

    def count(self, states: tuple[str, ...]) -> int:
        """How many mails are in these states; all with none."""
        return sum(1 for each in self._all if not states or each["state"] in states)

    def rowCount(self, parent: Index = NONE) -> int:
        return len(self.mails)

    def text(self, mail: Mail, at: int) -> str:
        """One cell as it is shown."""
        if at == 0:
            return tr(STATES[mail["state"]][0])
        if at == _TRIED:
            return self._desk.style.number(mail["attempts"])
        if at == 4:
            local = mail["created_at"].astimezone()
            return f"{self._desk.style.day(local.date())} {local:%H:%M}"
        return str(mail[("", "number", "recipient", "subject", "", "", "last_error")[at]] or "")

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        mail, at = self.mails[index.row()], index.column()
        if role == _ROLE.DecorationRole and at == 0:
            return _pill(mail["state"])
        if role == _ROLE.DisplayRole:
            return "" if at == 0 else self.text(mail, at)
        if role == _ROLE.AccessibleTextRole:
            return self.text(mail, at)
        if role == _ROLE.ToolTipRole and at:
            return self.text(mail, at)
        return self.alignment(at) if role == _ROLE.TextAlignmentRole else None


def _pill(state: str) -> Any:
    word, icon, tone = STATES[state]
    return pills.in_cell(tr(word), icon, tone)
