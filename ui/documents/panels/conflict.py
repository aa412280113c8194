"""Somebody else saved meanwhile: what goes together does so, the rest is asked."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QRadioButton, QScrollArea, QWidget

from resources.languages import marked as _
from ui.documents import loading, merging
from ui.documents.panels.panel import Panel
from ui.kit import tasks, theme, tokens
from ui.kit.language import name, tr
from ui.widgets.parts import button, label

if TYPE_CHECKING:
    from controllers.documents.drafting import Opened
    from controllers.documents.merging import Clash, Meeting
    from ui.documents.page import DocumentPage
    from ui.documents.session import Session

_MOST_ROWS = 6


def compare(page: "DocumentPage") -> None:
    """Fetch what the others saved; put both together, and ask where that takes a person."""
    app, kind, record_id = page.desk.app, page.kind, page.session.draft.id or 0
    tasks.run(lambda: loading.stored_sheet(app, kind, record_id),
              lambda sheet: _met(page, sheet), page.session.fail, owner=page)  # fmt: skip


def _met(page: "DocumentPage", sheet: loading.Sheet) -> None:
    session, theirs = page.session, sheet.opened
    session.titles |= sheet.titles
    met = merging.meet(session, theirs.draft)
    if met.clashes:
        page.show_panel(ConflictPanel(session, theirs, met, page.save))
        return
    merging.merge(session, theirs, met)
    page.notice.tell(_in_one_sentence(met), "info")


def _in_one_sentence(met: "Meeting") -> str:
    if theirs := merging.theirs_in_words(met):
        return tr(_("Somebody else changed {what}; that stands beside your changes. Look, then "
                    "save again."), what=theirs)  # fmt: skip
    return tr(_("Somebody else saved this too; both versions say the same. Save again."))


class ConflictPanel(Panel):
    """Mine is chosen at first: what was typed here is never taken away unasked."""

    def __init__(
        self, session: "Session", theirs: "Opened", met: "Meeting", save: Callable[[], object]
    ) -> None:
        super().__init__(_("Somebody else changed this quotation meanwhile"))
        self._session, self._theirs, self._save = session, theirs, save
        self.met = met
        self._groups: list[tuple[Clash, QButtonGroup]] = []
        if besides := merging.theirs_in_words(met):
            self.add_text(tr(_("Also changed by them, and kept: {what}."), what=besides))
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
        grid.setHorizontalSpacing(tokens.LARGE)
        for column, text in enumerate((_("Before"), _("Mine"), _("Theirs")), 1):
            grid.addWidget(label(text, "heading"), 0, column)
            grid.setColumnStretch(column, 1)
        for at, each in enumerate(self.met.clashes, 1):
            self._add_choice(grid, at, each)
        grid.setRowStretch(len(self.met.clashes) + 1, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        name(area, _("Differences"))
        area.setWidget(inside)
        rows = min(len(self.met.clashes), _MOST_ROWS) + 1
        area.setFixedHeight(rows * theme.row_height(area) + tokens.SMALL)
        return area

    def _add_choice(self, grid: QGridLayout, at: int, each: "Clash") -> None:
        caption, before = label(role="soft"), label(role="soft", wrap=True)
        caption.setText(merging.label_of(self._session, each))
        before.setText(merging.shown(self._session, each, each.before))
        grid.addWidget(caption, at, 0)
        grid.addWidget(before, at, 1)
        group = QButtonGroup(self)
        for place, (value, whose) in enumerate(
            ((each.mine, _("Mine")), (each.theirs, _("Theirs")))
        ):
            choice = QRadioButton(merging.shown(self._session, each, value))
            choice.setAccessibleName(f"{caption.text()}, {tr(whose)}: {choice.text()}")
            choice.setChecked(place == 0)
            group.addButton(choice, place)
            grid.addWidget(choice, at, place + 2)
        self._groups.append((each, group))

    def choose(self, *, mine: bool) -> None:
        """Choose one side everywhere."""
        for _each, group in self._groups:
            group.button(0 if mine else 1).setChecked(True)

    def take(self) -> None:
        """Go on with what was chosen, and save it."""
        taken = {each for each, group in self._groups if group.checkedId() == 1}
        merging.merge(self._session, self._theirs, self.met, taken)
        self.close_panel()
        self._save()
