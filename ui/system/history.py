"""The imports there were, each of which can be taken back."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from controllers.core.catalogue import KINDS
from resources.languages import marked as _
from ui.insight.cells import TONE
from ui.kit import actions, errors, tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import tr
from ui.kit.toasts import toast
from ui.system.rows_table import RowsTable
from ui.widgets import pills
from ui.widgets.headed_model import NONE, HeadedModel, Index
from ui.widgets.parts import button, column, label, row

if TYPE_CHECKING:
    from controllers.system.imports import ImportRun

_ROLE = Qt.ItemDataRole
_HEADINGS = (_("Number"), _("When"), _("Who"), _("Kind"), _("File"), _("New"), _("Changed"),
             _("State"))  # fmt: skip
_PARTS = (0.07, 0.16, 0.12, 0.13, 0.24, 0.08, 0.08, 0.12)
_FIGURES = (0, 5, 6)


class HistoryModel(HeadedModel):
    """The imports, newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_HEADINGS, _FIGURES)
        self._desk = desk
        self.runs: list[ImportRun] = []

    def take(self, runs: "list[ImportRun]") -> None:
        """Show other imports."""
        self.beginResetModel()
        self.runs = runs
        self.endResetModel()

    def rowCount(self, parent: Index = NONE) -> int:
        return len(self.runs)

    def texts(self, run: "ImportRun") -> tuple[str, ...]:
        """One import as it is shown."""
        style, local = self._desk.style, run.at.astimezone()
        when = f"{style.day(local.date())} {local:%H:%M}"
        kind = tr(KINDS[run.kind].plural) if run.kind in KINDS else run.kind
        return (str(run.id), when, run.who, kind, run.file, style.number(run.created),
                style.number(run.updated), self.state(run))  # fmt: skip

    @staticmethod
    def state(run: "ImportRun") -> str:
        """Whether it stands or was taken back."""
        return tr(_("Taken back")) if run.undone_at else tr(_("In place"))

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        run, at = self.runs[index.row()], index.column()
        if at == len(_HEADINGS) - 1 and role == _ROLE.DecorationRole:
            tone, icon = ("quiet", "ph.arrow-counter-clockwise") if run.undone_at else (
                "good", "ph.check")  # fmt: skip
            return pills.in_cell(self.state(run), icon, tone)
        if role == _ROLE.AccessibleTextRole:
            return self.texts(run)[at]
        if role == _ROLE.DisplayRole:
            return "" if at == len(_HEADINGS) - 1 else self.texts(run)[at]
        if role == TONE:
            return "soft" if run.undone_at else "ink"
        return self.alignment(at) if role == _ROLE.TextAlignmentRole else None


class History(QWidget):
    """All imports, with a button to take one back."""

    undone = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.model = HistoryModel(desk)
        self.table = RowsTable(self.model, _("Imports so far"), _PARTS)
        self._undo = button(_("Take back"), self.undo_chosen, icon="ph.arrow-counter-clockwise")
        self._problem = label(role="problem", wrap=True)
        self._empty = label(
            _("Nothing was imported yet. Every import appears here and can be taken back."), "soft",
            wrap=True,
        )  # fmt: skip
        actions.offer(desk, "imports.run", self._undo)
        bottom = row(self._problem, self._undo, gap=tokens.MEDIUM)
        bottom.setStretch(0, 1)
        layout = column(self._empty, self.table, gap=tokens.MEDIUM)
        layout.addLayout(bottom)
        self.setLayout(layout)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self._on_row()

    def load(self) -> None:
        """Read the imports anew."""
        app = self._desk.app

        def work() -> "list[ImportRun]":
            from controllers.system import imports

            return app.read(imports.history)

        tasks.run(work, self._take, key=(id(self), "history"), owner=self)

    def _take(self, runs: "list[ImportRun]") -> None:
        row_ = max(0, self.table.currentIndex().row())
        self.model.take(runs)
        self._empty.setVisible(not runs)
        self.table.setVisible(bool(runs))
        if runs:
            self.table.setCurrentIndex(self.model.index(min(row_, len(runs) - 1), 0))
        self._on_row()

    def chosen(self) -> "ImportRun | None":
        """The import of the cursor."""
        at = self.table.currentIndex().row()
        return self.model.runs[at] if 0 <= at < len(self.model.runs) else None

    def _on_row(self, *_rows: object) -> None:
        run = self.chosen()
        self._undo.setEnabled(run is not None and run.undone_at is None)
        self._problem.setText("")

    def undo_chosen(self) -> None:
        """Take the import of the cursor back."""
        run = self.chosen()
        if run is not None and run.undone_at is None:
            undo(self._desk, run.id, self, self._on_undone, self._refuse)

    def _on_undone(self) -> None:
        run = self.chosen()
        self.load()
        if run:
            self.undone.emit(run.id)

    def _refuse(self, text: str) -> None:
        self._problem.setText(text)


def undo(desk: Desk, run: int, owner: QWidget, on_done: Any, refuse: Any) -> None:
    """Take an import back in the background and say so; a refusal is told to `refuse`."""
    app = desk.app

    def work() -> dict[str, int]:
        from controllers.system import imports

        return app.write(imports.undo, run)

    def done(counts: dict[str, int]) -> None:
        removed, restored = (desk.style.number(counts[each]) for each in ("removed", "restored"))
        words = _("Import {run} is taken back: {removed} removed, {restored} put back.")
        toast(tr(words, run=run, removed=removed, restored=restored))
        on_done()

    tasks.write(work, done, lambda error: refuse(errors.text_of(error)), owner=owner)
