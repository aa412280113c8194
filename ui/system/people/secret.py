"""A new password, shown once: whoever added the person hands it over."""

from PySide6.QtWidgets import QApplication, QFrame, QLineEdit

from resources.languages import marked as _
from ui.kit import tokens
from ui.kit.language import name, tr
from ui.kit.toasts import toast
from ui.widgets.parts import button, column, icon_label, label, row


class Secret(QFrame):
    """Stays until it is closed; the password is nowhere else and is forgotten then."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("tone", "info")
        self._words = label(wrap=True)
        self.password = QLineEdit()
        self.password.setReadOnly(True)
        self.password.setFixedWidth(tokens.PANEL_LEAST)
        name(self.password, _("Password"))
        line = row(
            self.password,
            button(_("Copy"), self.copy, icon="ph.copy"),
            1,
            button(_("It is handed over"), self.close_up),
        )
        layout = column(gap=tokens.SMALL, margin=tokens.MEDIUM)
        head = row(icon_label("ph.key", "info"), self._words)
        head.setStretch(1, 1)
        layout.addLayout(head)
        layout.addLayout(line)
        self.setLayout(layout)
        self.hide()

    def show_password(self, who: str, password: str) -> None:
        """Show the password of a person."""
        words = _("The password of {name}. Hand it over now: it is not shown again.")
        self._words.setText(tr(words, name=who))
        self.password.setText(password)
        self.show()
        self.password.setFocus()
        self.password.selectAll()

    def copy(self) -> None:
        """Put it on the clipboard."""
        QApplication.clipboard().setText(self.password.text())
        toast(tr(_("The password is copied.")))

    def close_up(self) -> None:
        """Forget it."""
        self.password.clear()
        self.hide()
