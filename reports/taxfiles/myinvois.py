"""Malaysian e-invoices for MyInvois as UBL 2.1 in XML and JSON; checked, written, not sent.

Source: MyInvois SDK, document types 01 to 04 in version 1.0, which carries no signature. Notes
are Invoice documents with another type code, not UBL's own CreditNote.
"""

from collections.abc import Iterator
from decimal import Decimal

from reports.taxfiles.myinvois_checks import problems_of
from reports.taxfiles.myinvois_data import EInvoice, ELine, EParty, ETax
from reports.taxfiles.problems import refuse
from reports.taxfiles.ubl import Element, group, json_bytes, leaf, xml_bytes


def render_myinvois_xml(invoice: EInvoice) -> bytes:
    """The document as XML; equal invoices give equal bytes. Raises TaxFileError."""
    return xml_bytes(checked(invoice))


def render_myinvois_json(invoice: EInvoice) -> bytes:
    """The document as JSON; equal invoices give equal bytes. Raises TaxFileError."""
    return json_bytes(checked(invoice))


def checked(invoice: EInvoice) -> Element:
    """The document as elements; raises TaxFileError with every problem found."""
    refuse(problems_of(invoice, document))
    return document(invoice)


def document(invoice: EInvoice) -> Element:
    """The document as elements in the order of UBL 2.1, unchecked."""
    return group("Invoice", *_head(invoice), *_parties(invoice), *_money(invoice), *_lines(invoice))


def _head(invoice: EInvoice) -> Iterator[Element]:
    yield leaf("ID", invoice.number)
    yield leaf("IssueDate", f"{invoice.issued:%Y-%m-%d}")
    yield leaf("IssueTime", f"{invoice.issued:%H:%M:%S}Z")
    yield leaf("InvoiceTypeCode", invoice.type, listVersionID="1.0")
    yield leaf("DocumentCurrencyCode", invoice.currency)
    yield leaf("TaxCurrencyCode", "MYR")
    for each in invoice.references:
        named = (leaf("ID", each.number), leaf("UUID", each.uuid))
        yield group("BillingReference", group("InvoiceDocumentReference", *named))


def _parties(invoice: EInvoice) -> Iterator[Element]:
    supplier = invoice.supplier
    activity = leaf("IndustryClassificationCode", supplier.activity_code, name=supplier.activity)
    yield group("AccountingSupplierParty", group("Party", activity, *_party(supplier)))
    yield group("AccountingCustomerParty", group("Party", *_party(invoice.buyer)))


def _party(party: EParty) -> Iterator[Element]:
    numbers = (
        ("TIN", party.tin),
        (party.id_type, party.id_number),
        ("SST", party.sst),
        ("TTX", party.tourism),
    )
    for scheme, number in numbers:
        yield group("PartyIdentification", leaf("ID", number, schemeID=scheme))
    yield _address(party)
    yield group("PartyLegalEntity", leaf("RegistrationName", party.name))
    mail = leaf("ElectronicMail", party.email) if party.email else None
    yield group("Contact", leaf("Telephone", party.phone), mail)


def _address(party: EParty) -> Element:
    address = party.address
    country = leaf("IdentificationCode", address.country, listID="ISO3166-1", listAgencyID="6")
    return group(
        "PostalAddress",
        leaf("CityName", address.city),
        leaf("PostalZone", address.postcode) if address.postcode else None,
        leaf("CountrySubentityCode", address.state),
        *(group("AddressLine", leaf("Line", line)) for line in address.lines),
        group("Country", country),
    )


def _money(invoice: EInvoice) -> Iterator[Element]:
    if invoice.bank_account:
        account = group("PayeeFinancialAccount", leaf("ID", invoice.bank_account))
        yield group("PaymentMeans", leaf("PaymentMeansCode", "03"), account)
    if invoice.payment_terms:
        yield group("PaymentTerms", leaf("Note", invoice.payment_terms))
    if invoice.prepaid:
        yield group("PrepaidPayment", _amount("PaidAmount", invoice.prepaid, invoice))
    yield from _allowances(invoice, invoice.discount, invoice.charge)
    if invoice.exchange_rate is not None:
        yield group(
            "TaxExchangeRate",
            leaf("SourceCurrencyCode", invoice.currency),
            leaf("TargetCurrencyCode", "MYR"),
            leaf("CalculationRate", invoice.exchange_rate),
        )
    yield _taxes(invoice, invoice.taxes)
    yield _totals(invoice)


def _amount(name: str, value: Decimal, invoice: EInvoice) -> Element:
    return leaf(name, value, currencyID=invoice.currency)


def _allowances(invoice: EInvoice, discount: Decimal, charge: Decimal) -> Iterator[Element]:
    for is_charge, reason, value in ((False, "Discount", discount), (True, "Charge", charge)):
        if value:
            yield group(
                "AllowanceCharge",
                leaf("ChargeIndicator", is_charge),
                leaf("AllowanceChargeReason", reason),
                _amount("Amount", value, invoice),
            )


def _taxes(invoice: EInvoice, taxes: tuple[ETax, ...]) -> Element:
    total = sum((tax.amount for tax in taxes), Decimal(0))
    parts = (_tax(invoice, tax) for tax in taxes)
    return group("TaxTotal", _amount("TaxAmount", total, invoice), *parts)


def _tax(invoice: EInvoice, tax: ETax) -> Element:
    scheme = leaf("ID", "OTH", schemeID="UN/ECE 5153", schemeAgencyID="6")
    return group(
        "TaxSubtotal",
        _amount("TaxableAmount", tax.taxable, invoice),
        _amount("TaxAmount", tax.amount, invoice),
        None if tax.rate is None else leaf("Percent", tax.rate),
        group(
            "TaxCategory",
            leaf("ID", tax.type),
            leaf("TaxExemptionReason", tax.exemption) if tax.exemption else None,
            group("TaxScheme", scheme),
        ),
    )


def _totals(invoice: EInvoice) -> Element:
    net = sum((line.net for line in invoice.lines), Decimal(0))
    return group(
        "LegalMonetaryTotal",
        _amount("LineExtensionAmount", net, invoice),
        _amount("TaxExclusiveAmount", invoice.excluding_tax, invoice),
        _amount("TaxInclusiveAmount", invoice.including_tax, invoice),
        _amount("AllowanceTotalAmount", invoice.discount, invoice),
        _amount("ChargeTotalAmount", invoice.charge, invoice),
        _amount("PrepaidAmount", invoice.prepaid, invoice) if invoice.prepaid else None,
        _amount("PayableRoundingAmount", invoice.rounding, invoice),
        _amount("PayableAmount", invoice.payable, invoice),
    )


def _lines(invoice: EInvoice) -> Iterator[Element]:
    for number, line in enumerate(invoice.lines, 1):
        yield group(
            "InvoiceLine",
            leaf("ID", str(number)),
            leaf("InvoicedQuantity", line.quantity, unitCode=line.unit),
            _amount("LineExtensionAmount", line.net, invoice),
            *_allowances(invoice, line.discount, line.charge),
            _taxes(invoice, line.taxes),
            _item(line),
            group("Price", _amount("PriceAmount", line.unit_price, invoice)),
            group("ItemPriceExtension", _amount("Amount", line.subtotal, invoice)),
        )


def _item(line: ELine) -> Element:
    origin = leaf("IdentificationCode", line.origin) if line.origin else None
    code = leaf("ItemClassificationCode", line.classification, listID="CLASS")
    return group(
        "Item",
        leaf("Description", line.description),
        group("OriginCountry", origin) if origin else None,
        group("CommodityClassification", code),
    )
