"""A document on the system's printers: the same PDF the customer gets, page by page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument

from resources.languages import marked as _
from ui.kit import tasks
from ui.kit.language import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from ui.documents.reading import Reading
    from ui.documents.session import Session


def content_of(session: "Session | Reading") -> bytes:
    """The PDF of what is on the screen; called in the background."""
    from controllers.documents import handover, preview

    draft, app = session.draft, session.desk.app
    if session.is_editable:
        return preview.preview(app, draft)
    return handover.pdf_of(app, draft.kind, draft.id or 0)


def print_document(parent: "QWidget", session: "Session | Reading") -> None:
    """Ask for a printer, then print."""
    tasks.run(lambda: content_of(session), lambda content: _ask(parent, content), session.fail,
              owner=parent)  # fmt: skip


def _ask(parent: "QWidget", content: bytes) -> None:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter
    from PySide6.QtWidgets import QDialog

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("Saudagar")
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr(_("Print")))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: print_pages(printer, content))
    QDialog.open(dialog)


def print_pages(printer: "QPrinter", content: bytes) -> int:
    """Print the pages that were asked for; answers how many."""
    source, pdf = QBuffer(), QPdfDocument()
    source.setData(QByteArray(content))
    source.open(QBuffer.OpenModeFlag.ReadOnly)
    pdf.load(source)
    first = max(1, printer.fromPage())
    last = printer.toPage() or pdf.pageCount()
    pages = range(first - 1, min(last, pdf.pageCount()))
    painter = QPainter(printer)
    for page in pages:
        if page != pages.start:
            printer.newPage()
        _print_page(painter, printer, pdf, page)
    painter.end()
    pdf.close()
    return len(pages)


def _print_page(painter: QPainter, printer: "QPrinter", pdf: QPdfDocument, page: int) -> None:
    from PySide6.QtPrintSupport import QPrinter as Printer

    whole = printer.paperRect(Printer.Unit.DevicePixel)
    points = pdf.pagePointSize(page)
    scale = min(whole.width() / points.width(), whole.height() / points.height())
    size = QSizeF(points.width() * scale, points.height() * scale)
    inside = printer.pageRect(Printer.Unit.DevicePixel).topLeft()
    picture = pdf.render(page, QSize(round(size.width()), round(size.height())))
    painter.drawImage(QRectF(QPointF(0, 0) - inside, size), picture)
