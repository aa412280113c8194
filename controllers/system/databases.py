"""What an administrator does with a whole database: status, upgrade, check, backup, restore."""

from pathlib import Path
from typing import Any

from controllers.core.app import App
from models.storage import schema
from models.storage.database import Database
from models.storage.migrations import HEAD
from models.system.kinds import KINDS


def status(path: Path) -> dict[str, Any]:
    """The revision of a database and how many records it holds."""
    database = Database(path)
    try:
        revision = database.revision()
        database.check_schema()
        counts = {
            kind.name: database.reader().execute(f"SELECT count(*) FROM {kind.table}").fetchone()[0]
            for kind in KINDS.values()
        }
    finally:
        database.close()
    return {
        "database": str(path),
        "engine": "sqlite",
        "revision": revision,
        "newest": HEAD,
        "bytes": path.stat().st_size,
        "records": counts,
    }


def upgrade(path: Path) -> dict[str, Any]:
    """Bring an older database up to date; answers the revision and the copy that was kept."""
    database = Database(path)
    try:
        saved = schema.upgrade(database)
        return {"database": str(path), "revision": HEAD, "backup": str(saved) if saved else None}
    finally:
        database.close()


def backup(app: App, target: Path) -> None:
    """A verified copy of the whole database."""
    schema.backup(app.database, target)


def restore(source: Path, target: Path, *, replace: bool) -> None:
    """Put a backup in the place of a database."""
    schema.restore(source, target, replace=replace)


def check(app: App) -> list[str]:
    """Everything that is wrong with a database, a sentence each."""
    from controllers.system.integrity import problems

    return app.write(problems)
