"""What MyInvois would refuse in an e-invoice, found before it is written.

Sources: MyInvois SDK (structure, code lists, forms of numbers); sums as UBL 2.1 defines them.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from reports.taxfiles.myinvois_data import EInvoice, ELine, EParty
from reports.taxfiles.problems import Problem, problem
from reports.taxfiles.ubl import Element, faults
from resources.languages import marked as _

GENERAL_TIN: Final = "EI00000000010"
"""The public, in consolidated e-invoices; its identity number is NA."""
_FORMS: Final = {
    "BRN": "[0-9]{12}|[0-9A-Z]{1,20}",
    "NRIC": "[0-9]{12}",
    "PASSPORT": "[0-9A-Z]{5,12}",
    "ARMY": "[0-9A-Z]{4,12}",
}
_TIN: Final = "IG[0-9]{8,11}|(C|CS|D|E|F|FA|PT|TA|TC|TN|TR|TP|J|LE)[0-9]{9,11}|EI[0-9]{11}"
_CENT: Final = Decimal("0.01")


def problems_of(invoice: EInvoice, document: Callable[[EInvoice], Element]) -> Iterator[Problem]:
    """Every problem of an invoice; its `document` is looked at once all its values are right."""
    found = [
        *_head(invoice),
        *_party(invoice, invoice.supplier),
        *_party(invoice, invoice.buyer),
        *_supplier(invoice),
        *_lines(invoice),
        *_sums(invoice),
    ]
    yield from found
    if not found:
        for path in faults(document(invoice)):
            yield problem(
                _("{invoice}: the element {path} is missing, empty or out of its order."),
                invoice=invoice.number,
                path=path,
            )


def _head(invoice: EInvoice) -> Iterator[Problem]:
    number = invoice.number
    if not number.strip() or len(number) > 50:
        yield problem(
            _("The e-invoice number “{invoice}” has to have 1 to 50 characters."), invoice=number
        )
    if invoice.type not in ("01", "02", "03", "04"):
        yield problem(
            _("{invoice}: the document type “{type}” is none of 01 to 04."),
            invoice=number,
            type=invoice.type,
        )
    if invoice.type != "01" and not invoice.references:
        yield problem(_("{invoice}: a note has to name the e-invoice it corrects."), invoice=number)
    if not re.fullmatch("[A-Z]{3}", invoice.currency):
        yield problem(
            _("{invoice}: “{currency}” is no currency code."),
            invoice=number,
            currency=invoice.currency,
        )
    if (invoice.currency != "MYR") != (invoice.exchange_rate is not None):
        yield problem(
            _("{invoice}: another currency than MYR needs its rate in ringgit, and MYR has none."),
            invoice=number,
        )
    if not invoice.lines:
        yield problem(_("{invoice}: it has no lines."), invoice=number)


def _party(invoice: EInvoice, party: EParty) -> Iterator[Problem]:
    facts = {"invoice": invoice.number, "name": party.name}
    if not party.name.strip():
        yield problem(_("{invoice}: supplier and customer have to have names."), **facts)
    if not re.fullmatch(_TIN, party.tin):
        yield problem(
            _("{invoice}: “{tin}” is no tax number (TIN) of {name}; it looks like C1234567890."),
            **facts,
            tin=party.tin,
        )
    yield from _identity(party, facts)
    if not re.fullmatch(r"\+?[0-9]{8,20}|NA", party.phone):
        yield problem(
            _("{invoice}: the phone of {name} has to look like +60312345678, not “{phone}”."),
            **facts,
            phone=party.phone,
        )
    yield from _address(party, facts)


def _identity(party: EParty, facts: dict[str, str]) -> Iterator[Problem]:
    form = _FORMS.get(party.id_type)
    is_public = party.tin == GENERAL_TIN and party.id_number == "NA"
    if form is None or not (is_public or re.fullmatch(form, party.id_number)):
        yield problem(
            _("{invoice}: “{number}” is no {scheme} number of {name}."),
            **facts,
            number=party.id_number,
            scheme=party.id_type,
        )
    if not re.fullmatch(r"NA|[0-9A-Z-]{5,17}(;[0-9A-Z-]{5,17})?", party.sst):
        yield problem(
            _("{invoice}: “{number}” is no SST number of {name}; write NA where there is none."),
            **facts,
            number=party.sst,
        )


def _address(party: EParty, facts: dict[str, str]) -> Iterator[Problem]:
    address = party.address
    if not address.city.strip() or not any(line.strip() for line in address.lines):
        yield problem(_("{invoice}: the address of {name} lacks a street or a town."), **facts)
    if not re.fullmatch("0[1-9]|1[0-7]", address.state):
        yield problem(
            _("{invoice}: the state of {name} has to be a code from 01 to 17, not “{state}”."),
            **facts,
            state=address.state,
        )
    if not re.fullmatch("[A-Z]{3}", address.country):
        yield problem(
            _("{invoice}: the country of {name} has to be three letters as in MYS, not “{code}”."),
            **facts,
            code=address.country,
        )


def _supplier(invoice: EInvoice) -> Iterator[Problem]:
    supplier = invoice.supplier
    if not re.fullmatch("[0-9]{5}", supplier.activity_code) or not supplier.activity.strip():
        yield problem(
            _(
                "{invoice}: the company's business activity (MSIC, 5 digits) is missing in "
                "Settings."
            ),
            invoice=invoice.number,
        )


def _lines(invoice: EInvoice) -> Iterator[Problem]:
    for at, line in enumerate(invoice.lines, 1):
        facts: dict[str, object] = {"invoice": invoice.number, "line": at}
        if not line.description.strip():
            yield problem(_("{invoice}, line {line}: the goods or services have no name."), **facts)
        if not re.fullmatch("0([0-3][0-9]|4[0-5])", line.classification) or (
            line.classification == "000"
        ):
            yield problem(
                _("{invoice}, line {line}: “{code}” is no classification from 001 to 045."),
                **facts,
                code=line.classification,
            )
        if not re.fullmatch("[0-9A-Z]{2,3}", line.unit):
            yield problem(
                _(
                    "{invoice}, line {line}: the unit needs a UN/ECE code such as H87, not "
                    "“{code}”."
                ),
                **facts,
                code=line.unit,
            )
        yield from _line_taxes(line, facts)
        yield from _line_sums(line, facts)


def _line_taxes(line: ELine, facts: dict[str, object]) -> Iterator[Problem]:
    if not line.taxes:
        yield problem(
            _("{invoice}, line {line}: it has no tax; choose 06 where none applies."), **facts
        )
    for tax in line.taxes:
        if tax.type not in ("01", "02", "03", "04", "05", "06", "E"):
            yield problem(
                _("{invoice}, line {line}: “{type}” is no type of tax."), **facts, type=tax.type
            )
        if tax.type == "E" and not tax.exemption.strip():
            yield problem(_("{invoice}, line {line}: an exemption needs its reason."), **facts)
        if tax.type in ("06", "E") and tax.amount:
            yield problem(_("{invoice}, line {line}: what is exempt bears no tax."), **facts)


def _line_sums(line: ELine, facts: dict[str, object]) -> Iterator[Problem]:
    product = line.unit_price * line.quantity
    net = line.subtotal - line.discount + line.charge
    if abs(product - line.subtotal) > _CENT or net != line.net:
        yield problem(
            _("{invoice}, line {line}: price, quantity, discount and amount do not agree."), **facts
        )
    for tax in line.taxes:
        due = tax.taxable * (tax.rate or 0) / 100
        if tax.rate is not None and tax.type not in ("06", "E") and abs(due - tax.amount) > _CENT:
            yield problem(
                _("{invoice}, line {line}: the tax has to be {right}, not {given}."),
                **facts,
                right=f"{due:.2f}",
                given=f"{tax.amount:f}",
            )


def _sums(invoice: EInvoice) -> Iterator[Problem]:
    net = sum((line.net for line in invoice.lines), Decimal(0))
    tax = sum((each.amount for each in invoice.taxes), Decimal(0))
    excluding = net - invoice.discount + invoice.charge
    including = invoice.excluding_tax + tax
    payable = invoice.including_tax + invoice.rounding - invoice.prepaid
    wanted = (
        (excluding, invoice.excluding_tax, _("{invoice}: the total without tax is {right} by its "
                                             "lines, but says {given}.")),
        (including, invoice.including_tax, _("{invoice}: the total with tax has to be {right}, "
                                             "not {given}.")),
        (payable, invoice.payable, _("{invoice}: the amount to pay has to be {right}, not "
                                     "{given}.")),
    )  # fmt: skip
    for right, given, message in wanted:
        if right != given:
            facts = {"right": f"{right:f}", "given": f"{given:f}"}
            yield problem(message, invoice=invoice.number, **facts)
    yield from _tax_sums(invoice)


def _tax_sums(invoice: EInvoice) -> Iterator[Problem]:
    """Each type of tax: its lines come to what the document says, within a cent a line."""
    by_lines: dict[str, Decimal] = defaultdict(Decimal)
    by_totals: dict[str, Decimal] = defaultdict(Decimal)
    for line in invoice.lines:
        for tax in line.taxes:
            by_lines[tax.type] += tax.amount
    for tax in invoice.taxes:
        by_totals[tax.type] += tax.amount
    for kind in sorted(set(by_lines) | set(by_totals)):
        is_one_sided = (kind in by_lines) != (kind in by_totals)
        apart = abs(by_lines[kind] - by_totals[kind])
        if is_one_sided or apart > _CENT * len(invoice.lines):
            yield problem(
                _("{invoice}: tax of type {type} is {right} by the lines, but {given} in total."),
                invoice=invoice.number,
                type=kind,
                right=f"{by_lines[kind]:f}",
                given=f"{by_totals[kind]:f}",
            )
