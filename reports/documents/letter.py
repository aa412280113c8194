"""The parts of a business letter: letterhead, references, party, terms and signature."""

from reports.documents.data import SalesDocument
from reports.kit.figures import day
from reports.kit.lettering import Style, clean
from reports.kit.page import INK, LINE, SOFT, Paper
from reports.kit.pictures import logo_from
from reports.kit.qrcode import draw_code, modules
from reports.kit.wording import words

BODY = Style("regular", 9.4, INK)
STRONG = Style("bold", 9.4, INK)
QUIET = Style("regular", 8.4, SOFT)
SLANTED = Style("italic", 9.2, INK)
LEADING = 12.0
_STAMP = QUIET._replace(size=7.4)

SIGNATURE = "signature"
"""The mark at the upper left of the room for the last signature, beside the stamp; it is at
least 44 points high."""

_LOGO = (150.0, 50.0)
"""The largest width and height of a logo in points."""


def wording(document: SalesDocument) -> dict[str, str]:
    """The paper's own words in the document's language, or in both of them."""
    return words(document.language, document.second_language)


def shown_number(document: SalesDocument) -> str:
    """The number with its revision, or the word for a draft."""
    said = wording(document)
    number = clean(document.number) or (said["draft"] if document.is_numbered else "")
    return f"{number} · {said['revision']} {document.revision}" if document.revision else number


def shown_title(document: SalesDocument) -> str:
    """The title given, or the usual one of kind and language."""
    return clean(document.title) or wording(document)[document.kind]


def letterhead(paper: Paper, document: SalesDocument, *, has_company: bool = True) -> None:
    """Logo, company and addresses on the left, the title on the right, a rule below.

    Where the company stands on the paper already, there is only the title."""
    top, right = paper.y, _title(paper, document)
    if has_company:
        _company(paper, document, right)
    paper.y = min(paper.y, top - 36) - 8
    paper.rule(paper.left, paper.y, paper.width, document.accent, 1.6)


def _company(paper: Paper, document: SalesDocument, right: float) -> None:
    """Logo, company and addresses beside a title that takes so much at the right."""
    head, low, left = document.letterhead, paper.y, paper.left
    if head.logo is not None:
        width, height = company_logo(paper, head.logo)
        left, low = left + width + 14, paper.y - height
    room = paper.right - right - left - 16
    name = clean(head.company)
    company = _fitting(paper, name, Style("bold", 15, document.accent), room)
    paper.lines(left, paper.pen.wrap(name, company, room), company, company.size + 2)
    paper.y -= 1.5
    for line in (*head.address_lines, head.contact_line, _tax_number(document)):
        if line:
            paper.lines(left, paper.pen.wrap(clean(line), QUIET, room), QUIET, 10.8)
    paper.y = min(paper.y, low)


def _fitting(paper: Paper, text: str, style: Style, room: float) -> Style:
    """The style, or up to a quarter smaller where that keeps the text on one line."""
    smallest = style.size * 0.75
    fitting = style.size * room / max(paper.pen.width(text, style), 1.0)
    if smallest <= fitting < style.size:
        return style._replace(size=int(fitting * 10) / 10)
    return style


def _tax_number(document: SalesDocument) -> str:
    head = document.letterhead
    label = head.tax_number_label or wording(document)["tax number"]
    return f"{label} {head.tax_number}" if head.tax_number else ""


def company_logo(paper: Paper, content: bytes) -> tuple[float, float]:
    """Draw a logo at the left edge below `y`; answers its width and height in points."""
    logo = logo_from(content)
    scale = min(_LOGO[0] / logo.width, _LOGO[1] / logo.height)
    width, height = logo.width * scale, logo.height * scale
    paper.picture(logo, paper.left, paper.y - height, width, height)
    return width, height


def _title(paper: Paper, document: SalesDocument) -> float:
    """Title and number at the right edge; returns the width they need."""
    title, number = Style("bold", 13, INK), Style("regular", 9, SOFT)
    lines = paper.pen.wrap(shown_title(document).upper(), title, paper.width * 0.42)
    base, widest = paper.y - 13, 0.0
    for line in lines:
        paper.text(paper.right, base, line, title, "right")
        widest = max(widest, paper.pen.width(line, title))
        base -= 17
    for line in paper.pen.wrap(shown_number(document), number, paper.width * 0.42):
        paper.text(paper.right, base + 3, line, number, "right")
        widest = max(widest, paper.pen.width(line, number))
        base -= 11
    return widest


def references(paper: Paper, document: SalesDocument) -> None:
    """Number, date and party: an Indonesian letter has its order, all else the party first."""
    paper.y -= 12
    if document.language == "id" and document.kind in ("quotation", "order"):
        _indonesian(paper, document)
    else:
        _party_first(paper, document)


