"""What makes a sales document an invoice or a credit note: head, tax words, QRIS, home totals."""

from dataclasses import replace

from reports.documents import letter
from reports.documents.data import Invoicing, SalesDocument
from reports.documents.wording import words
from reports.kit.figures import day, money
from reports.kit.lettering import Style
from reports.kit.page import INK, SOFT, Paper
from reports.kit.qrcode import draw_code
from reports.kit.totals import Figure, Totals
from reports.kit.wording import words as letter_words

_QR = 84.0
"""The side of a QRIS code in points; 30 mm scan well from paper."""
_STRONG = Style("bold", 9.4, INK)
_HINT = Style("regular", 8, SOFT)


def is_invoice(document: SalesDocument) -> bool:
    """Whether a document asks for money, or gives it back, and so is no letter."""
    return document.kind in ("invoice", "credit_note", "down_payment")


def label(name: str, language: str, **facts: object) -> str:
    """The usual words for a total line: “less down payment” (number), paid, withheld, open."""
    return words(language)[name].format(**facts)


def prepared(document: SalesDocument) -> SalesDocument:
    """The document with the usual words of an invoice where it has none of its own."""
    if not is_invoice(document):
        return document
    said, about = words(document.language), document.invoicing or Invoicing()
    head = document.letterhead
    if about.scheme in ("SST", "GST") and not head.tax_number_label:
        head = replace(head, tax_number_label=said[f"{about.scheme} number"])
    if document.kind == "credit_note":
        head = replace(head, bank_lines=())
    return replace(
        document,
        letterhead=head,
        title=document.title or said[f"{'tax ' if about.scheme == 'GST' else ''}{document.kind}"],
        number_label=document.number_label or said[f"{document.kind} number"],
        reference_lines=(*_references(document, about), *document.reference_lines),
        closing=document.closing
        or said["credit_note closing" if document.kind == "credit_note" else "invoice closing"],
        stamp_room=document.stamp_room or about.stamp_duty is not None,
        stamp_label=document.stamp_label or _stamp(about, document.language),
        watermark=document.watermark or _watermark(document, about),
    )


def _stamp(about: Invoicing, language: str) -> str:
    if about.stamp_duty is None:
        return ""
    return label("stamp duty", language, amount=money(about.stamp_duty, "IDR", 0, language))


def _watermark(document: SalesDocument, about: Invoicing) -> str:
    if about.is_void:
        return words(document.language)["void"]
    return "" if document.number else letter_words(document.language)["draft"].upper()


def _references(document: SalesDocument, about: Invoicing) -> list[tuple[str, str]]:
    said, language = words(document.language), document.language
    corrects = about.corrects
    if corrects and about.corrects_date:
        shown = day(about.corrects_date, language)
        corrects = said["of"].format(number=corrects, date=shown)
    pairs = [
        (said["due"], day(about.due, language) if about.due else ""),
        (said["corrects"], corrects),
        (said["reason"], about.reason),
        (said["order"], about.order),
        (said["deliveries"], ", ".join(about.deliveries)),
        (said["customer order"], about.customer_order),
    ]
    return [pair for pair in pairs if pair[1]]


def opening(paper: Paper, document: SalesDocument) -> None:
    """Subject and first sentence, where an invoice has any; it greets nobody."""
    paper.y -= 8
    for text, style in ((document.subject, letter.STRONG), (document.opening, letter.BODY)):
        if text:
            paper.y -= 4
            paper.paragraph(text, style, letter.LEADING)
    paper.y -= 8


def home_figures(document: SalesDocument) -> list[Figure]:
    """The totals again in the seller's own currency, as a quiet part of the block."""
    about = document.invoicing
    if about is None or not about.home_totals:
        return []
    language, currency = document.language, about.home_currency
    name = "home totals at" if about.home_rate else "home totals"
    head = label(name, language, currency=currency, rate=about.home_rate)
    return [
        Figure(head, "", quiet=True),
        *(
            Figure(line.label, money(line.amount, currency, about.home_decimals, language))
            for line in about.home_totals
        ),
    ]


class TotalsWithCode:
    """The totals and, at their left or below them where they are wide, the QRIS code."""

    def __init__(self, paper: Paper, document: SalesDocument, totals: Totals) -> None:
        self._paper, self._totals = paper, totals
        self._qris = document.invoicing.qris if document.invoicing else ""
        self._said = words(document.language)
        self._room = totals.left - paper.left - _QR - 8

    @property
    def height(self) -> float:
        """Points both take."""
        if not self._qris:
            return self._totals.height
        side = _QR + 10
        return max(self._totals.height, side) if self._room > 0 else self._totals.height + side

    def place(self) -> None:
        """Draw them at the paper's `y`; raises ValueError for a text too long for a code."""
        paper, top, height = self._paper, self._paper.y, self.height
        self._totals.place()
        if self._qris:
            paper.y = top if self._room > 0 else paper.y
            self._draw()
        paper.y = top - height

    def _draw(self) -> None:
        paper, top = self._paper, self._paper.y
        draw_code(paper, self._qris, paper.left - 6, top - 8 - _QR, _QR)
        room = self._room if self._room > 0 else paper.width - _QR
        if room > 54:
            paper.y = top - 8 - _QR / 2 + 18
            for name, style in (("qris", _STRONG), ("qris hint", _HINT)):
                lines = paper.pen.wrap(self._said[name], style, room)
                paper.lines(paper.left + _QR, lines, style, style.size + 2)
