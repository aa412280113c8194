"""`history` and the seals of `database check`, as a script runs them."""

import json
from pathlib import Path
from typing import Any

import pytest

from ui.terminal.run import run


def command(
    folder: Path, capsys: pytest.CaptureFixture[str], *words: str, status: int = 0
) -> tuple[str, str]:
    """What one command writes, and what it says beside that."""
    place = f"sqlite:///{folder / 'day.db'}"
    assert run(["--database", place, "--user", "sari", *words]) == status
    written = capsys.readouterr()
    return written.out, written.err


def changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A customer whose city was changed."""
    command(folder, capsys, "database", "create", "--company", "PT Maju")
    file = folder / "value.json"
    for words, value in (
        (("new", "account"), {"code": "TOKO", "name": "Toko Makmur", "city": "Bandung"}),
        (("change", "account", "TOKO"), {"city": "Medan", "credit_limit": "1500000"}),
    ):
        file.write_text(json.dumps(value))
        command(folder, capsys, *words, str(file))


def test_the_history_of_a_record_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(tmp_path, capsys)
    steps: list[dict[str, Any]] = json.loads(
        command(tmp_path, capsys, "history", "account", "TOKO", "--json")[0]
    )
    assert [(each["who"], each["action"]) for each in steps] == [
        ("sari", "update"), ("sari", "insert"),
    ]  # fmt: skip
    assert [(each["field"], each["before"], each["after"]) for each in steps[0]["changes"]] == [
        ("city", "Bandung", "Medan"), ("credit_limit", "", "1500000.00"),
    ]  # fmt: skip
    text, _beside = command(tmp_path, capsys, "--language", "en", "history", "account", "TOKO")
    assert "    City: Bandung → Medan" in text.splitlines()
    city, _beside = command(tmp_path, capsys, "history", "account", "TOKO", "--field", "city")
    assert "Credit limit" not in city
    _nothing, refusal = command(tmp_path, capsys, "history", "account", "NOBODY", status=1)
    assert refusal.startswith("error: There is no customer “NOBODY”")


def test_the_history_of_the_settings_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command(tmp_path, capsys, "database", "create", "--company", "PT Maju")
    text, _beside = command(tmp_path, capsys, "--language", "en", "history", "settings", "company")
    assert "    Name of the company: PT Maju" in text.splitlines()
    _nothing, refusal = command(tmp_path, capsys, "history", "settings", "other", status=1)
    assert refusal.startswith("error: The settings have one history")


def test_a_seal_that_was_noted_is_looked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(tmp_path, capsys)
    answer = json.loads(command(tmp_path, capsys, "database", "check", "--json")[0])
    assert answer["problems"] == []
    command(tmp_path, capsys, "database", "check", "--seal", answer["seal"])
    other = answer["seal"][:-4] + "0000"
    wrong, _beside = command(tmp_path, capsys, "database", "check", "--seal", other, status=1)
    assert "that was noted is not in it" in wrong