def _indonesian(paper: Paper, document: SalesDocument) -> None:
    said = wording(document)
    number = shown_number(document)
    pairs = [
        (said["number"], number),
        (said["attachment"], document.attachment or "-"),
        (said["subject"], document.subject or shown_title(document)),
        *document.reference_lines,
    ]
    place = f"{document.place}, " if document.place else ""
    dates = [f"{place}{day(document.date, 'id')}"]
    if document.valid_until:
        dates.append(f"{said['valid until']} {day(document.valid_until, 'id')}")
    top, half = paper.y, paper.width * 0.62
    _pairs(paper, pairs, paper.left, half)
    low, paper.y = paper.y, top
    _right(paper, dates, paper.width - half - 12)
    paper.y = min(low, paper.y) - 10
    _party(paper, document, paper.width * 0.62)


def _party_first(paper: Paper, document: SalesDocument) -> None:
    said, language = wording(document), document.language
    place = f"{document.place}, " if document.place else ""
    number = shown_number(document)
    pairs = [
        *([(document.number_label or said["number"], number)] if number else []),
        (said["date"], f"{place}{day(document.date, language)}"),
    ]
    if document.valid_until:
        pairs.append((said["valid until"], day(document.valid_until, language)))
    if document.attachment:
        pairs.append((said["attachment"], document.attachment))
    top = paper.y
    if document.party.name:
        _party(paper, document, paper.width * 0.52)
    low, paper.y = paper.y, top
    left = paper.left + paper.width * (0.58 if document.party.name else 0)
    _pairs(paper, [*pairs, *document.reference_lines], left, paper.width * 0.42)
    paper.y = min(low, paper.y)


def _pairs(paper: Paper, pairs: list[tuple[str, str]], left: float, width: float) -> None:
    """Labels in one column, texts behind colons in the next."""
    pairs = [(clean(label), clean(text)) for label, text in pairs]
    column = max(paper.pen.width(label, BODY._replace(colour=SOFT)) for label, _ in pairs) + 8
    column = min(column, width / 2)
    for label, text in pairs:
        top = paper.y
        paper.lines(left, paper.pen.wrap(label, BODY, column), BODY._replace(colour=SOFT), LEADING)
        low, paper.y = paper.y, top
        lines = paper.pen.wrap(text, BODY, width - column - 8)
        paper.text(left + column, top - LEADING * 0.74, ":", BODY._replace(colour=SOFT))
        paper.lines(left + column + 8, lines, BODY, LEADING)
        paper.y = min(paper.y, low)


def _right(paper: Paper, texts: list[str], width: float) -> None:
    for at, text in enumerate(texts):
        style = BODY if not at else QUIET._replace(size=9)
        for line in paper.pen.wrap(clean(text), style, width):
            paper.y -= LEADING
            paper.text(paper.right, paper.y + LEADING * 0.26, line, style, "right")


def _party(paper: Paper, document: SalesDocument, width: float) -> None:
    said, party = wording(document), document.party
    attention = f"{said['attention']} {party.attention}" if party.attention else ""
    tax = f"{said['tax number']} {party.tax_number}" if party.tax_number else ""
    texts = [
        (said["to"], BODY._replace(colour=SOFT)),
        (party.name, STRONG),
        *((line, BODY) for line in party.address_lines),
        (tax, BODY),
        (attention, BODY),
    ]
    for text, style in texts:
        if text:
            paper.lines(paper.left, paper.pen.wrap(clean(text), style, width), style, LEADING)


def opening(paper: Paper, document: SalesDocument) -> None:
    """Salutation, matter, and the first sentence."""
    greeting(paper, document)
    sentence = document.opening or wording(document)[f"{document.kind} opening"]
    paper.paragraph(sentence, BODY, LEADING)
    paper.y -= 8


def greeting(paper: Paper, document: SalesDocument) -> None:
    """Salutation, and the matter where the language puts it here."""
    said = wording(document)
    paper.y -= 11
    paper.paragraph(document.salutation or said["salutation"], BODY, LEADING)
    if document.subject and document.language != "id":
        paper.y -= 5
        label = f"{said['subject']}: " if document.language == "ms" else ""
        paper.paragraph(f"{label}{document.subject}", STRONG, LEADING)
    paper.y -= 5


def in_words(paper: Paper, document: SalesDocument) -> None:
    """The amount in words, in italics."""
    lines = _words_lines(paper, document)
    paper.y -= 7 if lines else 0
    for line in lines:
        paper.need(LEADING)
        paper.lines(paper.left, [line], SLANTED, LEADING)


def words_height(paper: Paper, document: SalesDocument) -> float:
    """Points the amount in words takes, so that it stays with the totals."""
    return 7 + LEADING * min(len(_words_lines(paper, document)), 6)


def _words_lines(paper: Paper, document: SalesDocument) -> list[str]:
    if not document.words:
        return []
    pairs = [(document.language, document.words)]
    if document.second_language and document.second_words:
        pairs.append((document.second_language, document.second_words))
    texts = "\n".join(f"{words(language)['in words']}: {text}" for language, text in pairs)
    return paper.pen.wrap(clean(texts), SLANTED, paper.width)


