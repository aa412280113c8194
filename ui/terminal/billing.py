"""`order invoice`, `invoice` and `payment`: what a customer owes and pays."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from ui.terminal.fulfilling import LINES, read_lines
from ui.terminal.group import FILE, saudagar
from ui.terminal.papers import add_pdf, add_send, order_group
from ui.terminal.session import Session
from ui.terminal.typed import DAY, MONEY, PERCENT


def _answer(session: Session, key: str | int) -> None:
    from controllers.documents import invoice_json

    session.answer(session.app.read(invoice_json.shown, key))


@order_group.command("invoice")
@click.argument("number")
@click.option("--down-payment", "down", type=PERCENT, default=None, help="a percentage of it")
@click.option("--progress", type=PERCENT, default=None, help="a percentage of every line")
@click.option("--ordered", is_flag=True, help="all that was ordered, delivered or not")
@click.pass_obj
def invoice_order(
    session: Session, number: str, down: Decimal | None, progress: Decimal | None, ordered: bool
) -> None:
    """Answer a draft invoice of what is delivered and not yet invoiced."""
    from controllers.documents import invoices

    write = session.app.write
    if down is not None:
        draft = write(invoices.down_payment, number, percent=down)
    elif progress is not None:
        draft = write(invoices.progress, number, progress)
    else:
        draft = write(invoices.new, number, ordered=ordered)
    _answer(session, draft.id or 0)


@saudagar.group("invoice")
def invoice_group() -> None:
    """Invoices and credit notes."""


@invoice_group.command("show")
@click.argument("number")
@click.pass_obj
def show(session: Session, number: str) -> None:
    """Show an invoice, whole; a draft is named by its id."""
    _answer(session, number)


@invoice_group.command("issue")
@click.argument("number")
@click.option("--date", type=DAY, default=None, help="YYYY-MM-DD; else the draft's")
@click.pass_obj
def issue(session: Session, number: str, date: Any) -> None:
    """Issue a draft: it draws its number."""
    from controllers.documents import invoices

    _answer(session, session.app.write(invoices.issue, number, date).id or 0)


@invoice_group.command("void")
@click.argument("number")
@click.option("--again", is_flag=True, help="bill the same in a fresh draft, and answer that one")
@click.pass_obj
def void(session: Session, number: str, again: bool) -> None:
    """Take an invoice back that nobody paid or credited."""
    from controllers.documents import invoices

    _answer(session, session.app.write(invoices.void, number, again=again).id or 0)


@invoice_group.command("pay")
@click.argument("number")
@click.option("--amount", type=MONEY, required=True)
@click.option("--date", type=DAY, default=None, help="YYYY-MM-DD; else today")
@click.option("--withheld", type=MONEY, default=Decimal(0), help="tax the customer kept back")
@click.option("--slip", default="", help="the number of the withholding slip")
@click.option("--method", default="transfer")
@click.option("--reference", default="")
@click.pass_obj
def pay(
    session: Session, number: str, amount: Decimal, date: Any, withheld: Decimal, slip: str,
    method: str, reference: str,
) -> None:  # fmt: skip
    """Book a payment of an invoice; answers the invoice."""
    from controllers.documents import payments

    session.app.write(
        payments.pay, number, amount, date=date, withheld=withheld, slip=slip, method=method,
        reference=reference,
    )  # fmt: skip
    _answer(session, number)


@invoice_group.command("credit")
@click.argument("number")
@LINES
@click.option("--reason", default="")
@click.option("--again", is_flag=True, help="what is credited is to be invoiced again")
@click.option("--draft", is_flag=True, help="prepare it only; issue it with `invoice issue`")
@click.pass_obj
def credit(
    session: Session, number: str, lines: Path | None, reason: str, again: bool, draft: bool
) -> None:
    """Credit an invoice, what is left of it or a part; answers the credit note."""
    from controllers.documents import invoice_json

    made = session.app.write(
        invoice_json.credit, number, read_lines(lines), reason=reason, again=again, is_draft=draft
    )
    _answer(session, made.id or 0)


@saudagar.group("payment")
def payment_group() -> None:
    """Payments of customers."""


@payment_group.command("new")
@click.argument("account")
@click.option("--amount", type=MONEY, required=True)
@click.option("--date", type=DAY, default=None, help="YYYY-MM-DD; else today")
@click.option("--currency", default="", help="else the customer's")
@click.option("--oldest", is_flag=True, help="settle the oldest open invoices with it")
@click.option("--method", default="transfer")
@click.option("--reference", default="")
@click.pass_obj
def new_payment(
    session: Session, account: str, amount: Decimal, date: Any, currency: str, oldest: bool,
    method: str, reference: str,
) -> None:  # fmt: skip
    """Book money of a customer."""
    from controllers.documents import payments

    made = session.app.write(
        payments.receive, account, amount, date=date, currency=currency, oldest_first=oldest,
        method=method, reference=reference,
    )  # fmt: skip
    _payment(session, made.id)


def _payment(session: Session, key: str | int) -> None:
    from controllers.documents import invoice_json

    session.answer(session.app.read(invoice_json.payment, key))


@payment_group.command("show")
@click.argument("number")
@click.pass_obj
def show_payment(session: Session, number: str) -> None:
    """Show a payment and what it settles."""
    _payment(session, number)


@payment_group.command("pdf")
@click.argument("number")
@click.argument("file", type=FILE)
@click.pass_obj
def payment_pdf(session: Session, number: str, file: Path) -> None:
    """Write the receipt."""
    from controllers.documents import handing_out

    handing_out.save_receipt(session.app, number, file)
    session.answer({"file": str(file)}, f"{file} is written.")


@payment_group.command("allocate")
@click.argument("number")
@click.argument("invoice")
@click.option("--amount", type=MONEY, required=True, help="in the payment's currency")
@click.option("--settled", type=MONEY, default=None, help="in the invoice's, where it is another")
@click.option("--adjusted", type=MONEY, default=Decimal(0), help="what is let go")
@click.pass_obj
def allocate(
    session: Session, number: str, invoice: str, amount: Decimal, settled: Decimal | None,
    adjusted: Decimal,
) -> None:  # fmt: skip
    """Settle an invoice with what is free of a payment."""
    from controllers.documents import payments
    from controllers.documents.payments import Allocation

    part = Allocation(invoice, amount, settled, adjusted=adjusted)
    _payment(session, session.app.write(payments.allocate, number, [part]).id)


@payment_group.command("void")
@click.argument("number")
@click.pass_obj
def void_payment(session: Session, number: str) -> None:
    """Take a payment back: what it settled is open again."""
    from controllers.documents import payments

    _payment(session, session.app.write(payments.void, number).id)


add_pdf(invoice_group, "invoice", "Write the invoice or credit note.")
add_send(invoice_group, "invoice", "Mail an issued invoice or credit note.")
