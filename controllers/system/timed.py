"""Timed work: what is done by itself while time passes, on exactly one workstation at a time.

Every program with a window looks once a minute, and so may a scheduler with the command `timed`.
Whoever holds the lock of a job runs it; when that program ends, is killed or cut off, the lock is
free and the next one that looks goes on. A job bears being run twice at the change all the same: a
mail is claimed in the outbox before it is sent.

Where people see only a part of the documents, a program that sees all of them does the work for
everybody; while there is none, one for each part does it.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from controllers.core.app import App
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from models.storage.database import Hold
from models.values.permissions import Scope, scope

LOOK_SECONDS = 60
"""How often a program looks whether there is timed work for it."""


class Job(NamedTuple):
    """One kind of timed work."""

    name: str
    permission: str
    """What a person must be allowed, and as far as that goes the job reaches."""
    is_due: Callable[[dt.datetime | None, dt.datetime], bool]
    """Told when this program ran it last, and the present moment."""
    is_able: Callable[[App], bool]
    """Whether this program can do it now; one that cannot leaves it to others."""
    run: Callable[[App, dt.datetime | None], Any]
    """Told when this program ran it last; answers what it did."""


class Done(NamedTuple):
    """A job that was run, and what it did."""

    job: str
    answer: Any


class Timed:
    """The timed work of one program. Not for several threads at once."""

    def __init__(self, app: App, jobs: "Sequence[Job] | None" = None) -> None:
        self._app = app
        self._jobs = JOBS if jobs is None else jobs
        self._last: dict[str, dt.datetime] = {}
        self._holds: dict[str, tuple[str, Hold]] = {}

    def due(self) -> list[Job]:
        """The jobs this program is to run now. It holds them until it ends or cannot do them."""
        now = self._app.clock()
        return [
            job
            for job in self._jobs
            if self._app.may(job.permission)
            and job.is_due(self._last.get(job.name), now)
            and self._is_ours(job)
        ]

    def _is_ours(self, job: Job) -> bool:
        database, work, part = self._app.database, f"timed-{job.name}", self._part(job)
        known, hold = self._holds.get(job.name, ("", None))
        if hold and (known != part or not hold.is_kept()):
            hold.release()
            del self._holds[job.name]
            hold = None
        if not job.is_able(self._app) or (part and database.is_held(work)):
            self._leave(job)
            return False
        if hold is None and (hold := database.hold(work, part)):
            self._holds[job.name] = (part, hold)
        return hold is not None

    def _part(self, job: Job) -> str:
        """Whose documents this program reaches with a job; "" for everybody's."""
        person = self._app.person
        far = scope(person.role, job.permission)
        whose = {Scope.OWN: person.id, Scope.TEAM: person.team, Scope.TERRITORY: person.territory}
        return f"{far} {whose[far]}" if person.is_kept_apart and far in whose else ""

    def run(self, job: Job) -> Done:
        """Run a job that is due."""
        before, now = self._last.get(job.name), self._app.clock()
        answer = job.run(self._app, before)
        self._last[job.name] = now
        return Done(job.name, answer)

    def _leave(self, job: Job) -> None:
        _part, hold = self._holds.pop(job.name, ("", None))
        if hold:
            hold.release()

    def leave(self) -> None:
        """The program ends: others may go on at once."""
        for job in self._jobs:
            self._leave(job)


def run_once(app: App) -> list[Done]:
    """Run what is due, for a scheduler; what another program holds is left to it."""
    timed = Timed(app)
    try:
        return [timed.run(job) for job in timed.due()]
    finally:
        timed.leave()


# The jobs


def _each_minute(last: dt.datetime | None, now: dt.datetime) -> bool:
    del last, now
    return True


def _each_day(last: dt.datetime | None, now: dt.datetime) -> bool:
    return last is None or last.date() < now.date()


def _always(app: App) -> bool:
    del app
    return True


def _can_send(app: App) -> bool:
    from controllers.documents import mail_password, outbox

    server = app.read(outbox.server_of)
    return bool(server.host) and not mail_password.is_missing(app, server)


def _send(app: App, _last: dt.datetime | None) -> Any:
    from controllers.documents import outbox

    return outbox.deliver(app)


def _remind(app: App, _last: dt.datetime | None) -> int:
    from controllers.documents import approval_mails

    return app.write(approval_mails.remind)


def _keep_contracts(app: App, _last: dt.datetime | None) -> dict[str, int]:
    from controllers.documents import contracts

    return app.write(contracts.run)


def _expire(app: App, last: dt.datetime | None) -> int:
    yesterday = app.clock().date() - dt.timedelta(days=1)
    return app.write(expire, last.date() if last else yesterday)


@needs("documents.see")
def expire(uow: UnitOfWork, since: dt.date) -> int:
    """Tell every window which quotations have expired from a day until today; answers how many.

    That they have follows from their date; a list that shows them must look again.
    """
    found = uow.connection.exec_driver_sql(
        "SELECT id FROM quotation WHERE stored_state = 'sent' AND valid_until >= ? "
        "AND valid_until < ?",
        (since.isoformat(), uow.today.isoformat()),
    )
    ids = [int(row[0]) for row in found]
    for each in ids:
        uow.changed("quotation", each)
    return len(ids)


JOBS = (
    Job("outbox", "documents.change", _each_minute, _can_send, _send),
    Job("expiry", "documents.see", _each_day, _always, _expire),
    Job("approvals", "documents.change", _each_day, _always, _remind),
    Job("contracts", "documents.change", _each_day, _always, _keep_contracts),
)
"""Every kind of timed work there is."""
