"""UBL 2.1 documents as a tree of elements, written as XML or as JSON, with the order checked.

UBL 2.1 (OASIS): children stand in the order of the schema. JSON after UBL-2.1-JSON-v2.0: every
element is a list, its text stands under "_", its attributes beside it.
"""

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from lxml import etree

from reports.taxfiles.texts import xml_text

INVOICE: Final = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
AGGREGATE: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
BASIC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"

Value = str | Decimal | bool


class Element(NamedTuple):
    """A basic element with a value, or an aggregate one with children."""

    name: str
    value: Value | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Element", ...] = ()


def leaf(name: str, value: Value, /, **attributes: str) -> Element:
    """A basic element; texts lose their line breaks."""
    shown = xml_text(value) if isinstance(value, str) else value
    return Element(name, shown, tuple(attributes.items()))


def group(name: str, *children: Element | None) -> Element:
    """An aggregate element; children that are None are left out."""
    return Element(name, children=tuple(child for child in children if child is not None))


_ORDER: Final = {
    "Invoice": "ID IssueDate IssueTime InvoiceTypeCode DocumentCurrencyCode TaxCurrencyCode "
    "BillingReference AccountingSupplierParty AccountingCustomerParty PaymentMeans PaymentTerms "
    "PrepaidPayment AllowanceCharge TaxExchangeRate TaxTotal LegalMonetaryTotal InvoiceLine",
    "BillingReference": "InvoiceDocumentReference",
    "InvoiceDocumentReference": "ID UUID",
    "AccountingSupplierParty": "Party",
    "AccountingCustomerParty": "Party",
    "Party": "IndustryClassificationCode PartyIdentification PostalAddress PartyLegalEntity "
    "Contact",
    "PartyIdentification": "ID",
    "PostalAddress": "CityName PostalZone CountrySubentityCode AddressLine Country",
    "AddressLine": "Line",
    "Country": "IdentificationCode",
    "PartyLegalEntity": "RegistrationName",
    "Contact": "Telephone ElectronicMail",
    "PaymentMeans": "PaymentMeansCode PayeeFinancialAccount",
    "PayeeFinancialAccount": "ID",
    "PaymentTerms": "Note",
    "PrepaidPayment": "PaidAmount",
    "AllowanceCharge": "ChargeIndicator AllowanceChargeReason Amount",
    "TaxExchangeRate": "SourceCurrencyCode TargetCurrencyCode CalculationRate",
    "TaxTotal": "TaxAmount TaxSubtotal",
    "TaxSubtotal": "TaxableAmount TaxAmount Percent TaxCategory",
    "TaxCategory": "ID TaxExemptionReason TaxScheme",
    "TaxScheme": "ID",
    "LegalMonetaryTotal": "LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount "
    "AllowanceTotalAmount ChargeTotalAmount PrepaidAmount PayableRoundingAmount PayableAmount",
    "InvoiceLine": "ID InvoicedQuantity LineExtensionAmount AllowanceCharge TaxTotal Item Price "
    "ItemPriceExtension",
    "Item": "Description OriginCountry CommodityClassification",
    "OriginCountry": "IdentificationCode",
    "CommodityClassification": "ItemClassificationCode",
    "Price": "PriceAmount",
    "ItemPriceExtension": "Amount",
}
"""Children by their parent in the order of the schema; only those this program writes."""

_OPTIONAL: Final = {
    "Invoice": "BillingReference PaymentMeans PaymentTerms PrepaidPayment AllowanceCharge "
    "TaxExchangeRate",
    "Party": "IndustryClassificationCode",
    "PostalAddress": "PostalZone",
    "Contact": "ElectronicMail",
    "TaxSubtotal": "Percent",
    "TaxCategory": "TaxExemptionReason",
    "LegalMonetaryTotal": "PrepaidAmount",
    "InvoiceLine": "AllowanceCharge",
    "Item": "OriginCountry",
}


def faults(element: Element, path: str = "") -> Iterator[str]:
    """Paths of elements that are missing, empty, unknown or out of their order."""
    here = f"{path}/{element.name}"
    if not element.children:
        if element.value is None or element.value == "":
            yield here
        return
    order = _ORDER[element.name].split()
    names = [child.name for child in element.children]
    known = [name for name in names if name in order]
    if known != names or known != sorted(known, key=order.index):
        yield here
    optional = _OPTIONAL.get(element.name, "").split()
    yield from (f"{here}/{name}" for name in order if name not in names and name not in optional)
    for child in element.children:
        yield from faults(child, here)


def xml_bytes(root: Element) -> bytes:
    """The document as XML in UTF-8."""
    spaces = {None: INVOICE, "cac": AGGREGATE, "cbc": BASIC}
    made = etree.Element(f"{{{INVOICE}}}{root.name}", nsmap=spaces)
    for child in root.children:
        _xml(made, child)
    content: bytes = etree.tostring(
        made, xml_declaration=True, encoding="UTF-8", pretty_print=True
    )  # fmt: skip
    return content


def _xml(parent: etree._Element, element: Element) -> None:
    space = AGGREGATE if element.children else BASIC
    made = etree.SubElement(parent, f"{{{space}}}{element.name}")
    for name, value in element.attributes:
        made.set(name, xml_text(value))
    if element.value is not None:
        made.text = _plain(element.value)
    for child in element.children:
        _xml(made, child)


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else f"{value:f}"


def json_bytes(root: Element) -> bytes:
    """The document as JSON in UTF-8; amounts are numbers with the decimals they were given."""
    head = f'{{"_D":"{INVOICE}","_A":"{AGGREGATE}","_B":"{BASIC}",'
    return f'{head}"{root.name}":[{_json(root)}]}}'.encode()


def _json(element: Element) -> str:
    if not element.children:
        value = "" if element.value is None else element.value
        quoted = isinstance(value, str)
        pairs = [f'"_":{json.dumps(value, ensure_ascii=False) if quoted else _plain(value)}']
        for name, text in element.attributes:
            pairs.append(f'"{name}":{json.dumps(text, ensure_ascii=False)}')
        return f"{{{','.join(pairs)}}}"
    return f"{{{','.join(_lists(element.children))}}}"


def _lists(children: Sequence[Element]) -> Iterator[str]:
    """Children of one name go together into one list."""
    for name in dict.fromkeys(child.name for child in children):
        shown = ",".join(_json(child) for child in children if child.name == name)
        yield f'"{name}":[{shown}]'
