"""The company's settings and the person's own look, language and number style."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGridLayout, QScrollArea, QWidget

from controllers.system.company import COMPANY
from controllers.system.opening import is_shared
from models.values.errors import DomainError
from models.values.formatting import Style
from models.values.records import Change
from models.values.settings import HISTORY_ID, Mail, Settings
from resources.languages import LANGUAGES
from resources.languages import marked as _
from ui.kit import actions, errors, tasks, theme, tokens
from ui.kit.desk import Desk
from ui.kit.language import name, on_language, say, set_language, tr
from ui.kit.toasts import toast
from ui.shell.backup_card import BackupCard
from ui.shell.certificate_card import CertificateCard
from ui.shell.company_fields import settings_of, values_of
from ui.shell.database_card import DatabaseCard
from ui.shell.mail_card import MailCard
from ui.shell.pin_card import PinCard
from ui.shell.texts_card import TextsCard
from ui.widgets.parts import button, column, icon_button, label, row
from ui.widgets.record_form.editors import raw_of
from ui.widgets.record_form.sheet import Sheet

_THEMES = {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")}
_DENSITIES = {
    "compact": _("Close"), "normal": _("Normal"), "comfortable": _("Wide"),
}  # fmt: skip
_STYLES = {"": _("As the language"), "en": "1,234.56", "id": "1.234,56"}


class Personal(QFrame):
    """What holds for this person on this computer, at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.LARGE)
        self._boxes: list[tuple[QComboBox, dict[str, str], Callable[[], str]]] = []
        choose = desk.preferences
        self._add(_("Language"), LANGUAGES, lambda: choose["language"] or "en", self._set_language)
        self._add(_("Figures"), _STYLES, lambda: choose["number_style"], self._set_style)
        self._add(_("Theme"), _THEMES, theme.mode, self._set_theme)
        self._add(_("Rows"), _DENSITIES, theme.density, self._set_density)
        self._cost = QCheckBox()
        say(self._cost, "setText", _("Hide cost prices on this screen"))
        name(self._cost, _("Hide cost prices on this screen"))
        self._cost.setChecked(bool(choose["hide_restricted"]))
        self._cost.toggled.connect(lambda on: choose.set("hide_restricted", on))
        layout = column(label(_("My screen"), "section"), gap=tokens.MEDIUM, margin=tokens.LARGE)
        layout.addLayout(self._grid)
        layout.addWidget(self._cost)
        self.setLayout(layout)
        on_language(self._reword)
        theme.on_theme(self._show_chosen)
        self._show_chosen()

    def _add(self, title: str, choices: dict[str, str], now: Callable[[], str], take: Any) -> None:
        box, at = QComboBox(), len(self._boxes)
        for code, words in choices.items():
            box.addItem(tr(words), code)
        name(box, title)
        box.activated.connect(lambda _at: take(box.currentData()))
        self._boxes.append((box, choices, now))
        self._grid.addWidget(label(title, "heading"), 0, at)
        self._grid.addWidget(box, 1, at)
        self._grid.setColumnStretch(at, 1)

    def _reword(self) -> None:
        for box, choices, _now in self._boxes:
            for at, words in enumerate(choices.values()):
                box.setItemText(at, tr(words))

    def _show_chosen(self) -> None:
        """What holds now, be it chosen here or by a key."""
        for box, _choices, now in self._boxes:
            box.setCurrentIndex(max(0, box.findData(now())))

    def _set_language(self, code: str) -> None:
        self._desk.preferences.set("language", code)
        set_language(code)

    def _set_style(self, code: str) -> None:
        self._desk.preferences.set("number_style", code)

    def _set_theme(self, mode: str) -> None:
        self._desk.preferences.set("theme", mode)
        theme.set_mode(mode)

    def _set_density(self, density: str) -> None:
        self._desk.preferences.set("density", density)
        theme.set_density(density)


