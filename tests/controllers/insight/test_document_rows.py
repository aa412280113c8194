"""Quotations and orders as rows: one per line, and back in again the same documents."""

import csv
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from controllers.core.app import App
from controllers.documents import orders, quotation_json, quotations
from controllers.insight.document_rows import FIRST, export_documents
from controllers.system import imports
from models.storage.database import open_database
from models.values.documents import NOTE, SECTION, Line
from models.values.errors import DomainError
from models.values.money import ZERO
from models.values.records import Filter, ListQuery
from tests.builders import a_company, a_line, a_quotation, a_sent_quotation, an_item
from tests.conftest import NOW, Contents

D = Decimal
QUOTATIONS = ListQuery("quotation", links_by_key=True)


@pytest.fixture
def contents() -> Contents:
    return a_company


@pytest.fixture
def elsewhere(filled_database: Callable[[Contents], Path], tmp_path: Path) -> Iterator[App]:
    """The same company without any document."""
    path = Path(copyfile(filled_database(a_company), tmp_path / "elsewhere.db"))
    made = App(open_database(path), "sari", lambda: NOW)
    yield made
    made.close()


@pytest.fixture
def rich(app: App) -> str:
    """A sent quotation with every kind of line; its number."""
    lines = (
        Line(SECTION, description="=Pumps", quantity=ZERO),
        a_line(app, quantity="1.125", discount_percent=D("2.5"), detail="two\nrows"),
        a_line(app, "FAN1", optional=True, discount_amount=D(1000)),
        an_item(description="Installation, on site"),
        Line(NOTE, description="Stock does not bind.\nAsk us.", quantity=ZERO),
    )
    sent = a_sent_quotation(
        app, *lines, subject="Pumps; fans", discount_percent=D(3), discount_amount=D(500)
    )
    return sent.number


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _import(app: App, path: Path) -> dict[str, Any]:
    request = imports.Request("quotation", path)
    return imports.import_file(app, request).as_json()


def test_there_is_one_row_per_line_with_the_head_repeated(
    app: App, rich: str, tmp_path: Path
) -> None:
    path = tmp_path / "q.csv"
    made = export_documents(app, QUOTATIONS, (), path)
    rows = _rows(path)
    assert made.rows == len(rows) == 5
    assert tuple(rows[0])[: len(FIRST)] == FIRST
    assert {(row["number"], row["account"], row["date"], row["state"]) for row in rows} == {
        (rich, "ALFKI", "2026-11-20", "sent")
    }
    assert [row["product"] for row in rows] == ["", "PUMP12", "FAN1", "", ""]
    assert [row["quantity"] for row in rows] == ["", "1.1250", "1", "1", ""]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_file_makes_the_same_documents_elsewhere(
    app: App, elsewhere: App, rich: str, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"q.{ending}"
    export_documents(app, QUOTATIONS, (), path)
    answer = _import(elsewhere, path)
    assert (answer["created"], answer["rejected"]) == (1, 0)
    assert _told(elsewhere, rich) == _told(app, rich)


def _told(app: App, number: str) -> dict[str, Any]:
    """A document as scripts see it, without what only the database it is in knows."""
    found = app.read(lambda uow: quotation_json.answer(uow, quotations.shown(uow, number)))
    own = ("id", "version", "sent_at", "order")
    lines = [{k: v for k, v in each.items() if k != "price_reason"} for each in found["lines"]]
    return {name: value for name, value in found.items() if name not in own} | {"lines": lines}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_on_the_same_database_everything_is_unchanged(
    app: App, rich: str, tmp_path: Path, ending: str
) -> None:
    number = app.write(quotations.order, a_sent_quotation(app).number).number
    for kind in ("quotation", "order"):
        path = tmp_path / f"{kind}.{ending}"
        export_documents(app, ListQuery(kind, links_by_key=True), (), path)
        answer = imports.import_file(app, imports.Request(kind, path)).as_json()
        assert (answer["created"], answer["updated"], answer["rejected"]) == (0, 0, 0)
        assert answer["unchanged"] == (2 if kind == "quotation" else 1)
    assert app.read(orders.show, number).state == "draft"


def test_a_file_without_the_rarer_columns_leaves_them_as_they_are(app: App, tmp_path: Path) -> None:
    a_sent_quotation(app, a_line(app), a_line(app, optional=True, detail="kept"))
    path = tmp_path / "q.csv"
    export_documents(app, QUOTATIONS, FIRST, path)
    assert _import(app, path)["unchanged"] == 1


def test_drafts_have_no_number_and_are_left_out_and_counted(
    app: App, rich: str, tmp_path: Path
) -> None:
    a_quotation(app)
    made = export_documents(app, QUOTATIONS, (), tmp_path / "q.csv")
    assert (made.rows, made.left_out) == (5, 1)
    assert export_documents(app, QUOTATIONS, ("product",), tmp_path / "all.csv").rows == 6


def test_a_document_without_lines_has_one_row(app: App, tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("number,account,date\nOLD-1,ALFKI,2026-01-31\n")
    assert _import(app, path)["created"] == 1
    export_documents(app, QUOTATIONS, (), path)
    (row,) = _rows(path)
    assert (row["number"], row["product"]) == ("OLD-1", "")
    assert _import(app, path)["unchanged"] == 1


def test_filters_and_search_are_about_the_documents(app: App, rich: str, tmp_path: Path) -> None:
    a_sent_quotation(app, subject="Other")
    path = tmp_path / "q.csv"
    wanted = QUOTATIONS._replace(filters=(Filter("subject", "=", "Other"),))
    assert export_documents(app, wanted, (), path).rows == 1
    assert export_documents(app, QUOTATIONS._replace(search="pumps; fans"), (), path).rows == 5


def test_chosen_fields_may_be_of_head_or_line(app: App, rich: str, tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    export_documents(app, QUOTATIONS, ("sku", "total", "number"), path)
    assert list(_rows(path)[0]) == ["sku", "total", "number"]
    assert len(_rows(path)) == 5
    export_documents(app, QUOTATIONS, ("number", "total"), path)
    assert len(_rows(path)) == 1
    with pytest.raises(DomainError, match="“colour” is no field"):
        export_documents(app, QUOTATIONS, ("colour",), path)


@pytest.mark.slow
def test_many_documents_keep_their_lines_in_order(app: App, tmp_path: Path) -> None:
    rows = [f"N{at:04},ALFKI,2026-01-31,line {line},{line + 1},10"
            for at in range(450) for line in range(3)]  # fmt: skip
    path = tmp_path / "q.csv"
    head = "number,account,date,description,quantity,unit_price"
    path.write_text("\n".join([head, *rows]))
    _import(app, path)
    wanted = QUOTATIONS._replace(sort="number")
    export_documents(app, wanted, ("number", "description", "quantity"), path)
    assert [(r["number"], r["description"], r["quantity"]) for r in _rows(path)] == [
        (f"N{at:04}", f"line {line}", str(line + 1)) for at in range(450) for line in range(3)
    ]
