"""From a confirmed order to the last payment on the command line, in parts and back again."""

import json
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
    draft = ready("quotation", "new", _json(tmp_path, _quotation()))
    sent = ready("quotation", "send", str(draft["id"]), "--no-mail")
    made = ready("quotation", "order", sent["number"])
    confirmed: dict[str, Any] = ready("order", "confirm", made["number"])
    return confirmed


def parts(folder: Path, *given: tuple[str, str]) -> str:
    path = folder / "parts.json"
    path.write_text(json.dumps([{"product": name, "quantity": q} for name, q in given]))
    return str(path)


def test_parts_go_out_are_invoiced_and_add_up(
    ready: Command, order: dict[str, Any], tmp_path: Path
) -> None:
    down = ready("order", "invoice", order["number"], "--down-payment", "30")
    down = ready("invoice", "issue", str(down["id"]))
    ready("order", "deliver", order["number"], "--lines", parts(tmp_path, ("SKU-1", "5")))
    first = ready("order", "invoice", order["number"])
    ready("order", "deliver", order["number"])
    second = ready("order", "invoice", order["number"])
    cents = [int(each["total"].replace(".", "")) for each in (down, first, second)]
    assert sum(cents) == int(order["total"].replace(".", ""))
    assert first["lines"][0]["quantity"] == "5"
    assert first["deducted"] != "0.00"
    assert ready("database", "check")["problems"] == []


def test_a_void_invoice_is_made_again(ready: Command, order: dict[str, Any]) -> None:
    ready("order", "deliver", order["number"])
    draft = ready("order", "invoice", order["number"])
    invoice = ready("invoice", "issue", str(draft["id"]))
    again = ready("invoice", "void", invoice["number"], "--again")
    assert (again["state"], again["total"]) == ("draft", invoice["total"])
    assert ready("invoice", "show", invoice["number"])["state"] == "void"


def test_a_return_goes_back_and_is_credited(
    ready: Command, order: dict[str, Any], tmp_path: Path
) -> None:
    delivery = ready("order", "deliver", order["number"])
    draft = ready("order", "invoice", order["number"])
    invoice = ready("invoice", "issue", str(draft["id"]))
    wanted = parts(tmp_path, ("SKU-1", "2"))
    back = ready("delivery", "return", delivery["number"], "--lines", wanted, "--reason", "damaged")
    assert (back["direction"], back["lines"][0]["quantity"]) == ("in", "2")
    note = ready("invoice", "credit", invoice["number"], "--lines", wanted, "--reason", "damaged")
    assert (note["type"], note["state"], note["credits"]) == (
        "credit_note", "issued", invoice["number"],
    )  # fmt: skip
    left = ready("invoice", "show", invoice["number"])
    assert left["credited"] == note["total"]


def test_a_delivery_that_is_prepared_is_shipped_once(ready: Command, order: dict[str, Any]) -> None:
    draft = ready("order", "deliver", order["number"], "--draft")
    assert (draft["state"], draft["number"]) == ("draft", None)
    shipped = ready("delivery", "ship", str(draft["id"]))
    assert shipped["state"] == "shipped"
    assert ready("delivery", "ship", shipped["number"]) == shipped


def test_more_than_was_ordered_is_one_line_and_changes_nothing(
    ready: Command, order: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = parts(tmp_path, ("SKU-1", "50"))
    refused = ready("order", "deliver", order["number"], "--lines", wanted, status=1)
    assert "50 are to go, 12 are still open of 12" in refused
    assert ready("list", "delivery", "--count") == {"count": 0}
