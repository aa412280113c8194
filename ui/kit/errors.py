"""What goes wrong, in three ways: a refusal is told, an outage stands above the page, a bug is
written to the log and offered as a report while the program stays up."""

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from models.values.errors import ConflictError, DomainError, OutageError, ProblemsError
from models.values.permissions import PERMISSIONS
from resources.languages import marked as _
from ui.kit.language import language, tr

_LARGEST_LOG = 1_000_000


class _Troubles(QObject):
    outage = Signal(bool)
    bug = Signal(str)


troubles = _Troubles()


def text_of(error: BaseException) -> str:
    """The sentence to show for an error."""
    if isinstance(error, DomainError):
        return error.text(language())
    if isinstance(error, OutageError):
        return tr(_("The database cannot be reached. What you typed is kept."))
    return tr(_("Something went wrong that should not. A report of it is ready to copy."))


def by_field(error: DomainError) -> dict[str, str]:
    """The sentence for each field, "" for the whole record."""
    problems = error.problems if isinstance(error, ProblemsError) else [error]
    return {each.field: each.text(language()) for each in reversed(problems)}


def is_conflict(error: BaseException) -> bool:
    """Whether somebody else changed the record meanwhile."""
    return isinstance(error, ConflictError)


def show(error: Exception) -> None:
    """What is done with an error nobody else takes care of."""
    if isinstance(error, OutageError):
        troubles.outage.emit(True)
    elif isinstance(error, DomainError):
        from ui.kit.toasts import toast

        toast(text_of(error))
    else:
        report(type(error), error, error.__traceback__)


def say_missing(permission: str) -> None:
    """Say that the person's role lacks a permission, at a way that could not be closed before."""
    from ui.kit.toasts import toast

    message = _("Your role has no right for this: {label}. Ask your administrator.")
    toast(tr(message, label=tr(PERMISSIONS[permission])))


class _Log:
    path: Path | None = None


def install(log: Path | None) -> Callable[[], None]:
    """Catch what no one catches; answers the function that ends it."""
    _Log.path = log
    before = sys.excepthook
    sys.excepthook = report

    def leave() -> None:
        sys.excepthook = before

    return leave


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log a bug and offer its report; Ctrl+C in a terminal still ends the program."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    import platform
    import traceback

    text = "".join(traceback.format_exception(kind, error, trace))
    text = f"{dt.datetime.now().astimezone():%Y-%m-%d %H:%M:%S} {platform.platform()}\n{text}"
    _append(text)
    troubles.bug.emit(text)


def _append(text: str) -> None:
    if _Log.path is None:
        sys.stderr.write(text)
        return
    try:
        _Log.path.parent.mkdir(parents=True, exist_ok=True)
        _Log.path.touch(mode=0o600)
        large = _Log.path.exists() and _Log.path.stat().st_size > _LARGEST_LOG
        with _Log.path.open("w" if large else "a", encoding="utf-8") as file:
            file.write(text + "\n")
    except OSError:
        sys.stderr.write(text)
