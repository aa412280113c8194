"""`order deliver`, `order invoice` and `delivery`: goods that go out and come back."""

from pathlib import Path
from typing import Any

import click

from models.values.deliveries import Delivery
from models.values.errors import DomainError
from resources.languages import marked as _
from ui.terminal.group import FILE, read_json, read_signed, saudagar
from ui.terminal.papers import add_send, order_group
from ui.terminal.session import Session

LINES = click.option("--lines", type=FILE, default=None,
                     help='a JSON list: [{"product": …, "quantity": …}]')  # fmt: skip


def read_lines(path: Path | None) -> list[Any] | None:
    """The JSON list of a file; None where none is named."""
    if path is None:
        return None
    value = read_json(path)
    if isinstance(value, list):
        return value
    raise DomainError(_("{path} must hold one JSON list in brackets."), path=path)


def _answer(session: Session, delivery: Delivery) -> None:
    from controllers.documents import delivery_json

    session.answer(delivery_json.answer(delivery))


@order_group.command("deliver")
@click.argument("number")
@LINES
@click.option("--warehouse", default="", help="its code; else the company's usual")
@click.option("--carrier", default="")
@click.option("--tracking", default="")
@click.option("--draft", is_flag=True, help="prepare it only; ship it with `delivery ship`")
@click.pass_obj
def deliver(
    session: Session, number: str, lines: Path | None, warehouse: str, carrier: str,
    tracking: str, draft: bool,
) -> None:  # fmt: skip
    """Deliver what is open of an order, or a part; answers the delivery."""
    from controllers.documents import delivery_json

    _answer(session, session.app.write(
        delivery_json.deliver, number, read_lines(lines), is_draft=draft, warehouse=warehouse,
        carrier=carrier, tracking=tracking,
    ))  # fmt: skip


@saudagar.group("delivery")
def delivery_group() -> None:
    """Deliveries and returns."""


@delivery_group.command("show")
@click.argument("number")
@click.pass_obj
def show(session: Session, number: str) -> None:
    """Show a delivery, whole."""
    from controllers.documents import delivery_json

    session.answer(session.app.read(delivery_json.shown, number))


@delivery_group.command("pdf")
@click.argument("number")
@click.argument("file", type=FILE)
@click.option("--priced", is_flag=True, help="with prices")
@click.option("--pick-list", "picks", is_flag=True, help="what the warehouse gathers instead")
@click.pass_obj
def pdf(session: Session, number: str, file: Path, priced: bool, picks: bool) -> None:
    """Write the delivery note, or the note of a return."""
    from controllers.documents import handover

    handover.save_delivery(session.app, number, file, is_priced=priced, is_pick_list=picks)
    session.answer({"file": str(file)}, f"{file} is written.")


@delivery_group.command("ship")
@click.argument("number")
@click.pass_obj
def ship(session: Session, number: str) -> None:
    """Send a prepared delivery off; one that went already is answered as it is."""
    from controllers.documents import deliveries

    known = session.app.read(deliveries.show, number)
    if known.state == "draft":
        known = session.app.write(deliveries.ship, number)
    _answer(session, known)


@delivery_group.command("receive")
@click.argument("number")
@click.option("--by", default="", help="who took the goods")
@click.option("--signed", type=FILE, default=None, help="the delivery note they signed")
@click.pass_obj
def receive(session: Session, number: str, by: str, signed: Path | None) -> None:
    """The customer has the goods."""
    from controllers.documents import deliveries

    _answer(session, session.app.write(
        deliveries.receive, number, by, copy=read_signed(signed)
    ))  # fmt: skip


@delivery_group.command("cancel")
@click.argument("number")
@click.option("--leave", is_flag=True, help="leave the goods free instead of holding them again")
@click.pass_obj
def cancel(session: Session, number: str, leave: bool) -> None:
    """Cancel a delivery; what left comes back into stock."""
    from controllers.documents import deliveries

    _answer(session, session.app.write(deliveries.cancel, number, again=not leave))


@delivery_group.command("return")
@click.argument("number")
@LINES
@click.option("--reason", default="other", help="damaged, wrong, too_many, quality, refused, other")
@click.option("--again", is_flag=True, help="it is to be replaced: open in the order once more")
@click.option("--scrap", is_flag=True, help="it goes to scrap instead of to stock")
@click.pass_obj
def take_back(
    session: Session, number: str, lines: Path | None, reason: str, again: bool, scrap: bool
) -> None:
    """Take goods back, all of a delivery or a part; answers the return."""
    from controllers.documents import delivery_json

    _answer(session, session.app.write(
        delivery_json.take_back, number, read_lines(lines), reason=reason, again=again,
        is_scrap=scrap,
    ))  # fmt: skip


add_send(delivery_group, "delivery", "Mail the note of a delivery that left.")
