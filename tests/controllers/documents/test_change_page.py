"""What changed between two revisions, on paper for the customer: never a cost, always the sums."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import change_page, quotations, revisions
from models.values.errors import NotFoundError
from tests.builders import a_line, a_sent_quotation, an_item
from tests.paper import texts_of

D = Decimal


def _text(content: bytes) -> str:
    return " ".join(" ".join(texts_of(content)).split())


@pytest.fixture
def revised(app: App) -> str:
    """A quotation in Indonesian whose second revision has more pumps and no installation."""
    sent = a_sent_quotation(app, a_line(app, quantity="2"), an_item(), payment_term="cash")
    draft = app.write(revisions.revise, sent.number)
    line = replace(draft.lines[0], quantity=D(5), discount_percent=D(10))
    fresh = replace(draft, lines=(line, a_line(app, "FAN1")), payment_term="net30")
    app.write(quotations.save, fresh)
    return app.write(quotations.send, sent.number).number


def test_lines_figures_and_terms_stand_on_the_page(app: App, revised: str) -> None:
    text = _text(app.read(change_page.changes_pdf, revised, 1, 2))
    for words in (
        "PERUBAHAN PENAWARAN", "revisi 1", "Pump PUMP12", "10.300.000", "23.175.000",
        "+12.875.000", "2 unit × 5.150.000 → 5 unit × 5.150.000 −10%", "Subtotal", "Tunai",
        "30 hari setelah faktur diterima",
    ):  # fmt: skip
        assert words in text, words


def test_costs_are_never_on_it(app: App, revised: str) -> None:
    text = _text(app.read(change_page.changes_pdf, revised, 1, 2))
    assert "4.000.000" not in text
    assert "Margin" not in text


@pytest.mark.parametrize(("language", "title"), [("en", "CHANGES TO OUR QUOTATION"),
                                                 ("ms", "PINDAAN SEBUT HARGA")])  # fmt: skip
def test_it_speaks_the_customers_language(app: App, language: str, title: str) -> None:
    app.write(records.change, "account", "ALFKI", {"language": language})
    sent = a_sent_quotation(app, a_line(app, quantity="2"))
    app.write(revisions.revise, sent.number)
    assert title in _text(app.read(change_page.changes_pdf, sent.number, 1, 2))


def test_the_same_changes_give_the_same_bytes(app: App, revised: str) -> None:
    make: Callable[[], bytes] = lambda: app.read(change_page.changes_pdf, revised, 1, 2)  # noqa: E731
    assert make() == make()


def test_it_is_written_into_a_file(app: App, revised: str, tmp_path: Path) -> None:
    change_page.save_changes(app, revised, 1, 2, tmp_path / "changes.pdf")
    assert (tmp_path / "changes.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(NotFoundError, match="no revision 5"):
        change_page.save_changes(app, revised, 1, 5, tmp_path / "other.pdf")
    assert not (tmp_path / "other.pdf").exists()
