"""The outbox sends by itself: what waits goes out in the background while the window is open."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from resources.languages import marked as _
from ui.kit import tasks
from ui.kit.desk import Desk
from ui.kit.language import tr
from ui.kit.toasts import toast

if TYPE_CHECKING:
    from controllers.documents.outbox import Delivered

FIRST_SECONDS = 5
EVERY_SECONDS = 60


class Deliveries(QObject):
    """Looks into the outbox once a minute; says nothing where nothing is to be sent."""

    def __init__(self, desk: Desk, show_outbox: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._show_outbox = desk, show_outbox
        self._is_busy = False
        self._has_asked = False
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY_SECONDS * 1000)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        QTimer.singleShot(FIRST_SECONDS * 1000, self, self.look)

    def look(self) -> None:
        """Send what is due, unless a delivery of ours still goes on."""
        if self._is_busy:
            return
        self._is_busy = True
        app = self._desk.app

        def work() -> tuple[int, bool]:
            from controllers.documents import mail_password, outbox

            waiting = app.read(outbox.unfinished)
            server = app.read(outbox.server_of) if waiting else None
            return waiting, server is not None and mail_password.is_missing(app, server)

        tasks.run(work, lambda found: self._go_on(*found), self._failed, owner=self)

    def _go_on(self, waiting: int, is_missing: bool) -> None:
        if waiting and not is_missing:
            self._deliver()
            return
        self._is_busy = False
        if waiting and not self._has_asked:
            self._has_asked = True
            words = tr(_("Mails wait for the password of the mail server."))
            toast(words, self._show_outbox, _("Outbox"))

    def _deliver(self) -> None:
        app = self._desk.app

        def work(_task: tasks.Task) -> "list[Delivered]":
            from controllers.documents import outbox

            return outbox.deliver(app)

        tasks.job(tr(_("Sending mail")), work, self._tell, self._failed, owner=self)

    def _failed(self, error: Exception) -> None:
        self._is_busy = False
        tasks.tasks().failed(error)

    def _tell(self, delivered: "list[Delivered]") -> None:
        self._is_busy = False
        refused = [each for each in delivered if each.state == "failed"]
        sent = sum(1 for each in delivered if each.state == "sent")
        if refused:
            words = _("The mail to {recipient} was refused: {reason}")
            last = refused[-1]
            toast(tr(words, recipient=last.recipient, reason=last.reason), self._show_outbox,
                  _("Outbox"))  # fmt: skip
        elif sent:
            number = self._desk.style.number
            words = _("{sent} of {tried} mails were sent.")
            toast(tr(words, sent=number(sent), tried=number(len(delivered))))
