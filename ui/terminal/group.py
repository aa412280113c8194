"""The command line's group: its options, and how a command reads a JSON file."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from models.values.errors import DomainError
from resources.languages import LANGUAGES
from resources.languages import marked as _
from ui.terminal.session import Session

FILE = click.Path(path_type=Path)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--database", default="", help="URL such as sqlite:///file.db")
@click.option(
    "--reports-database",
    "reports",
    default="",
    help="URL of a copy that follows a shared database; reports are read from it",
)
@click.option("--user", default="", help="who is working")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default=None)
@click.pass_context
def saudagar(
    context: click.Context, database: str, reports: str, user: str, language: str | None
) -> None:
    """The desk program for sales support. Without a command the window opens."""
    session: Session = context.obj
    session.database, session.user, session.language = database, user, language or "en"
    session.reports = reports
    if context.invoked_subcommand is None:
        from ui.terminal.run import open_window

        session.status = open_window(database, user, language or "", reports)


def read_json(path: Path) -> Any:
    """The JSON value of a file, or of standard input where the name is ``-``."""
    name = "stdin" if str(path) == "-" else path
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return json.loads(raw.decode("utf-8-sig"), parse_float=str, object_pairs_hook=_once)
    except OSError as error:
        message = _("{path} cannot be read ({reason}); name a JSON file.")
        raise DomainError(message, path=path, reason=error.strerror) from error
    except RecursionError:
        message = _("{path} is nested too deeply; write one plain JSON object.")
        raise DomainError(message, path=name) from None
    except ValueError as error:
        message = _("{path} is not valid JSON ({reason}); mend it there.")
        raise DomainError(message, path=name, reason=error) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of the pairs; ValueError where a name stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"“{twice}” stands twice")
    return found


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object of a file."""
    value = read_json(path)
    if isinstance(value, dict):
        return value
    raise DomainError(_("{path} must hold one JSON object in braces."), path=path)


def read_bytes(path: Path) -> bytes:
    """The content of a file; DomainError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        message = _("{path} cannot be read ({reason}); name another file.")
        raise DomainError(message, path=path, reason=error.strerror) from error


def read_signed(path: Path | None) -> tuple[str, bytes] | None:
    """Name and content of a signed copy, where there is one."""
    return None if path is None else (path.name, read_bytes(path))
