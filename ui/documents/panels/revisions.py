"""The revisions of a quotation: open one, or see what changed between two."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

from models.values.states import QUOTATION_STATES
from resources.languages import marked as _
from ui.documents import handing
from ui.documents.panels.panel import Panel, table
from ui.kit import tasks
from ui.kit.language import tr
from ui.widgets.parts import button

if TYPE_CHECKING:
    from controllers.documents.comparison import Comparison
    from controllers.documents.revisions import Revision
    from ui.documents.page import DocumentPage

_HEADS = (_("Revision"), _("State"), _("Date"), _("Total"), _("Why it was revised"))


def show(page: "DocumentPage") -> None:
    """Fetch the revisions and show them in the page."""
    app, key = page.desk.app, page.session.draft.id or 0

    def work() -> "tuple[Revision, ...]":
        from controllers.documents import revisions

        return app.read(revisions.revisions, key)

    tasks.run(work, lambda found: page.show_panel(RevisionsPanel(page, found)),
              page.session.fail, owner=page)  # fmt: skip


class RevisionsPanel(Panel):
    """The newest first; Enter opens one."""

    def __init__(self, page: "DocumentPage", found: "Sequence[Revision]") -> None:
        super().__init__(_("Revisions"))
        self._page, self._found = page, found
        self.table = table(_("Revisions"), _HEADS, [self._row(each) for each in found])
        self.table.setProperty("first", True)
        self.table.activated.connect(self._open)
        self.table.selectRow(0)
        self.body.addWidget(self.table)
        self._compare = self.add_button(
            button(_("Compare with the one before"), self.compare, icon="ph.arrows-left-right")
        )
        self.add_button(button(_("Open"), self._open, icon="ph.arrow-square-out"))
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self._chosen()

    def _row(self, each: "Revision") -> list[str]:
        style = self._page.session.style
        return [
            str(each.revision), tr(QUOTATION_STATES.labels[each.state]), style.day(each.date),
            f"{each.currency} {style.number(each.total)}", each.note,
        ]  # fmt: skip

    def _at(self) -> int:
        return max(0, self.table.currentIndex().row())

    def _chosen(self, _now: object = None, _before: object = None) -> None:
        self._compare.setEnabled(self._at() + 1 < len(self._found))

    def _open(self, _index: QModelIndex | None = None) -> None:
        self._page.desk.open_record("quotation", self._found[self._at()].id)

    def compare(self) -> None:
        """Show what changed since the revision before."""
        page, key = self._page, self._page.session.draft.id or 0
        second, first = (each.revision for each in self._found[self._at() : self._at() + 2])

        def work() -> "Comparison":
            from controllers.documents import comparison

            return page.desk.app.read(comparison.compare, key, first, second)

        def done(found: "Comparison") -> None:
            page.show_panel(ComparisonPanel(page, found, lambda: show(page)))

        tasks.run(work, done, page.session.fail, owner=page)


class ComparisonPanel(Panel):
    """What changed, line by line and figure by figure."""

    def __init__(
        self, page: "DocumentPage", found: "Comparison", back: Callable[[], object]
    ) -> None:
        from ui.documents import differences

        before, after = found.before.draft.revision, found.after.draft.revision
        super().__init__(_("What changed from revision {before} to {after}"), before=before,
                         after=after)  # fmt: skip
        rows = differences.rows(page.session, found)
        if rows:
            self.table = table(_("What changed"), differences.HEADS, rows)
            self.table.setProperty("first", True)
            self.body.addWidget(self.table)
        else:
            self.add_text(tr(_("Both revisions say the same.")))
        self.add_button(button(_("All revisions"), back, icon="ph.arrow-left"))
        self.add_button(button(_("Page for the customer"), icon="ph.file-pdf",
                               slot=lambda: handing.save_changes(page, before, after)))  # fmt: skip
