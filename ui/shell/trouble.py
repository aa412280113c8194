"""What is shown when something goes wrong: the report of a bug, the banner of an outage."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)

from resources.languages import marked as _
from ui.kit import errors, tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import name, say, tr
from ui.kit.toasts import toast
from ui.widgets.parts import button, column, icon_label, label, row

_RETRY_SECONDS = 5


class BugReport(QDialog):
    """The program goes on; the report can be copied for whoever looks after it."""

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say(self, "setWindowTitle", _("Something went wrong"))
        self.report = QPlainTextEdit(text)
        self.report.setReadOnly(True)
        name(self.report, _("Report"))
        words = label(
            _("This should not happen. Your work is kept and you can go on. The report below "
              "helps to mend it; it also stands in the log."),
            wrap=True,
        )  # fmt: skip
        copy = button(_("Copy report"), self.copy, icon="ph.copy")
        close = button(_("Go on"), self.accept, role="primary")
        layout = column(words, self.report, margin=tokens.LARGE, gap=tokens.MEDIUM)
        layout.addLayout(row(copy, 1, close))
        self.setLayout(layout)
        self.resize(tokens.DIALOG, tokens.POPUP)

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QApplication.clipboard().setText(self.report.toPlainText())
        toast(tr(_("The report is copied.")))


class OutageBanner(QFrame):
    """Stands above the page until the database answers again; tries by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("tone", "bad")
        self._desk = desk
        words = label(
            _("The database cannot be reached. You can go on typing: what you save is written as "
              "soon as it is back."),
            wrap=True,
        )  # fmt: skip
        again = button(_("Try now"), self.retry)
        line = row(icon_label("ph.warning", "bad"), words, again)
        line.setContentsMargins(tokens.MEDIUM, tokens.SMALL, tokens.MEDIUM, tokens.SMALL)
        line.setStretch(1, 1)
        self.setLayout(line)
        self._timer = QTimer(self)
        self._timer.setInterval(_RETRY_SECONDS * 1000)
        self._timer.timeout.connect(self.retry)
        self._timer.start()

    def retry(self) -> None:
        """Ask the database for a sign of life."""
        database = self._desk.app.database
        tasks.run(
            database.revision,
            lambda _revision: errors.troubles.outage.emit(False),
            lambda _error: None,
            key=(id(self), "retry"),
            owner=self,
            repeats=False,
        )


def waiting_question(
    parent: QWidget, give_up: Callable[[], object], stay: Callable[[], object]
) -> QMessageBox:
    """Says before the window closes that something is not saved, and what becomes of it."""
    question = QMessageBox(parent)
    question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    question.setWindowTitle("Saudagar")
    question.setText(tr(_("Not everything is saved: the database cannot be reached.")))
    question.setInformativeText(
        tr(_("Changes that wait for it: {count}. If you close now they are lost; what you typed "
             "into open records stays as a draft and is back at the next start."),
           count=tasks.tasks().unsaved())
    )  # fmt: skip
    role = QMessageBox.ButtonRole
    wait = question.addButton(tr(_("Wait for the database")), role.RejectRole)
    close = question.addButton(tr(_("Close without saving")), role.DestructiveRole)
    question.setDefaultButton(wait)
    question.setEscapeButton(wait)
    question.buttonClicked.connect(lambda chosen: give_up() if chosen is close else stay())
    return question
