"""How a bank's file is read: its mapping, kept or by hand, and the habits of figures and days."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from resources.languages import marked as _
from ui.insight.options import Labelled
from ui.kit import tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import language, name, tr
from ui.kit.toasts import toast
from ui.system.import_choices import Choices
from ui.system.mapping import MappingTable

if TYPE_CHECKING:
    from controllers.system.imports import Request
    from controllers.system.imports.statement import Statement


class Reading(QObject):
    """The choices above the page and the table of columns; `changed` tells to look anew."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.choices, self.mapping = Choices("payment"), MappingTable()
        self.currency = QLineEdit()
        self.currency.setFixedWidth(tokens.HUGE + tokens.WIDE)
        name(self.currency, _("Currency"))
        self.choices.flow.addWidget(Labelled(_("Currency"), self.currency))
        self.told: dict[str, str] = {}
        """By heading, the field a person gave it; "-" leaves it out."""
        self._statement: Statement | None = None
        self._fields: list[tuple[str, str, bool]] = []
        self.choices.changed.connect(self.changed)
        self.currency.textEdited.connect(self._on_currency)
        self.choices.profile_chosen.connect(self._on_profile)
        self.choices.keep_asked.connect(self._keep)
        self.mapping.rows.chosen.connect(self._on_field)
        self._load()

    def _load(self) -> None:
        app = self._desk.app

        def work() -> tuple[list[tuple[str, str, bool]], list[str]]:
            from controllers.system import imports
            from controllers.system.imports import statement

            return statement.possible_fields(), list(app.read(imports.profiles, statement.KIND))

        tasks.run(work, lambda found: self._take(*found), key=(id(self), "fields"), owner=self)

    def _take(self, fields: list[tuple[str, str, bool]], profiles: list[str]) -> None:
        self._fields = fields
        self.choices.set_profiles(profiles)
        self.changed.emit()

    def request(self) -> "Request | None":
        """How the file is to be read; None without one."""
        choices = self.choices
        if choices.path is None:
            return None
        from controllers.system import imports

        return imports.Request(
            "payment", choices.path, dict(self.told), self._fixed(), choices.profile_name,
            decimals=str(choices.decimals.currentData() or ""),
            dates=str(choices.dates.currentData() or ""),
            sheet=choices.sheet_name, language=language(),
        )  # fmt: skip

    def _on_currency(self, text: str) -> None:
        """Look once it is whole, or gone."""
        if len(text.strip()) in (0, 3):
            self.changed.emit()

    def _fixed(self) -> dict[str, str]:
        """The currency of every line, where one is named; else the file's, else the company's."""
        typed = self.currency.text().strip().upper()
        return {"currency": typed} if typed else {}

    def show(self, found: "Statement") -> None:
        """Show what the file's columns mean."""
        self._statement = found
        self.choices.set_sheets(found.sheets)
        self.mapping.rows.take(found.columns, tuple(self._fields))
        if not self.currency.hasFocus():
            self.currency.setText(dict(found.fixed).get("currency", ""))

    def _on_profile(self) -> None:
        self.told.clear()
        self.currency.clear()
        self.changed.emit()

    def _on_field(self, heading: str, field: str) -> None:
        """A field means one column: the one it was taken from is left out."""
        for each in self._statement.columns if self._statement else ():
            if field != "-" and each.field == field and each.heading != heading:
                self.told[each.heading] = "-"
        self.told[heading] = field
        self.changed.emit()

    def _keep(self, name: str) -> None:
        if self._statement is None:
            return
        app, choices = self._desk.app, self.choices
        value = {
            "map": {each.heading: each.field or "-" for each in self._statement.columns},
            "set": self._fixed(), "decimals": choices.decimals.currentData(),
            "dates": choices.dates.currentData(),
        }  # fmt: skip

        def work() -> None:
            from controllers.system import imports

            app.write(imports.save_profile, name, "payment", value)

        def done(_nothing: None) -> None:
            toast(tr(_("The mapping is kept as {name}."), name=name))
            self._load()

        tasks.write(work, done, owner=self)
