"""Timed work in the window: a look once a minute, and in the background what is due here."""

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
    from controllers.system.timed import Done, Job, Timed

FIRST_SECONDS = 5
EVERY_SECONDS = 60


class TimedWork(QObject):
    """Says nothing where nothing is to be done, or where another workstation does it."""

    def __init__(self, desk: Desk, show_outbox: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._show_outbox = desk, show_outbox
        self._timed: Timed | None = None
        self._is_busy = False
        self._has_asked = False
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY_SECONDS * 1000)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        QTimer.singleShot(FIRST_SECONDS * 1000, self, self.look)

    def look(self) -> None:
        """Do what is due here, unless earlier work of ours still goes on."""
        if self._is_busy:
            return
        self._is_busy = True
        tasks.run(self._looked, lambda found: self._go_on(*found), self._failed, owner=self,
                  repeats=False)  # fmt: skip

    def _looked(self) -> "tuple[list[Job], bool, bool]":
        """The jobs that are due here, whether mails wait, and whether their password is missing."""
        from controllers.documents import mail_password, outbox
        from controllers.system import timed

        app = self._desk.app
        if self._timed is None:
            self._timed = timed.Timed(app)
        waits = bool(app.read(outbox.unfinished))
        lacks = waits and mail_password.is_missing(app, app.read(outbox.server_of))
        return self._timed.due(), waits, lacks

    def _go_on(self, jobs: "list[Job]", waits: bool, lacks: bool) -> None:
        if lacks and not self._has_asked:
            self._has_asked = True
            words = tr(_("Mails wait for the password of the mail server."))
            toast(words, self._show_outbox, _("Outbox"))
        wanted = [each for each in jobs if waits or each.name != "outbox"]
        if wanted:
            self._run(wanted, shown=any(each.name == "outbox" for each in wanted))
        else:
            self._is_busy = False

    def _run(self, jobs: "list[Job]", *, shown: bool) -> None:
        def work() -> "list[Done]":
            return [self._timed.run(each) for each in jobs] if self._timed else []

        if shown:
            tasks.job(tr(_("Sending mail")), lambda _task: work(), self._tell, self._failed,
                      owner=self)  # fmt: skip
        else:
            tasks.run(work, self._tell, self._failed, owner=self, repeats=False)

    def _failed(self, error: Exception) -> None:
        self._is_busy = False
        tasks.tasks().failed(error)

    def _tell(self, done: "list[Done]") -> None:
        self._is_busy = False
        for each in done:
            if each.job == "outbox":
                self._tell_of_mails(each.answer)

    def _tell_of_mails(self, delivered: "list[Delivered]") -> None:
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
