"""What can be done with the rows of a list: copy, export, print, archive and bring back."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog

from resources.languages import marked as _
from ui.kit import tasks
from ui.kit.language import language, tr
from ui.kit.toasts import toast
from ui.widgets.record_list.copying import table_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from controllers.insight.sources import Answer
    from ui.widgets.record_list.page import ListPage

_LONG = 2_000


def copy(page: "ListPage") -> None:
    """Put the selected rows on the clipboard; many of them as a job that can be cancelled."""
    ids = page.table.selected_ids()
    if not ids:
        return
    listing, query, style = page.desk.app.listing, page.model.query, page.desk.style
    labels = [tr(field.label) for field in page.model.fields]

    def work(task: tasks.Task) -> str:
        return table_text(listing, query, ids, labels, style, task)

    def done(text: str) -> None:
        QApplication.clipboard().setText(text)
        count = style.number(len(ids))
        toast(tr(_("{count} rows copied; paste them into a table or a mail."), count=count))

    if len(ids) > _LONG:
        tasks.job(tr(_("Copying")), work, done, owner=page)
    else:
        short = tasks.Task(lambda: None, None, None, None, None)
        tasks.run(lambda: work(short), done, owner=page)


def export(page: "ListPage", suffix: str) -> None:
    """Write exactly what is shown to a file a person names."""
    title = tr(page.kind.plural)
    forms = {"xlsx": tr(_("Excel workbook")), "csv": tr(_("CSV table"))}
    start = str(Path.home() / f"{title}.{suffix}")
    chosen, _form = QFileDialog.getSaveFileName(
        page, tr(_("Export")), start, f"{forms[suffix]} (*.{suffix})"
    )
    if chosen:
        export_to(page, Path(chosen).with_suffix(f".{suffix}"))


def export_to(page: "ListPage", path: Path) -> None:
    """Write what is shown to a file, as a job."""
    app, query, words = page.desk.app, page.model.query, language()

    def work(task: tasks.Task) -> "Answer[int]":
        from controllers.insight import exports, sources

        def progress(rows: int) -> bool:
            task.done = rows
            return task.is_wanted()

        return sources.answered(
            app, lambda at: exports.export_list(at, query, path, words, progress)
        )

    def done(answer: "Answer[int]") -> None:
        note = answer.told(language())
        toast(" ".join(filter(None, (tr(_("Saved as {name}."), name=path.name), note))))

    tasks.job(tr(_("Export to {name}"), name=path.name), work, done, owner=page)


def print_papers(page: "ListPage") -> None:
    """Ask for a file, and write the papers of the chosen rows into it as one PDF to print."""
    ids = page.table.selected_ids()
    if not ids:
        return
    title = tr(page.kind.plural)
    start = str(Path.home() / f"{title}.pdf")
    chosen, _form = QFileDialog.getSaveFileName(page, tr(_("Print")), start, "PDF (*.pdf)")
    if chosen:
        print_to(page, ids, Path(chosen).with_suffix(".pdf"))


def print_to(page: "ListPage", ids: "Sequence[int]", path: Path) -> None:
    """Write the papers of some rows into a file, as a job that can be cancelled, and open it."""
    app, kind = page.desk.app, page.kind.name

    def work(task: tasks.Task) -> int:
        from controllers.documents import printing_many

        def progress(done: int) -> bool:
            task.done, task.total = done, len(ids)
            return task.is_wanted()

        return printing_many.save(app, kind, ids, path, progress)

    def show() -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def done(count: int) -> None:
        toast(tr(_("Papers in {name}: {count}."), name=path.name, count=count), show, _("Open"))

    tasks.job(tr(_("Printing to {name}"), name=path.name), work, done, owner=page)


def attach(page: "ListPage") -> None:
    """Ask for a sheet, stationery or appendix of the record the cursor is on."""
    current = page.table.current_id()
    if current is None:
        return
    forms = "PDF, PNG, JPEG (*.pdf *.png *.jpg *.jpeg)"
    chosen, _form = QFileDialog.getOpenFileName(page, tr(_("Attach a file")), "", forms)
    if chosen:
        attach_file(page, current, Path(chosen))


def attach_file(page: "ListPage", record_id: int, path: Path) -> None:
    """Put a file to a record; what a proposal could not print is refused."""
    app, kind = page.desk.app, page.kind.name

    def work() -> int:
        from controllers.documents import attachments

        return app.write(attachments.add, kind, record_id, path.name, path.read_bytes(), "sheet")

    def take_back(key: int) -> None:
        from controllers.documents import attachments

        tasks.write(lambda: app.write(attachments.remove, key), owner=page)

    def done(key: int) -> None:
        undo = (lambda: take_back(key)) if page.desk.may("papers.send") else None
        toast(tr(_("{name} is attached; proposals take it in."), name=path.name), undo)

    tasks.write(work, done, owner=page)


def new_quotation(page: "ListPage") -> None:
    """A quotation to the customer the cursor is on."""
    current = page.table.current_id()
    if current is not None:
        page.desk.new_record("quotation", {"account": current})


def stock(page: "ListPage") -> None:
    """Where the product the cursor is on lies, and how it got there."""
    current = page.table.current_id()
    if current is not None:
        page.desk.open_stock(current)


def receive(page: "ListPage") -> None:
    """Begin the receipt of what the cursor is on; without a row of any product."""
    current, app, kind = page.table.current_id(), page.desk.app, page.kind.name
    if current is None:
        page.desk.open_place("stocking")
        return

    def work() -> "tuple[int, dict[str, Any]]":
        from controllers.catalogue import supplies

        return app.read(supplies.receipt_of, kind, current)

    tasks.run(work, lambda found: page.desk.open_stock(*found), owner=page)


def history(page: "ListPage") -> None:
    """Who changed the record the cursor is on."""
    current = page.table.current_id()
    if current is None:
        return
    row = page.model.row_of(current) or 0
    title = page.model.data(page.model.index(row, 0))
    page.desk.open_history(page.kind.name, current, str(title or f"#{current}"))


def archive(page: "ListPage") -> None:
    """Take the selected records out of the lists, or bring archived ones back; with Undo."""
    ids = page.table.selected_ids()
    if ids and page.kind.editable:
        _set_archived(page, ids, archived=not page.model.query.archived)


def _set_archived(page: "ListPage", ids: list[int], *, archived: bool) -> None:
    app, kind = page.desk.app, page.kind.name

    def work() -> int:
        from controllers.core import bulk

        return app.write(bulk.archive_all, kind, ids, archived=archived)

    def done(count: int) -> None:
        text = _("{count} archived.") if archived else _("{count} brought back.")
        toast(
            tr(text, count=page.desk.style.number(count)),
            lambda: _set_archived(page, ids, archived=not archived),
        )

    tasks.write(work, done, owner=page)
