"""Somebody else changed the record meanwhile: mine, theirs and before, field by field."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QRadioButton

from models.values.fields import RecordKind
from resources.languages import marked as _
from ui.kit import tokens
from ui.kit.language import tr
from ui.widgets.parts import button, column, icon_label, label, row
from ui.widgets.record_form.editors import Raw, shown_raw

State = dict[str, Raw]


def clashes(before: State, mine: State, theirs: State) -> list[str]:
    """The fields both changed, to different values."""
    return [
        each
        for each in before
        if theirs[each] != before[each]
        and mine[each] != before[each]
        and mine[each] != theirs[each]
    ]


def merged(before: State, mine: State, theirs: State) -> State:
    """Everything either changed; where both did, mine."""
    return {each: mine[each] if mine[each] != before[each] else theirs[each] for each in before}


class Conflict(QFrame):
    """Lets a person choose for each field that both changed."""

    def __init__(
        self,
        kind: RecordKind,
        before: State,
        mine: State,
        theirs: State,
        take: Callable[[State], None],
    ) -> None:
        super().__init__()
        self.setProperty("tone", "warn")
        self._mine, self._theirs = mine, theirs
        self._all = merged(before, mine, theirs)
        self._take = take
        self._groups: dict[str, QButtonGroup] = {}
        words = label(
            _("Somebody else saved this record while you were typing. Choose what holds."),
            "strong",
            wrap=True,
        )
        head = row(icon_label("ph.warning", "warn"), words)
        head.setStretch(1, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.LARGE)
        for at, title in enumerate((_("Field"), _("Before"), _("Mine"), _("Theirs"))):
            grid.addWidget(label(title, "heading"), 0, at)
        for at, name in enumerate(clashes(before, mine, theirs), 1):
            self._add(grid, at, kind, name, before[name])
        layout = column(margin=tokens.MEDIUM)
        layout.addLayout(head)
        layout.addLayout(grid)
        layout.addLayout(row(1, button(_("Take these"), self.apply, role="primary")))
        self.setLayout(layout)

    def _add(self, grid: QGridLayout, at: int, kind: RecordKind, name: str, before: Raw) -> None:
        field = kind[name]
        caption, old = label(), label(role="soft", wrap=True)
        caption.setText(tr(field.label))
        old.setText(shown_raw(field, before))
        mine = QRadioButton(shown_raw(field, self._mine[name]))
        theirs = QRadioButton(shown_raw(field, self._theirs[name]))
        mine.setAccessibleName(f"{tr(field.label)}: {tr(_('Mine'))} {mine.text()}")
        theirs.setAccessibleName(f"{tr(field.label)}: {tr(_('Theirs'))} {theirs.text()}")
        group = QButtonGroup(self)
        group.addButton(mine, 0)
        group.addButton(theirs, 1)
        mine.setChecked(True)
        self._groups[name] = group
        for place, widget in enumerate((caption, old, mine, theirs)):
            grid.addWidget(widget, at, place)

    def choose(self, name: str, *, theirs: bool) -> None:
        """Choose for one field."""
        self._groups[name].button(int(theirs)).setChecked(True)

    def apply(self) -> None:
        """Hand over what holds; it is saved by the next save."""
        chosen = {
            name: self._theirs[name] if group.checkedId() == 1 else self._mine[name]
            for name, group in self._groups.items()
        }
        self._take(self._all | chosen)
