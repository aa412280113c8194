"""Somebody else saved meanwhile: each difference with mine and theirs, and a choice."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QRadioButton, QScrollArea, QWidget

from resources.languages import marked as _
from ui.documents import merging
from ui.documents.merging import Difference
from ui.documents.panels.panel import Panel
from ui.kit import theme, tokens
from ui.kit.language import name, tr
from ui.widgets.parts import button, label

if TYPE_CHECKING:
    from controllers.documents.drafting import Opened
    from ui.documents.session import Session

_MOST_ROWS = 6


class ConflictPanel(Panel):
    """Mine is chosen at first: what was typed here is never taken away unasked."""

    def __init__(self, session: "Session", theirs: "Opened", save: Callable[[], object]) -> None:
        super().__init__(_("Somebody else changed this quotation meanwhile"))
        self._session, self._theirs, self._save = session, theirs, save
        self.differences: Sequence[Difference] = merging.differences(session, theirs.draft)
        self._groups: list[tuple[Difference, QButtonGroup]] = []
        if not self.differences:
            self.add_text(tr(_("Both versions say the same.")))
        self.body.addWidget(self._choices())
        self.add_button(button(_("All mine"), lambda: self.choose(mine=True)))
        self.add_button(button(_("All theirs"), lambda: self.choose(mine=False)))
        primary = button(_("Save this choice"), self.take, role="primary")
        primary.setAutoDefault(True)
        primary.setProperty("first", True)
        self.add_button(primary)

    def _choices(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("role", "paper")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        for column, text in ((1, _("Mine")), (2, _("Theirs"))):
            grid.addWidget(label(text, "heading"), 0, column)
            grid.setColumnStretch(column, 1)
        for at, each in enumerate(self.differences, 1):
            self._add_choice(grid, at, each)
        grid.setRowStretch(len(self.differences) + 1, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        name(area, _("Differences"))
        area.setWidget(inside)
        rows = min(len(self.differences), _MOST_ROWS) + 1
        area.setFixedHeight(rows * theme.row_height(area) + tokens.SMALL)
        return area

    def _add_choice(self, grid: QGridLayout, at: int, each: Difference) -> None:
        caption = label(role="soft")
        caption.setText(each.label)
        grid.addWidget(caption, at, 0)
        group = QButtonGroup(self)
        for column, (text, whose) in enumerate(
            ((each.mine, _("Mine")), (each.theirs, _("Theirs")))
        ):
            choice = QRadioButton(text)
            choice.setAccessibleName(f"{each.label}, {tr(whose)}: {text}")
            choice.setChecked(column == 0)
            group.addButton(choice, column)
            grid.addWidget(choice, at, column + 1)
        self._groups.append((each, group))

    def choose(self, *, mine: bool) -> None:
        """Choose one side everywhere."""
        for _each, group in self._groups:
            group.button(0 if mine else 1).setChecked(True)

    def take(self) -> None:
        """Go on with what was chosen, and save it."""
        taken = {each.key for each, group in self._groups if group.checkedId() == 1}
        merging.merge(self._session, self._theirs, taken)
        self.close_panel()
        self._save()
