"""What a proposal is made of: the quotation with everything that goes around it, plain values."""

from dataclasses import dataclass

from reports.documents.data import SalesDocument


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture on paper: the content of a PNG or JPEG file, the name people know it by, and what
    is printed below it."""

    content: bytes
    name: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page. An empty title takes the usual word of the language; customer, date and
    number are those of the quotation."""

    title: str = ""
    subtitle: str = ""
    picture: Illustration | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the proposal in words and pictures.

    The text is never markup: a blank line parts two paragraphs, lines that begin with "- " are a
    list, other line breaks stay. Pictures follow the text. A section without a heading is not in
    the table of contents.
    """

    heading: str
    text: str = ""
    pictures: tuple[Illustration, ...] = ()
    on_new_page: bool = False


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A product sheet or an appendix: its heading and the content of a PDF, PNG or JPEG file.

    PDF pages keep their size and turn; a picture gets a page of its own.
    """

    title: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Stationery:
    """The company's paper: the content of a PDF that lies under every page made here.

    Its first page lies under the first one and its second page under the others; one page lies
    under all. `top` and `bottom` are points from the edges that its print takes on every page.
    Where it `names_company`, the letterhead is not printed a second time.
    """

    content: bytes
    name: str = ""
    top: float = 100.0
    bottom: float = 30.0
    names_company: bool = True


@dataclass(frozen=True, slots=True)
class ProposalDocument:
    """Everything a proposal says, in the order it is printed.

    Cover, letter, table of contents, sections, the quotation with its prices, product sheets,
    terms, appendices; what is empty is left out. The proposal speaks the language of the
    quotation, has its page size, accent and watermark, and carries its number. `letter` and
    `terms` are texts as a Section has them; the letter's head, salutation and signature are made.
    """

    quotation: SalesDocument
    cover: Cover | None = None
    letter: str = ""
    sections: tuple[Section, ...] = ()
    product_sheets: tuple[Enclosure, ...] = ()
    terms: str = ""
    appendices: tuple[Enclosure, ...] = ()
    has_contents: bool = True
    stationery: Stationery | None = None
