"""The mails of a document and what became of them; unsure ones wait for a person's word."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from resources.languages import marked as _
from ui.kit import actions, icons, tasks, tokens
from ui.kit.language import tr
from ui.system import mailing
from ui.widgets.parts import button, clear, label, row, set_property

if TYPE_CHECKING:
    from ui.documents.reading import Reading
    from ui.documents.session import Session

STATES = {
    "waiting": (_("Waiting to be sent to {recipient}"), "ph.clock", "info"),
    "sending": (_("Being sent to {recipient}"), "ph.paper-plane-tilt", "info"),
    "sent": (_("Sent to {recipient}"), "ph.check", "good"),
    "failed": (_("Refused: {recipient}"), "ph.warning", "bad"),
    "unsure": (_("Perhaps sent to {recipient}; nobody can know"), "ph.question", "warn"),
}


class MailStrip(QWidget):
    """The newest mail in a line, and every one that waits for a decision."""

    def __init__(self, session: "Session | Reading") -> None:
        super().__init__()
        self._session = session
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(tokens.TINY)
        self._shown: tuple[Any, ...] = ()
        session.changed.connect(self.refresh)
        self.hide()

    def refresh(self) -> None:
        """Show the mails of now."""
        mails = self._session.mails
        if mails == self._shown:
            return
        self._shown = mails
        clear(self._body)
        wanted = [each for at, each in enumerate(mails)
                  if at == 0 or each["state"] in ("unsure", "failed")]  # fmt: skip
        for each in wanted:
            self._body.addWidget(self._line(each))
        self.setVisible(bool(wanted))

    def _line(self, mail: dict[str, Any]) -> QFrame:
        text, icon, tone = STATES[mail["state"]]
        line = QFrame()
        picture = label()
        picture.setPixmap(icons.pixmap(icon, tone, tokens.ICON))
        words = label(wrap=True)
        reason = f" – {mail['last_error']}" if mail["last_error"] else ""
        words.setText(tr(text, recipient=mail["recipient"]) + reason)
        parts: QHBoxLayout = row(picture, words, margin=tokens.TINY)
        parts.setStretch(1, 1)
        if mail["state"] in ("unsure", "failed"):
            set_property(line, "tone", tone)
            again = button(_("Send again"), partial(self._decide, mail["id"], again=True))
            done = button(_("It arrived"), partial(self._decide, mail["id"], again=False))
            actions.offer(self._session.desk, "documents.change", again, done)
            parts.addWidget(again)
            parts.addWidget(done)
        line.setLayout(parts)
        return line

    def _decide(self, entry: int, *, again: bool) -> None:
        app, session = self._session.desk.app, self._session

        def work() -> None:
            from controllers.documents import outbox

            app.write(outbox.decide, entry, send_again=again)

        def done(_none: None) -> None:
            session.reload()
            if again:
                mailing.deliver(self, app, lambda _delivered: session.reload(), session.fail)

        tasks.write(work, done, session.fail, owner=session)
