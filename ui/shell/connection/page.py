"""The page on which a shared database is named, tried and opened."""

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from controllers.system.addresses import address_of
from models.values.errors import DomainError
from models.values.roles import ROLES
from resources.languages import marked as _
from ui.kit import errors, tasks, tokens
from ui.kit.language import name, tr
from ui.kit.places import Places
from ui.shell.connection.fields import ConnectionFields
from ui.shell.connection.recent import Recent
from ui.widgets.parts import button, card, column, icon_label, label, row, set_property

if TYPE_CHECKING:
    from controllers.core.app import App
    from controllers.system.connecting import Welcome


class ConnectionPage(QWidget):
    """Says in words what is wrong, or who one is there; nothing here holds the window up."""

    opened = Signal(object)
    """The program on the database that was chosen; it is remembered for the next start."""

    def __init__(self, places: Places | None = None) -> None:
        super().__init__()
        self.places = places or Places()
        self.fields = ConnectionFields()
        self.recent = Recent(self.places, self.open_place)
        self.test_button = button(_("Test connection"), self.test, icon="ph.check-circle")
        self.open_button = button(_("Open"), self.open, role="primary")
        self.answer = label(wrap=True)
        self._notice = card()
        self._build()
        self._look_for_keyring()
        for each in self.fields.lines:
            each.returnPressed.connect(self.open)
        if self.places.recent:
            self._show_url(self.places.recent[0])

    def _build(self) -> None:
        notice = column(self.answer)
        notice.setContentsMargins(tokens.MEDIUM, tokens.SMALL, tokens.MEDIUM, tokens.SMALL)
        self._notice.setLayout(notice)
        self._notice.hide()
        words = label(
            _("Several people work on one database on a server. Its administrator tells you what "
              "to fill in here, and adds you as a user."),
            "soft", wrap=True,
        )  # fmt: skip
        head = row(icon_label("ph.database", "accent", tokens.ICON_LARGE),
                   label(_("Shared database"), "title"), 1, gap=tokens.MEDIUM)  # fmt: skip
        inner = column(gap=tokens.MEDIUM)
        inner.addLayout(head)
        for each in (words, self.fields, self._notice):
            inner.addWidget(each)
        inner.addLayout(row(self.test_button, 1, self.open_button))
        inner.addWidget(self.recent)
        inner.addStretch(1)
        self._scroll(inner)

    def _scroll(self, inner: QVBoxLayout) -> None:
        inside = QWidget()
        inside.setMaximumWidth(tokens.FORM)
        inside.setLayout(inner)
        holder = QWidget()
        wide = row(inside, margin=tokens.LARGE)
        wide.setStretch(0, tokens.FORM)
        wide.addStretch(1)
        holder.setLayout(wide)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        name(area, _("Shared database"))
        area.setWidget(holder)
        self.setLayout(column(area, gap=0))

    def _look_for_keyring(self) -> None:
        def work() -> bool:
            from controllers.system import sign_in

            return sign_in.has_keyring()

        tasks.run(work, self._take_keyring, owner=self)

    def _take_keyring(self, found: bool) -> None:
        if not found:
            keep = self.fields.keep
            keep.setChecked(False)
            keep.setEnabled(False)
            name(keep, _("This computer has no keyring; the password is asked for at each start."))
            keep.setToolTip(keep.accessibleName())

    # Showing

    def _show_url(self, url: str) -> None:
        reports = self.places.reports_of(url)
        try:
            self.fields.show_address(address_of(url), address_of(reports) if reports else None)
        except DomainError as error:
            self.show_refusal(error)

    def show_place(self, url: str, error: Exception | None = None) -> None:
        """Show an address, and why it could not be opened."""
        self._show_url(url)
        if error is not None:
            self.show_refusal(error)

    def show_refusal(self, error: Exception) -> None:
        """Say what is wrong, and mark the field to look at."""
        self.set_busy(False)
        field = error.field if isinstance(error, DomainError) else ""
        asks = field == "password" and not self.fields.password.text()
        self._tell(errors.text_of(error), "info" if asks else "bad")
        if asks:
            self.fields.password.setFocus()
        else:
            self.fields.mark(field)

    def set_busy(self, busy: bool, words: str = "") -> None:
        """Show that an answer is awaited."""
        self.test_button.setEnabled(not busy)
        self.open_button.setEnabled(not busy)
        self.recent.setEnabled(not busy)
        if busy:
            self._tell(words or tr(_("Connecting …")), "info")

    def _tell(self, text: str, tone: str) -> None:
        self.answer.setText(text)
        set_property(self._notice, "tone", tone)
        self._notice.setAccessibleName(text)
        self._notice.show()

    def start_work(self) -> None:
        """Put the cursor where something is missing."""
        fields = self.fields
        empty = [e for e in (fields.host, fields.database, fields.user) if not e.text()]
        (empty[0] if empty else fields.password).setFocus()

    # Trying

    def test(self) -> None:
        """Sign in and out again; what is wrong is said below the fields."""
        asked = self._asked()
        if asked is None:
            return
        url, reports = asked
        typed = self.fields.password.text()
        self.set_busy(True)

        def work() -> "Welcome":
            from controllers.system import connecting, sign_in

            sign_in.use_keyring()
            with sign_in.typed(url, typed):
                found = connecting.try_out(url)
            if reports:
                with sign_in.typed(reports, typed or sign_in.known(url)):
                    connecting.try_copy(reports)
            return found

        tasks.run(work, self._welcome, self.show_refusal, key=(id(self), "try"), owner=self)

    def _welcome(self, found: "Welcome") -> None:
        self.set_busy(False)
        if not found.role:
            words = _("{database} lets {name} in, but nobody added this user; ask your "
                      "administrator.")  # fmt: skip
            self._tell(tr(words, database=found.database, name=found.login), "warn")
            return
        role = tr(dict(ROLES).get(found.role, found.role))
        words = _("All is well: {database} knows you as {name}, {role}.")
        self._tell(tr(words, database=found.database, name=found.name, role=role), "good")

    # Opening

    def open(self) -> None:
        """Open what is typed."""
        asked = self._asked()
        if asked is not None:
            self._open_address(*asked)

    def _asked(self) -> tuple[str, str] | None:
        """The address that is typed, and that of the copy for reports or ""; None where something
        is wrong with them, which is then marked.
        """
        address = self.fields.address()
        if address is None:
            return None
        try:
            return address.url, self.fields.reports_url(address)
        except DomainError as error:
            self.show_refusal(error)
            return None

    def _open_address(self, url: str, reports: str) -> None:
        typed, keeps = self.fields.password.text(), self.fields.keep.isChecked()
        self.set_busy(True)

        def work() -> "App":
            from controllers.system import sign_in

            with sign_in.typed(url, typed):
                app = enter(url, reports=reports)
            with suppress(DomainError):
                keep(url, typed, keeps=keeps)
            return app

        def done(app: "App") -> None:
            self._take(url, app, reports)

        tasks.run(work, done, self.show_refusal, key=(id(self), "open"), owner=self)

    def open_place(self, place: str) -> None:
        """Open one that was opened before; "" is this computer's own database."""
        if place:
            self._show_url(place)
            self.open()
            return
        self.set_busy(True, tr(_("Opening …")))
        tasks.run(own, lambda app: self._take("", app), self._own_refused,
                  key=(id(self), "open"), owner=self)  # fmt: skip

    def _own_refused(self, error: Exception) -> None:
        """A PIN is asked for; anything else is said."""
        if not (isinstance(error, DomainError) and error.field == "pin"):
            self.show_refusal(error)
            return
        from ui.shell.pin_dialog import PinDialog

        self.set_busy(False)
        self._notice.hide()
        dialog = PinDialog(tr(_("The database of this computer")), own, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.opened.connect(lambda app: self._take("", app))
        dialog.open()

    def _take(self, place: str, app: "App", reports: str = "") -> None:
        self.set_busy(False)
        self._notice.hide()
        self.fields.password.clear()
        self.places.choose(place, app.user, reports)
        self.recent.fill()
        self.opened.emit(app)


def enter(url: str, user: str = "", reports: str = "") -> "App":
    """The program on a shared database; an outage is told as a refusal that says what to check."""
    from controllers.system import connecting, opening, sign_in
    from models.values.errors import OutageError

    sign_in.use_keyring()
    try:
        return opening.open_app(url, user, reports=reports)
    except OutageError as error:
        raise connecting.unanswered(url, error) from error


def keep(url: str, password: str, *, keeps: bool) -> None:
    """Put a typed password into the keyring, or take out what is not to be kept."""
    from controllers.system import sign_in

    if not keeps:
        sign_in.keep_no_more(url)
    elif password:
        sign_in.keep(url, password)


def own(pin: str = "") -> "App":
    """The program on the database of this computer, made where there is none."""
    from controllers.system import opening

    return opening.open_app(opening.default_path(), create=True, pin=pin)
