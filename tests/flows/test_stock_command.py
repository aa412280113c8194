"""`stock`, `order confirm --backorder` and `order amend`, as a script runs them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.flows.test_command_line import _json, _quotation, command, ready

Command = Callable[..., Any]

__all__ = ["command", "ready"]

pytestmark = pytest.mark.slow


@pytest.fixture
def order(ready: Command, tmp_path: Path) -> dict[str, Any]:
    """An order for 12 of SKU-1, not confirmed yet."""
    draft = ready("quotation", "new", _json(tmp_path, _quotation()))
    sent = ready("quotation", "send", str(draft["id"]), "--no-mail")
    made: dict[str, Any] = ready("quotation", "order", sent["number"])
    return made


def test_stock_comes_moves_and_goes(ready: Command, tmp_path: Path) -> None:
    ready("stock", "receive", "SKU-1", "5", "--unit-cost", "3000000", "--note", "slip 7")
    before = int(ready("stock", "levels", "--product", "SKU-1")[0]["quantity"])
    ready("new", "warehouse", _json(tmp_path, {"code": "EAST", "name": "East"}))
    ready("stock", "transfer", "SKU-1", "3", "--to", "EAST")
    scrapped = ready("stock", "scrap", "SKU-1", "1")
    adjusted = ready("stock", "adjust", "SKU-1", "--by", "-1", "--note", "lost")
    assert (scrapped["stock"], adjusted["stock"]) == (str(before - 1), str(before - 2))
    levels = {e["warehouse"]: e["quantity"] for e in ready("stock", "levels", "--product", "SKU-1")}
    assert levels["EAST"] == "3"
    reasons = [each["reason"] for each in ready("stock", "moves", "SKU-1")]
    assert reasons[:4] == ["adjustment", "scrap", "transfer", "transfer"]
    assert ready("database", "check")["problems"] == []


def test_a_count_is_shown_then_booked(ready: Command, tmp_path: Path) -> None:
    sheet = ready("stock", "count-sheet", str(tmp_path / "sheet.csv"), "--with-book")
    path = tmp_path / "counted.csv"
    path.write_text("sku,counted\nSKU-1,9\nNOPE,1\n", encoding="utf-8")
    asked = ("stock", "count", str(path), "--sheet", sheet["sheet"])
    shown = ready(*asked, "--dry-run")
    assert shown["differences"][0]["counted"] == "9"
    assert shown["rejected"][0]["reason"].startswith("There is no product “NOPE”")
    assert ready(*asked)["booked"] == shown["differences"]
    assert ready("stock", "levels", "--product", "SKU-1")[0]["quantity"] == "9"
    assert ready(*asked)["booked"] == []


def test_a_back_order_waits_and_is_promised(ready: Command, order: dict[str, Any]) -> None:
    ready("stock", "adjust", "SKU-1", "--to", "5", "--note", "counted")
    refused = ready("order", "confirm", order["number"], status=1)
    assert "SKU-1 is wanted 12 times, 5 are free" in refused
    ready("order", "want", order["number"], "--on", "2030-01-01")
    confirmed = ready("order", "confirm", order["number"], "--backorder")
    assert (confirmed["state"], confirmed["required_date"]) == ("confirmed", "2030-01-01")
    came = ready("stock", "receive", "SKU-1", "10")
    assert came["orders"] == [{"order": order["number"], "product": "SKU-1", "quantity": "7"}]
    assert (came["stock"], came["free"]) == ("15", "3")


def test_an_order_is_amended_from_a_file(
    ready: Command, order: dict[str, Any], tmp_path: Path
) -> None:
    ready("order", "confirm", order["number"])
    at = 1 + next(i for i, each in enumerate(order["lines"]) if each.get("product") == "SKU-1")
    change = {"note": "fewer", "lines": [{"line": at, "quantity": "7"}]}
    amended = ready("order", "amend", order["number"], _json(tmp_path, change))
    assert (amended["amendment"], amended["amendment_note"]) == (1, "fewer")
    assert amended["lines"][at - 1]["quantity"] == "7"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({"note": "x", "lines": []}, "holds “note” and “lines”"),
        ({"note": "x", "lines": [{"line": 99}]}, "has the lines 1 to"),
        ({"note": "x", "lines": [{"line": True}]}, "has the lines 1 to"),
        ({"note": "x", "lines": [{"colour": 1}]}, "must be an object with some of"),
        ({"note": "x", "lines": [{"product": "NOPE", "quantity": "1"}]}, "no product “NOPE”"),
        ({"lines": [{"line": 1, "quantity": "3"}]}, "say in a note why it is amended"),
        ({"note": "x", "lines": [{"line": 1, "quantity": "many"}]}, "many"),
    ],
)
def test_an_amendment_that_cannot_be_is_one_line(
    ready: Command, order: dict[str, Any], tmp_path: Path, value: object, sentence: str
) -> None:
    ready("order", "confirm", order["number"])
    refused = ready("order", "amend", order["number"], _json(tmp_path, value), status=1)
    assert sentence in refused
    assert ready("order", "show", order["number"])["amendment"] == 0


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("receive", "SKU-1", "many"), 2, "no plain decimal"),
        (("receive", "SKU-1", "0"), 1, "a quantity is over 0"),
        (("receive", "SKU-1", "1", "--lot", "A=x"), 1, "is no lot"),
        (("scrap", "SKU-1", "999999"), 1, "999 999 are to leave MAIN"),
        (("adjust", "SKU-1", "--to", "3"), 1, "say in the note why"),
        (("transfer", "SKU-1", "1", "--to", "MARS"), 1, "no warehouse “MARS”"),
        (("count", "."), 1, "is a folder"),
        (("count", "none.csv"), 1, "There is no file"),
        (("count-sheet", "sheet.txt"), 1, "must end in"),
    ],
)
def test_what_cannot_be_is_one_line(
    ready: Command, words: tuple[str, ...], status: int, sentence: str
) -> None:
    refused = ready("stock", *words, status=status)
    assert sentence in " ".join(str(refused).replace("\u202f", " ").split())


def test_reports_of_stock_are_files(ready: Command, tmp_path: Path) -> None:
    for name in ("reorder", "stock"):
        path = tmp_path / f"{name}.xlsx"
        assert ready("report", "run", name, str(path))["rows"] >= 0
        assert path.read_bytes()[:2] == b"PK"
