"""`stock`, `order confirm` and `order amend`: what is there, what comes and goes, who waits."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from models.values.documents import Draft
from ui.terminal.group import FILE, read_object, saudagar
from ui.terminal.papers import order_group, shown
from ui.terminal.session import Session
from ui.terminal.typed import DAY, MONEY

WAREHOUSE = click.option("--warehouse", default="", help="its code; else the company's usual")
LOTS = click.option("--lot", "lots", multiple=True, help="LOT=quantity, or a serial number")
NOTE = click.option("--note", default="")
DATE = click.option("--date", type=DAY, default=None, help="YYYY-MM-DD; else today")
BACKORDER = click.option("--backorder", is_flag=True,
                         help="hold what is free and wait for the rest")  # fmt: skip


@saudagar.group("stock")
def stock_group() -> None:
    """Receive, adjust, move, scrap and count stock."""


@stock_group.command("receive")
@click.argument("product")
@click.argument("quantity", type=MONEY, required=False)
@WAREHOUSE
@click.option("--unit-cost", type=MONEY, default=None, help="of one, in the company's currency")
@LOTS
@click.option("--supply", default="", help="the code of the expected receipt that came")
@click.option("--surplus", is_flag=True, help="book more than is still expected")
@DATE
@NOTE
@click.pass_obj
def receive(
    session: Session, product: str, quantity: Decimal | None, warehouse: str,
    unit_cost: Decimal | None, lots: tuple[str, ...], supply: str, surplus: bool, date: Any,
    note: str,
) -> None:  # fmt: skip
    """Book a receipt; what came goes to the orders that wait for it."""
    from controllers.catalogue import stock_json

    session.answer(session.app.write(
        stock_json.receive, product, quantity, warehouse, unit_cost, stock_json.read_lots(lots),
        supply=supply, surplus=surplus, date=date, note=note,
    ))  # fmt: skip


@stock_group.command("adjust")
@click.argument("product")
@click.option("--to", "quantity", type=MONEY, default=None, help="what lies there")
@click.option("--by", "difference", type=MONEY, default=None, help="how much more, or less (-2)")
@WAREHOUSE
@click.option("--lot", default="")
@DATE
@NOTE
@click.pass_obj
def adjust(
    session: Session, product: str, quantity: Decimal | None, difference: Decimal | None,
    warehouse: str, lot: str, date: Any, note: str,
) -> None:  # fmt: skip
    """Set what lies in a warehouse, or change it; the note says why."""
    from controllers.catalogue import stock_json

    session.answer(session.app.write(
        stock_json.adjust, product, quantity=quantity, difference=difference,
        warehouse=warehouse, lot=lot, date=date, note=note,
    ))  # fmt: skip


@stock_group.command("transfer")
@click.argument("product")
@click.argument("quantity", type=MONEY, required=False)
@click.option("--from", "source", default="", help="a warehouse's code; else the company's usual")
@click.option("--to", "target", required=True, help="a warehouse's code")
@LOTS
@DATE
@NOTE
@click.pass_obj
def transfer(
    session: Session, product: str, quantity: Decimal | None, source: str, target: str,
    lots: tuple[str, ...], date: Any, note: str,
) -> None:  # fmt: skip
    """Move stock from one warehouse to another."""
    from controllers.catalogue import stock_json

    session.answer(session.app.write(
        stock_json.transfer, product, quantity, source=source, target=target,
        lots=stock_json.read_lots(lots), date=date, note=note,
    ))  # fmt: skip


@stock_group.command("scrap")
@click.argument("product")
@click.argument("quantity", type=MONEY, required=False)
@WAREHOUSE
@LOTS
@DATE
@NOTE
@click.pass_obj
def scrap(
    session: Session, product: str, quantity: Decimal | None, warehouse: str,
    lots: tuple[str, ...], date: Any, note: str,
) -> None:  # fmt: skip
    """Book out what is worth nothing any more."""
    from controllers.catalogue import stock_json

    session.answer(session.app.write(
        stock_json.scrap, product, quantity, warehouse, stock_json.read_lots(lots), date=date,
        note=note,
    ))  # fmt: skip


@stock_group.command("levels")
@click.option("--product", default="")
@click.option("--warehouse", default="")
@click.pass_obj
def levels(session: Session, product: str, warehouse: str) -> None:
    """List what lies where."""
    from controllers.catalogue import stock_json

    session.answer(session.app.read(stock_json.levels, product, warehouse))


@stock_group.command("moves")
@click.argument("product")
@click.pass_obj
def moves(session: Session, product: str) -> None:
    """List the moves of a product, the newest first."""
    from controllers.catalogue import stock_json

    session.answer(session.app.read(stock_json.moves, product))


@stock_group.command("allocate")
@click.pass_obj
def allocate(session: Session) -> None:
    """Give what is free to the orders that wait, the oldest promise first."""
    from controllers.catalogue import stock_json
    from controllers.documents import orders

    shares = session.app.write(orders.allocate)
    session.answer(session.app.read(stock_json.shares, shares))


@stock_group.command("promise")
@click.argument("product")
@click.argument("quantity", type=MONEY)
@click.option("--from", "day", type=DAY, default=None, help="not before that day")
@click.pass_obj
def promise(session: Session, product: str, quantity: Decimal, day: Any) -> None:
    """Say on which day a quantity can be there."""
    from controllers.catalogue import stocking
    from controllers.documents import promise as promises

    goods = session.app.read(stocking.find_product, product)
    found = session.app.read(promises.of, goods["id"], quantity, day)
    session.answer({"product": goods["sku"], "day": found and found.isoformat()})


# Counts


@stock_group.command("count-sheet")
@click.argument("file", type=FILE)
@WAREHOUSE
@click.option("--category", default="", help="of one category of products alone")
@click.option("--with-book", is_flag=True, help="print what the books say")
@click.pass_obj
def count_sheet(
    session: Session, file: Path, warehouse: str, category: str, with_book: bool
) -> None:
    """Write a sheet to count by: PDF, XLSX or CSV; answers its number."""
    from controllers.catalogue import counts

    number = counts.save_sheet(
        session.app, file, warehouse, is_blind=not with_book, language=session.language,
        category=category,
    )  # fmt: skip
    session.answer({"file": str(file), "sheet": number}, f"{file} is written: {number}.")


@stock_group.command("count")
@click.argument("file", type=FILE)
@WAREHOUSE
@click.option("--sheet", "number", default="", help="its number, where the file tells none")
@click.option("--dry-run", is_flag=True, help="show the differences and book nothing")
@NOTE
@click.pass_obj
def count(
    session: Session, file: Path, warehouse: str, number: str, dry_run: bool, note: str
) -> None:
    """Book a counted file; rows that are not understood are listed, and are not booked."""
    from controllers.catalogue import counts, stock_json

    app = session.app
    found = app.read(counts.read, file, warehouse, number=number, style=session.style)
    answer = stock_json.preview(found, session.language)
    if not dry_run:
        answer |= app.write(stock_json.post, found.warehouse, found.counts, found.number, note)
    session.answer(answer)


# Orders


@order_group.command("confirm")
@click.argument("number")
@BACKORDER
@click.pass_obj
def confirm(session: Session, number: str, backorder: bool) -> None:
    """Confirm: the stock it needs is reserved, all of it or nothing."""
    from controllers.documents import orders

    warning = session.app.read(orders.credit_warning, number)
    draft = session.app.write(orders.confirm, number, backorder=backorder)
    late = session.app.read(orders.late_warning, draft.number)
    for each in (warning, late):
        session.say_once(each.text(session.language) if each else "")
    _answer(session, draft)


@order_group.command("amend")
@click.argument("number")
@click.argument("file", type=FILE)
@BACKORDER
@click.pass_obj
def amend(session: Session, number: str, file: Path, backorder: bool) -> None:
    """Amend a confirmed order by FILE: {"note": …, "lines": [{"line": 1, "quantity": …}]}.

    A line without "line" is added, "product" beside it substitutes, "drop" takes it out.
    """
    from controllers.documents import amendment_json

    _answer(session, session.app.write(
        amendment_json.amend, number, read_object(file), backorder=backorder
    ))  # fmt: skip


@order_group.command("want")
@click.argument("number")
@click.option("--on", "day", type=DAY, default=None, help="YYYY-MM-DD; none takes it back")
@click.pass_obj
def want(session: Session, number: str, day: Any) -> None:
    """Note the day the customer wants an order on."""
    from controllers.documents import orders

    draft = session.app.write(orders.want_on, number, day)
    late = session.app.read(orders.late_warning, draft.number)
    session.say_once(late.text(session.language) if late else "")
    _answer(session, draft)


def _answer(session: Session, draft: Draft) -> None:
    session.answer(shown(session.app, "order", draft.number or str(draft.id)))
