"""Counting stock: the sheet of a warehouse, the counted file read back, and what it corrects.

A sheet's number says which move was the last when it was printed. What moved since is told, and a
count is compared with what should have lain there then.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from sqlalchemy import RowMapping, func, select

from controllers.catalogue import stock_moves, stocking
from controllers.catalogue.stock_moves import Move
from controllers.core.app import App
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import frozen, paper
from controllers.documents.backorders import Share
from controllers.insight import files
from controllers.system.imports import sources
from models.storage.tables import TABLES
from models.values.errors import DomainError
from models.values.fields import Field, FieldKind
from models.values.formatting import Style
from models.values.money import ZERO
from models.values.parsing import checked, parse
from reports.documents.counting import CountLine, CountSheet, column_names, count_report
from reports.documents.data import Language, PageSize
from reports.documents.forms import Form
from resources.languages import marked as _

_NUMBER = re.compile(r"(?:^|\s)(\S+)-(\d{1,12})$")
_QUANTITY = Field("counted", _("Counted"), FieldKind.QUANTITY)


@dataclass(frozen=True, slots=True)
class Count:
    """What somebody counted of a product, and of a lot of it, in stock units."""

    product: int
    counted: Decimal
    lot: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A count beside the books."""

    sku: str
    name: str
    unit: str
    count: Count
    there: Decimal
    """What the books say now."""
    moved: Decimal
    """Of that what moved since the sheet was printed."""

    @property
    def difference(self) -> Decimal:
        """What is to be booked: counted less what lay there when the sheet was printed."""
        return self.count.counted - (self.there - self.moved)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row of a file that was not understood, and why."""

    row: int
    text: str
    reason: DomainError


@dataclass(frozen=True, slots=True)
class Preview:
    """What a counted file would change."""

    warehouse: str
    number: str
    """Of the sheet; "" where it is not known, so that nobody knows what moved since."""
    lines: tuple[Compared, ...]
    rejected: tuple[Rejected, ...] = ()
    uncounted: int = 0
    """Rows in which nothing was written."""

    @property
    def counts(self) -> tuple[Count, ...]:
        """What `post` books."""
        return tuple(each.count for each in self.lines)

    @property
    def differing(self) -> tuple[Compared, ...]:
        """The lines whose stock would change."""
        return tuple(each for each in self.lines if each.difference)


# The sheet


def sheet(
    uow: UnitOfWork,
    warehouse: str = "",
    *,
    is_blind: bool = True,
    language: str = "en",
    category: str = "",
) -> CountSheet:
    """What is to be counted in a warehouse, by SKU and lot; a blind sheet tells no book quantity.

    DomainError where nothing lies there.
    """
    place = _place(uow, warehouse)
    rows = stocking.levels(uow, warehouse=place["code"], empty=True)
    lines = tuple(
        CountLine(row["sku"], row["name"], row["unit"], place["code"], row["lot"], row["quantity"])
        for row in rows
        if (row["quantity"] or not row["lot"])
        and category.casefold() in ("", (row["category"] or "").casefold())
    )
    if not lines:
        message = _("Nothing lies in {warehouse}; receive stock there first.")
        raise DomainError(message, field="warehouse", warehouse=place["code"])
    return CountSheet(_form(uow, place, language), place["name"], lines, is_blind)


def _form(uow: UnitOfWork, place: RowMapping, language: str) -> Form:
    seller = frozen.seller(uow)
    return Form(
        language=cast("Language", language if language in ("id", "ms") else "en"),
        date=uow.today, letterhead=paper.letterhead(uow, seller),
        number=f"{place['code']}-{_last_move(uow)}", place=seller.get("place", ""),
        page_size=cast("PageSize", seller.get("page_size") or "A4"),
    )  # fmt: skip


def _place(uow: UnitOfWork, warehouse: str) -> RowMapping:
    table = TABLES["warehouse"]
    query = select(table.c.id, table.c.code, table.c.name)
    if not warehouse and not uow.is_writing:
        usual = query.where(table.c.archived.is_(False)).order_by(
            (table.c.code == uow.settings.warehouse).desc(), table.c.id
        )
        found = uow.connection.execute(usual.limit(1)).mappings().first()
        if found is None:
            raise DomainError(_("There is no warehouse yet; receive stock first."))
        return found
    place = stock_moves.warehouse_id(uow, warehouse)
    return uow.connection.execute(query.where(table.c.id == place)).mappings().one()


def _last_move(uow: UnitOfWork) -> int:
    return int(uow.connection.execute(select(func.max(TABLES["stock_move"].c.id))).scalar() or 0)


def save_sheet(
    app: App,
    path: Path,
    warehouse: str = "",
    *,
    is_blind: bool = True,
    language: str = "en",
    category: str = "",
) -> str:
    """Write the sheet as a PDF to fill in by hand, or as XLSX or CSV; answers its number."""
    made = app.read(
        sheet, warehouse, is_blind=is_blind, language=language, category=category
    )  # fmt: skip
    if path.suffix.lower() != ".pdf":
        files.write_report(count_report(made), path)
        return made.form.number
    from reports.documents.counting import render_count_sheet
    from reports.kit.fonts import MissingGlyph

    try:
        content = render_count_sheet(made)
    except MissingGlyph as error:
        raise files.unprintable(error.character, error.text) from error
    files.write_bytes(path, content)
    return made.form.number


# The file


def read(
    uow: UnitOfWork,
    path: Path,
    warehouse: str = "",
    *,
    number: str = "",
    style: Style | None = None,
) -> Preview:
    """The counted file beside the books; figures are read in a person's style.

    A workbook tells the number of its sheet, of other files it may be given. DomainError where the
    file is no count sheet, or one of another warehouse; single rows are listed with their reason.
    """
    source = sources.read(path)
    names = column_names()
    places = {names.get(heading, ""): at for at, heading in enumerate(source.headings)}
    places |= {h.casefold(): at for at, h in enumerate(source.headings) if h.casefold() in _KNOWN}
    for name in ("sku", "counted"):
        if name not in places:
            message = _("{path} has no column “{name}”; fill in the count sheet and give it back.")
            raise DomainError(message, field="file", path=path, name=name)
    number = number.strip() or _number_in(path)
    place = _place(uow, warehouse or _warehouse_of(number))
    _check_number(uow, number, place)
    counts: list[Count] = []
    rejected: list[Rejected] = []
    uncounted = 0
    seen: set[tuple[int, str]] = set()
    for at, cells in enumerate(source.rows, source.first):
        row = {name: _text(cells[column]) for name, column in places.items() if name}
        if not row["counted"]:
            uncounted += bool(row["sku"])
            continue
        try:
            counted = _figure(cells[places["counted"]], style or Style.of("en"))
            count = _count(uow, row, place, counted)
            if (count.product, count.lot) in seen:
                raise DomainError(_("{sku} stands twice; add its pieces up."), sku=row["sku"])
        except DomainError as reason:
            rejected.append(Rejected(at, row["sku"] or row.get("product", ""), reason))
            continue
        seen.add((count.product, count.lot))
        counts.append(count)
    compared = compare(uow, place["id"], counts, number)
    return Preview(place["code"], number, compared, tuple(rejected), uncounted)


_KNOWN = frozenset(("sku", "lot", "counted", "note", "location", "unit"))


def _text(cell: Any) -> str:
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)).normalize():f}"
    return "" if cell is None else str(cell).strip()


def _number_in(path: Path) -> str:
    """The number that the first sheet of a workbook bears in its title; "" for other files."""
    names = sources.sheets(path)
    if len(names) < 2:
        return ""
    title = sources.read(path, names[0]).headings[0]
    found = _NUMBER.search(title)
    return f"{found[1]}-{found[2]}" if found else ""


def _warehouse_of(number: str) -> str:
    found = _NUMBER.search(number)
    return found[1] if found else ""


def _check_number(uow: UnitOfWork, number: str, place: RowMapping) -> None:
    if not number:
        return
    found = _NUMBER.search(number)
    if found is None or int(found[2]) > _last_move(uow):
        message = _(
            "“{number}” is no number of a count sheet; it stands at its head, as in MAIN-57."
        )
        raise DomainError(message, field="number", number=number)
    if found[1].casefold() != place["code"].casefold():
        message = _("The sheet {number} is of another warehouse than {warehouse}; choose that one.")
        raise DomainError(message, field="warehouse", number=number, warehouse=place["code"])


def _count(
    uow: UnitOfWork, row: Mapping[str, str], place: RowMapping, counted: Decimal
) -> Count:  # fmt: skip
    goods = stocking.find_product(uow, row["sku"])
    location = row.get("location", "")
    if location and location.casefold() != place["code"].casefold():
        message = _("{sku} was counted in {location}, this is the count of {warehouse}.")
        raise DomainError(message, sku=goods["sku"], location=location, warehouse=place["code"])
    unit = row.get("unit", "")
    if unit and unit.casefold() != (goods["unit"] or "").casefold():
        message = _("{sku} is counted in {unit}, not in {other}.")
        raise DomainError(message, sku=goods["sku"], unit=goods["unit"], other=unit)
    lot = row.get("lot", "")
    stocking.check_place(uow, goods, place["id"], lot, counted)
    return Count(goods["id"], counted, lot, row.get("note", ""))


def _figure(cell: Any, style: Style) -> Decimal:
    """A figure as a workbook holds it, else as the person writes it."""
    if isinstance(cell, (int, float)):
        return Decimal(checked(_QUANTITY, cell))
    return Decimal(parse(_QUANTITY, str(cell), style))


# The books


def compare(
    uow: UnitOfWork, place: int, counts: Sequence[Count], number: str = ""
) -> tuple[Compared, ...]:
    """Counts beside what lies in a warehouse, and what moved there since a sheet was printed."""
    goods, level = TABLES["product"], TABLES["stock_level"]
    ids = {each.product for each in counts}
    query = select(goods.c.id, goods.c.sku, goods.c.name, goods.c.unit).where(goods.c.id.in_(ids))
    known = {row.id: row for row in uow.connection.execute(query)}
    there = {
        (row.product_id, row.lot): row.quantity
        for row in uow.connection.execute(
            select(level.c.product_id, level.c.lot, level.c.quantity).where(
                level.c.warehouse_id == place, level.c.product_id.in_(ids)
            )
        )
    }
    moved = dict(_moved(uow, place, number))
    return tuple(
        Compared(
            known[each.product].sku, known[each.product].name, known[each.product].unit or "", each,
            there.get((each.product, each.lot), ZERO), moved.get((each.product, each.lot), ZERO),
        )
        for each in counts
    )  # fmt: skip


def _moved(
    uow: UnitOfWork, place: int, number: str
) -> Iterator[tuple[tuple[int, str], Decimal]]:  # fmt: skip
    """Units by product and lot. Counts are left out: the same file posted twice changes nothing."""
    found = _NUMBER.search(number)
    if found is None:
        return
    move = TABLES["stock_move"]
    query = (
        select(move.c.product_id, move.c.lot, func.sum(move.c.quantity))
        .where(move.c.warehouse_id == place, move.c.id > int(found[2]), move.c.reason != "count")
        .group_by(move.c.product_id, move.c.lot)
    )
    for product, lot, units in uow.connection.execute(query):
        yield (product, lot), Decimal(units)


@dataclass(frozen=True, slots=True)
class Posted:
    """What a count changed: the lines that differed, and the orders that gained or lost."""

    lines: tuple[Compared, ...]
    shares: tuple[Share, ...]


@needs("stock.change")
def post(
    uow: UnitOfWork, warehouse: str, counts: Sequence[Count], *, number: str = "", note: str = ""
) -> Posted:
    """Book what a count differs from the books by, all of it or nothing.

    DomainError where a place would hold less than nothing, or the books are closed.
    """
    place = _place(uow, warehouse)
    _check_number(uow, number, place)
    differing = [each for each in compare(uow, place["id"], counts, number) if each.difference]
    moves = []
    for each in differing:
        goods = stocking.find_product(uow, each.count.product)
        after = each.there + each.difference
        stocking.check_place(uow, goods, place["id"], each.count.lot, after)
        told = "; ".join(text for text in (number, note.strip(), each.count.note) if text)
        moves.append(
            Move(goods["id"], each.difference, "count", place["id"], each.count.lot, note=told)
        )
    return Posted(tuple(differing), stocking.book_all(uow, moves) if moves else ())
