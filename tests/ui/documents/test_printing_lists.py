"""The papers of chosen rows as one PDF, from their list."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.documents import attachments
from tests.builders import a_company, a_sent_quotation
from tests.conftest import Contents
from tests.reports.proposals_for_tests import foreign_pdf
from tests.ui.documents.conftest import settle
from ui.kit import tasks
from ui.kit.desk import Desk
from ui.widgets.record_list import commands
from ui.widgets.record_list.page import ListPage

pytestmark = pytest.mark.slow

Pages = Callable[[], ListPage]


@pytest.fixture
def contents() -> Contents:
    return _business


def _business(app: App) -> None:
    a_company(app)
    for _each in range(3):
        a_sent_quotation(app)


@pytest.fixture
def listed(desk: Desk, qtbot: QtBot) -> ListPage:
    page = ListPage(desk, "quotation")
    qtbot.addWidget(page)
    page.show()
    page.start()
    settle(qtbot)
    return page


def test_chosen_rows_are_printed_into_one_file(
    listed: ListPage, qtbot: QtBot, tmp_path: Path
) -> None:
    commands.print_to(listed, [1, 2, 3], tmp_path / "all.pdf")
    settle(qtbot)
    assert len(PdfReader(BytesIO((tmp_path / "all.pdf").read_bytes())).pages) == 3


def test_a_cancelled_print_leaves_no_file(listed: ListPage, qtbot: QtBot, tmp_path: Path) -> None:
    commands.print_to(listed, [1, 2, 3] * 50, tmp_path / "all.pdf")
    (job,) = tasks.tasks().jobs
    job.cancel()
    settle(qtbot)
    assert not (tmp_path / "all.pdf").exists()


def test_only_lists_of_papers_print(desk: Desk, listed: ListPage, qtbot: QtBot) -> None:
    accounts = ListPage(desk, "account")
    qtbot.addWidget(accounts)
    accounts.start()
    settle(qtbot)
    has_print = [
        any(each.objectName() == "list.print" for each in page.actions())
        for page in (listed, accounts)
    ]
    assert has_print == [True, False]


def test_a_sheet_is_attached_to_a_product_from_its_list(
    desk: Desk, app: App, qtbot: QtBot, tmp_path: Path
) -> None:
    products = ListPage(desk, "product")
    qtbot.addWidget(products)
    products.start()
    settle(qtbot)
    (tmp_path / "sheet.pdf").write_bytes(foreign_pdf("Lembar"))
    commands.attach_file(products, 1, tmp_path / "sheet.pdf")
    settle(qtbot)
    assert [each.name for each in app.read(attachments.of_document, "product", 1)] == ["sheet.pdf"]
