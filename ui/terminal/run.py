"""Runs one command of the command line, or opens the window where none is named."""

import os
import sys
from collections.abc import Sequence

import click

from models.values.errors import DomainError, OutageError
from resources.languages import LANGUAGES
from ui.terminal.session import Session


def run(arguments: Sequence[str]) -> int:
    """The exit status: 0 done, 1 refused with one line on standard error, 2 wrong usage."""
    words = [word for word in arguments if word != "--json"]
    session = Session(as_json=len(words) < len(arguments))
    try:
        if words[:1] in (["test"], ["check"], ["translations"]):
            return _checks(words)
        from ui.terminal.commands import saudagar

        saudagar.main(words, "main.py", standalone_mode=False, obj=session)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except click.exceptions.Abort:
        return _refuse("stopped")
    except DomainError as error:
        return _refuse(error.text(session.language))
    except (OutageError, OSError) as error:
        return _refuse(str(error))
    finally:
        session.close()
    return session.status


def _checks(words: Sequence[str]) -> int:
    from ui.terminal import checks

    if words[0] == "test":
        return checks.test(words[1:])
    return checks.check() if words[0] == "check" else checks.translate()


def _refuse(text: str) -> int:
    print("error: " + " ".join(text.split()), file=sys.stderr)
    return 1


def default_language() -> str:
    """The language of the person's system where it is one of ours."""
    start = os.environ.get("LANG", "")[:2]
    return start if start in LANGUAGES else "en"
