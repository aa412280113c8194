"""What a reader of PDF makes of a paper: its texts, page by page."""

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtPdf import QPdfDocument


def texts_of(content: bytes) -> list[str]:
    """The texts of the pages, each line ended by a line feed; read by PDFium, as browsers do, in
    a tenth of the time a reader written in Python takes.
    """
    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    assert document.status() is QPdfDocument.Status.Ready, document.error()
    return [
        document.getAllText(page).text().replace("\r\n", "\n")
        for page in range(document.pageCount())
    ]
