"""The words of every paper in Indonesian, Malay and English.

They stand here and not in the message catalogues because letters differ in more than translation:
an Indonesian offer begins with number, enclosure and subject, a Malay one names its matter after
the salutation, an English one needs neither; a sentence of one has no counterpart in the other.
Sources: the usual forms of Surat Penawaran Harga and of Malaysian quotations (Sebut Harga).
"""

from functools import cache
from typing import Final

_MONTHS: Final = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "ms": "Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember",
    "en": "January February March April May June July August September October November December",
}
MONTHS: Final = {language: tuple(names.split()) for language, names in _MONTHS.items()}

_SYMBOLS: Final = {
    "IDR": "Rp",
    "MYR": "RM",
    "SGD": "S$",
    "USD": "US$",
    "EUR": "€",
}

_ID: Final = {
    "proposal": "Proposal Penawaran",
    "prepared for": "Disusun untuk",
    "prepared by": "Disusun oleh",
    "contents": "Daftar Isi",
    "cover letter": "Surat Pengantar",
    "letter closing": "Atas perhatian dan kerja samanya kami ucapkan terima kasih.",
    "product sheets": "Lembar Produk",
    "appendix": "Lampiran {number}",
    "seal": "Periksa keaslian",
    "signed digitally": "Ditandatangani secara elektronik oleh",
    "changes": "Perubahan Penawaran",
    "changes opening": (
        "Dibandingkan dengan revisi {before}, penawaran ini berubah sebagai berikut:"
    ),
    "changes closing": (
        "Demikian perubahan ini kami sampaikan. Selebihnya penawaran kami tetap berlaku."
    ),
    "before": "Semula",
    "now": "Menjadi",
    "difference": "Selisih",
    "added": "{text} (baru)",
    "removed": "{text} (dihapus)",
    "changed terms": "Syarat",
    "quotation": "Surat Penawaran Harga",
    "order": "Konfirmasi Pesanan",
    "salutation": "Dengan hormat,",
    "quotation opening": "Bersama ini kami sampaikan penawaran harga sebagai berikut:",
    "order opening": (
        "Terima kasih atas pesanan Bapak/Ibu. Dengan ini kami konfirmasikan pesanan tersebut "
        "dengan rincian sebagai berikut:"
    ),
    "quotation closing": (
        "Demikian penawaran ini kami sampaikan. Atas perhatian dan kerja samanya kami ucapkan "
        "terima kasih."
    ),
    "order closing": (
        "Demikian konfirmasi pesanan ini kami sampaikan. Atas kepercayaan dan kerja samanya kami "
        "ucapkan terima kasih."
    ),
    "signed": "Hormat kami,",
    "to": "Kepada Yth.",
    "attention": "u.p.",
    "tax number": "NPWP",
    "number": "Nomor",
    "number of": "Nomor",
    "attachment": "Lampiran",
    "subject": "Perihal",
    "date": "Tanggal",
    "valid until": "Berlaku hingga",
    "revision": "rev.",
    "draft": "Draf",
    "item": "No.",
    "description": "Uraian",
    "quantity": "Qty",
    "unit": "Satuan",
    "price": "Harga Satuan",
    "discount": "Diskon",
    "amount": "Jumlah",
    "optional": "Opsional – tidak termasuk dalam total",
    "optional total": "Opsi di luar total",
    "in words": "Terbilang",
    "terms": "Syarat dan ketentuan",
    "bank": "Pembayaran ke rekening",
    "stamp": "Meterai",
    "page": "Halaman {page} dari {pages}",
    "continued": "lanjutan",
    "total": "Total",
    "rows": "Jumlah baris",
    "data": "Data",
    "summary": "Ringkasan",
    "yes": "Ya",
    "no": "Tidak",
    "cut": "Ada {count} teks yang melebihi 32.767 huruf; teks itu dipotong dan diakhiri dengan …",
}

