"""Papers that go with goods: pick list, delivery note (surat jalan) and return note."""

from dataclasses import dataclass
from decimal import Decimal

from reports.documents import forms
from reports.documents.data import TotalLine
from reports.documents.forms import Begun, Form
from reports.documents.sales import figures_of, tint
from reports.documents.wording import words
from reports.kit.figures import number, price, quantity
from reports.kit.lettering import Style
from reports.kit.lines import Below, Column, LineTable, Look, Row
from reports.kit.page import SOFT
from reports.kit.totals import Totals
from reports.kit.wording import symbol
from reports.kit.wording import words as letter_words

_BELOW = Style("regular", 8.3, SOFT)
_TICK = "\N{BALLOT BOX}"


@dataclass(frozen=True, slots=True)
class PickLine:
    """What to take from where; `detail` may hold several paragraphs."""

    description: str
    quantity: Decimal
    unit: str = ""
    location: str = ""
    lot: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PickList:
    """What the warehouse gathers for a delivery, in the order of the walk."""

    form: Form
    lines: tuple[PickLine, ...]
    warehouse: str = ""
    order: str = ""
    customer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """Goods of one kind. A return note uses `delivered` for what came back and shows `reason`.

    `remaining` is what is still to come; all figures are printed as given.
    """

    description: str
    delivered: Decimal
    number: str = ""
    detail: str = ""
    lot: str = ""
    unit: str = ""
    ordered: Decimal | None = None
    remaining: Decimal | None = None
    unit_price: Decimal | None = None
    amount: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryNote:
    """What goes to a customer or comes back, signed by those who hand it on.

    `address` are the lines of the place the goods go to or come from. Prices, amounts and
    `totals` are printed where `is_priced`. `invoice` and `reason` belong to a return.
    """

    form: Form
    lines: tuple[DeliveryLine, ...]
    address: tuple[str, ...] = ()
    order: str = ""
    customer_order: str = ""
    delivery: str = ""
    invoice: str = ""
    reason: str = ""
    carrier: str = ""
    driver: str = ""
    vehicle: str = ""
    tracking: str = ""
    packages: str = ""
    note: str = ""
    is_priced: bool = False
    currency: str = "IDR"
    decimals: int = 2
    totals: tuple[TotalLine, ...] = ()


def render_pick_list(pick: PickList) -> bytes:
    """The pick list as a PDF file with a box to tick for each line.

    Equal lists give equal bytes. Raises reports.kit.fonts.MissingGlyph, a ValueError.
    """
    said, language = words(pick.form.language), pick.form.language
    pairs = (
        (said["warehouse"], pick.warehouse),
        (said["order"], pick.order),
        (said["customer"], pick.customer),
    )
    begun = forms.begin(pick.form, "pick list", pairs)
    columns = [
        Column(said["picked"]),
        Column(said["location"]),
        Column(said["product"], elastic=True),
        Column(said["lot"]),
        Column(said["quantity"], right=True),
        Column(letter_words(language)["unit"]),
    ]
    rows = [_pick_row(line, language) for line in pick.lines]
    _table(begun, columns, rows, 2)
    forms.note(begun.paper, pick.note)
    forms.boxes(begun.paper, language, (said["picker"], said["checker"]), stamped=False)
    return begun.finish()


def _pick_row(line: PickLine, language: str) -> Row:
    amount = quantity(line.quantity, language)
    cells = (_TICK, line.location, line.description, line.lot, amount, line.unit)
    return Row(cells, below=(Below(line.detail, _BELOW),) if line.detail else ())


def render_delivery_note(delivery: DeliveryNote) -> bytes:
    """The delivery note (surat jalan, nota penghantaran) as a PDF file.

    Equal notes give equal bytes. Raises reports.kit.fonts.MissingGlyph, a ValueError.
    """
    said, language = words(delivery.form.language), delivery.form.language
    begun = forms.begin(delivery.form, "delivery note", _references(delivery))
    forms.labelled(begun.paper, said["delivery address"], delivery.address)
    show = [each.ordered is not None for each in delivery.lines]
    more = [each.remaining is not None for each in delivery.lines]
    quantities = [
        *(["ordered"] if any(show) else []),
        "delivered",
        *(["remaining"] if any(more) else []),
    ]
    _goods(begun, delivery, quantities)
    forms.note(begun.paper, delivery.note)
    forms.note(begun.paper, said["received well"])
    titles = (said["sender"], said["hauler"], said["receiver"])
    forms.boxes(begun.paper, language, titles)
    return begun.finish()


