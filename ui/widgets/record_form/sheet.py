"""The fields of a form in their sections, each with its label, editor and problem."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from models.values.errors import DomainError
from models.values.fields import Field, RecordKind, Section
from models.values.formatting import Style
from models.values.permissions import change
from resources.languages import marked as _
from ui.kit import tokens
from ui.kit.desk import Desk
from ui.kit.errors import text_of
from ui.kit.language import on_language, tr
from ui.widgets.parts import card, column, label
from ui.widgets.record_form.editors import Editor, Raw, editor_for, value_of


class FieldBox(QWidget):
    """Label above, editor, problem below."""

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self.editor = editor
        self._caption = label(role="heading")
        self._problem: QLabel = label(role="problem", wrap=True)
        self._problem.hide()
        layout = column(self._caption, editor.control, self._problem, gap=tokens.TINY)
        layout.addStretch(1)
        self.setLayout(layout)
        self._caption.setBuddy(editor.control)
        on_language(self._reword)

    def _reword(self) -> None:
        field = self.editor.field
        if isinstance(self.editor.control, QCheckBox):
            self._caption.setText(" ")
            return
        self._caption.setText(tr(field.label) + (" *" if field.required else ""))

    def show_problem(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self.editor.show_problem(text)


class Sheet(QWidget):
    """All fields of a kind."""

    edited = Signal(str)
    """A person changed this field."""

    def __init__(self, desk: Desk, kind: RecordKind) -> None:
        super().__init__()
        self.kind = kind
        self._desk = desk
        self.boxes: dict[str, FieldBox] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.MEDIUM)
        for section in kind.layout or (_everything(kind),):
            layout.addWidget(self._section(section))
        layout.addStretch(1)

    def _section(self, section: Section) -> QWidget:
        frame = card()
        frame.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        layout = column(label(section.title, "section"), gap=tokens.MEDIUM, margin=tokens.LARGE)
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.LARGE)
        grid.setVerticalSpacing(tokens.MEDIUM)
        hidden = self._desk.hides_cost
        rows = [
            [each for each in line if not (self.kind[each].restricted and hidden)]
            for line in section.rows
        ]
        wide = max(len(line) for line in rows)
        parts = 6 if wide > 1 else 1
        for at, line in enumerate(rows):
            span = parts // max(1, len(line))
            for place, name in enumerate(line):
                grid.addWidget(self._box(self.kind[name]), at, place * span, 1, span)
        for part in range(parts):
            grid.setColumnStretch(part, 1)
        layout.addLayout(grid)
        frame.setLayout(layout)
        return frame

    def _box(self, field: Field) -> FieldBox:
        """A field nobody with this role may change can be read and copied."""
        if not self._desk.may(change(self.kind.name)):
            field = field._replace(read_only=True)
        editor = editor_for(field, self._desk)
        editor.setParent(self)
        box = self.boxes[field.name] = FieldBox(editor)
        editor.edited.connect(lambda: self.edited.emit(field.name))
        editor.left.connect(lambda: self.check(field.name))
        return box

    def state(self) -> dict[str, Raw]:
        """What stands in every field."""
        return {name: box.editor.raw() for name, box in self.boxes.items()}

    def set_state(self, state: dict[str, Raw], titles: dict[str, str] | None = None) -> None:
        """Put something into every field."""
        for name, raw in state.items():
            if name in self.boxes:
                self.boxes[name].editor.set_raw(raw, (titles or {}).get(name, ""))

    def check(self, name: str) -> bool:
        """Show what is wrong with one field as it stands; True where nothing is."""
        box = self.boxes[name]
        try:
            value = value_of(box.editor.field, box.editor.raw(), self._desk.style)
            missing = box.editor.field.required and value is None
            box.show_problem(tr(_("Fill this in.")) if missing else "")
        except DomainError as error:
            box.show_problem(text_of(error))
            return False
        return not missing

    def check_all(self) -> bool:
        """Show every problem; True where there is none."""
        fine = True
        for name, box in self.boxes.items():
            if not box.editor.field.read_only:
                fine = self.check(name) and fine
        return fine

    def check_typing(self, name: str) -> None:
        """While typing only a problem that stands already may change."""
        box = self.boxes[name]
        try:
            value_of(box.editor.field, box.editor.raw(), self._desk.style)
            box.show_problem("")
        except DomainError as error:
            box.show_problem(text_of(error))

    def show_problems(self, problems: dict[str, str]) -> str:
        """Show problems at their fields and go to the first; answers what has no field here."""
        for name, box in self.boxes.items():
            box.show_problem(problems.get(name, ""))
        first = next((each for each in self.boxes if each in problems), None)
        if first:
            self.boxes[first].editor.control.setFocus()
        return " ".join(text for name, text in problems.items() if name not in self.boxes)

    def values(self, names: set[str], style: Style) -> dict[str, object]:
        """The typed values of these fields."""
        return {
            name: value_of(box.editor.field, box.editor.raw(), style)
            for name, box in self.boxes.items()
            if name in names
        }


def _everything(kind: RecordKind) -> Section:
    names = [each.name for each in kind.fields if not each.read_only]
    rows = tuple(tuple(names[at : at + 2]) for at in range(0, len(names), 2))
    return Section(kind.label, rows)
