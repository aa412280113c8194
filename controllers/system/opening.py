"""Opening a database: the one in the user's data folder, or another one that is named."""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from controllers.core.app import App, now
from models.storage.database import Database, path_of
from models.storage.migrations import HEAD
from models.values.errors import DomainError
from resources.languages import marked as _

if TYPE_CHECKING:
    from models.values.settings import Settings

VARIABLE = "SAUDAGAR_DATABASE"


def data_folder() -> Path:
    """The folder of the user's own data."""
    from platformdirs import user_data_path

    return user_data_path("Saudagar", appauthor=False)


def default_path(name: str = "saudagar.db") -> Path:
    """A database file in the user's data folder."""
    return data_folder() / name


def database_path(url: str | None = None) -> Path:
    """The file of a URL, of the environment's URL, or the default one."""
    wanted = url or os.environ.get(VARIABLE)
    return path_of(wanted) if wanted else default_path()


def open_app(path: Path, user: str = "", *, create: bool = False) -> App:
    """The program on a database; an older one is saved and upgraded first.

    Raises DomainError where there is none (unless `create`), or where it does not fit.
    """
    if create and not path.exists():
        return create_app(path, user)
    database = Database(path)
    revision = database.revision()
    if revision and revision < HEAD:
        from models.storage import schema

        schema.upgrade(database)
    return App(database, user or _person())


def create_app(
    path: Path,
    user: str = "",
    settings: "Settings | None" = None,
    clock: Callable[[], dt.datetime] = now,
) -> App:
    """A new database with its taxes, its first user and the company's settings."""
    from controllers.catalogue.taxes import install_presets
    from controllers.core import records
    from controllers.system import settings as company
    from models.storage import schema
    from models.values.settings import Settings

    there = path.exists()
    try:
        schema.create(path).close()
        app = App(Database(path), user or _person(), clock)
        app.write(install_presets)
        app.write(company.save, settings or Settings())
        app.write(records.create, "user", {"name": app.user, "role": "administrator"})
    except BaseException:
        if not there:
            _remove(path)
        raise
    return app


def _remove(path: Path) -> None:
    """Take away a database that could not be made whole."""
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def settings_for(country: str, company: str = "", currency: str = "") -> "Settings":
    """What a company of a country usually works with: currency, tax and language."""
    from models.values.settings import Settings

    usual = USUAL.get(country.upper())
    if usual is None and not currency:
        raise DomainError(
            _("For the country “{country}” no currency is known; name one with --currency."),
            field="currency",
            country=country,
        )
    known_currency, tax, language = usual or (currency, "none", "en")
    return Settings(
        company=company,
        country=country.upper(),
        currency=(currency or known_currency).upper(),
        tax=tax,
        language=language,
    )


USUAL = {
    "ID": ("IDR", "ppn", "id"),
    "MY": ("MYR", "sst_sales", "ms"),
    "SG": ("SGD", "gst", "en"),
    "BN": ("BND", "none", "ms"),
    "US": ("USD", "none", "en"),
    "GB": ("GBP", "none", "en"),
    "DE": ("EUR", "none", "en"),
    "AU": ("AUD", "none", "en"),
}
"""Currency, tax and language of a country, as they are offered first."""


def _person() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "user"
