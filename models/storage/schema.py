"""Making, upgrading and saving whole databases."""

from pathlib import Path
from typing import TYPE_CHECKING

from models.storage.database import Database, Told, open_database, untold
from models.storage.files import written_whole
from models.storage.migrations import HEAD
from models.values.errors import DomainError
from resources.languages import marked as _

if TYPE_CHECKING:
    from sqlalchemy import Connection


def create(place: str | Path) -> Database:
    """A new, empty database; refuses where something stands already.

    A file is readable by its owner alone; on a server the name may stand already, but empty.
    """
    database = open_database(place)
    try:
        database.make()
    except BaseException:
        database.close()
        raise
    try:
        with database.writing_raw() as connection:
            database.begin_upgrade(connection)
            migrate(connection)
            derive(database, connection)
    except BaseException:
        remove(database)
        raise
    return database


def remove(database: Database) -> None:
    """Take away a database that was just made and could not be made whole."""
    database.close()
    database.remove()


def upgrade(database: Database) -> Path | None:
    """Bring an older database up to date, whole or not at all; a file is copied first, and the
    copy answered.

    Of several programs that upgrade at once one does it, and the others wait and go on.
    """
    revision = database.revision()
    if revision == HEAD:
        return None
    if not revision or revision > HEAD:
        database.check_schema()
    with database.writing_raw() as connection:
        database.begin_upgrade(connection)
        if _revision(connection) == HEAD:
            return None
        saved = database.place_for_copy(HEAD)
        if saved:
            backup(database, saved, replace=True)
        migrate(connection)
        derive(database, connection)
    return saved


def _revision(connection: "Connection") -> str:
    """The revision as whoever upgrades alone sees it."""
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(found or "")


def migrate(connection: "Connection", revision: str = "head") -> None:
    """Run the migrations up to a revision within a transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def derive(database: Database, connection: "Connection") -> None:
    """Make anew what the database derives by itself."""
    for statement in database.derived():
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def backup(database: Database, target: Path, *, replace: bool = False, told: Told = untold) -> None:
    """A verified copy of the whole database, complete or not there at all."""
    if target.exists() and not replace:
        raise DomainError(_("{path} exists already; name another file."), path=target)
    with written_whole(target) as part:
        database.copy_to(part, told)


def restore(source: Path, place: str | Path, *, replace: bool = False) -> None:
    """Put a backup in the place of a database; the present one is only given up for a whole one."""
    if not source.is_file():
        raise DomainError(_("There is no backup {path}."), path=source)
    database = open_database(place)
    try:
        if not replace and database.is_taken():
            raise DomainError(
                _("{path} exists already; say --replace to overwrite it with the backup."),
                path=database.name,
            )
        if not database.load_from(source, replace=replace):
            with database.writing_raw() as connection:
                database.begin_upgrade(connection)
                migrate(connection)
                derive(database, connection)
    finally:
        database.close()
