"""An issued invoice as MyInvois asks for it: parties with their numbers, lines, taxes, totals."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import invoice_figures, receivables, stored
from controllers.documents.billed import CREDIT
from controllers.documents.invoices import ShownInvoice
from models.values.documents import DEDUCTION
from models.values.money import ZERO, rounded
from reports.taxfiles import units
from reports.taxfiles.myinvois_data import (
    Address,
    EInvoice,
    ELine,
    EParty,
    ETax,
    Reference,
    TaxType,
)

STATES = {
    "johor": "01", "kedah": "02", "kelantan": "03", "melaka": "04", "malacca": "04",
    "negeri sembilan": "05", "pahang": "06", "pulau pinang": "07", "penang": "07", "perak": "08",
    "perlis": "09", "selangor": "10", "terengganu": "11", "sabah": "12", "sarawak": "13",
    "kuala lumpur": "14", "labuan": "15", "putrajaya": "16",
}  # fmt: skip
"""Numbers of the states in MyInvois (SDK, code list of states); 17 is for none of them."""

_COUNTRIES = {"MY": "MYS", "ID": "IDN", "SG": "SGP", "BN": "BRN", "US": "USA", "GB": "GBR"}


def e_invoice(uow: UnitOfWork, found: ShownInvoice) -> EInvoice:
    """The document of an issued invoice or credit note."""
    document = stored.find(uow, "invoice", found.draft.id or 0)
    kept, row = document.frozen, found.row
    totals = invoice_figures.totals(uow, found.draft.id or 0)
    lines = tuple(_lines(found, kept))
    net = sum((each.net for each in lines), ZERO)
    off = net - sum((each["net"] for each in found.lines), ZERO)
    issued = row["issued_at"] or dt.datetime.combine(found.draft.date, dt.time(), dt.UTC)
    return EInvoice(
        type="02" if found.type == CREDIT else "01", number=found.number,
        issued=issued, supplier=_supplier(uow, kept["seller"]), buyer=_buyer(uow, found, kept),
        lines=lines, taxes=_taxes(totals.taxes, kept, net - off), discount=off,
        excluding_tax=net - off, including_tax=net - off + row["tax_amount"],
        rounding=row["rounding"], payable=row["total"], currency=found.draft.currency,
        exchange_rate=None,
        references=(Reference(found.credits, _uuid(uow, row["credits_id"])),)
        if found.credits else (),
    )  # fmt: skip


def _uuid(uow: UnitOfWork, invoice_id: int | None) -> str:
    """What MyInvois gave the invoice that is corrected, as it was noted with it."""
    if invoice_id is None:
        return "NA"
    return str(stored.find(uow, "invoice", invoice_id).row["tax_invoice"] or "NA")


def _supplier(uow: UnitOfWork, seller: dict[str, Any]) -> EParty:
    ours = uow.settings
    lines = tuple(seller.get("address", "").splitlines())
    return EParty(
        name=seller.get("company", ""), tin=seller.get("tax_number", ""),
        id_number=ours.registration, phone=_phone(ours.phone, ours.country),
        address=Address(lines, ours.place or (lines[-1] if lines else ""), _state(ours.state),
                        country=_COUNTRIES.get(ours.country, ours.country)),
        email=ours.email, sst=ours.sst_number or "NA", activity_code=ours.activity_code,
        activity=ours.activity,
    )  # fmt: skip


def _phone(text: str, country: str) -> str:
    from controllers.core.checks import international_phone

    return international_phone(text, country) or "NA"


def _buyer(uow: UnitOfWork, found: ShownInvoice, kept: dict[str, Any]) -> EParty:
    account = receivables.account_row(uow, found.draft.account)
    party = kept["party"]
    country = party.get("country") or uow.settings.country
    return EParty(
        name=party.get("name", ""), tin=party.get("tax_number", ""),
        id_number=account["registration"] or "",
        phone=account["phone_e164"] or "NA",
        address=Address(
            tuple(party.get("address", "").splitlines()), party.get("city", ""),
            _state(party.get("province", "")), party.get("postcode", ""),
            _COUNTRIES.get(country, country),
        ),
        email=account["email"] or "",
    )  # fmt: skip


def _state(text: str) -> str:
    folded = text.casefold()
    return next((code for name, code in STATES.items() if name in folded), "17")


def _tax_type(kept: dict[str, Any]) -> TaxType:
    """Sales tax, service tax, or none that applies."""
    code = kept["tax"].get("code", "")
    return "01" if code == "sst_sales" else "02" if code == "sst_service" else "06"


def _lines(found: ShownInvoice, kept: dict[str, Any]) -> Iterator[ELine]:
    kind = _tax_type(kept)
    rates = {each["tax_class"]: Decimal(each["rate"]) for each in kept["tax"]["rates"]}
    for row in found.lines:
        if row["kind"] == DEDUCTION:
            continue
        rate = rates.get(row["tax_class"], rates.get("standard", ZERO))
        subtotal = rounded(row["unit_price"] * row["quantity"], 2)
        tax = ETax(kind, row["net"], row["tax_amount"], rate if kind != "06" else None)
        yield ELine(
            description=row["description"] or row["sku"] or "", quantity=row["quantity"],
            unit=units.unece_unit(row["unit"] or "unit"), unit_price=row["unit_price"],
            subtotal=subtotal, net=row["net"], taxes=(tax,),
            discount=max(subtotal - row["net"], ZERO), charge=max(row["net"] - subtotal, ZERO),
        )  # fmt: skip


def _taxes(taxes: tuple[Any, ...], kept: dict[str, Any], net: Decimal) -> tuple[ETax, ...]:
    kind = _tax_type(kept)
    found = tuple(ETax(kind, each.net, each.amount, each.rate) for each in taxes)
    return found or (ETax("06", net, ZERO),)
