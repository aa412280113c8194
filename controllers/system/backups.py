"""Backups: where they go, how often somebody is reminded, and when the last one was verified."""

import datetime as dt
import json
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from controllers.core.app import App
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.system.settings import keep
from models.storage import schema
from models.storage.database import Told, untold
from models.storage.tables import SETTING
from models.storage.types import moment_text
from models.values.errors import DomainError
from models.values.records import Change
from resources.languages import marked as _

_NAME = "backups"

USUAL_DAYS = 1
"""A backup every night, as long as nobody chose otherwise."""


class Backups(NamedTuple):
    """What was chosen, and the last backup that was verified."""

    folder: str = ""
    """"" for the usual one."""
    days: int = USUAL_DAYS
    """After how many days without a backup somebody is reminded; 0 for never."""
    at: dt.datetime | None = None
    file: str = ""


class Reminder(NamedTuple):
    """A backup is due."""

    last: dt.datetime | None
    """When the last one was made; None where there never was one."""
    days: int
    """How many days nothing was saved."""


def load(uow: UnitOfWork) -> Backups:
    """What was chosen and made, as this transaction sees it."""
    found = select(SETTING.c.value).where(SETTING.c.name == _NAME)
    stored = uow.connection.execute(found).scalar_one_or_none()
    if not stored:
        return Backups()
    values = json.loads(stored)
    at = values.get("at")
    return Backups(
        str(values.get("folder", "")),
        int(values.get("days", USUAL_DAYS)),
        dt.datetime.fromisoformat(at) if at else None,
        str(values.get("file", "")),
    )


def _store(uow: UnitOfWork, wanted: Backups) -> Backups:
    values = wanted._asdict() | {"at": moment_text(wanted.at) if wanted.at else None}
    keep(uow, _NAME, values)
    uow.changes.append(Change(_NAME, 0))
    return wanted


@needs("settings.change")
def choose(uow: UnitOfWork, folder: str, days: int) -> Backups:
    """Choose the folder, "" for the usual one, and after how many days to remind."""
    if days < 0:
        raise DomainError(_("A reminder comes after a number of days; 0 is never."), field="days")
    return _store(uow, load(uow)._replace(folder=folder.strip(), days=days))


@needs()
def note(uow: UnitOfWork, file: str) -> Backups:
    """Keep that a backup was written and verified now."""
    return _store(uow, load(uow)._replace(at=uow.now, file=file))


# Reminding


def reminder(uow: UnitOfWork) -> Reminder | None:
    """The backup that is due; None where none is, or where others see to it.

    On a shared database that is who may change the settings.
    """
    kept = load(uow)
    if not kept.days or not (uow.is_embedded or uow.may("settings.change")):
        return None
    since = kept.at or _made_at(uow)
    past = (uow.now - since).days if since else 0
    return Reminder(kept.at, past) if past >= kept.days else None


def _made_at(uow: UnitOfWork) -> dt.datetime | None:
    """When the database got its first person, as it was made."""
    found = uow.connection.exec_driver_sql("SELECT min(created_at) FROM person").scalar()
    return dt.datetime.fromisoformat(found) if found else None


# Writing


def usual_folder(app: App) -> Path:
    """Where backups go as long as nobody chose otherwise: beside a file, or in the user's data."""
    from controllers.system import opening
    from models.storage.sqlite import SqliteDatabase

    own = app.database.path.parent if isinstance(app.database, SqliteDatabase) else None
    return (own or opening.data_folder()) / "backups"


def back_up(app: App, told: Told = untold) -> Path:
    """Today's backup in the chosen folder; one of the same day is replaced. Answers the file."""
    kept = app.read(load)
    folder = Path(kept.folder).expanduser() if kept.folder else usual_folder(app)
    is_file = app.database.engine_name == "sqlite"
    name = Path(app.database.short_name).stem
    target = folder / f"{name}-{app.clock():%Y-%m-%d}{'.db' if is_file else '.backup'}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DomainError(
            _("The folder {path} cannot be made ({reason}); choose another one in Settings."),
            field="folder", path=folder, reason=error.strerror,
        ) from error  # fmt: skip
    return write(app, target, replace=True, told=told)


def write(app: App, target: Path, *, replace: bool = False, told: Told = untold) -> Path:
    """A verified copy of the whole database; that it was made is kept in the database.

    DomainError where another program writes one at the moment, or it cannot be written.
    """
    hold = app.database.hold("backup")
    if hold is None:
        message = _("Another program is writing a backup of {name}; wait until it is done.")
        raise DomainError(message, name=app.database.name)
    try:
        schema.backup(app.database, target, replace=replace, told=told)
    finally:
        hold.release()
    if not app.database.login or app.may("settings.change"):
        app.write(note, str(target))
    return target
