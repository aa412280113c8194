"""The words of totals and terms on documents in the customer's language.

They stand beside those of `reports.kit.wording` (the letter itself) and follow the papers of each
country: Indonesian ones speak of Diskon, Malay ones of Pelarasan Pembundaran.
"""

from typing import Final

_ID: Final = {
    "alternative": "Alternatif",
    "subtotal": "Subtotal",
    "section": "Subtotal {title}",
    "further": "Barang lainnya",
    "discount": "Diskon",
    "after discount": "Jumlah setelah diskon",
    "base": "Dasar Pengenaan Pajak",
    "taxes": "Pajak",
    "tax": "{name} {rate}%",
    "included tax": "Termasuk {name} {rate}%",
    "rounding": "Pembulatan",
    "total": "Total",
    "payment": "Pembayaran",
    "delivery": "Penyerahan",
    "reference": "Referensi Anda",
    "quotation": "Penawaran",
    "wanted on": "Diminta tanggal",
    "cash": "Tunai",
    "advance": "Pembayaran di muka",
    "down_payment": "Uang muka 30 %, pelunasan sebelum pengiriman",
    "net": "{days} hari setelah faktur diterima",
}
_MS: Final = {
    "alternative": "Alternatif",
    "subtotal": "Jumlah Kecil",
    "section": "Jumlah Kecil {title}",
    "further": "Item lain",
    "discount": "Diskaun",
    "after discount": "Jumlah selepas diskaun",
    "base": "Nilai bercukai",
    "taxes": "Cukai",
    "tax": "{name} {rate}%",
    "included tax": "Termasuk {name} {rate}%",
    "rounding": "Pelarasan Pembundaran",
    "total": "Jumlah Keseluruhan",
    "payment": "Bayaran",
    "delivery": "Penghantaran",
    "reference": "Rujukan tuan",
    "quotation": "Sebut Harga",
    "wanted on": "Dikehendaki pada",
    "cash": "Tunai",
    "advance": "Bayaran pendahuluan",
    "down_payment": "Deposit 30 %, baki sebelum penghantaran",
    "net": "{days} hari selepas tarikh invois",
}
_EN: Final = {
    "alternative": "Alternative",
    "subtotal": "Subtotal",
    "section": "Subtotal {title}",
    "further": "Further items",
    "discount": "Discount",
    "after discount": "After discount",
    "base": "Tax base",
    "taxes": "Tax",
    "tax": "{name} {rate}%",
    "included tax": "Including {name} {rate}%",
    "rounding": "Rounding",
    "total": "Total",
    "payment": "Payment",
    "delivery": "Delivery",
    "reference": "Your reference",
    "quotation": "Quotation",
    "wanted on": "Wanted on",
    "cash": "Cash",
    "advance": "Payment in advance",
    "down_payment": "30 % down, balance before delivery",
    "net": "{days} days from the invoice",
}
_TAXES: Final = {"ms": {"Sales Tax": "Cukai Jualan", "Service Tax": "Cukai Perkhidmatan"}}
_WORDS: Final = {"id": _ID, "ms": _MS, "en": _EN}


def words(language: str) -> dict[str, str]:
    """The wording of one language; an unknown one speaks English."""
    return _WORDS.get(language, _EN)


def tax_name(label: str, language: str) -> str:
    """A tax by the name it has in a language; most have one name everywhere."""
    return _TAXES.get(language, {}).get(label, label)


def payment_term(code: str, language: str) -> str:
    """A payment term as a sentence for the customer; an unknown code stays as it is."""
    said = words(language)
    if code.startswith("net") and code[3:].isdigit():
        return said["net"].format(days=code[3:])
    return said.get(code, code) if code in ("cash", "advance", "down_payment") else code
