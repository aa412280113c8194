"""Taxes: the delivered presets taken over, and a preset as it holds on a day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from sqlalchemy import bindparam, select

from controllers.core import records
from controllers.core.permitted import needs
from controllers.core.prepared import Prepared, Row
from controllers.core.unit_of_work import UnitOfWork
from models.storage.tables import TABLES
from models.values.documents import NO_TAX, TaxPreset, TaxRate
from models.values.errors import DomainError, NotFoundError
from resources.languages import marked as _
from resources.taxes import DeliveredRate, DeliveredTax, delivered_taxes


@needs("catalogue.change")
def install_presets(uow: UnitOfWork) -> int:
    """Make the presets and rates that are missing, change none; answers how many records it made.

    Can be called again at any time: what a company changed stays as it is.
    """
    tax, rate = TABLES["tax"], TABLES["tax_rate"]
    codes = set(uow.connection.execute(select(tax.c.code)).scalars())
    rates = set(uow.connection.execute(select(rate.c.code)).scalars())
    made = 0
    for each in delivered_taxes().values():
        made += 0 if each.code in codes else _install(uow, each)
        for one in each.rates:
            made += 0 if _rate_code(each, one) in rates else _install_rate(uow, each, one)
    return made


def _install(uow: UnitOfWork, tax: DeliveredTax) -> int:
    values = {
        "code": tax.code, "name": tax.name, "country": tax.country, "label": tax.label,
        "included": tax.included, "base_numerator": tax.base_numerator,
        "base_denominator": tax.base_denominator, "base_label": tax.base_label,
    }  # fmt: skip
    records.create(uow, "tax", values)
    return 1


def _rate_code(tax: DeliveredTax, rate: DeliveredRate) -> str:
    return f"{tax.code}-{rate.tax_class}-{rate.valid_from.isoformat()}"


def _install_rate(uow: UnitOfWork, tax: DeliveredTax, rate: DeliveredRate) -> int:
    values = {
        "code": _rate_code(tax, rate), "tax": tax.code, "tax_class": rate.tax_class,
        "valid_from": rate.valid_from, "rate": rate.rate, "source": rate.source,
    }  # fmt: skip
    records.create(uow, "tax_rate", values)
    return 1


def preset(uow: UnitOfWork, code: str, on: dt.date) -> TaxPreset:
    """How a tax is reckoned on a day; an empty code or ``none`` is no tax.

    NotFoundError at the field `tax` for an unknown code; DomainError where no rate holds yet.
    """
    if code in ("", "none"):
        return NO_TAX
    rows = _query().rows(uow.connection, code=code, on=on)
    if not rows:
        raise _unknown(uow, code)
    rates = _rates(rows)
    if not rates:
        message = _("The tax {tax} has no rate on {date} yet; enter one with an earlier date.")
        raise DomainError(message, field="tax", tax=code, date=on.isoformat())
    return _on_its_day(_preset(rows[0], rates), on)


@cache
def _query() -> Prepared:
    """A tax with every rate that holds by a day, the oldest first."""
    tax, rate = TABLES["tax"], TABLES["tax_rate"]
    holds = (rate.c.tax_id == tax.c.id) & (rate.c.valid_from <= bindparam("on"))
    names = ("code", "label", "included", "base_numerator", "base_denominator", "base_label")
    return Prepared(
        select(*(tax.c[name] for name in names), rate.c.tax_class, rate.c.rate, rate.c.source)
        .select_from(tax.outerjoin(rate, holds))
        .where(tax.c.code == bindparam("code"))
        .order_by(rate.c.valid_from)
    )


def _unknown(uow: UnitOfWork, code: str) -> NotFoundError:
    tax = TABLES["tax"]
    known = ", ".join(uow.connection.execute(select(tax.c.code).order_by(tax.c.code)).scalars())
    message = _("There is no tax “{tax}”; there are {known}.")
    return NotFoundError(message, field="tax", tax=code, known=known or "none")


def _rates(rows: Sequence[Row]) -> tuple[TaxRate, ...]:
    """The newest rate of each class."""
    newest = {
        row["tax_class"]: TaxRate(row["tax_class"], row["rate"], row["source"] or "")
        for row in rows
        if row["tax_class"] is not None
    }
    return tuple(newest.values())


def _preset(row: Row, rates: tuple[TaxRate, ...]) -> TaxPreset:
    return TaxPreset(
        code=row["code"],
        label=row["label"],
        included=row["included"],
        base_numerator=row["base_numerator"] or 1,
        base_denominator=row["base_denominator"] or 1,
        base_label=row["base_label"] or "",
        rates=rates,
    )


def _on_its_day(preset: TaxPreset, on: dt.date) -> TaxPreset:
    """Before the fraction of a delivered preset was law, its base was the full price."""
    delivered = delivered_taxes().get(preset.code)
    if delivered is None or on >= delivered.base_since:
        return preset
    return replace(preset, base_numerator=1, base_denominator=1, base_label="")
