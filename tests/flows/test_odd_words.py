"""Words no one should type on the command line: each is refused in one line, nothing is changed."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from ui.terminal.run import run

pytestmark = pytest.mark.slow


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "odd words.db"
    monkeypatch.setenv("SAUDAGAR_DATABASE", f"sqlite:///{path}")
    assert run(["database", "create", "--company", "PT Maju"]) == 0
    return path


def _given(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), "ascii"))


def _line(capsys: pytest.CaptureFixture[str]) -> str:
    error = capsys.readouterr().err
    assert error.startswith("error: ")
    assert error.count("\n") == 1
    return error


@pytest.mark.parametrize(
    "words",
    ["quotation frame 1", "order invoice 1 --down-payment x", "delivery show",
     "invoice pay 1 --amount 0,5", "invoice pay 1 --amount 3 --date 20/11/2026",
     "list", "list account --limit 0", "import undo x", "frobnicate", "--language fr list account"],
)  # fmt: skip
def test_wrong_usage_is_one_line_that_names_the_help(
    database: Path, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    capsys.readouterr()
    assert run(words.split()) == 2
    assert "--help" in _line(capsys)


def test_more_rows_than_there_can_be_are_all_rows(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["list", "user", "--limit", "9" * 30, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1
    assert run(["search", "x", "--limit", "9" * 30]) == 0


HOSTILE = ("'", '"', "%", "_", "\\", "';--", "' OR '1'='1", "$1", "?", "{}", "%s", "x" * 9_000)


@pytest.mark.parametrize("text", HOSTILE)
def test_options_take_every_text_as_it_is(
    database: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str
) -> None:
    """What is looked for is not there; what names a field or report is refused in one line."""
    capsys.readouterr()
    assert run(["list", "account", "--search", f"a{text}b", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert run(["list", "account", "--filter", f"name={text}", "--count", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"count": 0}
    report = str(tmp_path / "report.csv")
    for words in (
        ["list", "account", "--sort", text], ["list", "account", "--fields", text],
        ["list", text], ["show", "account", text], ["report", "run", text, report],
        ["report", "run", "sales", report, "--by", text],
        ["report", "run", "sales", report, "--filter", f"{text}=x"],
        ["report", "run", "sales", report, "--currency", text],
        ["import", "account", text],
    ):  # fmt: skip
        assert run(words) in (1, 2), words
        _line(capsys)


def test_an_import_beyond_every_number_is_not_found(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["import", "undo", "9" * 30]) == 1
    assert "no import" in _line(capsys)


@pytest.mark.parametrize(
    "words", [["search", "\udcff"], ["show", "account", "a\udcc3"], ["list", "\udcff"]]
)
def test_words_that_are_no_text_are_refused(
    database: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    capsys.readouterr()
    assert run(words) == 1
    assert "UTF-8" in _line(capsys)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"[" * 100_000, "nested too deeply"),
        (b'{"code":"A","code":"B","name":"x"}', "“code” stands twice"),
        (b'{"code":"\xc3\x28","name":"x"}', "not valid JSON"),
        (b'{"code":"A","name":"\\ud800"}', "no valid Unicode"),
        (b'{"code":["A"],"name":"x"}', "a list or an object"),
        (b'{"code":"A","name":{"a":1}}', "a list or an object"),
        (b'{"code":"A","name":true}', "no text"),
        (b'{"code":"A","name":"x","credit_limit":true}', "no number"),
        (b'{"code":"A","name":"x","credit_limit":NaN}', "beyond what is kept"),
        (b"", "not valid JSON"),
    ],
)
def test_json_that_is_no_record_is_refused(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    raw: bytes, reason: str,
) -> None:  # fmt: skip
    capsys.readouterr()
    _given(monkeypatch, raw)
    assert run(["new", "account", "-"]) == 1
    assert reason in _line(capsys)
    assert run(["list", "account", "--count", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"count": 0}


def test_signs_that_are_not_printed_become_blanks(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _given(monkeypatch, '\ufeff{"code":"A","name":"x\\u0007y\\u202ez","notes":"1\\r\\n2"}'.encode())
    capsys.readouterr()
    assert run(["--json", "new", "account", "-"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["name"], made["notes"]) == ("x y z", "1\n2")


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"date": "9999-12-31"}, 0, '"valid_until": "9999-12-31"'),
        ({"lines": [{"section": "S", "product": "P"}]}, 1, "leave one of them out"),
        ({"lines": [{"description": ["x"], "unit_price": 1}]}, 1, "Line 1: Description"),
    ],
)
def test_odd_quotations(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    change: dict[str, Any], status: int, said: str,
) -> None:  # fmt: skip
    _given(monkeypatch, b'{"code":"A","name":"Toko"}')
    assert run(["new", "account", "-"]) == 0
    _given(monkeypatch, json.dumps({"account": "A"} | change).encode())
    capsys.readouterr()
    assert run(["quotation", "new", "-", "--json"]) == status
    output = capsys.readouterr()
    assert said in output.out + output.err


def test_sales_by_channel_say_that_none_is_known(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    assert run(["report", "run", "sales", str(path), "--by", "channel", "--by", "month"]) == 0
    head = "channel,month,quantity,net,tax,gross,margin"
    assert path.read_text("utf-8").splitlines()[0] == head


def test_what_should_not_happen_is_one_line_and_a_report(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    from controllers.system import databases, opening

    def fail(_path: Path) -> None:
        raise ZeroDivisionError("odd")

    monkeypatch.setattr(databases, "status", fail)
    monkeypatch.setattr(opening, "data_folder", lambda: tmp_path / "own")
    capsys.readouterr()
    assert run(["database", "status"]) == 1
    assert "saudagar.log" in _line(capsys)
    assert "ZeroDivisionError" in (tmp_path / "own" / "saudagar.log").read_text("utf-8")


def test_a_database_that_cannot_be_made_whole_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from controllers.catalogue import taxes

    def fail(_uow: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(taxes, "install_presets", fail)
    assert run(["--database", f"sqlite:///{tmp_path / 'new.db'}", "database", "create"]) == 1
    assert list(tmp_path.iterdir()) == []
