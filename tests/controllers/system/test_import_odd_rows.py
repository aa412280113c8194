"""Importing what other programs write: flat sheets, float noise, guarded texts, odd cards."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import orders
from controllers.insight import exports
from controllers.system import imports
from controllers.system.imports import sources
from models.values.errors import DomainError
from models.values.records import ListQuery
from tests.builders import a_product, an_account


def _file(tmp_path: Path, text: str, name: str = "rows.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def _import(app: App, tmp_path: Path, kind: str, text: str, **more: object) -> imports.Outcome:
    request = imports.Request(kind, _file(tmp_path, text), **more)  # type: ignore[arg-type]
    return imports.import_file(app, request)


def test_a_row_that_says_the_same_again_is_unchanged_and_not_rejected(
    app: App, tmp_path: Path
) -> None:
    text = "order,code,name\n1,A1,PT Maju\n2,A1,PT Maju\n3,A2,PT Jaya\n4,A1,PT Lain\n"
    outcome = _import(app, tmp_path, "account", text)
    assert (outcome.read, outcome.created, outcome.unchanged, outcome.rejected) == (4, 2, 1, 1)
    assert outcome.reasons[0][0] == 5
    again = _import(app, tmp_path, "account", text)
    assert (again.created, again.updated, again.unchanged, again.rejected) == (0, 0, 3, 1)


def test_the_state_of_an_address_is_not_taken_for_that_of_an_order(
    app: App, tmp_path: Path
) -> None:
    an_account(app, "A1")
    a_product(app, "P1")
    head = "number,account,date,product,quantity,unit_price,State\n"
    outcome = _import(app, tmp_path, "order", f"{head}1,A1,2026-03-17,P1,2,10,Texas\n")
    assert (outcome.created, outcome.unmapped) == (1, ("State",))
    outcome = _import(app, tmp_path, "order", f"{head}2,A1,2026-03-17,P1,2,10,delivered\n")
    assert app.read(orders.show, "2").state == "delivered"
    told = _import(app, tmp_path, "order", f"{head}3,A1,2026-03-17,P1,2,10,Texas\n",
                   map={"State": "state"})  # fmt: skip
    assert told.rejected == 1


def test_figures_with_the_noise_of_floating_point_are_read_as_meant(
    app: App, tmp_path: Path
) -> None:
    text = "sku,name,list_price\nP1,One,31.200000000000003\nP2,Two,3.539999999999999\n"
    assert _import(app, tmp_path, "product", text).rejected == 0
    prices = [app.read(records.show, "product", sku).values["list_price"] for sku in ("P1", "P2")]
    assert prices == [Decimal("31.2"), Decimal("3.54")]
    assert _import(app, tmp_path, "product", "sku,name,list_price\nP3,C,1.23456\n").rejected == 1


@pytest.mark.parametrize("name", ["-1", "=SUM(A1)", "+62 812", "@you", "'=x", "''-y", "'plain"])
def test_a_text_guarded_in_a_csv_comes_back_as_it_was(app: App, tmp_path: Path, name: str) -> None:
    an_account(app, "A1", name=name)
    path = tmp_path / "accounts.csv"
    exports.export_list(app, ListQuery("account", ("code", "name")), path)
    again = imports.import_file(app, imports.Request("account", path))
    assert (again.updated, again.unchanged) == (0, 1)


def test_a_key_that_cannot_find_records_is_refused(app: App, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match=r"“account” cannot find records.*number"):
        _import(app, tmp_path, "order", "number,account\n1,A1\n", key="account")


def test_rejected_rows_that_cannot_be_written_take_the_import_back(
    app: App, tmp_path: Path
) -> None:
    text = "code,name\nA1,PT Maju\nA2,\n"
    with pytest.raises(DomainError, match=r"none.rejects\.csv cannot be written"):
        _import(app, tmp_path, "account", text, rejects=tmp_path / "none" / "rejects.csv")
    with pytest.raises(DomainError):
        app.read(records.show, "account", "A1")


def test_rejected_figures_of_a_workbook_stay_whole(app: App, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (("code", "name", "postcode"), ("A1", None, 7001)):
        book.active.append(row)
    book.save(tmp_path / "rows.xlsx")
    rejects = tmp_path / "rejects.csv"
    imports.import_file(app, imports.Request("account", tmp_path / "rows.xlsx", rejects=rejects))
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["postcode"] == "7001"


CARD = """BEGIN:VCARD
VERSION:2.1
TITLE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=46=61=63=68=61=72=7A=74 =
=66=C3=BC=72
ORG:Ximian
BDAY:19531015T231000Z
TEL:tel:+60-3-5555-5555;ext=5
END:VCARD
"""


def test_odd_cards_are_read(tmp_path: Path) -> None:
    (row,) = sources.read(_file(tmp_path, CARD, "card.vcf")).rows
    assert row[:5] == ["Ximian", "Facharzt für", "+60-3-5555-5555", "", "1953-10-15"]


def test_a_calendar_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match=r"day\.ics is a calendar"):
        sources.read(_file(tmp_path, "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "day.ics"))
