"""Receipts for money received: kuitansi, resit rasmi, official receipt."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from reports.documents import forms, letter
from reports.documents.forms import Begun, Form
from reports.documents.invoice import label
from reports.documents.sales import tint
from reports.documents.wording import words
from reports.kit.figures import day, money
from reports.kit.lettering import Style, clean
from reports.kit.page import LINE, SOFT

STAMP_DUTY: Final = Decimal(10_000)
"""Rupiah of the stamp (UU 10/2020, article 5)."""
STAMPED_ABOVE: Final = Decimal(5_000_000)
"""Rupiah a receipt must exceed to bear a stamp (UU 10/2020, article 3(2)g)."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money received. `words` is the amount in words, `purpose` what it was paid for.

    A rupiah receipt above `stamped_above` leaves a box for a stamp of `stamp_duty`;
    `has_stamp_box` overrules that.
    """

    form: Form
    amount: Decimal
    words: str
    purpose: str
    received_from: str = ""
    method: str = ""
    currency: str = "IDR"
    decimals: int = 2
    invoices: tuple[str, ...] = ()
    stamp_duty: Decimal = STAMP_DUTY
    stamped_above: Decimal = STAMPED_ABOVE
    has_stamp_box: bool | None = None


def needs_stamp(receipt: Receipt) -> bool:
    """Whether the receipt leaves room for a stamp: by the law unless somebody decided."""
    if receipt.has_stamp_box is not None:
        return receipt.has_stamp_box
    return receipt.currency == "IDR" and receipt.amount > receipt.stamped_above


def render_receipt(receipt: Receipt) -> bytes:
    """The receipt as a PDF file; equal receipts give equal bytes.

    Raises reports.kit.fonts.MissingGlyph, a ValueError.
    """
    party = receipt.form.party
    payer = receipt.received_from or (party.name if party else "")
    begun = forms.begin(replace(receipt.form, party=None), "receipt")
    said = words(receipt.form.language)
    pairs = [
        (said["received from"], payer, letter.STRONG),
        (said["sum of"], receipt.words, letter.SLANTED._replace(size=10)),
        (said["payment for"], receipt.purpose, letter.BODY),
        (said["invoice reference"], ", ".join(receipt.invoices), letter.BODY),
        (said["paid by"], receipt.method, letter.BODY),
    ]
    for name, text, style in pairs:
        if text:
            _entry(begun, name, text, style)
    _amount(begun, receipt)
    _sign(begun, receipt)
    return begun.finish()


def _entry(begun: Begun, name: str, text: str, style: Style) -> None:
    """A label with its text beside it and a line below, as on a form filled in by hand."""
    paper, column = begun.paper, 130.0
    soft = letter.BODY._replace(colour=SOFT)
    lines = paper.pen.wrap(clean(text), style, paper.width - column)
    paper.y -= 4
    for at, line in enumerate(lines):
        paper.need(letter.LEADING + 3)
        if not at:
            paper.text(paper.left, paper.y - 9, name, soft)
        paper.lines(paper.left + column, [line], style, letter.LEADING + 1)
    paper.rule(paper.left + column, paper.y - 2, paper.width - column, LINE)
    paper.y -= 4


def _amount(begun: Begun, receipt: Receipt) -> None:
    paper, accent = begun.paper, receipt.form.accent
    shown = money(receipt.amount, receipt.currency, receipt.decimals, receipt.form.language)
    style = Style("bold", 15, accent)
    paper.need(190)
    paper.y -= 16
    width = min(max(150.0, paper.pen.width(shown, style) + 28), paper.width)
    style = style._replace(size=min(15.0, 15 * (width - 20) / paper.pen.width(shown, style)))
    paper.box(paper.left, paper.y - 30, width, 30, tint(accent))
    paper.text(paper.left + 14 if width < paper.width else paper.left + 10, paper.y - 20,
               shown, style)  # fmt: skip
    paper.y -= 30


def _sign(begun: Begun, receipt: Receipt) -> None:
    """Place and date, room for stamp and signature, at the right."""
    paper, form = begun.paper, receipt.form
    left, place = paper.left + paper.width * 0.56, f"{form.place}, " if form.place else ""
    width = paper.right - left
    top = f"{place}{day(form.date, form.language)}"
    texts = ((top, letter.BODY), (form.letterhead.company, letter.STRONG))
    paper.y -= 4
    for text, style in texts:
        paper.lines(left, paper.pen.wrap(clean(text), style, width), style, letter.LEADING)
    if needs_stamp(receipt):
        _stamp(begun, receipt, left)
    paper.y -= 66
    if form.signer_name:
        lines = paper.pen.wrap(clean(form.signer_name), letter.STRONG, width)
        paper.lines(left, lines, letter.STRONG, letter.LEADING)
    paper.rule(left, paper.y - 2, 170, SOFT)
    paper.y -= 4
    if form.signer_title:
        lines = paper.pen.wrap(clean(form.signer_title), letter.QUIET, width)
        paper.lines(left, lines, letter.QUIET, letter.LEADING)


def _stamp(begun: Begun, receipt: Receipt, left: float) -> None:
    paper, language = begun.paper, receipt.form.language
    amount = money(receipt.stamp_duty, "IDR", 0, language)
    text = label("stamp duty", language, amount=amount)
    paper.frame(left, paper.y - 58, 62, 50, SOFT)
    style = letter.QUIET._replace(size=7.4)
    for at, line in enumerate(paper.pen.wrap(text, style, 56)):
        paper.text(left + 31, paper.y - 31 - 9 * at, line, style, "centre")
