"""Letters that ask for overdue money, in three levels: friendly, firm and last."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from reports.documents import forms, letter
from reports.documents.forms import Begun, Form
from reports.documents.statement import bank_lines
from reports.documents.wording import words
from reports.kit.figures import day, money, number, short_day
from reports.kit.lines import Column, LineTable, Look, Row
from reports.kit.wording import symbol
from reports.kit.wording import words as letter_words

Level = Literal[1, 2, 3]

_TEXTS: Final = {
    "id": (
        "Menurut catatan kami, tagihan berikut telah melewati tanggal jatuh tempo. Barangkali hal "
        "ini terlewat dari perhatian Bapak/Ibu. Kami mohon pembayarannya paling lambat {day}.",
        "Sampai hari ini kami belum menerima pembayaran atas tagihan berikut, meskipun telah kami "
        "ingatkan. Kami minta tagihan ini dilunasi paling lambat {day}, atau hubungi kami apabila "
        "ada hal yang perlu dibicarakan.",
        "Meskipun telah berulang kali kami ingatkan, tagihan berikut belum juga dilunasi. Ini "
        "adalah peringatan terakhir. Apabila pembayaran belum kami terima paling lambat {day}, "
        "pengiriman kami hentikan dan penagihan kami lanjutkan melalui jalur hukum.",
        "Apabila pembayaran telah dilakukan, mohon surat ini diabaikan. Atas perhatian dan kerja "
        "samanya kami ucapkan terima kasih.",
        "Atas perhatian Bapak/Ibu kami ucapkan terima kasih.",
    ),
    "ms": (
        "Menurut rekod kami, bayaran bagi invois berikut telah melepasi tarikh akhir. Mungkin "
        "perkara ini terlepas daripada perhatian pihak tuan/puan. Mohon jelaskan bayaran "
        "selewat-lewatnya pada {day}.",
        "Sehingga hari ini kami belum menerima bayaran bagi invois berikut walaupun peringatan "
        "telah dihantar. Sila jelaskan jumlah tertunggak selewat-lewatnya pada {day}, atau hubungi "
        "kami sekiranya ada perkara yang perlu dibincangkan.",
        "Walaupun beberapa peringatan telah dihantar, invois berikut masih belum dijelaskan. Ini "
        "peringatan terakhir. Sekiranya bayaran tidak diterima selewat-lewatnya pada {day}, "
        "penghantaran akan dihentikan dan tindakan undang-undang akan diambil tanpa notis lanjut.",
        "Sekiranya bayaran telah dibuat, sila abaikan surat ini. Sekian, terima kasih.",
        "Sekian, terima kasih.",
    ),
    "en": (
        "According to our records the following invoices are past their due date. They may simply "
        "have escaped your attention. Please arrange payment by {day}.",
        "We have still not received payment for the following invoices in spite of our reminder. "
        "Please settle the amount by {day}, or let us know at once if there is anything to "
        "discuss.",
        "In spite of several reminders the following invoices are still unpaid. This is our final "
        "demand. If payment does not reach us by {day}, we shall stop deliveries and take legal "
        "steps to recover the amount without further notice.",
        "If you have paid in the meantime, please disregard this letter. Thank you for your "
        "attention.",
        "We look forward to your immediate payment.",
    ),
}
"""Sentences of the three levels, the closing of the first two and that of the last."""


@dataclass(frozen=True, slots=True)
class OverdueInvoice:
    """One invoice with money still open on it."""

    number: str
    date: datetime.date
    due: datetime.date
    days_late: int
    amount: Decimal
    open: Decimal


@dataclass(frozen=True, slots=True)
class Reminder:
    """A letter of one level about some invoices; `total` is the sum of what is open on them.

    An empty `opening` or `closing` takes the usual words of the level, which name `pay_by`.
    """

    form: Form
    level: Level
    invoices: tuple[OverdueInvoice, ...]
    total: Decimal
    pay_by: datetime.date
    currency: str = "IDR"
    decimals: int = 2
    opening: str = ""
    closing: str = ""


def render_reminder(reminder: Reminder) -> bytes:
    """The letter as a PDF file; equal letters give equal bytes.

    Raises reports.kit.fonts.MissingGlyph, a ValueError.
    """
    form = reminder.form
    begun = forms.begin(form, f"reminder {reminder.level}")
    texts = _TEXTS.get(form.language, _TEXTS["en"])
    by = day(reminder.pay_by, form.language)
    first = reminder.opening or texts[reminder.level - 1].format(day=by)
    paper = begun.paper
    paper.paragraph(letter_words(form.language)["salutation"], letter.BODY, letter.LEADING)
    paper.y -= 5
    paper.paragraph(first, letter.BODY, letter.LEADING)
    paper.y -= 8
    _invoices(begun, reminder)
    bank_lines(begun)
    letter.signature(paper, begun.closed(reminder.closing or texts[3 + (reminder.level == 3)]))
    return begun.finish()


def _invoices(begun: Begun, reminder: Reminder) -> None:
    language, decimals = reminder.form.language, reminder.decimals
    said, sign = words(language), symbol(reminder.currency)
    columns = [
        Column(said["invoice reference"], elastic=True),
        Column(said["date"]),
        Column(said["due"]),
        Column(said["days late"], right=True),
        Column(f"{said['amount']} ({sign})", right=True),
        Column(f"{said['open amount']} ({sign})", right=True),
    ]
    rows = [
        Row(
            (
                each.number,
                short_day(each.date),
                short_day(each.due),
                str(each.days_late),
                number(each.amount, decimals, language),
                number(each.open, decimals, language),
            )
        )
        for each in reminder.invoices
    ]
    if rows:
        rows[-1] = rows[-1]._replace(keep=True)
    total = money(reminder.total, reminder.currency, decimals, language)
    rows.append(Row((said["total overdue"], "", "", "", "", total), "total"))
    LineTable(begun.paper, columns, rows, Look(accent=begun.head.accent, main=0)).place()
