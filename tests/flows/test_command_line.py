"""A sales day through the command line, as a script would run it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from controllers.system import settings
from controllers.system.opening import open_app
from models.values.settings import Mail, Settings
from ui.terminal.run import run

pytestmark = pytest.mark.slow

Command = Callable[..., Any]


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs one command on a database of this test's own and answers its JSON."""

    def call(*words: str, status: int = 0, stdin: Any = None) -> Any:
        arguments = ["--database", f"sqlite:///{tmp_path / 'day.db'}", "--user", "sari", *words]
        assert run([*arguments, "--json"]) == status, capsys.readouterr().err
        output = capsys.readouterr()
        if status:
            return output.err
        return json.loads(output.out)

    call("database", "create", "--company", "PT Maju")
    return call


def _json(tmp_path: Path, value: Any) -> str:
    path = tmp_path / "value.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return str(path)


@pytest.fixture
def ready(command: Command, tmp_path: Path) -> Command:
    """A customer and two products."""
    account = {"code": "TOKO", "name": "Toko Makmur", "currency": "IDR", "language": "id"}
    command("new", "account", _json(tmp_path, account))
    for sku, price, stock in (("SKU-1", "4890000", "20"), ("SKU-2", "100000", "5")):
        product = {"sku": sku, "name": f"Barang {sku}", "list_price": price, "stock": stock}
        command("new", "product", _json(tmp_path, product))
    return command


def _quotation() -> dict[str, Any]:
    return {
        "account": "TOKO", "date": "2026-11-21", "valid_until": "2026-12-21", "tax": "ppn",
        "discount_percent": "2",
        "lines": [
            {"section": "Printers"},
            {"product": "SKU-1", "quantity": "12", "discount_percent": "5"},
            {"product": "SKU-2", "quantity": "3", "optional": True},
            {"description": "Installation on site", "quantity": "1", "unit_price": "750000"},
            {"note": "Stock does not bind."},
        ],
    }  # fmt: skip


def test_a_quotation_is_revised_compared_and_accepted(ready: Command, tmp_path: Path) -> None:
    draft = ready("quotation", "new", _json(tmp_path, _quotation()))
    sent = ready("quotation", "send", str(draft["id"]), "--no-mail")
    second = ready("quotation", "revise", sent["number"], "--reason", "Fewer printers")
    assert (second["number"], second["revision"], second["state"]) == (sent["number"], 2, "draft")
    changed = _quotation()
    changed["lines"][1]["quantity"] = "2"
    ready("change", "quotation", sent["number"], _json(tmp_path, changed))
    ready("quotation", "send", sent["number"], "--no-mail")
    told = ready("quotation", "compare", sent["number"], "1", "2")
    assert [(each["how"], each["fields"]) for each in told["lines"]] == [("changed", ["quantity"])]
    listed = ready("quotation", "revisions", sent["number"])
    assert [(each["revision"], each["state"]) for each in listed] == [(2, "sent"), (1, "replaced")]
    ready("quotation", "accept", sent["number"], "--revision", "1")
    order = ready("quotation", "order", sent["number"])
    assert order["total"] == sent["total"]


def test_a_day_from_enquiry_to_report(ready: Command, tmp_path: Path) -> None:
    draft = ready("quotation", "new", _json(tmp_path, _quotation()))
    assert (draft["state"], draft["number"]) == ("draft", None)
    assert draft["subtotal"] == "56496000.00"
    assert draft["discount"] == "1129920.00"
    sent = ready("quotation", "send", str(draft["id"]), "--no-mail")
    assert sent["number"] == "001/SPH/M/XI/2026" or sent["number"].startswith("001/SPH/")
    ready("quotation", "pdf", sent["number"], str(tmp_path / "q.pdf"))
    assert (tmp_path / "q.pdf").read_bytes().startswith(b"%PDF")
    accepted = ready("quotation", "accept", sent["number"], "--signed", str(tmp_path / "q.pdf"))
    assert accepted["state"] == "accepted"
    order = ready("quotation", "order", sent["number"])
    assert order["total"] == sent["total"]
    confirmed = ready("order", "confirm", order["number"])
    assert confirmed["state"] == "confirmed"
    assert ready("show", "product", "SKU-1")["reserved"] == "12"
    ready("order", "pdf", order["number"], str(tmp_path / "o.pdf"))
    delivered = ready("order", "deliver", order["number"])
    assert delivered["state"] == "shipped"
    assert ready("order", "show", order["number"])["state"] == "delivered"
    assert ready("show", "product", "SKU-1")["stock"] == "8"
    draft = ready("order", "invoice", order["number"])
    invoice = ready("invoice", "issue", str(draft["id"]))
    assert (invoice["state"], invoice["total"]) == ("issued", order["total"])
    paid = ready("invoice", "pay", invoice["number"], "--amount", invoice["total"])
    assert (paid["payment"], paid["open"]) == ("settled", "0.00")
    report = tmp_path / "sales.csv"
    assert ready("report", "run", "sales", str(report), "--by", "product")["rows"] == 2
    assert report.read_text("utf-8").startswith("product,quantity,net,tax,gross,margin")
    assert ready("database", "check")["problems"] == []


