"""The paper beside the lines: built after a rest, swapped without moving, printed page by page."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.documents.preview import preview
from models.values.errors import ProblemsError
from tests.builders import a_draft, a_line, a_quotation, an_item
from ui.documents import printing
from ui.documents.quotation_page import QuotationPage

Show = Callable[..., QuotationPage]
D = Decimal


def _long(app: App) -> int | None:
    lines = [an_item(str(1000 + at)) for at in range(80)]
    return a_quotation(app, *lines).id


def test_the_paper_follows_the_draft_and_keeps_zoom_and_scroll(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show(_long(app))
    paper = page.preview.paper
    qtbot.waitUntil(lambda: paper.count > 1)
    paper.set_zoom(2.0)
    paper.verticalScrollBar().setValue(900)
    paper.horizontalScrollBar().setValue(60)
    old = paper.pdf
    with qtbot.waitSignal(page.preview.built):
        page.session.do(lambda editor: editor.set_quantity(0, D(5)))
    assert paper.pdf is not old
    assert (paper.zoom, paper.verticalScrollBar().value()) == (2.0, 900)
    assert paper.horizontalScrollBar().value() == 60


def test_a_failed_build_keeps_the_old_paper_and_says_why(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show(a_quotation(app).id)
    qtbot.waitUntil(lambda: page.preview.paper.count == 1)
    old = page.preview.paper.pdf
    page.session.do(lambda editor: editor.set_discount(0, D(150)))
    qtbot.waitUntil(lambda: not page.preview._trouble.isHidden())
    assert page.preview.paper.pdf is old
    assert page.preview._trouble.toolTip()
    with qtbot.waitSignal(page.preview.built):
        page.session.do(lambda editor: editor.set_discount(0, D(15)))
    assert page.preview._trouble.isHidden()


def test_a_draft_without_a_customer_or_lines_can_be_seen(show: Show, qtbot: QtBot) -> None:
    page = show()
    qtbot.waitUntil(lambda: page.preview.paper.count == 1)


def test_a_hidden_preview_is_not_built(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app).id)
    qtbot.waitUntil(lambda: page.preview.paper.count == 1)
    page.toggle_preview()
    page.session.do(lambda editor: editor.set_quantity(0, D(5)))
    assert not page.preview._timer.isActive()


def test_the_preview_of_a_draft_is_the_paper_of_its_own_prices(app: App) -> None:
    draft = a_draft(app, a_line(app, unit_price=D(123), pinned=True))
    assert preview(app, draft).startswith(b"%PDF")
    with pytest.raises(ProblemsError):
        preview(app, a_draft(app, a_line(app, discount_percent=D(200))))


def test_printing_prints_every_page(app: App, tmp_path: Path) -> None:
    lines = [an_item(str(1000 + at)) for at in range(80)]
    content = preview(app, a_draft(app, *lines))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    count = printing.print_pages(printer, content)
    printed = QPdfDocument()
    printed.load(str(tmp_path / "out.pdf"))
    assert printed.pageCount() == count > 1
