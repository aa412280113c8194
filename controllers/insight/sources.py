"""Where reports and exports read: a copy of the shared database that follows it, where one is
named, else the database itself.

A copy has the same people, rights and row policies. What it cannot answer, the database does, and
a sentence says so; one that lags says how old its figures are.
"""

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, NamedTuple, TypeVar

from controllers.core.app import App
from models.storage.database import open_database
from models.values.errors import ClashError, DomainError, OutageError
from resources.languages import marked as _
from resources.languages import translate

T = TypeVar("T")

LAG = 5.0
"""Seconds a copy may be behind before that is said."""

_opening = threading.Lock()

_POSITION = "SELECT pg_current_wal_lsn()::text"
_FOLLOWED = (
    "SELECT NOT pg_is_in_recovery() OR pg_last_wal_replay_lsn() >= ?::pg_lsn, "
    "extract(epoch FROM clock_timestamp() - "
    "coalesce(pg_last_xact_replay_timestamp(), pg_postmaster_start_time()))::float8"
)


class Answer(NamedTuple, Generic[T]):
    """What was read, and what is to be said about where it comes from."""

    value: T
    note: DomainError | None = None
    reason: Exception | None = None
    """Why the copy could not be used."""

    def told(self, language: str) -> str:
        """The sentence in one language; "" where there is nothing to say."""
        if self.reason is not None:
            refused = isinstance(self.reason, DomainError)
            reason = self.reason.text(language) if refused else str(self.reason)  # type: ignore[attr-defined]
            words = _("Read from the database itself: the one for reports cannot be used. {reason}")
            return translate(words, language, reason=reason)
        return self.note.text(language) if self.note else ""


class _UnfitError(Exception):
    """The copy cannot be opened, or has another schema; its cause says why."""


def answered(app: App, work: Callable[[App], T]) -> Answer[T]:
    """Run what only reads on the copy where there is one that fits, else on the database."""
    if not app.reports_place:
        return Answer(work(app))
    try:
        copy = _copy(app)
        late = _lag(app, copy)
        return Answer(work(copy), _note(copy, late))
    except (OutageError, ClashError) as error:
        why: Exception = error
    except _UnfitError as error:
        why = error.args[0]
    return Answer(work(app), reason=why)


def _copy(app: App) -> App:
    """The program on the copy, opened once; _UnfitError where it does not fit, OutageError where
    it is away.
    """
    with _opening:
        copy = app.reports
        try:
            if copy is None:
                copy = app.reports = _opened(app)
            copy.database.check_schema()
        except DomainError as error:
            raise _UnfitError(error) from error
    copy.act_as(app.person)
    return copy


def _opened(app: App) -> App:
    """Sign in to the copy, with the password of the database where none is kept for the copy."""
    from controllers.system import sign_in
    from models.storage import passwords

    place = app.reports_place
    try:
        return _signed_in(app, place)
    except DomainError as error:
        own = passwords.known(app.database.url)
        if error.field != "password" or not own:
            raise
        with sign_in.typed(place, own):
            return _signed_in(app, place)


def _signed_in(app: App, place: str) -> App:
    database = open_database(place)
    try:
        if database.login != app.database.login:
            message = _("{name} knows you as {login}; sign in to both under one name.")
            raise DomainError(message, name=database.name, login=database.login)
        return App(database, app.user, app.clock)
    except BaseException:
        database.close()
        raise


def _lag(app: App, copy: App) -> float:
    """Seconds the copy is behind at most; 0 where it has everything."""
    position = "0/0"
    with suppress(OutageError):
        position = str(app.database.fetch(_POSITION)[0][0])
    ((is_level, seconds),) = copy.database.fetch(_FOLLOWED, (position,))
    return 0.0 if is_level else float(seconds)


def _note(copy: App, late: float) -> DomainError | None:
    if not late or late < LAG:
        return None
    moment = copy.clock() - dt.timedelta(seconds=late)
    return DomainError(
        _("The figures are those of {moment}: the database for reports is behind."),
        moment=f"{moment:%Y-%m-%d %H:%M}",
    )
