"""People and rights: who works with the program, how they sign in, what each role may do."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QWidget

from controllers.system.opening import is_shared
from controllers.system.people import Person
from models.values.errors import DomainError
from models.values.records import Change
from resources.languages import marked as _
from ui.kit import actions, errors, tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import on_language, tr
from ui.kit.toasts import toast
from ui.system.people.adding import Adding
from ui.system.people.model import PARTS, PeopleModel, role_of
from ui.system.people.rights import RightsView
from ui.system.people.secret import Secret
from ui.system.rows_table import OpeningTable
from ui.widgets.parts import button, column, label, row


class PeoplePage(QWidget):
    """The list with what an administrator does, and beside it the table of rights."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.shared = is_shared(desk.app.database.url)
        self.model = PeopleModel(shared=self.shared)
        self.table = OpeningTable(self.model, _("People"), PARTS)
        self.adding = Adding(self._add, shared=self.shared)
        self.secret, self.rights = Secret(), RightsView()
        self._may_change = not self.shared
        self._build()
        self.table.opened.connect(self.open_record)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        desk.feed.changed.connect(self._on_changes)
        actions.add(self, "people.read", _("Read the people anew"), self.load, "F5", context="list")
        on_language(self.load)

    # Building

    def _build(self) -> None:
        self._stack = QStackedWidget()
        self.views = [self._chip(at) for at in range(2)]
        self.add_button = button(_("Add person"), self.adding.start, icon="ph.user-plus")
        policy = self.add_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.add_button.setSizePolicy(policy)
        self._stack.addWidget(self._people())
        self._stack.addWidget(self.rights)
        chips = row(*self.views, 1)
        layout = column(gap=tokens.MEDIUM, margin=tokens.LARGE)
        layout.addLayout(row(label(_("People and rights"), "title"), 1, self.add_button))
        layout.addLayout(chips)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)

    def _chip(self, at: int) -> QPushButton:
        chip = button("", lambda: self.show_view(at), role="chip")
        chip.setCheckable(True)
        chip.setAutoExclusive(True)
        chip.setChecked(at == 0)
        return chip

    def _people(self) -> QWidget:
        self._only = label(_("Only an administrator adds and changes people."), "soft", wrap=True)
        self._only.hide()
        view = QWidget()
        layout = column(self._only, self.adding, self.secret, gap=tokens.MEDIUM)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._detail())
        view.setLayout(layout)
        return view

    def _detail(self) -> QFrame:
        self.detail = QFrame()
        self.detail.setProperty("role", "card")
        self._who, self._what = label(role="strong", wrap=True), label(role="soft", wrap=True)
        self.change_button = button(_("Change …"), self.open_record, icon="ph.pencil-simple")
        self.password_button = button(_("New password"), self.renew_password, icon="ph.key")
        self.disable_button = button(_("Disable"), self.disable, icon="ph.prohibit")
        self.enable_button = button(_("Enable"), self.enable, icon="ph.check")
        texts = column(self._who, self._what, gap=tokens.TINY)
        layout = row(gap=tokens.SMALL, margin=tokens.MEDIUM)
        layout.addLayout(texts, 1)
        for each in (self.change_button, self.password_button, self.disable_button,
                     self.enable_button):  # fmt: skip
            layout.addWidget(each)
        self.detail.setLayout(layout)
        self.detail.hide()
        return self.detail

    # Showing

    def show_view(self, at: int) -> None:
        """Show the people (0) or the rights (1)."""
        self.views[at].setChecked(True)
        self._stack.setCurrentIndex(at)
        self.add_button.setVisible(self._may_change and at == 0)

    def load(self) -> None:
        """Read everybody anew."""
        app = self.desk.app

        def work() -> list[Person]:
            from controllers.system import people

            return app.read(people.everybody)

        tasks.run(work, self._take, key=(id(self), "people"), owner=self)

    def _take(self, people: list[Person]) -> None:
        chosen = self.chosen()
        self.model.take(people)
        count = self.desk.style.number(len(people))
        for chip, text in zip(
            self.views,
            (tr(_("People · {count}"), count=count), tr(_("What each role may do"))),
            strict=True,
        ):
            chip.setText(text)
            chip.setAccessibleName(text)
        self._look_at_rights(people)
        self._go_to(chosen.id if chosen else 0)

    def _look_at_rights(self, people: list[Person]) -> None:
        """What the person who looks may do here; the database decides it again."""
        own = next((each for each in people if each.name == self.desk.app.user), None)
        self._may_change = self.desk.may("people.change")
        self.rights.model.mark(own.role if own else "")
        self._only.setVisible(not self._may_change)
        self.show_view(self._stack.currentIndex())

    def _go_to(self, person_id: int) -> None:
        ids = [each.id for each in self.model.people]
        if ids:
            at = ids.index(person_id) if person_id in ids else 0
            self.table.setCurrentIndex(self.model.index(at, 0))
        self._on_row()

    def chosen(self) -> Person | None:
        """The person of the cursor."""
        at = self.table.currentIndex().row()
        return self.model.people[at] if 0 <= at < len(self.model.people) else None

    def _on_row(self, *_rows: object) -> None:
        person = self.chosen()
        self.detail.setVisible(person is not None)
        if person is None:
            return
        self._who.setText(person.full_name or person.name)
        parts = (person.name, role_of(person), person.team, person.territory)
        self._what.setText(" · ".join(each for each in parts if each))
        can, is_self = self._may_change, person.name == self.desk.app.user
        self.change_button.setVisible(can and not person.is_disabled)
        self.password_button.setVisible(can and self.shared and not person.is_disabled)
        self.disable_button.setVisible(can and not person.is_disabled and not is_self)
        self.enable_button.setVisible(can and person.is_disabled)

    def _on_changes(self, changes: tuple[Change, ...]) -> None:
        if any(each.concerns("user") for each in changes):
            self.load()

    # Doing

    def open_record(self) -> None:
        """Show the whole record of the person."""
        person = self.chosen()
        if person is not None:
            self.desk.open_record("user", person.id)

    def _write(
        self, work: Callable[[str], object], done: Callable[[str], object], *, login: bool,
        refused: Callable[[Exception], object] | None = None,
    ) -> None:  # fmt: skip
        """Do something with a password of its own making, "" where no login is wanted."""

        def write() -> str:
            from controllers.system import people

            password = people.first_password() if login else ""
            work(password)
            return password

        tasks.write(write, done, refused, owner=self)

    def _add(self, values: dict[str, Any], login: bool) -> None:
        app, who = self.desk.app, str(values["name"])

        def work(password: str) -> object:
            from controllers.system import people

            return app.write(people.add, values, password)

        def done(password: str) -> None:
            self.adding.done()
            self._hand_over(who, password, tr(_("{name} is added."), name=who))

        self._write(work, done, login=login, refused=self._not_added)

    def _not_added(self, error: Exception) -> None:
        if isinstance(error, DomainError):
            self.adding.refuse(errors.text_of(error))
        else:
            self.adding.add_button.setEnabled(True)
            errors.show(error)

    def _hand_over(self, who: str, password: str, words: str) -> None:
        if password:
            self.secret.show_password(who, password)
        toast(words)
        self.load()

    def renew_password(self) -> None:
        """Give the person a login, or another password."""
        person = self.chosen()
        if person is None:
            return
        app, who = self.desk.app, person.name

        def work(password: str) -> object:
            from controllers.system import people

            return app.write(people.set_password, who, password)

        words = tr(_("{name} has a new password."), name=who)
        self._write(work, lambda made: self._hand_over(who, made, words), login=True)

    def disable(self) -> None:
        """Shut the person out; what the person did stays."""
        person = self.chosen()
        if person is None:
            return
        app, who = self.desk.app, person.name

        def work(_password: str) -> object:
            from controllers.system import people

            return app.write(people.disable, who)

        def done(_made: str) -> None:
            toast(tr(_("{name} is disabled."), name=who), undo)
            self.load()

        undo = None if self.shared else lambda: self._enable(who)
        self._write(work, done, login=False)

    def enable(self) -> None:
        """Let the person in again; on a shared database with a new password."""
        person = self.chosen()
        if person is not None:
            self._enable(person.name)

    def _enable(self, who: str) -> None:
        app = self.desk.app

        def work(password: str) -> object:
            from controllers.system import people

            return app.write(people.enable, who, password)

        words = tr(_("{name} is back."), name=who)
        self._write(work, lambda made: self._hand_over(who, made, words), login=self.shared)
