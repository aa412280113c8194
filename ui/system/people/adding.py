"""A new person: name, role and team, and on a shared database a login with a first password."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGridLayout, QLineEdit, QWidget

from models.values.roles import ROLES
from resources.languages import marked as _
from ui.kit import tokens
from ui.kit.language import name, on_language, say, tr
from ui.widgets.parts import button, column, label, row


class Adding(QFrame):
    """`add` gets the values and whether a login is wanted."""

    def __init__(self, add: Callable[[dict[str, Any], bool], object], *, shared: bool) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._add = add
        self.name, self.full_name, self.team = QLineEdit(), QLineEdit(), QLineEdit()
        self.territory, self.role, self.login = QLineEdit(), QComboBox(), QCheckBox()
        self.problem = label(role="problem", wrap=True)
        self.add_button = button(_("Add"), self.add, role="primary")
        self.login.setVisible(shared)
        self.login.setChecked(shared)
        say(self.login, "setText", _("With a login and a first password"))
        name(self.login, _("With a login and a first password"))
        for code, words in ROLES:
            self.role.addItem(tr(words), code)
        self._build()
        for each in (self.name, self.full_name, self.team, self.territory):
            each.returnPressed.connect(self.add)
        on_language(self._reword)
        self.hide()

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.LARGE)
        for at, (words, control) in enumerate((
            (_("Name"), self.name), (_("Full name"), self.full_name), (_("Role"), self.role),
            (_("Team"), self.team), (_("Territory"), self.territory),
        )):  # fmt: skip
            self._place(grid, at, words, control)
        layout = column(label(_("New person"), "section"), margin=tokens.LARGE)
        layout.addLayout(grid)
        layout.addWidget(self.problem)
        layout.addLayout(row(self.login, 1, button(_("Cancel"), self.hide), self.add_button))
        self.problem.hide()
        self.setLayout(layout)

    @staticmethod
    def _place(grid: QGridLayout, at: int, words: str, control: QWidget) -> None:
        caption = label(words, "heading")
        caption.setBuddy(control)
        name(control, words)
        grid.addWidget(caption, 0, at)
        grid.addWidget(control, 1, at)
        grid.setColumnStretch(at, 1)

    def _reword(self) -> None:
        for at, (_code, words) in enumerate(ROLES):
            self.role.setItemText(at, tr(words))

    def start(self) -> None:
        """Show it empty."""
        for each in (self.name, self.full_name, self.team, self.territory):
            each.clear()
        self.problem.hide()
        self.show()
        self.name.setFocus()

    def add(self) -> None:
        """Add who is typed."""
        values: dict[str, Any] = {
            "name": self.name.text().strip(), "full_name": self.full_name.text().strip() or None,
            "role": self.role.currentData(), "team": self.team.text().strip() or None,
            "territory": self.territory.text().strip() or None,
        }  # fmt: skip
        if not values["name"]:
            self.refuse(tr(_("Fill in a name.")))
            return
        self.add_button.setEnabled(False)
        self._add(values, self.login.isChecked() and not self.login.isHidden())

    def refuse(self, sentence: str) -> None:
        """Say why nobody was added."""
        self.add_button.setEnabled(True)
        self.problem.setText(sentence)
        self.problem.show()
        self.name.setFocus()

    def done(self) -> None:
        """Somebody was added."""
        self.add_button.setEnabled(True)
        self.hide()
