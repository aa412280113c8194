"""Many papers as one PDF: in order, with progress, cancelled, refused."""

from pathlib import Path

import pytest

from controllers.core.app import App
from controllers.documents import printing_many
from models.values.errors import DomainError, NotFoundError
from reports.kit.files import Cancelled
from tests.builders import a_sent_quotation
from tests.paper import texts_of

pytestmark = pytest.mark.slow


def test_papers_stand_in_the_order_they_were_asked_for(app: App, tmp_path: Path) -> None:
    numbers = [a_sent_quotation(app).number for _ in range(3)][::-1]
    told: list[int] = []
    path = tmp_path / "all.pdf"
    assert printing_many.save(app, "quotation", numbers, path, lambda at: not told.append(at)) == 3
    said = texts_of(path.read_bytes())
    assert all(number in page for number, page in zip(numbers, said, strict=True))
    assert told == [1, 2, 3]


def test_a_cancelled_print_leaves_no_file(app: App, tmp_path: Path) -> None:
    number = a_sent_quotation(app).number
    with pytest.raises(Cancelled):
        printing_many.save(app, "quotation", [number], tmp_path / "a.pdf", lambda _at: False)
    assert not list(tmp_path.glob("*.pdf"))


def test_a_number_that_is_not_there_is_named(app: App) -> None:
    with pytest.raises(NotFoundError, match="Q-99"):
        printing_many.content(app, "quotation", ["Q-99"])


def test_what_has_no_paper_is_refused(app: App) -> None:
    for kind, keys in (("account", ["ALFKI"]), ("quotation", [])):
        with pytest.raises(DomainError, match="Choose quotations, orders or invoices"):
            printing_many.content(app, kind, keys)
