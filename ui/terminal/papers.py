"""`quotation` and `order`: documents from draft to delivery, their PDFs and their mail."""

from pathlib import Path
from typing import Any

import click

from controllers.core.app import App
from ui.terminal.group import FILE, read_object, saudagar
from ui.terminal.session import Session

DOCUMENTS = ("quotation", "order")


def shown(app: App, kind: str, key: str) -> dict[str, Any]:
    """A document as JSON, by number or id."""
    from controllers.documents import orders, quotation_json, quotations

    use_case = quotations.shown if kind == "quotation" else orders.shown
    return app.read(lambda uow: quotation_json.answer(uow, use_case(uow, key)))


def _step(session: Session, use_case: Any, key: str, *more: Any) -> None:
    """Run one step of a document and answer the document as `show` does."""
    draft = session.app.write(use_case, key, *more)
    session.answer(shown(session.app, draft.kind, draft.number or str(draft.id)))


# Quotations


@saudagar.group("quotation")
def quotation_group() -> None:
    """Quotations from draft to order."""


@quotation_group.command("new")
@click.argument("file", type=FILE)
@click.pass_obj
def new_quotation(session: Session, file: Path) -> None:
    """Make a draft from a JSON file; it is named by its id until it is sent."""
    from controllers.documents import quotation_json, quotations

    values = read_object(file)
    draft = session.app.write(
        lambda uow: quotations.new(uow, quotation_json.read_draft(uow, values))
    )
    session.answer(shown(session.app, "quotation", str(draft.id)))


@quotation_group.command("show")
@click.argument("number")
@click.pass_obj
def show_quotation(session: Session, number: str) -> None:
    """Show a quotation, whole."""
    session.answer(shown(session.app, "quotation", number))


@quotation_group.command("copy")
@click.argument("number")
@click.pass_obj
def copy_quotation(session: Session, number: str) -> None:
    """Make a new draft with the same lines."""
    from controllers.documents import quotations

    _step(session, quotations.copy, number)


@quotation_group.command("accept")
@click.argument("number")
@click.option("--note", default="")
@click.pass_obj
def accept_quotation(session: Session, number: str, note: str) -> None:
    """The customer accepts: the quotation becomes a sales order."""
    from controllers.documents import quotations

    _step(session, quotations.accept, number, note)


@quotation_group.command("decline")
@click.argument("number")
@click.option("--reason", default="")
@click.pass_obj
def decline_quotation(session: Session, number: str, reason: str) -> None:
    """The customer declines."""
    from controllers.documents import quotations

    _step(session, quotations.decline, number, reason)


@quotation_group.command("order")
@click.argument("number")
@click.pass_obj
def order_quotation(session: Session, number: str) -> None:
    """Answer the sales order of a quotation, accepting it where that is still to do."""
    from controllers.documents import quotations

    _step(session, quotations.order, number)


@quotation_group.command("pdf")
@click.argument("number")
@click.argument("file", type=FILE)
@click.pass_obj
def quotation_pdf(session: Session, number: str, file: Path) -> None:
    """Write the PDF."""
    from controllers.documents import handover

    handover.save_pdf(session.app, "quotation", number, file)
    session.answer({"file": str(file)}, f"{file} is written.")


@quotation_group.command("send")
@click.argument("number")
@click.option("--to", "address", default="", help="the mail address; else the contact's")
@click.option("--no-mail", is_flag=True, help="only issue it: number, state and archive")
@click.pass_obj
def send_quotation(session: Session, number: str, address: str, no_mail: bool) -> None:
    """Issue a draft: it gets its number, and goes out by mail unless --no-mail."""
    from controllers.documents import handover

    draft = handover.send(session.app, number, address=address, by_mail=not no_mail)
    session.answer(shown(session.app, "quotation", draft.number))


# Orders


@saudagar.group("order")
def order_group() -> None:
    """Sales orders."""


@order_group.command("show")
@click.argument("number")
@click.pass_obj
def show_order(session: Session, number: str) -> None:
    """Show an order, whole."""
    session.answer(shown(session.app, "order", number))


_ORDER_STEPS = {
    "confirm": "Confirm: the stock it needs is reserved, all of it or nothing.",
    "deliver": "Deliver everything that was confirmed.",
    "close": "Close a delivered order.",
    "cancel": "Cancel: what was reserved is free again.",
}


def _add_step(name: str, explanation: str) -> None:
    @order_group.command(name, help=explanation)
    @click.argument("number")
    @click.pass_obj
    def step(session: Session, number: str) -> None:
        from controllers.documents import orders

        _step(session, getattr(orders, name), number)


for _name, _explanation in _ORDER_STEPS.items():
    _add_step(_name, _explanation)


@order_group.command("pdf")
@click.argument("number")
@click.argument("file", type=FILE)
@click.pass_obj
def order_pdf(session: Session, number: str, file: Path) -> None:
    """Write the order confirmation."""
    from controllers.documents import handover

    handover.save_pdf(session.app, "order", number, file)
    session.answer({"file": str(file)}, f"{file} is written.")
