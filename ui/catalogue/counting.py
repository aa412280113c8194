"""Counting in the window: the sheet goes out, the file comes in, and what differs is booked."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame

from models.values.errors import DomainError
from resources.languages import marked as _
from ui.catalogue.lines import Heading, LinesModel, Shown
from ui.kit import actions, errors, tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import language, name, say, tr
from ui.kit.toasts import toast
from ui.system.rows_table import RowsTable
from ui.widgets.lookup import LinkEdit
from ui.widgets.parts import button, column, label, row

if TYPE_CHECKING:
    from controllers.catalogue.counts import Posted, Preview

_HEADINGS = (
    Heading(_("Product"), 0.24), Heading(_("Lot"), 0.11),
    Heading(_("On hand"), 0.09, is_figure=True), Heading(_("Counted"), 0.09, is_figure=True),
    Heading(_("Difference"), 0.09, is_figure=True), Heading(_("What to know"), 0.38),
)  # fmt: skip

_HOW = _("Print the sheet, or fill it in as a workbook, then open it here: you see every "
         "difference before it is booked.")  # fmt: skip
_NO_NUMBER = _("The file does not say which sheet it is, so nobody knows what moved since it was "
               "printed.")  # fmt: skip


class Counting(QFrame):
    """A warehouse, its sheet, and the preview of a counted file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.preview: Preview | None = None
        self.warehouse = LinkEdit(desk.app.listing, "warehouse")
        self.blind = QCheckBox()
        self.model = LinesModel(_HEADINGS)
        self.table = RowsTable(self.model, _("Differences"), [each.part for each in _HEADINGS])
        self.told = label(role="soft", wrap=True)
        self.problem = label(role="problem", wrap=True)
        self.post_button = button(_("Book the count"), self.post, role="primary")
        self._build()
        self.setAcceptDrops(True)
        book = actions.add(self, "count.post", _("Book the count"), self.post, "Ctrl+Return",
                           icon="ph.check", context="form")  # fmt: skip
        actions.offer(desk, "stock.change", self.post_button, book)

    def _build(self) -> None:
        name(self.warehouse, _("Warehouse"))
        say(self.warehouse, "setPlaceholderText", _("The company's usual warehouse"))
        self.warehouse.setFixedWidth(tokens.POPUP // 2)
        say(self.blind, "setText", _("Without book quantities"))
        name(self.blind, _("Without book quantities"))
        self.blind.setChecked(True)
        self.post_button.setEnabled(False)
        caption = label(_("Warehouse"), "heading")
        caption.setBuddy(self.warehouse)
        sheet = row(
            caption, self.warehouse, self.blind,
            button(_("Sheet as PDF …"), lambda: self.ask_sheet("pdf"), icon="ph.file-pdf"),
            button(_("Sheet for Excel …"), lambda: self.ask_sheet("xlsx"), icon="ph.table"),
            1, button(_("Open a counted file …"), self.ask_file, icon="ph.upload-simple"),
        )  # fmt: skip
        layout = column(gap=tokens.MEDIUM)
        layout.addLayout(sheet)
        layout.addWidget(self.problem)
        layout.addWidget(self.told)
        layout.addWidget(self.table, 1)
        layout.addLayout(row(1, self.post_button))
        self.problem.hide()
        say(self.told, "setText", _HOW)
        self.setLayout(layout)

    # The sheet

    def ask_sheet(self, suffix: str) -> None:
        """Write the sheet to a file a person names."""
        start = str(Path.home() / f"{tr(_('Count'))}.{suffix}")
        chosen, _form = QFileDialog.getSaveFileName(self, tr(_("Count sheet")), start)
        if chosen:
            self.save_sheet(Path(chosen).with_suffix(f".{suffix}"))

    def save_sheet(self, path: Path) -> None:
        """Write the sheet of the warehouse."""
        app, place, is_blind = self.desk.app, self.warehouse.key, self.blind.isChecked()
        words = language()

        def work() -> str:
            from controllers.catalogue import counts

            return counts.save_sheet(app, path, place, is_blind=is_blind, language=words)

        tasks.run(work, lambda number: toast(
            tr(_("Sheet {number} is saved as {name}."), number=number, name=path.name)
        ), self.refuse, owner=self)  # fmt: skip

    # The file

    def ask_file(self) -> None:
        """Open a counted file a person names."""
        chosen, _form = QFileDialog.getOpenFileName(
            self, tr(_("Counted file")), str(Path.home()), "*.xlsx *.csv *.xls *.ods"
        )
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, path: Path) -> None:
        """Show what a counted file would change."""
        app, place, style = self.desk.app, self.warehouse.key, self.desk.style
        self.problem.hide()

        def work() -> Any:
            from controllers.catalogue import counts

            return app.read(counts.read, path, place, style=style)

        tasks.run(work, self.show_preview, self.refuse, key=(id(self), "file"), owner=self)

    def show_preview(self, preview: "Preview") -> None:
        """Show the differences; rows that were not understood come first."""
        self.preview = preview
        rejected = [
            Shown((each.text or tr(_("Row {row}"), row=each.row), "", "", "", "",
                   errors.text_of(each.reason)), "bad")
            for each in preview.rejected
        ]  # fmt: skip
        self.model.take([*rejected, *(self._line(each) for each in preview.differing)])
        count = self.desk.style.number
        told = tr(
            _("{warehouse}: {counted} counted, {differing} differ, {rejected} not understood, "
              "{uncounted} left empty."),
            warehouse=preview.warehouse, counted=count(len(preview.lines)),
            differing=count(len(preview.differing)), rejected=count(len(preview.rejected)),
            uncounted=count(preview.uncounted),
        )  # fmt: skip
        if not preview.number:
            told += " " + tr(_NO_NUMBER)
        self.told.setText(told)
        self.post_button.setEnabled(bool(preview.differing))

    def _line(self, each: Any) -> Shown:
        style = self.desk.style
        moved = tr(_("{count} moved since the sheet was printed"), count=style.number(each.moved))
        sign = "+" if each.difference > 0 else ""
        return Shown(
            (f"{each.sku} · {each.name}", each.count.lot, style.number(each.there),
             style.number(each.count.counted), sign + style.number(each.difference),
             " · ".join(filter(None, (moved if each.moved else "", each.count.note)))),
            "warn" if each.moved else "",
        )  # fmt: skip

    def post(self) -> None:
        """Book what differs, all of it in one."""
        preview = self.preview
        if preview is None or not self.post_button.isEnabled():
            return
        app = self.desk.app
        self.post_button.setEnabled(False)

        def work() -> Any:
            from controllers.catalogue import counts

            return app.write(
                counts.post, preview.warehouse, preview.counts, number=preview.number
            )  # fmt: skip

        tasks.write(work, self._posted, self.refuse, owner=self)

    def _posted(self, posted: "Posted") -> None:
        self.preview = None
        self.model.take(())
        count = self.desk.style.number(len(posted.lines))
        self.told.setText(tr(_("{count} differences are booked."), count=count))
        toast(tr(_("{count} differences are booked."), count=count))

    def refuse(self, error: Exception) -> None:
        """Say why nothing was read or booked."""
        self.post_button.setEnabled(bool(self.preview and self.preview.differing))
        if isinstance(error, DomainError):
            self.problem.setText(errors.text_of(error))
            self.problem.show()
        else:
            errors.show(error)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(each.isLocalFile() for each in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [each.toLocalFile() for each in event.mimeData().urls() if each.isLocalFile()]
        if paths:
            self.open_file(Path(paths[0]))
            event.acceptProposedAction()
