"""Files put to quotations and orders in their pages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.documents import attachments, proposals, quotations
from models.values.proposals import Part, Proposal
from tests.builders import a_quotation, a_sent_quotation
from tests.reports.proposals_for_tests import foreign_pdf
from tests.ui.documents.conftest import settle
from tests.ui.documents.fulfilment import a_confirmed_order
from ui.documents.order_page import OrderPage
from ui.documents.quotation_page import QuotationPage
from ui.kit import toasts

pytestmark = pytest.mark.slow

Show = Callable[..., QuotationPage]
ShowOrder = Callable[[int], OrderPage]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    made = tmp_path / "PO-77.pdf"
    made.write_bytes(b"Please send")
    return made


def names(page: OrderPage | QuotationPage) -> list[str]:
    return [each.name for each in page.session.files]


def test_the_customers_own_order_is_put_to_an_order(
    app: App, show_order: ShowOrder, qtbot: QtBot, paper: Path
) -> None:
    order = a_confirmed_order(app)
    page = show_order(order.id or 0)
    page.files.add([paper])
    qtbot.waitUntil(lambda: names(page) == ["PO-77.pdf"])
    (kept,) = app.read(attachments.of_document, "order", order.id or 0)
    assert kept.purpose == "purchase_order"


def test_a_file_put_to_a_draft_leaves_what_is_typed(
    app: App, show: Show, qtbot: QtBot, paper: Path
) -> None:
    page = show(a_quotation(app).id)
    page.session.set_field("subject", "Pompa")
    page.files.add([paper])
    qtbot.waitUntil(lambda: names(page) == ["PO-77.pdf"])
    settle(qtbot)
    assert page.session.draft.subject == "Pompa"
    assert page.session.is_dirty
    assert page.notice.isHidden()


def test_a_file_taken_away_and_put_back_is_what_it_was(app: App, show: Show, qtbot: QtBot) -> None:
    sent = a_sent_quotation(app)
    app.write(quotations.accept, sent.number, copy=("signed.pdf", b"signed"))
    page = show(sent.id)
    told = toasts.host(page)
    assert names(page) == ["signed.pdf"]
    page.files.remove(page.session.files[0])
    qtbot.waitUntil(lambda: names(page) == [])
    told.undo()
    qtbot.waitUntil(lambda: names(page) == ["signed.pdf"])
    assert page.session.files[0].purpose == "acceptance"


def test_parts_of_a_proposal_are_not_listed_twice(app: App, show: Show) -> None:
    draft = a_quotation(app)
    made = Proposal(appendices=(Part(files=("piagam.pdf",)),))
    app.write(proposals.keep, draft.id or 0, made, {"piagam.pdf": foreign_pdf("Piagam")})
    assert names(show(draft.id)) == []
