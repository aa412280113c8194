"""What an issued document keeps of its day: the seller, the customer, the signer and the tax.

The logo is left out: it would weigh more than all else, and what was sent is archived whole.
"""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from controllers.catalogue.taxes import preset
from controllers.core.unit_of_work import UnitOfWork
from models.storage.tables import TABLES
from models.values.documents import Draft, TaxPreset, TaxRate

SEN_5 = Decimal("0.05")
"""Cash totals in Malaysia (Bank Negara, rounding mechanism)."""

_SELLER = (
    "company", "address", "phone", "email", "website", "tax_number", "bank", "place", "country",
    "page_size",
)  # fmt: skip
_PARTY = ("code", "name", "legal_form", "tax_number", "address", "delivery_address", "city",
          "province", "postcode", "country")  # fmt: skip


def now(uow: UnitOfWork, draft: Draft, agreed: dict[str, Any] | None = None) -> dict[str, Any]:
    """Everything a document of this draft would freeze today, ready for JSON.

    `agreed` holds the tax and cash rounding that an earlier document froze, where those hold on.
    """
    if agreed:
        return _people(uow, draft) | agreed
    tax = preset(uow, draft.tax, draft.date)
    rounding = cash_rounding(uow, draft)
    return _people(uow, draft) | {
        "tax": _plain_tax(tax),
        "cash_rounding": None if rounding is None else str(rounding),
    }


def _people(uow: UnitOfWork, draft: Draft) -> dict[str, Any]:
    return {
        "seller": seller(uow),
        "party": _record(uow, "account", "code", draft.account, _PARTY),
        "contact": _record(uow, "contact", "code", draft.contact, ("name", "role", "email")),
        "signer": _record(uow, "user", "name", draft.owner, ("full_name", "job_title", "email")),
    }


def seller(uow: UnitOfWork) -> dict[str, str]:
    """The company as it stands on paper today."""
    return {name: getattr(uow.settings, name) for name in _SELLER}


def cash_rounding(uow: UnitOfWork, draft: Draft) -> Decimal | None:
    """The multiple totals are rounded to: 5 sen in ringgit where the company wants it."""
    return SEN_5 if draft.currency == "MYR" and uow.settings.cash_rounding else None


def _record(
    uow: UnitOfWork, kind: str, by: str, key: str, names: tuple[str, ...]
) -> dict[str, str]:
    table = TABLES[kind]
    query = select(*(table.c[name] for name in names)).where(table.c[by] == key)
    row = uow.connection.execute(query).mappings().one_or_none() if key else None
    return {name: value for name, value in (row or {}).items() if value}


def _plain_tax(tax: TaxPreset) -> dict[str, Any]:
    rates = [asdict(each) | {"rate": str(each.rate)} for each in tax.rates]
    return asdict(tax) | {"rates": rates}


def frozen_tax(frozen: dict[str, Any]) -> TaxPreset:
    """The tax an issued document was reckoned with."""
    values = dict(frozen["tax"])
    rates = tuple(
        TaxRate(each["tax_class"], Decimal(each["rate"]), each["source"])
        for each in values.pop("rates")
    )
    return TaxPreset(**values, rates=rates)


def frozen_rounding(frozen: dict[str, Any]) -> Decimal | None:
    """The cash rounding an issued document was reckoned with."""
    multiple = frozen.get("cash_rounding")
    return None if multiple is None else Decimal(multiple)
