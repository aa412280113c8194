"""What Coretax would refuse in an import of sales invoices, found before it is written.

Sources: PER-11/PJ/2025 (codes, other tax base 11/12, rounding), PMK 131/2024, the import template.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from reports.taxfiles.coretax_data import Buyer, GoodService, TaxInvoice, TaxInvoices
from reports.taxfiles.problems import Problem, problem
from resources.languages import marked as _

CODES: Final = ("01", "04", "07", "08")
"""Transaction codes this program writes."""
_DOCUMENTS: Final = ("TIN", "National ID", "Passport", "Other ID")
_TOLERANCE: Final = Decimal(1)
"""Rupiah by which rounding may part a figure of a line from what it is reckoned from."""


def problems_of(batch: TaxInvoices) -> Iterator[Problem]:
    """Every problem of a batch, invoice by invoice; none means it can be written."""
    if not _digits(batch.tin, 16):
        yield problem(
            _(
                "The company's tax number has to have 16 digits, not “{tin}”; correct it in "
                "Settings."
            ),
            tin=batch.tin,
        )
    if not _digits(batch.place, 6):
        yield problem(
            _("The company's place of business has to have 6 digits, not “{place}”."),
            place=batch.place,
        )
    if not batch.invoices:
        yield problem(_("There is no invoice to be written; choose another month."))
    yield from _doubled(batch)
    for invoice in batch.invoices:
        yield from _invoice(invoice)


def _doubled(batch: TaxInvoices) -> Iterator[Problem]:
    numbers = [invoice.number for invoice in batch.invoices]
    for number in dict.fromkeys(numbers):
        if numbers.count(number) > 1:
            yield problem(_("{invoice}: this number stands in the file twice."), invoice=number)


def _digits(text: str, count: int) -> bool:
    return re.fullmatch(f"[0-9]{{{count}}}", text) is not None


def _invoice(invoice: TaxInvoice) -> Iterator[Problem]:
    number = invoice.number
    if not number.strip():
        day = invoice.date.isoformat()
        yield problem(_("An invoice of {date} has no number; issue it first."), date=day)
    if invoice.code not in CODES:
        yield problem(
            _("{invoice}: the transaction code “{code}” is none of 01, 04, 07 and 08."),
            invoice=number,
            code=invoice.code,
        )
    if invoice.code in ("07", "08"):
        yield from _facility(invoice)
    if invoice.custom_period and not re.fullmatch("(0[1-9]|1[0-2])[0-9]{4}", invoice.custom_period):
        yield problem(
            _("{invoice}: write the month of the supporting document as mmYYYY, not “{period}”."),
            invoice=number,
            period=invoice.custom_period,
        )
    yield from _buyer(number, invoice.buyer)
    if not invoice.lines:
        yield problem(_("{invoice}: it has no lines."), invoice=number)
    for at, line in enumerate(invoice.lines, 1):
        yield from _line(invoice, line, at)


def _facility(invoice: TaxInvoice) -> Iterator[Problem]:
    facts = {"invoice": invoice.number, "code": invoice.code}
    if not re.fullmatch(r"TD\.005[0-9]{2}", invoice.additional_info):
        yield problem(
            _("{invoice}: code {code} asks for additional information such as TD.00501."), **facts
        )
    if not re.fullmatch(r"TD\.011[0-9]{2}", invoice.facility):
        yield problem(
            _("{invoice}: code {code} asks for a facility stamp such as TD.01101."), **facts
        )


def _buyer(invoice: str, buyer: Buyer) -> Iterator[Problem]:
    facts = {"invoice": invoice, "buyer": buyer.name}
    if not buyer.name.strip():
        yield problem(_("{invoice}: the customer has no name."), invoice=invoice)
    if buyer.document not in _DOCUMENTS:
        yield problem(
            _("{invoice}: “{document}” is no kind of document Coretax knows."),
            invoice=invoice,
            document=buyer.document,
        )
    yield from _buyer_tin(buyer, facts)
    if buyer.document != "TIN":
        yield from _buyer_document(buyer, facts)
    if not _digits(buyer.place, 6):
        yield problem(
            _("{invoice}: the place of business of {buyer} has to have 6 digits, not “{place}”."),
            **facts,
            place=buyer.place,
        )
    if not re.fullmatch("[A-Z]{3}", buyer.country):
        yield problem(
            _("{invoice}: the country of {buyer} has to be three letters as in IDN, not “{code}”."),
            **facts,
            code=buyer.country,
        )


def _buyer_tin(buyer: Buyer, facts: dict[str, str]) -> Iterator[Problem]:
    if buyer.document == "TIN" and not buyer.tin:
        yield problem(
            _(
                "{invoice}: {buyer} has no tax number; enter it, or an identity card or a passport "
                "instead."
            ),
            **facts,
        )
    elif buyer.tin and not _digits(buyer.tin, 16):
        yield problem(
            _("{invoice}: the tax number of {buyer} has to have 16 digits, not “{tin}”."),
            **facts,
            tin=buyer.tin,
        )


def _buyer_document(buyer: Buyer, facts: dict[str, str]) -> Iterator[Problem]:
    number = buyer.document_number.strip()
    if not number:
        yield problem(
            _("{invoice}: the number of the identity document of {buyer} is missing."), **facts
        )
    elif buyer.document == "National ID" and not _digits(number, 16):
        yield problem(
            _(
                "{invoice}: the identity number (NIK) of {buyer} has to have 16 digits, not "
                "“{nik}”."
            ),
            **facts,
            nik=number,
        )


def _line(invoice: TaxInvoice, line: GoodService, at: int) -> Iterator[Problem]:
    facts: dict[str, object] = {"invoice": invoice.number, "line": at}
    if not line.name.strip():
        yield problem(_("{invoice}, line {line}: the goods or services have no name."), **facts)
    if not re.fullmatch(r"UM\.00(0[1-9]|[12][0-9]|3[0-9])", line.unit):
        yield problem(
            _(
                "{invoice}, line {line}: the unit of “{name}” has no Coretax code; choose one of "
                "UM.0001 to UM.0039."
            ),
            **facts,
            name=line.name,
        )
    if not _digits(line.code, 6):
        yield problem(
            _("{invoice}, line {line}: the code of the goods has to have 6 digits, not “{code}”."),
            **facts,
            code=line.code,
        )
    if line.quantity <= 0 or _least(line) < 0:
        yield problem(
            _(
                "{invoice}, line {line}: quantity and amounts have to be positive; a credit note "
                "is entered in Coretax as a return."
            ),
            **facts,
        )
        return
    yield from _arithmetic(invoice.code, line, facts)


def _least(line: GoodService) -> Decimal:
    return min(
        line.price,
        line.discount,
        line.tax_base,
        line.other_tax_base,
        line.vat,
        line.vat_rate,
        line.luxury_rate,
        line.luxury_tax,
    )


def _arithmetic(code: str, line: GoodService, facts: dict[str, object]) -> Iterator[Problem]:
    base = line.price * line.quantity - line.discount
    if abs(base - line.tax_base) > _TOLERANCE:
        yield problem(
            _("{invoice}, line {line}: price × quantity − discount is {right}, not {given}."),
            **_figures(facts, base, line.tax_base),
        )
    other = _other_base(code, line)
    if abs(other - line.other_tax_base) > _TOLERANCE:
        yield problem(
            _("{invoice}, line {line}: the other tax base has to be {right}, not {given}."),
            **_figures(facts, other, line.other_tax_base),
        )
    vat = line.other_tax_base * line.vat_rate / 100
    if abs(vat - line.vat) > _TOLERANCE:
        yield problem(
            _("{invoice}, line {line}: the tax has to be {right}, not {given}."),
            **_figures(facts, vat, line.vat),
        )
    if code == "04" and line.vat_rate != 12:
        yield problem(
            _("{invoice}, line {line}: code 04 is taxed at 12 % of 11/12, not at {rate} %."),
            **facts,
            rate=f"{line.vat_rate:f}",
        )


def _other_base(code: str, line: GoodService) -> Decimal:
    """11/12 of the base under code 04, the base under 01; facilities may follow either."""
    reduced = line.tax_base * 11 / 12
    if code in ("01", "04"):
        return reduced if code == "04" else line.tax_base
    return min(reduced, line.tax_base, key=lambda base: abs(base - line.other_tax_base))


def _figures(facts: dict[str, object], right: Decimal, given: Decimal) -> dict[str, object]:
    return facts | {"right": f"{right:.2f}", "given": f"{given:f}"}