_MS: Final = {
    "proposal": "Kertas Cadangan",
    "prepared for": "Disediakan untuk",
    "prepared by": "Disediakan oleh",
    "contents": "Isi Kandungan",
    "cover letter": "Surat Iringan",
    "letter closing": "Kerjasama pihak tuan/puan amat kami hargai. Sekian, terima kasih.",
    "product sheets": "Helaian Produk",
    "appendix": "Lampiran {number}",
    "seal": "Semak ketulenan",
    "signed digitally": "Ditandatangani secara digital oleh",
    "changes": "Pindaan Sebut Harga",
    "changes opening": "Berbanding semakan {before}, sebut harga ini berubah seperti berikut:",
    "changes closing": "Perkara lain dalam sebut harga kami kekal. Sekian, terima kasih.",
    "before": "Asal",
    "now": "Menjadi",
    "difference": "Beza",
    "added": "{text} (baharu)",
    "removed": "{text} (digugurkan)",
    "changed terms": "Terma",
    "quotation": "Sebut Harga",
    "order": "Pengesahan Pesanan",
    "salutation": "Tuan/Puan,",
    "quotation opening": (
        "Dengan segala hormatnya kami mengemukakan sebut harga seperti berikut untuk pertimbangan "
        "pihak tuan/puan:"
    ),
    "order opening": (
        "Terima kasih atas pesanan pihak tuan/puan. Dengan ini kami mengesahkan pesanan tersebut "
        "dengan butiran seperti berikut:"
    ),
    "quotation closing": (
        "Kami berharap sebut harga ini memenuhi keperluan pihak tuan/puan dan menantikan maklum "
        "balas daripada pihak tuan/puan. Sekian, terima kasih."
    ),
    "order closing": (
        "Segala kepercayaan dan kerjasama pihak tuan/puan amat kami hargai. Sekian, terima kasih."
    ),
    "signed": "Yang benar,",
    "to": "Kepada",
    "attention": "u.p.",
    "tax number": "No. Cukai",
    "number": "No. Rujukan",
    "number of": "No. Rujukan",
    "attachment": "Lampiran",
    "subject": "Perkara",
    "date": "Tarikh",
    "valid until": "Sah sehingga",
    "revision": "semakan",
    "draft": "Draf",
    "item": "Bil.",
    "description": "Butiran",
    "quantity": "Kuantiti",
    "unit": "Unit",
    "price": "Harga Seunit",
    "discount": "Diskaun",
    "amount": "Jumlah",
    "optional": "Pilihan – tidak termasuk dalam jumlah keseluruhan",
    "optional total": "Pilihan di luar jumlah",
    "in words": "Jumlah dalam perkataan",
    "terms": "Terma dan syarat",
    "bank": "Bayaran ke akaun",
    "stamp": "Setem",
    "page": "Halaman {page} daripada {pages}",
    "continued": "sambungan",
    "total": "Jumlah",
    "rows": "Bilangan baris",
    "data": "Data",
    "summary": "Ringkasan",
    "yes": "Ya",
    "no": "Tidak",
    "cut": "Terdapat {count} teks melebihi 32,767 aksara; teks itu dipotong dan berakhir dengan …",
}

_EN: Final = {
    "proposal": "Proposal",
    "prepared for": "Prepared for",
    "prepared by": "Prepared by",
    "contents": "Contents",
    "cover letter": "Cover Letter",
    "letter closing": "We look forward to hearing from you.",
    "product sheets": "Product Sheets",
    "appendix": "Appendix {number}",
    "seal": "Check authenticity",
    "signed digitally": "Digitally signed by",
    "changes": "Changes to our quotation",
    "changes opening": "Compared with revision {before}, our quotation changes as follows:",
    "changes closing": "Everything else in our quotation stands as it was.",
    "before": "Before",
    "now": "Now",
    "difference": "Difference",
    "added": "{text} (new)",
    "removed": "{text} (left out)",
    "changed terms": "Terms",
    "quotation": "Quotation",
    "order": "Order Confirmation",
    "salutation": "Dear Sir or Madam,",
    "quotation opening": (
        "Thank you for your enquiry. We are pleased to submit our quotation as follows:"
    ),
    "order opening": "Thank you for your order, which we confirm as follows:",
    "quotation closing": (
        "We trust that our quotation meets your requirements and look forward to hearing from you."
    ),
    "order closing": (
        "Please let us know at once if anything differs from your order. "
        "Thank you for your business."
    ),
    "signed": "Yours faithfully,",
    "to": "To",
    "attention": "Attn.",
    "tax number": "Tax no.",
    "number": "Number",
    "number of": "No.",
    "attachment": "Enclosure",
    "subject": "Subject",
    "date": "Date",
    "valid until": "Valid until",
    "revision": "rev.",
    "draft": "Draft",
    "item": "No.",
    "description": "Description",
    "quantity": "Qty",
    "unit": "Unit",
    "price": "Unit price",
    "discount": "Discount",
    "amount": "Amount",
    "optional": "Optional – not part of the total",
    "optional total": "Options outside the total",
    "in words": "In words",
    "terms": "Terms and conditions",
    "bank": "Payment to",
    "stamp": "Stamp",
    "page": "Page {page} of {pages}",
    "continued": "continued",
    "total": "Total",
    "rows": "Rows",
    "data": "Data",
    "summary": "Summary",
    "yes": "Yes",
    "no": "No",
    "cut": "There are {count} texts of more than 32,767 characters; they are cut and end with …",
}

BESIDE: Final = " / "
"""What stands between a label and the same in a second language."""

_WORDS: Final = {"id": _ID, "ms": _MS, "en": _EN}


def words(language: str, second: str | None = None) -> dict[str, str]:
    """The wording of one language by name, or of two; an unknown language speaks English."""
    first = _WORDS.get(language, _EN)
    return _both(language, second) if second and second != language else first


@cache
def _both(language: str, second: str) -> dict[str, str]:
    """Labels beside each other, whole lines of a letter below each other; what is equal once."""
    pairs = zip(words(language).items(), words(second).values(), strict=True)
    return {
        name: one if one == other else f"{one}{_between(name)}{other}"
        for (name, one), other in pairs
    }


def _between(name: str) -> str:
    whole = ("salutation", "signed", "opening", "closing")
    return "\n" if name.endswith(whole) else BESIDE


def symbol(currency: str) -> str:
    """The sign printed for a currency: ``Rp``, ``RM``; others by their ISO 4217 code."""
    return _SYMBOLS.get(currency, currency)
