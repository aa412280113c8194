"""What an administrator does with a whole database: status, upgrade, check, backup, restore."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from controllers.core.app import App
from models.storage import schema
from models.storage.database import open_database
from models.storage.migrations import HEAD
from models.system.kinds import KINDS


def status(url: str) -> dict[str, Any]:
    """The revision of a database and how many records it holds."""
    database = open_database(url)
    try:
        revision = database.revision()
        database.check_schema()
        counts = {
            kind.name: database.fetch(f"SELECT count(*) FROM {kind.table}")[0][0]
            for kind in KINDS.values()
        }
        return {
            "database": database.name,
            "engine": database.engine_name,
            "revision": revision,
            "newest": HEAD,
            "bytes": database.size(),
            "records": counts,
        }
    finally:
        database.close()


def upgrade(url: str) -> dict[str, Any]:
    """Bring an older database up to date; answers the revision and the copy that was kept."""
    database = open_database(url)
    try:
        saved = schema.upgrade(database)
        copy = str(saved) if saved else None
        return {"database": database.name, "revision": HEAD, "backup": copy}
    finally:
        database.close()


def backup(app: App, target: Path) -> None:
    """A verified copy of the whole database; the reminder counts from it."""
    from controllers.system import backups

    backups.write(app, target)


def restore(source: Path, target: str, *, replace: bool) -> None:
    """Put a backup in the place of a database."""
    schema.restore(source, target, replace=replace)


def move(app: App, place: str, told: Callable[[str, int], object]) -> dict[str, Any]:
    """Copy everything into a new database and compare; answers how many rows were copied.

    On a shared database, who makes the copy is its administrator.
    """
    from controllers.system import people, pin
    from models.storage import moving

    counts = moving.move(app.database, place, told)
    copy = App(open_database(place), app.user)
    try:
        if copy.database.login:
            copy.user = copy.database.login
            copy.write(people.ensure_administrator)
            copy.write(pin.forget)
        return {"database": copy.database.name, "rows": {k: n for k, n in counts.items() if n}}
    finally:
        copy.close()


def check(app: App, noted: str = "") -> list[str]:
    """Everything that is wrong with a database, a sentence each.

    `noted` is a seal of the audit trail as `newest_seal` wrote it earlier: the chain must hold it.
    """
    from controllers.system.integrity import noted_seal, problems

    found = app.write(problems)
    return [*found, *app.read(noted_seal, noted)] if noted else found


def newest_seal(app: App) -> str:
    """The newest seal of the audit trail, to be noted outside the database."""
    from controllers.system.integrity import newest_seal

    return app.read(newest_seal)
