"""A card for a password that is kept in this computer's keyring, with a button that tries it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton

from resources.languages import marked as _
from ui.kit import errors, tasks, tokens
from ui.kit.language import name, say, tr
from ui.kit.toasts import toast
from ui.widgets.parts import card, column, label, row, set_property


class SecretCard(QFrame):
    """A password, buttons beside it, and an answer below."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaximumWidth(tokens.SEARCH_BOX)
        name(self.password, title)
        say(self.password, "setPlaceholderText", _("Left empty, the kept one stays"))
        self.answer = label(role="soft", wrap=True)
        self._notice = card()
        self._notice.setLayout(column(self.answer, margin=tokens.SMALL))
        self._notice.hide()
        hint = label(_("It is kept in this computer's keyring, never in the database."), "caption")
        layout = column(label(title, "heading"), gap=tokens.SMALL, margin=tokens.LARGE)
        self._line = row(self.password, 1)
        self._line.setStretch(0, 1)
        layout.addLayout(self._line)
        layout.addWidget(hint)
        layout.addWidget(self._notice)
        self.setLayout(layout)

    def add_button(self, made: QPushButton) -> QPushButton:
        """A button beside the password."""
        self._line.insertWidget(self._line.count() - 1, made)
        return made

    def tell(self, text: str, tone: str) -> None:
        """Answer in words."""
        self.answer.setText(text)
        set_property(self._notice, "tone", tone)
        self._notice.show()

    def refuse(self, error: Exception, tone: str = "bad") -> None:
        """Say what is wrong."""
        self.tell(errors.text_of(error), tone)

    def keep_typed(self, work: Callable[[str], None], tone: str = "bad") -> None:
        """Put what was typed into the keyring; what stands in the way is said below."""
        typed = self.password.text()

        def kept(_answer: object) -> None:
            self.password.clear()
            toast(tr(_("The password is kept in the keyring.")))

        if typed:
            tasks.run(lambda: work(typed), kept, lambda e: self.refuse(e, tone), owner=self)