def test_tax_and_words_of_the_quotation(ready: Command, tmp_path: Path) -> None:
    draft = ready("quotation", "new", _json(tmp_path, _quotation()))
    (tax,) = draft["taxes"]
    net = 56496000 - 1129920
    assert (tax["name"], tax["rate"]) == ("PPN", "12")
    assert draft["tax_base"] == f"{round(net * 11 / 12)}.00"
    assert draft["total"] == f"{net + round(net * 0.11)}.00"
    assert draft["total_in_words"].endswith("rupiah")


def test_list_show_change_and_delete(ready: Command, tmp_path: Path) -> None:
    assert ready("list", "account", "--count") == {"count": 1}
    (row,) = ready("list", "account", "--search", "makmur", "--fields", "code,name")
    assert row == {"id": 1, "code": "TOKO", "name": "Toko Makmur"}
    changed = ready("change", "account", "TOKO", _json(tmp_path, {"city": "Bandung"}))
    assert changed["city"] == "Bandung"
    assert ready("list", "account", "--filter", "city=Bandung", "--count") == {"count": 1}
    assert ready("delete", "account", "TOKO") == {"deleted": "TOKO"}
    assert ready("list", "account", "--count") == {"count": 0}


def test_an_export_comes_in_again_unchanged(ready: Command, tmp_path: Path) -> None:
    for kind in ("account", "product", "user"):
        path = tmp_path / f"{kind}.csv"
        ready("export", kind, str(path))
        again = ready("import", kind, str(path))
        assert (again["unchanged"], again["rejected"]) == (again["read"], 0), path.read_text()


