"""The company's settings: read and kept as one JSON value."""

import json
from typing import Any

from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from models.values.records import Change
from models.values.settings import Settings


def load(uow: UnitOfWork) -> Settings:
    """The settings as this transaction sees them."""
    return uow.settings


@needs("settings.change")
def save(uow: UnitOfWork, settings: Settings) -> Settings:
    """Keep the settings for everybody who works on this database; answers them."""
    keep(uow, "company", settings.as_json())
    uow.__dict__["settings"] = settings
    uow.changes.append(Change("settings", 0))
    return settings


def keep(uow: UnitOfWork, name: str, values: dict[str, Any]) -> None:
    """Keep a setting; one that is there is changed, so that its history says what was before."""
    uow.connection.exec_driver_sql(
        "INSERT INTO setting(name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, json.dumps(values, ensure_ascii=False)),
    )
