"""What one command works with: the open program, the language and how answers are written."""

import json
import sys
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from controllers.core.app import App
from controllers.system import opening
from models.values.formatting import Style


@dataclass
class Session:
    """Made from the options before the command."""

    as_json: bool = False
    database: str = ""
    reports: str = ""
    """The address of a copy that reports and exports read."""
    user: str = ""
    language: str = "en"
    status: int = 0
    _opened: list[App] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The database this command is about: a URL, or a file."""
        return opening.database_url(self.database)

    @property
    def name(self) -> str:
        """What a person calls that database; never a password."""
        return opening.name_of(self.url)

    @cached_property
    def app(self) -> App:
        """The program; the embedded database is made on first use."""
        usual = opening.reports_url() if opening.is_shared(self.url) else ""
        app = opening.open_app(
            self.url, self.user, create=not self._is_named, reports=self.reports or usual
        )
        self._opened.append(app)
        return app

    @property
    def _is_named(self) -> bool:
        import os

        return bool(self.database or os.environ.get(opening.VARIABLE))

    @property
    def style(self) -> Style:
        """How figures are read and written for people."""
        return Style.of(self.language)

    def close(self) -> None:
        """Close what was opened."""
        for app in self._opened:
            app.close()

    def answer(self, value: Any, text: str | None = None) -> None:
        """Write a result: one JSON value, or lines for people."""
        if self.as_json:
            print(json.dumps(value, ensure_ascii=False, default=str))
        else:
            print(text if text is not None else readable(value))

    @staticmethod
    def say(message: str) -> None:
        """Write a message or progress, beside the result."""
        print(message, file=sys.stderr)

    def say_once(self, message: str) -> None:
        """Write a message where there is one."""
        if message:
            self.say(message)


def readable(value: Any, indent: str = "") -> str:
    """A JSON value as indented lines; empty parts are left out."""
    if isinstance(value, dict):
        return "\n".join(
            _entry(name, each, indent) for name, each in value.items() if each not in (None, "", [])
        )
    if isinstance(value, list):
        return "\n".join(f"{indent}- {readable(each, indent + '  ').strip()}" for each in value)
    return f"{indent}{value}"


def _entry(name: str, value: Any, indent: str) -> str:
    if isinstance(value, (dict, list)):
        return f"{indent}{name}:\n{readable(value, indent + '  ')}"
    return f"{indent}{name}: {value}"


def table(heads: list[str], rows: list[list[str]], right: frozenset[int] = frozenset()) -> str:
    """Rows under their heads in aligned columns; `right` names columns of figures."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    lines = [heads, *rows]
    return "\n".join(
        "  ".join(
            text.rjust(width) if at in right else text.ljust(width)
            for at, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
