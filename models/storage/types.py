"""Column types: amounts as whole ten-thousandths, days and moments as ISO text."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Boolean, Dialect, Integer, LargeBinary, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from models.values.fields import SCALED_KINDS, FieldKind
from models.values.money import from_scaled, to_scaled

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
"""Texts are compared by their code points on every engine, whatever language a server speaks."""


class Scaled(TypeDecorator[Decimal]):
    """A Decimal kept as ten-thousandths in a bigint: exact, sortable, leakproof."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        return None if value is None else to_scaled(Decimal(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else from_scaled(value)


class Day(TypeDecorator[dt.date]):
    """A date as ``2026-11-21``, so that raw readers and other tools can read and compare it."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: dt.date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.date | None:
        return None if value is None else dt.date.fromisoformat(value)


class Moment(TypeDecorator[dt.datetime]):
    """A point in time as UTC text ``2026-11-21T08:15:00Z``."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else moment_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        return None if value is None else dt.datetime.fromisoformat(value)


def moment_text(moment: dt.datetime) -> str:
    """A moment as it is stored."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def type_of(kind: FieldKind) -> TypeEngine[Any]:
    """The column type of a kind of field."""
    if kind in SCALED_KINDS:
        return Scaled()
    special: dict[FieldKind, TypeEngine[Any]] = {
        FieldKind.LINK: Integer(),
        FieldKind.INTEGER: BigInteger(),
        FieldKind.BOOLEAN: Boolean(create_constraint=False),
        FieldKind.DATE: Day(),
        FieldKind.MOMENT: Moment(),
        FieldKind.PICTURE: LargeBinary(),
    }
    return special.get(kind, TEXT)