def terms(paper: Paper, document: SalesDocument) -> None:
    """Terms with their headings beside them; the bank account is the last of them."""
    said, bank = wording(document), "\n".join(document.letterhead.bank_lines)
    pairs = [*document.terms, *([(said["bank"], bank)] if bank else [])]
    if not pairs:
        return
    pairs = [(clean(head), clean(text)) for head, text in pairs]
    _heading(paper, said["terms"] if document.terms else "", document.accent)
    width = max(paper.pen.width(head.replace("\n", " "), BODY) for head, _ in pairs) + 14
    for head, text in pairs:
        _term(paper, head, text, min(width, paper.width * 0.3))


def _heading(paper: Paper, text: str, accent: str) -> None:
    paper.y -= 10
    paper.need(3 * LEADING)
    if text:
        paper.lines(paper.left, [text], Style("bold", 9.4, accent), LEADING + 1.5)


def _term(paper: Paper, head: str, text: str, column: float) -> None:
    style = BODY._replace(colour=SOFT)
    heads = paper.pen.wrap(head, style, column - 8)
    lines = paper.pen.wrap(text, BODY, paper.width - column)
    paper.need(min(max(len(heads), len(lines)), 3) * LEADING)
    for at in range(max(len(heads), len(lines))):
        paper.need(LEADING)
        base = paper.y - LEADING * 0.74
        if at < len(heads):
            paper.text(paper.left, base, heads[at], style)
        if at < len(lines):
            paper.text(paper.left + column, base, lines[at], BODY)
        paper.y -= LEADING
    paper.y -= 1.5


def signature(paper: Paper, document: SalesDocument) -> None:
    """Closing sentence and signature, which stay on one page."""
    sentence = document.closing or wording(document)[f"{document.kind} closing"]
    room, lines = _sign_height(document), paper.pen.wrap(clean(sentence), BODY, paper.width)
    paper.y -= 9
    signed = wording(document)["signed"].split("\n")
    paper.need(min((len(lines) + len(signed) + 3) * LEADING + room + 10, paper.fresh))
    for line in lines:
        paper.need(LEADING)
        paper.lines(paper.left, [line], BODY, LEADING)
    paper.y -= 9
    paper.need((len(signed) + 3) * LEADING + room)
    top = paper.y
    paper.lines(paper.left, signed, BODY, LEADING)
    company = paper.pen.wrap(clean(document.letterhead.company), STRONG, paper.width * 0.6)
    paper.lines(paper.left, company, STRONG, LEADING)
    _sign_room(paper, document, room)
    _signer(paper, document)
    if document.seal_text:
        _seal(paper, document, top)


def _sign_height(document: SalesDocument) -> float:
    """Points for the hand that signs; a code beside it may need more."""
    room = 64.0 if document.stamp_room else 44.0
    return max(room, _seal_side(document) + 12 - 4 * LEADING) if document.seal_text else room


def _seal_side(document: SalesDocument) -> float:
    """Points of a code with its white rim: squares of 0.4 mm, which phones read from paper."""
    return max(62.0, (len(modules(clean(document.seal_text))) + 8) * 1.15)


def _seal(paper: Paper, document: SalesDocument, top: float) -> None:
    """The code at the right edge beside the signature, with what it is for below it."""
    side, style = _seal_side(document), QUIET._replace(size=7.0)
    base = top - side
    draw_code(paper, clean(document.seal_text), paper.right - side, base, side)
    for line in paper.pen.wrap(wording(document)["seal"], style, side):
        base -= 7.5
        paper.text(paper.right - side / 2, base + 4, line, style, "centre")


def _sign_room(paper: Paper, document: SalesDocument, room: float) -> None:
    paper.mark(SIGNATURE, paper.left + (72 if document.stamp_room else 0))
    if document.stamp_room:
        paper.frame(paper.left, paper.y - room + 10, 62, 50, SOFT)
        label, style = document.stamp_label or wording(document)["stamp"], _STAMP
        for at, line in enumerate(paper.pen.wrap(clean(label), style, 58)):
            paper.text(paper.left + 31, paper.y - 33 - 9 * at, line, style, "centre")
    paper.y -= room


def _signer(paper: Paper, document: SalesDocument) -> None:
    width = 170.0
    if document.signer_name:
        lines = paper.pen.wrap(clean(document.signer_name), STRONG, paper.width * 0.6)
        paper.lines(paper.left, lines, STRONG, LEADING)
        width = max(110.0, *(paper.pen.width(line, STRONG) for line in lines))
    paper.rule(paper.left, paper.y - 1.5, width, SOFT if document.signer_name else LINE)
    paper.y -= 2
    if document.signer_title:
        lines = paper.pen.wrap(clean(document.signer_title), QUIET, paper.width * 0.6)
        paper.lines(paper.left, lines, QUIET, LEADING)
