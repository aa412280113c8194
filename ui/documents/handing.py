"""Handing a document over from its page: mail, mail file, WhatsApp, PDF, each in the background."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from resources.languages import marked as _
from ui.documents.panels.sending import SendPanel, reach
from ui.kit import tasks
from ui.kit.language import tr
from ui.kit.toasts import toast
from ui.system import mailing

if TYPE_CHECKING:
    from ui.documents.new_payment import NewPaymentPage
    from ui.documents.page import DocumentPage
    from ui.documents.sheet_page import SheetPage

    Page: TypeAlias = DocumentPage | SheetPage
    AnyPage: TypeAlias = DocumentPage | SheetPage | NewPaymentPage

_PLACE = QStandardPaths.StandardLocation


def folder() -> Path:
    """Where PDFs for WhatsApp stand ready."""
    return Path(QStandardPaths.writableLocation(_PLACE.DocumentsLocation)) / "Saudagar"


def open_address(address: QUrl) -> None:
    """Hand an address or a file to the program of this computer that opens it."""
    QDesktopServices.openUrl(address)


def ask_address(
    page: "Page", title: str, send: Callable[[str], object],
    as_file: Callable[[str], object],
) -> None:  # fmt: skip
    """Show the panel with the address that is known."""
    app, draft = page.desk.app, page.session.draft

    def done(known: tuple[str, str]) -> None:
        page.show_panel(SendPanel(title, *known, send, as_file))

    tasks.run(lambda: reach(app, draft), done, page.session.fail, owner=page)


def ask_mail(page: "Page", title: str) -> None:
    """Ask for the address that an order, invoice or delivery note is mailed to, and mail it."""
    app, kind = page.desk.app, page.kind

    def mail(address: str) -> None:
        key = page.session.draft.id or 0

        def work() -> None:
            from controllers.documents import handover

            app.write(handover.MAIL[kind], key, address)

        send(page, address, work)

    ask_address(page, title, mail, lambda address: open_mail_file(page, address))


def send(page: "Page", address: str, enqueue: Callable[[], Any]) -> None:
    """Put the mail into the outbox once the password is known, and send what waits there."""

    def write_it() -> None:
        write(page, enqueue, lambda: deliver(page))
        toast(tr(_("On its way to {address}."), address=address))

    mailing.when_ready(page, page.desk.app, write_it, page.session.fail)


def deliver(page: "Page") -> None:
    """Send what waits in the outbox; a slow server is waited for in the background."""

    def done(_delivered: Any) -> None:
        page.session.reload(force=not page.session.is_dirty)

    mailing.deliver(page, page.desk.app, done, page.session.fail)


def write(page: "Page", work: Callable[[], Any], done: Callable[[], object]) -> None:
    """Change the stored document, show it anew, go on."""

    def after(_answer: Any) -> None:
        page.session.reload(force=True)
        done()

    tasks.write(work, after, page.session.fail, owner=page)


def open_mail_file(page: "Page", address: str) -> None:
    """Let the mail program of this computer open the mail with its PDF."""
    app, kind, key = page.desk.app, page.kind, page.session.draft.id or 0
    place = Path(QStandardPaths.writableLocation(_PLACE.TempLocation))

    def work() -> Path:
        from controllers.documents import handover

        content = app.read(handover.mail_file, kind, key, address)
        path = place / f"saudagar-{kind}-{key}.eml"
        path.write_bytes(content)
        return path

    def done(path: Path) -> None:
        open_address(QUrl.fromLocalFile(str(path)))

    tasks.run(work, done, page.session.fail, owner=page)


def open_whatsapp(page: "Page") -> None:
    """Open the chat with its text, and the folder with the PDF to put into it."""
    app, kind, key, place = page.desk.app, page.kind, page.session.draft.id or 0, folder()

    def work() -> tuple[str, Path]:
        from controllers.documents import handover

        return handover.whatsapp(app, kind, key, place)

    def done(answer: tuple[str, Path]) -> None:
        link, path = answer
        open_address(QUrl.fromLocalFile(str(path.parent)))
        open_address(QUrl(link))
        toast(tr(_("Put {name} into the chat; its folder is open."), name=path.name))

    tasks.run(work, done, page.session.fail, owner=page)


def save_pdf(page: "Page") -> None:
    """Ask for a file and write the PDF into it."""
    draft = page.session.draft
    start = str(Path.home() / f"{(draft.number or page.title).replace('/', '-')}.pdf")
    chosen, _form = QFileDialog.getSaveFileName(page, tr(_("Save as PDF")), start, "PDF (*.pdf)")
    if chosen:
        save_pdf_to(page, Path(chosen).with_suffix(".pdf"))


def save_pdf_to(page: "Page", path: Path) -> None:
    """Write the PDF into a file."""
    app, kind, key = page.desk.app, page.kind, page.session.draft.id or 0

    def work() -> None:
        from controllers.documents import handover

        handover.save_pdf(app, kind, key, path)

    _save(page, path, work)


def save_changes(page: "Page", first: int, second: int) -> None:
    """Ask for a file and write the page with what changed between two revisions into it."""
    app, key = page.desk.app, page.session.draft.id or 0
    name = f"{page.title.replace('/', '-')} {first}-{second}.pdf"
    start = str(Path.home() / name)
    chosen, _form = QFileDialog.getSaveFileName(page, tr(_("Save as PDF")), start, "PDF (*.pdf)")
    path = Path(chosen).with_suffix(".pdf")

    def work() -> None:
        from controllers.documents import change_page

        change_page.save_changes(app, key, first, second, path)

    if chosen:
        _save(page, path, work)


def _save(page: "Page", path: Path, work: Callable[[], None]) -> None:
    tasks.run(work, lambda _none: toast(tr(_("Saved as {name}."), name=path.name)),
              page.session.fail, owner=page)  # fmt: skip
