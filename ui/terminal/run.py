"""Runs one command of the command line, or opens the window where none is named."""

import os
import sys
from collections.abc import Sequence
from typing import Any

_OPTIONS = {"--database": "database", "--user": "user", "--language": "language",
            "--reports-database": "reports"}  # fmt: skip


def run(arguments: Sequence[str]) -> int:
    """The exit status: 0 done, 1 refused with one line on standard error, 2 wrong usage."""
    options = _options_alone(arguments)
    if options is not None and options.get("--language", "en") in ("en", "id", "ms"):
        return open_window(**{_OPTIONS[name]: value for name, value in options.items()})
    return _command(arguments)


def _options_alone(arguments: Sequence[str]) -> dict[str, str] | None:
    """The values of our options where nothing else is said: the window needs no more."""
    options: dict[str, str] = {}
    words = [part for word in arguments for part in _parted(word)]
    for name, value in zip(words[::2], words[1::2], strict=False):
        if name not in _OPTIONS or value.startswith("-"):
            return None
        options[name] = value
    return None if len(words) % 2 else options


def _parted(word: str) -> list[str]:
    return word.split("=", 1) if word.startswith("--") else [word]


def open_window(database: str = "", user: str = "", language: str = "", reports: str = "") -> int:
    """Show the window; nothing a command needs is loaded for it."""
    from ui.terminal.display import missing_display

    reason = missing_display()
    if reason:
        return _refuse(reason)
    from ui import start

    return start.open_window(database or None, user, language or None, reports=reports)


def _command(arguments: Sequence[str]) -> int:
    import click

    from models.values.errors import DomainError, OutageError
    from ui.terminal.session import Session

    words = [word for word in arguments if word != "--json"]
    session = Session(as_json=len(words) < len(arguments))
    try:
        _require_text(words)
        if words[:1] in (["test"], ["check"], ["translations"]):
            return _checks(words)
        from ui.terminal import signing
        from ui.terminal.commands import saudagar

        signing.ask_where_needed()

        saudagar.main(words, "main.py", standalone_mode=False, obj=session)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        return _wrong_usage(error)
    except click.exceptions.Abort:
        return _refuse("stopped")
    except DomainError as error:
        return _refuse(error.text(session.language))
    except (OutageError, OSError) as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return _refuse("stopped")
    except Exception as error:
        return _refuse(_reported(error))
    finally:
        session.close()
    return session.status


def _require_text(words: Sequence[str]) -> None:
    """Raise DomainError for a word that is no text in the encoding of this system."""
    from models.values.errors import DomainError
    from resources.languages import marked as _

    for word in words:
        if any("\ud800" <= sign <= "\udfff" for sign in word):
            shown = word.encode("utf-8", "replace").decode("utf-8")
            raise DomainError(_("“{text}” is no valid UTF-8; type it again."), text=shown)


def _wrong_usage(error: Any) -> int:
    """One line for what was typed wrongly, and where the right words stand."""
    command = error.ctx.command_path if getattr(error, "ctx", None) else "main.py"
    text = error.format_message().rstrip(".")
    print("error: " + " ".join(f"{text}; see “{command} --help”.".split()), file=sys.stderr)
    return 2


def _checks(words: Sequence[str]) -> int:
    from ui.terminal import checks

    if words[0] == "test":
        return checks.test(words[1:])
    return checks.check() if words[0] == "check" else checks.translate()


def _reported(error: Exception) -> str:
    """One line for what should not happen; the whole report is written into the log."""
    import traceback

    from controllers.system import opening

    log = opening.data_folder() / "saudagar.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.touch(mode=0o600)
        with log.open("a", encoding="utf-8", errors="replace") as file:
            file.writelines(traceback.format_exception(error))
    except OSError:
        traceback.print_exception(error)
    return f"this should not happen ({type(error).__name__}: {error}); {log} says more."


def _refuse(text: str) -> int:
    print("error: " + " ".join(text.split()), file=sys.stderr)
    return 1


def default_language() -> str:
    """The language of the person's system where it is one of ours."""
    from resources.languages import LANGUAGES

    start = os.environ.get("LANG", "")[:2]
    return start if start in LANGUAGES else "en"
