"""A panel that asks for a few fields and then does one thing; a refusal stays in it."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPushButton, QWidget

from models.values.errors import DomainError
from models.values.fields import Field
from models.values.money import ZERO
from resources.languages import marked as _
from ui.documents.fields import Caption, ChoiceBox, DayEdit, FigureEdit
from ui.documents.panels.panel import Panel
from ui.documents.rows import RowsTable
from ui.kit import errors, tasks, tokens
from ui.kit.errors import text_of
from ui.kit.language import name, say, tr
from ui.kit.toasts import toast
from ui.widgets.parts import button

if TYPE_CHECKING:
    from ui.documents.handing import AnyPage

_PARTS = 12


class AskPanel(Panel):
    """Fields in rows of twelve parts, a button that does it, and one that does not."""

    def __init__(self, page: "AnyPage", title: str, **facts: object) -> None:
        super().__init__(title, **facts)
        self.page = page
        self.captions: dict[str, Caption] = {}
        self.tables: list[RowsTable] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.MEDIUM)
        self._grid.setVerticalSpacing(tokens.SMALL)
        self._at, self._start = 0, 0
        for part in range(_PARTS):
            self._grid.setColumnStretch(part, 1)
        self.body.addLayout(self._grid)

    # Building

    def ask(self, key: str, label: str, field: QWidget, parts: int = 3) -> QWidget:
        """Place a field; rows wrap after twelve parts."""
        if self._start + parts > _PARTS:
            self._at, self._start = self._at + 1, 0
        made = Caption(label, field)
        self._grid.addWidget(made, self._at, self._start, 1, parts)
        self._start += parts
        self.captions[key] = made
        return field

    def ask_text(self, key: str, label: str, parts: int = 3, text: str = "") -> QLineEdit:
        """A text."""
        field = QLineEdit(text)
        self.ask(key, label, field, parts)
        return field

    def ask_day(self, key: str, label: str, parts: int = 3) -> DayEdit:
        """A day, today at first."""
        field = DayEdit(self.page.desk, is_required=True)
        self.ask(key, label, field, parts)
        field.show_day(self.page.desk.app.clock().date())
        return field

    def ask_figure(self, key: str, field: Field, parts: int = 3, text: str = "") -> FigureEdit:
        """A figure of a described field."""
        made = FigureEdit(self.page.desk, field)
        self.ask(key, field.label, made, parts)
        made.setText(text)
        return made

    def ask_choice(
        self, key: str, label: str, choices: tuple[tuple[str, str], ...], first: str = "",
        parts: int = 3,
    ) -> ChoiceBox:  # fmt: skip
        """One of a few."""
        field = ChoiceBox(choices)
        self.ask(key, label, field, parts)
        field.show_code(first)
        return field

    def add_check(self, text: str, *, is_on: bool = False) -> QCheckBox:
        """A yes or no."""
        made = QCheckBox()
        say(made, "setText", text)
        name(made, text)
        made.setChecked(is_on)
        self.body.addWidget(made)
        return made

    def add_table(self, table: RowsTable) -> None:
        """Lines to type into."""
        self.tables.append(table)
        self.body.addWidget(table)

    def add_primary(self, text: str, slot: Callable[[], object], icon: str) -> QPushButton:
        """The button of Ctrl+Enter."""
        return self.add_button(button(text, slot, icon=icon, role="primary", tone="on_accent"))

    # Reading

    def figure(self, field: FigureEdit, key: str) -> Decimal:
        """What stands in a figure's field; DomainError is shown at it and raised on."""
        return Decimal(self._read(field.read, field.text(), key) or ZERO)

    def day(self, field: DayEdit, key: str) -> Any:
        """What stands in a day's field."""
        return self._read(field.read, field.text(), key)

    def _read(self, read: Callable[[str], Any], text: str, key: str) -> Any:
        try:
            value = read(text)
        except DomainError as error:
            self.captions[key].set_problem(text_of(error))
            self.captions[key].field.setFocus()
            raise
        self.captions[key].set_problem("")
        return value

    def quantity(self, text: str) -> Decimal:
        """A quantity typed into a table; an empty cell is none."""
        return self.page.desk.style.parse_number(text, "quantity") if text.strip() else ZERO

    # Doing

    def confirm(self) -> None:
        """Take over what is being typed, then do what the first button does."""
        for table in self.tables:
            table.commit()
        super().confirm()

    def do(self, work: Callable[[], Any], done: Callable[[Any], object], told: str = "") -> None:
        """Write in the background; the panel closes once that went well."""
        self.show_problem("")

        def after(answer: Any) -> None:
            self.page.session.reload(force=True)
            self.close_panel()
            if told:
                toast(told)
            done(answer)

        tasks.write(work, after, self.refuse, owner=self)

    def refuse(self, error: Exception) -> None:
        """Say why it was refused; what was typed stays."""
        if not isinstance(error, DomainError):
            errors.show(error)
            return
        for each in self.captions.values():
            each.set_problem("")
        if error.field in self.captions:
            self.captions[error.field].set_problem(text_of(error))
            self.captions[error.field].field.setFocus()
        else:
            self.show_problem(text_of(error))

    def refuse_file(self, path: Path) -> bool:
        """Say so where a file cannot be kept, before anything is done."""
        from controllers.documents.attachments import LARGEST

        size = path.stat().st_size if path.is_file() else 0
        is_wrong = not 0 < size <= LARGEST
        message = _("{name} is empty or larger than {most} MB; put a smaller file there.")
        self.show_problem(tr(message, name=path.name, most=LARGEST // 2**20) if is_wrong else "")
        return is_wrong

    def add_keep(self, text: str = _("Cancel")) -> QPushButton:
        """The button that leaves everything as it is."""
        return self.add_button(button(text, self.close_panel))
