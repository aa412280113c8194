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
@click.option("--user", default="", help="who is working")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default=None)
@click.pass_context
def saudagar(context: click.Context, database: str, user: str, language: str | None) -> None:
    """The desk program for sales support. Without a command the window opens."""
    session: Session = context.obj
    session.database, session.user, session.language = database, user, language or "en"
    if context.invoked_subcommand is None:
        from ui.terminal.run import open_window

        session.status = open_window(database, user, language or "")


def read_json(path: Path) -> Any:
    """The JSON value of a file, or of standard input where the name is ``-``."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8-sig")
        return json.loads(text, parse_float=str)
    except OSError as error:
        message = _("{path} cannot be read ({reason}); name a JSON file.")
        raise DomainError(message, path=path, reason=error.strerror) from error
    except ValueError as error:
        message = _("{path} is not valid JSON ({reason}); mend it there.")
        raise DomainError(message, path=path, reason=error) from error


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object of a file."""
    value = read_json(path)
    if isinstance(value, dict):
        return value
    raise DomainError(_("{path} must hold one JSON object in braces."), path=path)