def test_documents_come_in_again_unchanged_and_drafts_are_named_as_left_out(
    ready: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = ready("quotation", "new", _json(tmp_path, _quotation()))
    ready("quotation", "send", str(sent["id"]), "--no-mail")
    ready("quotation", "new", _json(tmp_path, _quotation()))
    path = str(tmp_path / "quotations.csv")
    assert run_said(tmp_path, capsys, "export", "quotation", path).startswith("drafts left out: 1,")
    assert ready("export", "quotation", path)["rows"] == 5
    again = ready("import", "quotation", path)
    assert (again["read"], again["unchanged"], again["rejected"]) == (5, 1, 0)
    assert ready("export", "quotation", path, "--fields", "number,total")["rows"] == 2


def run_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command says beside its result."""
    assert run(["--database", f"sqlite:///{tmp_path / 'day.db'}", *words]) == 0
    return capsys.readouterr().err


def test_expired_prices_are_told_by_import_and_quotation(
    ready: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ready("new", "price_list", _json(tmp_path, {"name": "Promo", "currency": "IDR"}))
    path = tmp_path / "prices.csv"
    path.write_text("price_list,product,price,valid_to\nPromo,SKU-2,90000,2020-01-31\n")
    said = run_said(tmp_path, capsys, "import", "price", str(path))
    assert said.startswith("prices that have expired: 1;")
    values = {"account": "TOKO", "price_list": "Promo", "lines": [{"product": "SKU-2"}]}
    made = ready("quotation", "new", _json(tmp_path, values))
    reason = "list price; Promo: 90 000 was valid until 2020-01-31"
    assert made["lines"][0]["price_reason"] == reason


def test_without_a_mail_password_a_quotation_is_not_sent(
    ready: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from keyring.backends import fail

    monkeypatch.setattr("keyring.core._keyring_backend", fail.Keyring())
    monkeypatch.delenv("SAUDAGAR_MAIL_PASSWORD", raising=False)
    app = open_app(tmp_path / "day.db", "sari")
    mail = Mail("mail.example", 587, "starttls", "sari", "sari@maju.example")
    app.write(settings.save, Settings(company="PT Maju", short_name="MJU", mail=mail))
    app.close()
    draft = ready("quotation", "new", _json(tmp_path, _quotation()))
    error = ready("quotation", "send", str(draft["id"]), "--to", "a@b.example", status=1)
    assert "keep it under Settings, or name it in SAUDAGAR_MAIL_PASSWORD" in error
    assert ready("quotation", "show", str(draft["id"]))["state"] == "draft"


def test_export_writes_what_is_listed(ready: Command, tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    assert ready("export", "product", str(path), "--fields", "sku,list_price")["rows"] == 2
    assert path.read_text("utf-8").splitlines()[1] == "SKU-1,4890000.00"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("show", "account", "NOPE"), "NOPE"),
        (("list", "nothing"), "no kind “nothing”"),
        (("list", "account", "--sort", "nope"), "no field “nope”"),
        (("list", "account", "--filter", "nope=1"), "nope=1"),
        (("import", "account", "missing.csv"), "missing.csv"),
        (("export", "account", "list.doc"), ".xlsx"),
        (("report", "run", "nope", "x.csv"), "no report “nope”"),
        (("report", "run", "sales", "x.csv", "--by", "colour"), "colour"),
        (("quotation", "show", "999"), "999"),
        (("database", "create"), "exists already"),
    ],
)
def test_a_refusal_is_one_line_with_status_1(
    ready: Command, words: tuple[str, ...], reason: str
) -> None:
    error = ready(*words, status=1)
    assert error.startswith("error: ")
    assert error.count("\n") == 1
    assert reason in error


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"account": "NOPE"}, "NOPE"),
        ({"lines": [{"product": "SKU-1", "quantity": "-3"}]}, "-3"),
        ({"lines": [{"product": "SKU-1", "quantity": "1e12"}]}, "1"),
        ({"lines": [{"product": "SKU-1", "quantity": "1", "discount_percent": "101"}]}, "101"),
        ({"lines": [{"product": "NOPE", "quantity": "1"}]}, "NOPE"),
        ({"price_list": "NOPE"}, "NOPE"),
        ({"tax": "nope"}, "nope"),
        ({"date": "08/17/2026"}, "08/17/2026"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_bad_quotation_is_refused_and_nothing_is_made(
    ready: Command, tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    error = ready("quotation", "new", _json(tmp_path, _quotation() | change), status=1)
    assert reason in error
    assert ready("list", "quotation", "--count") == {"count": 0}


def test_wrong_usage_has_status_2(command: Command) -> None:
    command("list", status=2)
    command("nothing", status=2)


def test_backup_and_restore_are_whole(ready: Command, tmp_path: Path) -> None:
    backup = tmp_path / "copy.db"
    ready("database", "backup", str(backup))
    ready("delete", "account", "TOKO")
    error = ready("database", "restore", str(backup), status=1)
    assert "--replace" in error
    ready("database", "restore", str(backup), "--replace")
    assert ready("list", "account", "--count") == {"count": 1}


def test_a_folder_a_text_and_a_newer_database_are_refused(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "text.db"
    text.write_text("no database" * 100, encoding="utf-8")
    for path, reason in (
        (tmp_path, "folder"),
        (text, "damaged"),
        (tmp_path / "no.db", "no database"),
    ):
        assert run(["--database", f"sqlite:///{path}", "list", "account"]) == 1
        assert reason in capsys.readouterr().err
    from models.storage.sqlite import SqliteDatabase

    newer = SqliteDatabase(tmp_path / "day.db")
    with newer.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    assert "newer version" in command("list", "account", status=1)
