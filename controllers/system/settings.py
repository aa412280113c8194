"""The company's settings: read and kept as one JSON value."""

import json

from sqlalchemy import delete, insert

from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from models.storage.tables import SETTING
from models.values.records import Change
from models.values.settings import Settings


def load(uow: UnitOfWork) -> Settings:
    """The settings as this transaction sees them."""
    return uow.settings


@needs("settings.change")
def save(uow: UnitOfWork, settings: Settings) -> Settings:
    """Keep the settings for everybody who works on this database; answers them."""
    uow.connection.execute(delete(SETTING).where(SETTING.c.name == "company"))
    value = json.dumps(settings.as_json(), ensure_ascii=False)
    uow.connection.execute(insert(SETTING).values(name="company", value=value))
    uow.__dict__["settings"] = settings
    uow.changes.append(Change("settings", 0))
    return settings