class SettingsPage(QWidget):
    """Both, below each other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.settings = Settings()
        self.sheet = Sheet(desk, COMPANY)
        self._saved = values_of(self.settings)
        self._save = button(_("Save company"), self.save, role="primary")
        self.mail, self.texts = MailCard(desk.app, self._typed_server), TextsCard()
        self.certificate = CertificateCard(desk, self._typed_certificate, self._type_certificate)
        cards = [Personal(desk), self.sheet, self.mail, self.certificate, self.texts,
                 DatabaseCard(desk), BackupCard(desk)]  # fmt: skip
        if not is_shared(desk.app.database.url):
            cards.append(PinCard(desk))
        inner = column(*cards, gap=tokens.MEDIUM)
        inside = QWidget()
        inside.setMaximumWidth(tokens.FORM)
        inside.setLayout(inner)
        holder = QWidget()
        wide = row(inside)
        wide.setStretch(0, tokens.FORM)
        wide.addStretch(1)
        holder.setLayout(wide)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        name(area, _("Settings"))
        area.setWidget(holder)
        layout = column(gap=tokens.MEDIUM, margin=tokens.LARGE)
        layout.addLayout(row(label(_("Settings"), "title"), 1, self._history(), self._save))
        layout.addWidget(area, 1)
        self.setLayout(layout)
        self.sheet.edited.connect(self.sheet.check_typing)
        save = actions.add(self, "settings.save", _("Save"), self.save, "Ctrl+S", context="form")
        actions.offer(desk, "settings.change", save, self._save)
        desk.feed.changed.connect(self._on_changes)
        self.load()

    def _history(self) -> QWidget:
        """The button and key that ask who changed the settings, for those who may change them."""
        made = icon_button("ph.clock-counter-clockwise", _("History"), self.show_history)
        action = actions.add(self, "settings.history", _("History"), self.show_history, "Ctrl+H",
                             context="form")  # fmt: skip
        for permission in ("audit.see", "settings.change"):
            actions.offer(self.desk, permission, action, made)
        return made

    def show_history(self) -> None:
        """Who changed the settings, in a tab."""
        self.desk.open_history("settings", HISTORY_ID, tr(_("Company")))

    def _on_changes(self, changes: Sequence[Change]) -> None:
        if any(each.concerns("settings") for each in changes):
            self.load()

    def load(self) -> None:
        """Fetch the settings in the background."""
        app = self.desk.app

        def work() -> Settings:
            from controllers.system import settings

            return app.read(settings.load)

        tasks.run(work, self._take, key=(id(self), "settings"), owner=self)

    def _take(self, settings: Settings) -> None:
        self.settings = settings
        values = values_of(settings)
        style: Style = self.desk.style
        self.sheet.set_state(
            {each: raw_of(COMPANY[each], values.get(each), style) for each in self.sheet.boxes}
        )
        self.texts.set_texts(settings.texts, settings.language)

    def _typed_server(self) -> Mail | None:
        """The mail server as it is typed; None while a field of it cannot be read."""
        names = {each for each in self.sheet.boxes if each.startswith("mail_")}
        if not self.sheet.check_all():
            return None
        return settings_of(self.settings, self.sheet.values(names, self.desk.style)).mail

    def _typed_certificate(self) -> str:
        values = self.sheet.values({"certificate"}, self.desk.style)
        return str(values.get("certificate") or "")

    def _type_certificate(self, path: str) -> None:
        self.sheet.set_state({"certificate": path})

    def save(self) -> None:
        """Keep the company's settings."""
        if not self.sheet.check_all():
            toast(tr(_("Some fields need a look before this can be saved.")))
            return
        values = self.sheet.values(set(self.sheet.boxes), self.desk.style)
        app, before = self.desk.app, self.settings
        wanted = replace(settings_of(before, values), texts=self.texts.texts())
        self.mail.keep(wanted.mail)
        self.certificate.keep(wanted.certificate)

        def write(settings_wanted: Settings) -> None:
            def work() -> Settings:
                from controllers.system import settings

                return app.write(settings.save, settings_wanted)

            tasks.write(work, self._take, self._refused, owner=self)

        write(wanted)
        toast(tr(_("The settings are saved.")), lambda: write(before))

    def _refused(self, error: Exception) -> None:
        if isinstance(error, DomainError):
            self.sheet.show_problems(errors.by_field(error))
        errors.show(error)
