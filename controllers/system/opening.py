"""Opening a database: the one in the user's data folder, or another one that is named."""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from controllers.core.app import App, now
from models.storage.database import Database, open_database
from models.storage.migrations import HEAD
from models.values.errors import DomainError
from resources.languages import marked as _

if TYPE_CHECKING:
    from models.values.settings import Settings

VARIABLE = "SAUDAGAR_DATABASE"
REPORTS_VARIABLE = "SAUDAGAR_REPORTS_DATABASE"


def data_folder() -> Path:
    """The folder of the user's own data."""
    from platformdirs import user_data_path

    return user_data_path("Saudagar", appauthor=False)


def default_path(name: str = "saudagar.db") -> Path:
    """A database file in the user's data folder."""
    return data_folder() / name


def database_url(url: str | None = None) -> str:
    """The URL as it was given, that of the environment, or the default file."""
    return url or os.environ.get(VARIABLE) or str(default_path())


def reports_url(url: str = "") -> str:
    """The address of the database for reports: as it was given, or that of the environment."""
    return url or os.environ.get(REPORTS_VARIABLE, "")


def is_shared(url: str) -> bool:
    """Whether a place is the address of a shared database, and no file."""
    return url.startswith(("postgresql://", "postgres://"))


def name_of(url: str) -> str:
    """What a person calls the database of a URL; never a password."""
    return open_database(url).name


def open_app(
    place: Path | str, user: str = "", *, create: bool = False, reports: str = "", pin: str = ""
) -> App:
    """The program on a file or URL; an older file is saved and upgraded first.

    A shared database is never made nor upgraded by the way: its administrator does that.
    `reports` is the address of a copy that follows it, from which reports are read.
    Raises DomainError where there is none (unless `create`), where it does not fit, or at `pin`
    where it asks for another one.
    """
    if reports and not is_shared(str(place)):
        raise DomainError(
            _("Only a shared database has another one for reports; leave {reports} out."),
            reports=name_of(reports),
        )
    database = open_database(place)
    is_own = database.engine_name == "sqlite"
    if is_own and create and not database.exists():
        return create_app(place, user)
    try:
        revision = database.revision()
        if is_own and revision and revision < HEAD:
            from models.storage import schema

            schema.upgrade(database)
        app = App(database, _signed_in(database, user))
        if is_own:
            _require_pin(app, pin)
        app.reports_place = reports
        return app
    except BaseException:
        database.close()
        raise


def _require_pin(app: App, typed: str) -> None:
    """Nothing of it is loaded where a file has no PIN."""
    if app.database.fetch("SELECT 1 FROM setting WHERE name = 'pin'"):
        from controllers.system import pin

        pin.require(app, typed)


def _signed_in(database: Database, user: str) -> str:
    """Who works with the program: who signed in, or on an embedded database whom the word names."""
    if user and database.login and user != database.login:
        raise DomainError(
            _("{database} knows you as {login}; sign in as {user} in its address, or leave --user "
              "out."),
            database=database.name, login=database.login, user=user,
        )  # fmt: skip
    return database.login or user or _person()


def create_app(
    place: Path | str,
    user: str = "",
    settings: "Settings | None" = None,
    clock: Callable[[], dt.datetime] = now,
) -> App:
    """A new database with its taxes, its first user and the company's settings."""
    from controllers.catalogue.taxes import install_presets
    from controllers.system import people
    from controllers.system import settings as company
    from models.storage import schema
    from models.values.settings import Settings

    database = schema.create(place)
    try:
        app = App(database, _signed_in(database, user), clock)
        app.write(install_presets)
        app.write(company.save, settings or Settings())
        app.write(people.ensure_administrator)
    except BaseException:
        schema.remove(database)
        raise
    return app


def settings_for(country: str, company: str = "", currency: str = "") -> "Settings":
    """What a company of a country usually works with: currency, tax and language."""
    from models.customers.account import ACCOUNT
    from models.values.parsing import checked
    from models.values.settings import Settings

    currency = str(checked(ACCOUNT["currency"], currency) or "")
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
