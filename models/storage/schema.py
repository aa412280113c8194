"""Making, upgrading and saving whole databases."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config

from models.storage import sqlite
from models.storage.database import Database
from models.storage.derived import install_statements
from models.storage.migrations import HEAD
from models.values.errors import DomainError
from resources.languages import marked as _


def create(path: Path) -> Database:
    """A new, empty database readable by its owner alone; refuses where a file stands already."""
    if path.exists():
        raise DomainError(_("{path} exists already; name another file."), path=path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise DomainError(
            _("{path} cannot be made ({reason}); check folder and rights."),
            path=path,
            reason=error.strerror,
        ) from error
    database = Database(path)
    _migrate(database)
    return database


def upgrade(database: Database) -> Path | None:
    """Bring an older database up to date after saving a copy beside it; answers that copy."""
    revision = database.revision()
    if revision == HEAD:
        return None
    if not revision or revision > HEAD:
        database.check_schema()
    saved = database.path.with_name(f"{database.path.stem}-before-{HEAD}{database.path.suffix}")
    backup(database, saved, replace=True)
    _migrate(database)
    return saved


def _migrate(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with database.writing_raw() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        for statement in install_statements():
            connection.exec_driver_sql(statement)


def backup(database: Database, target: Path, *, replace: bool = False) -> None:
    """A verified copy of the whole database, complete or not there at all."""
    if target.exists() and not replace:
        raise DomainError(_("{path} exists already; name another file."), path=target)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(part)) as copy:
            database.reader().backup(copy)
        verify(part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise DomainError(
            _("The backup {path} could not be written ({reason}); nothing was replaced."),
            path=target,
            reason=getattr(error, "strerror", None) or error,
        ) from error
    finally:
        for leftover in (part, part.with_name(part.name + "-journal")):
            leftover.unlink(missing_ok=True)


def verify(path: Path) -> None:
    """Raise DomainError unless the file is a whole Saudagar database."""
    with closing(sqlite.connect(path, read_only=True)) as connection:
        try:
            problems = [row[0] for row in connection.execute("PRAGMA quick_check(3)")]
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.DatabaseError as error:
            if "no such table" in str(error):
                message = _("{path} is not a Saudagar database; make one with “database create”.")
                raise DomainError(message, path=path) from error
            raise sqlite.unreadable(path, error) from error
    if problems != ["ok"]:
        raise DomainError(
            _("{path} is damaged ({reason}); restore a backup of it."),
            path=path,
            reason=problems[0],
        )


def restore(source: Path, target: Path, *, replace: bool = False) -> None:
    """Put a backup in the place of a database; the present one is only given up for a whole one."""
    if not source.is_file():
        raise DomainError(_("There is no backup {path}."), path=source)
    verify(source)
    if target.exists() and not replace:
        raise DomainError(
            _("{path} exists already; say --replace to overwrite it with the backup."), path=target
        )
    origin = Database(source)
    try:
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        backup(origin, target, replace=True)
    finally:
        origin.close()
