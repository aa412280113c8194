"""What a use case works on: one transaction, who acts, when, and what it changed."""

import datetime as dt
import json
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Connection, select

from controllers.core.person import Person
from models.storage.tables import SETTING
from models.values.records import Change
from models.values.settings import Settings

_COMPANY = select(SETTING.c.value).where(SETTING.c.name == "company")


@dataclass
class UnitOfWork:
    """Open while a use case runs; App commits it or rolls it back."""

    connection: Connection
    user: str
    now: dt.datetime
    today: dt.date
    is_writing: bool = False
    person: Person = field(default_factory=Person)
    """Who acts, and what the role lets them do."""
    changes: list[Change] = field(default_factory=list)

    def changed(self, kind: str, record_id: int) -> None:
        """Note a record that this transaction made or changed."""
        self.changes.append(Change(kind, record_id))

    def may(self, permission: str) -> bool:
        """Whether who acts has a permission."""
        return self.person.may(permission)

    @property
    def is_embedded(self) -> bool:
        """Whether the database is a file, which keeps nobody from reading all of it."""
        return self.connection.dialect.name == "sqlite"

    @cached_property
    def settings(self) -> Settings:
        """The company's settings as this transaction sees them."""
        stored = self.connection.execute(_COMPANY).scalar_one_or_none()
        return Settings.from_json(json.loads(stored)) if stored else Settings()
