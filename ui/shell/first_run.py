"""The first page a new desk sees: who the company is, or a look around with demo data."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from models.values.settings import Settings
from resources.languages import LANGUAGES
from resources.languages import marked as _
from ui.kit import tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import language, name, set_language, tr
from ui.kit.toasts import toast
from ui.shell.company_fields import FIRST, settings_of
from ui.widgets.parts import button, column, icon_label, label, row
from ui.widgets.record_form.sheet import Sheet


class FirstRun(QWidget):
    """Three answers and the desk can work."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.sheet = Sheet(desk, FIRST)
        self.sheet.set_state({"country": "ID"})
        self.start_button = button(_("Start"), self.start, role="primary")
        self.demo_button = button(_("Look around with demo data"), self.look_around)
        self.shared_button = button(
            _("Work on a shared database …"), lambda: self.desk.open_list("connection"),
            icon="ph.database",
        )  # fmt: skip
        words = label(
            _("Tell Saudagar who you are. Currency, tax and language follow from the country; "
              "everything can be changed later in Settings."),
            "soft", wrap=True,
        )  # fmt: skip
        inside = QFrame()
        inside.setMaximumWidth(tokens.FORM)
        head = row(
            icon_label("ph.handshake", "accent", tokens.ICON_LARGE), label(_("Welcome"), "title"),
            1, self._languages(), gap=tokens.MEDIUM,
        )  # fmt: skip
        inner = column(gap=tokens.LARGE)
        inner.addLayout(head)
        inner.addWidget(words)
        inner.addWidget(self.sheet)
        inner.addLayout(row(self.demo_button, self.shared_button, 1, self.start_button))
        inner.addStretch(1)
        inside.setLayout(inner)
        outer = row(gap=0, margin=tokens.WIDE)
        outer.addWidget(inside, 1, Qt.AlignmentFlag.AlignTop)
        outer.addStretch(0)
        self.setLayout(outer)

    def _languages(self) -> QComboBox:
        box = QComboBox()
        for code, words in LANGUAGES.items():
            box.addItem(words, code)
        box.setCurrentIndex(box.findData(language()))
        name(box, _("Language"))
        box.activated.connect(lambda _at: self._speak(box.currentData()))
        return box

    def _speak(self, code: str) -> None:
        self.desk.preferences.set("language", code)
        set_language(code)

    def start(self) -> None:
        """Keep the company and begin."""
        if not self.sheet.check_all():
            return
        values: dict[str, Any] = self.sheet.values(set(self.sheet.boxes), self.desk.style)
        app = self.desk.app

        def work() -> Settings:
            from controllers.system import opening, settings

            usual = opening.settings_for(str(values["country"]))
            return app.write(settings.save, settings_of(usual, values))

        tasks.write(work, self._begin, owner=self)

    def _begin(self, settings: Settings) -> None:
        toast(tr(_("Welcome, {company}.")).format(company=settings.company))
        self.desk.open_list("today")

    def look_around(self) -> None:
        """Fill the database with demo data, as a job."""
        app = self.desk.app
        self.demo_button.setEnabled(False)

        def work(_task: tasks.Task) -> None:
            from controllers.system import demo, settings

            app.write(settings.save, demo.COMPANY)
            demo.fill(app)

        def done(_answer: object) -> None:
            self.desk.open_list("today")

        tasks.job(tr(_("Making demo data")), work, done, self._failed, owner=self)

    def _failed(self, error: Exception) -> None:
        from ui.kit import errors

        self.demo_button.setEnabled(True)
        errors.show(error)
