"""A shared database on the command line: made, people let in and shut out, passwords found."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from controllers.system import sign_in
from tests.memory_keyring import Kept, only_in_memory
from tests.postgres_server import PASSWORD, PostgresServer
from ui.terminal.run import run

pytestmark = pytest.mark.slow

Command = Callable[..., Any]

FIRST, SECOND = "first of wati", "second of wati"


@pytest.fixture(autouse=True)
def kept() -> Iterator[Kept]:
    """What the keyring holds."""
    with only_in_memory() as found:
        yield found


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs one command on the database of a URL and answers its JSON, or what it was refused."""

    def call(url: str, *words: str, stdin: str = "", status: int = 0) -> Any:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        assert run(["--database", url, *words, "--json"]) == status, capsys.readouterr().err
        said = capsys.readouterr()
        return said.err if status else json.loads(said.out)

    return call


@pytest.fixture
def boss(postgres: PostgresServer, command: Command) -> Iterator[str]:
    """The administrator's address of a new database."""
    url = postgres.url("desk_of_words")
    command(url, "database", "create", "--company", "PT Maju")
    yield url
    postgres.execute("DROP DATABASE desk_of_words WITH (FORCE)")
    postgres.execute("DROP ROLE IF EXISTS wati")


def test_people_are_let_in_and_shut_out(
    boss: str, postgres: PostgresServer, command: Command
) -> None:
    theirs = postgres.url("desk_of_words", "wati", "")
    add = ("user", "add", "wati", "--role", "sales_support", "--password-stdin")
    command(boss, *add, stdin=f"{FIRST}\n")
    sign_in.keep(theirs, FIRST)
    assert command(theirs, "list", "account") == []
    command(boss, "user", "password", "wati", "--password-stdin", stdin=f"{SECOND}\n")
    assert "name and password" in _fresh(command, theirs)
    sign_in.keep(theirs, SECOND)
    command(boss, "user", "disable", "wati")
    assert "You may not open" in _fresh(command, theirs)
    command(boss, "user", "enable", "wati", "--password-stdin", stdin=f"{FIRST}\n")
    sign_in.keep(theirs, FIRST)
    assert command(theirs, "list", "account") == []


def _fresh(command: Command, url: str) -> str:
    """What a program that just started is refused."""
    from models.storage import passwords

    passwords.forget(url)
    return str(command(url, "list", "account", status=1))


def test_a_password_that_is_too_short_changes_nothing(boss: str, command: Command) -> None:
    add = ("user", "add", "wati", "--role", "sales_support", "--password-stdin")
    assert "too short" in command(boss, *add, stdin="short\n", status=1)
    assert [each["name"] for each in command(boss, "user", "list")] == ["postgres"]


def test_a_person_at_the_terminal_is_asked_and_a_script_is_not(
    boss: str, postgres: PostgresServer, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    nameless = postgres.url("desk_of_words", "postgres", "").replace(":@", "@")
    assert "asks for your password" in command(nameless, "list", "account", status=1)

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    asked: list[str] = []

    def typed(prompt: str, stream: object) -> str:
        asked.append(prompt)
        return PASSWORD

    monkeypatch.setattr("getpass.getpass", typed)
    monkeypatch.setattr(sys, "stdin", Terminal())
    assert run(["--database", nameless, "list", "account"]) == 0
    assert asked == ["Password of postgres at desk_of_words @ 127.0.0.1: "]


def test_the_command_line_does_not_make_a_shared_database_by_the_way(
    postgres: PostgresServer, command: Command
) -> None:
    said = command(postgres.url("nobody_made_it"), "list", "account", status=1)
    assert "database create" in said
