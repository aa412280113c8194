"""Files for tax offices: a month's invoices for Coretax, one for MyInvois. Written, not sent.

Both say the figures of the invoices as they were issued; nothing is reckoned anew.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import select

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import billed, invoices, stored
from controllers.documents.billed import CREDIT, Row
from controllers.documents.invoices import ShownInvoice
from models.rules.pricing_lines import shares
from models.storage.tables import TABLES
from models.values.documents import DEDUCTION, TaxPreset
from models.values.errors import DomainError, ProblemsError
from models.values.money import ZERO, rounded
from reports.taxfiles import coretax, units
from reports.taxfiles.coretax_data import Buyer, GoodService, TaxInvoice, TaxInvoices
from reports.taxfiles.problems import TaxFileError
from resources.languages import marked as _

T = TypeVar("T")

_CENTS = 2
_ELEVENTHS = Decimal(11) / 12


def _refusing(render: Callable[[], T]) -> T:
    """What is rendered, or a DomainError with every problem of the file."""
    try:
        return render()
    except TaxFileError as error:
        found = [DomainError(each.message) for each in error.problems]
        for refused, each in zip(found, error.problems, strict=True):
            refused.facts |= each.facts
        raise ProblemsError(found) from error


# Indonesia


def coretax_file(uow: UnitOfWork, year: int, month: int) -> bytes:
    """The invoices of a month as Coretax XML; credit notes are entered there as returns.

    DomainError where there is none, and ProblemsError for every one Coretax would refuse.
    """
    first = dt.date(year, month, 1)
    last = (first + dt.timedelta(31)).replace(day=1) - dt.timedelta(1)
    found = [_tax_invoice(uow, each) for each in _issued(uow, first, last)]
    if not found:
        message = _("No invoice in rupiah was issued in {month}.")
        raise DomainError(message, field="month", month=first.strftime("%Y-%m"))
    file = TaxInvoices(_digits(uow.settings.tax_number), tuple(found))
    return _refusing(lambda: coretax.render_coretax(file))


def _issued(uow: UnitOfWork, first: dt.date, last: dt.date) -> list[int]:
    table = TABLES["invoice"]
    query = select(table.c.id).where(
        table.c.state == "issued", table.c.type != CREDIT, table.c.currency == "IDR",
        table.c.date >= first, table.c.date <= last, table.c.imported.is_(False),
    )  # fmt: skip
    return list(uow.connection.execute(query.order_by(table.c.date, table.c.id)).scalars())


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _tax_invoice(uow: UnitOfWork, key: int) -> TaxInvoice:
    found = invoices.shown(uow, key)
    document = stored.find(uow, "invoice", key)
    preset = billed.terms_of(uow, document).preset
    party = document.frozen.get("party", {})
    number = _digits(party.get("tax_number", ""))
    is_other = (preset.base_numerator, preset.base_denominator) == (11, 12)
    return TaxInvoice(
        number=found.number, date=found.draft.date, code="04" if is_other else "01",
        buyer=Buyer(
            name=party.get("name", ""), tin=number, address=_one_line(party),
            email=document.frozen.get("contact", {}).get("email", ""),
        ),
        lines=tuple(_goods(uow, found, preset)),
    )  # fmt: skip


def _one_line(party: dict[str, Any]) -> str:
    parts = (party.get(name, "") for name in ("address", "city", "province", "postcode"))
    return ", ".join(" ".join(each.split()) for each in parts if each)


def _goods(uow: UnitOfWork, found: ShownInvoice, preset: TaxPreset) -> Iterator[GoodService]:
    """The lines; down payments that are deducted go off their bases, as PER-11/PJ/2025 has it."""
    rows = [row for row in found.lines if row["kind"] != DEDUCTION]
    off = -sum((row["net"] for row in found.lines if row["kind"] == DEDUCTION), ZERO)
    less = shares(int(off * 100), [int(row["net"] * 100) for row in rows])
    taxes = -sum((row["tax_amount"] for row in found.lines if row["kind"] == DEDUCTION), ZERO)
    untaxed = shares(int(taxes * 100), [int(row["net"] * 100) for row in rows])
    services = _services(uow, rows)
    for row, part, tax in zip(rows, less, untaxed, strict=True):
        base = row["net"] - Decimal(part) / 100
        yield _good(row, base, row["tax_amount"] - Decimal(tax) / 100, preset, services)


def _good(
    row: Row, base: Decimal, vat: Decimal, preset: TaxPreset, services: frozenset[int]
) -> GoodService:
    quantity = row["quantity"] or Decimal(1)
    price = row["unit_price"]
    if preset.included or price * quantity < base:
        price = rounded(base / quantity, _CENTS)
        price += Decimal("0.01") if price * quantity < base else ZERO
    is_other = (preset.base_numerator, preset.base_denominator) == (11, 12)
    rates = {each.tax_class: each.rate for each in preset.rates}
    rate = rates.get(row["tax_class"], rates.get("standard", ZERO))
    return GoodService(
        name=row["description"] or row["sku"] or "", unit=units.coretax_unit(row["unit"] or "unit"),
        price=price, quantity=quantity, tax_base=rounded(base, _CENTS),
        other_tax_base=rounded(base * _ELEVENTHS if is_other else base, _CENTS),
        vat_rate=rate, vat=rounded(vat, _CENTS),
        discount=rounded(price * quantity - base, _CENTS),
        is_service=row["kind"] == "item" or row["product_id"] in services,
    )  # fmt: skip


def _services(uow: UnitOfWork, rows: list[Row]) -> frozenset[int]:
    """Those products of the lines that are services: not kept in stock."""
    product = TABLES["product"]
    ids = [row["product_id"] for row in rows if row["product_id"] is not None]
    query = select(product.c.id).where(product.c.id.in_(ids), product.c.stocked.is_(False))
    return frozenset(uow.connection.execute(query).scalars())


# Malaysia


def myinvois_file(uow: UnitOfWork, key: str | int, *, is_json: bool = False) -> bytes:
    """An issued invoice or credit note as a MyInvois document in UBL 2.1, XML or JSON.

    ProblemsError for everything MyInvois would refuse.
    """
    from controllers.documents.myinvois import e_invoice
    from reports.taxfiles.myinvois import render_myinvois_json, render_myinvois_xml

    found = invoices.shown(uow, key)
    if found.state != "issued":
        raise DomainError(_("{number} is not issued yet; issue it first."), number=key)
    document = e_invoice(uow, found)
    render = render_myinvois_json if is_json else render_myinvois_xml
    return _refusing(lambda: render(document))