def render_return_note(delivery: DeliveryNote) -> bytes:
    """The note for goods that came back, with the reason, as a PDF file.

    Equal notes give equal bytes. Raises reports.kit.fonts.MissingGlyph, a ValueError.
    """
    said, language = words(delivery.form.language), delivery.form.language
    begun = forms.begin(delivery.form, "return note", _references(delivery))
    forms.labelled(begun.paper, said["return address"], delivery.address)
    forms.labelled(begun.paper, said["reason"], delivery.reason.split("\n"))
    _goods(begun, delivery, ["returned"])
    forms.note(begun.paper, delivery.note)
    titles = (said["returner"], said["hauler"], said["receiver"])
    forms.boxes(begun.paper, language, titles)
    return begun.finish()


def _references(delivery: DeliveryNote) -> list[tuple[str, str]]:
    said = words(delivery.form.language)
    return [
        (said["order"], delivery.order),
        (said["customer order"], delivery.customer_order),
        (said["deliveries"], delivery.delivery),
        (said["invoice reference"], delivery.invoice),
        (said["carrier"], delivery.carrier),
        (said["driver"], delivery.driver),
        (said["vehicle"], delivery.vehicle),
        (said["tracking"], delivery.tracking),
        (said["packages"], delivery.packages),
    ]


def _goods(begun: Begun, delivery: DeliveryNote, quantities: list[str]) -> None:
    """The table of goods and, where prices are shown, the totals below it."""
    language, sign = delivery.form.language, symbol(delivery.currency)
    said, usual = words(language), letter_words(language)
    prices = ("price", "amount") if delivery.is_priced else ()
    columns = [
        Column(usual["item"]),
        Column(usual["description"], elastic=True),
        *(Column(said[name], right=True) for name in quantities),
        Column(usual["unit"]),
        *(Column(f"{usual[name]} ({sign})", right=True) for name in prices),
    ]
    rows = [_goods_row(line, delivery, quantities) for line in delivery.lines]
    shown = delivery.totals if delivery.is_priced else ()
    figures = figures_of(shown, delivery.currency, delivery.decimals, language)
    accent = delivery.form.accent
    totals = Totals(begun.paper, figures, accent, tint(accent))
    if rows and figures:
        rows[-1] = rows[-1]._replace(keep=True)
    _table(begun, columns, rows, 1, totals.height if figures else forms.BOXES)
    if figures:
        begun.paper.need(min(totals.height, begun.paper.fresh))
        totals.place()


def _goods_row(line: DeliveryLine, delivery: DeliveryNote, quantities: list[str]) -> Row:
    language, decimals = delivery.form.language, delivery.decimals
    given = {
        "ordered": line.ordered,
        "delivered": line.delivered,
        "returned": line.delivered,
        "remaining": line.remaining,
    }
    shown = [given[name] for name in quantities]
    amounts = (
        "" if line.unit_price is None else price(line.unit_price, decimals, language),
        "" if line.amount is None else number(line.amount, decimals, language),
    )
    cells = (
        line.number,
        line.description,
        *("" if each is None else quantity(each, language) for each in shown),
        line.unit,
        *(amounts if delivery.is_priced else ()),
    )
    return Row(cells, below=_goods_below(line, language))


def _goods_below(line: DeliveryLine, language: str) -> tuple[Below, ...]:
    said = words(language)
    texts = (
        line.detail,
        said["lot below"].format(lot=line.lot) if line.lot else "",
        f"{said['reason']}: {line.reason}" if line.reason else "",
    )
    return tuple(Below(text, _BELOW) for text in texts if text)


def _table(
    begun: Begun, columns: list[Column], rows: list[Row], main: int, after: float = forms.BOXES
) -> None:
    look = Look(accent=begun.head.accent, main=main)
    LineTable(begun.paper, columns, rows, look).place(after)
