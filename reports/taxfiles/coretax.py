"""A month's sales invoices as a Coretax import file, TaxInvoiceBulk in XML (Indonesia)."""

from collections.abc import Sequence
from typing import Final

from lxml import etree

from reports.taxfiles.coretax_checks import problems_of
from reports.taxfiles.coretax_data import Buyer, GoodService, TaxInvoice, TaxInvoices
from reports.taxfiles.problems import refuse
from reports.taxfiles.texts import xml_text

_NO_TIN: Final = "0" * 16
_SCHEMA: Final = "http://www.w3.org/2001/XMLSchema-instance"


def render_coretax(batch: TaxInvoices) -> bytes:
    """The import file in UTF-8; equal invoices give equal bytes.

    Raises TaxFileError with every problem found. Order of elements: Coretax template of 2025.
    """
    refuse(problems_of(batch))
    root = etree.Element("TaxInvoiceBulk", nsmap={"xsi": _SCHEMA})
    root.set(f"{{{_SCHEMA}}}noNamespaceSchemaLocation", "TaxInvoice.xsd")
    _add(root, [("TIN", batch.tin)])
    invoices = etree.SubElement(root, "ListOfTaxInvoice")
    for invoice in batch.invoices:
        _invoice(etree.SubElement(invoices, "TaxInvoice"), batch, invoice)
    content: bytes = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=True
    )  # fmt: skip
    return content


def _invoice(parent: etree._Element, batch: TaxInvoices, invoice: TaxInvoice) -> None:
    _add(parent, [*_head(batch, invoice), *_buyer(invoice.buyer)])
    lines = etree.SubElement(parent, "ListOfGoodService")
    for line in invoice.lines:
        _add(etree.SubElement(lines, "GoodService"), _line(line))


def _head(batch: TaxInvoices, invoice: TaxInvoice) -> list[tuple[str, str]]:
    return [
        ("TaxInvoiceDate", invoice.date.isoformat()),
        ("TaxInvoiceOpt", "Normal"),
        ("TrxCode", invoice.code),
        ("AddInfo", invoice.additional_info),
        ("CustomDoc", invoice.custom_document),
        ("CustomDocMonthYear", invoice.custom_period),
        ("RefDesc", invoice.number),
        ("FacilityStamp", invoice.facility),
        ("SellerIDTKU", batch.tin + batch.place),
    ]


def _buyer(buyer: Buyer) -> list[tuple[str, str]]:
    tin = buyer.tin or _NO_TIN
    return [
        ("BuyerTin", tin),
        ("BuyerDocument", buyer.document),
        ("BuyerCountry", buyer.country),
        ("BuyerDocumentNumber", buyer.document_number),
        ("BuyerName", buyer.name),
        ("BuyerAdress", buyer.address),
        ("BuyerEmail", buyer.email),
        ("BuyerIDTKU", tin + buyer.place),
    ]


def _line(line: GoodService) -> list[tuple[str, str]]:
    return [
        ("Opt", "B" if line.is_service else "A"),
        ("Code", line.code),
        ("Name", line.name),
        ("Unit", line.unit),
        ("Price", f"{line.price:f}"),
        ("Qty", f"{line.quantity:f}"),
        ("TotalDiscount", f"{line.discount:f}"),
        ("TaxBase", f"{line.tax_base:f}"),
        ("OtherTaxBase", f"{line.other_tax_base:f}"),
        ("VATRate", f"{line.vat_rate:f}"),
        ("VAT", f"{line.vat:f}"),
        ("STLGRate", f"{line.luxury_rate:f}"),
        ("STLG", f"{line.luxury_tax:f}"),
    ]


def _add(parent: etree._Element, pairs: Sequence[tuple[str, str]]) -> None:
    """Elements with their texts in order; an empty text is an empty element."""
    for name, text in pairs:
        child = etree.SubElement(parent, name)
        if text:
            child.text = xml_text(text)
