"""`receivables` and `tax`: what customers owe, reminders, and files for tax offices."""

from pathlib import Path
from typing import Any

import click

from ui.terminal.group import FILE, saudagar
from ui.terminal.session import Session
from ui.terminal.typed import DAY

CURRENCY = click.option("--currency", default="", help="else the customer's")


@saudagar.group("receivables")
def receivables_group() -> None:
    """What customers owe."""


@receivables_group.command("open")
@click.option("--account", default="", help="of one customer")
@click.pass_obj
def open_items(session: Session, account: str) -> None:
    """List the open invoices, the oldest due first."""
    from controllers.documents import receivables
    from controllers.documents.quotation_json import money, plain_value

    today = session.app.clock().date()
    found = session.app.read(receivables.open_items, account)
    session.answer([
        {"number": each.number, "account": each.account, "date": plain_value(each.date),
         "due": plain_value(each.due), "days_late": each.days_late(today),
         "currency": each.currency, "total": money(each.total), "open": money(each.open),
         "reminders": each.dunned}
        for each in found
    ])  # fmt: skip


@receivables_group.command("statement")
@click.argument("account")
@click.argument("file", type=FILE)
@click.option("--from", "since", type=DAY, required=True, help="YYYY-MM-DD")
@click.option("--to", "until", type=DAY, required=True, help="YYYY-MM-DD")
@CURRENCY
@click.pass_obj
def statement(
    session: Session, account: str, file: Path, since: Any, until: Any, currency: str
) -> None:
    """Write a customer's statement of account as a PDF."""
    from controllers.documents import handing_out
    from controllers.documents.quotation_json import money

    found = handing_out.save_statement(session.app, account, since, until, currency, file)
    session.answer(
        {"file": str(file), "opening": money(found.opening), "closing": money(found.closing),
         "movements": len(found.movements)},
        f"{file} is written.",
    )  # fmt: skip


@receivables_group.command("remind")
@click.argument("account")
@click.argument("file", type=FILE)
@click.option("--level", type=click.IntRange(1, 3), default=None, help="1 friendly, 3 the last")
@CURRENCY
@click.pass_obj
def remind(session: Session, account: str, file: Path, level: int | None, currency: str) -> None:
    """Write a reminder of what is overdue as a PDF, and count it with the invoices."""
    from controllers.documents import handing_out
    from controllers.documents.quotation_json import money

    letter = handing_out.save_reminder(session.app, account, currency, level or 0, file)
    session.answer(
        {"file": str(file), "level": letter.level, "total": money(letter.total),
         "invoices": [each.number for each in letter.invoices]},
        f"{file} is written.",
    )  # fmt: skip


@saudagar.group("tax")
def tax_group() -> None:
    """Files for tax offices; they are written and checked, not sent."""


@tax_group.command("coretax")
@click.argument("month")
@click.argument("file", type=FILE)
@click.pass_obj
def coretax(session: Session, month: str, file: Path) -> None:
    """Write the invoices of a MONTH (YYYY-MM) as Coretax XML."""
    from controllers.documents import handing_out

    handing_out.save_coretax(session.app, month, file)
    session.answer({"file": str(file)}, f"{file} is written.")


@tax_group.command("myinvois")
@click.argument("number")
@click.argument("file", type=FILE)
@click.pass_obj
def myinvois(session: Session, number: str, file: Path) -> None:
    """Write an invoice as MyInvois UBL 2.1: XML or JSON by the file's ending."""
    from controllers.documents import handing_out

    handing_out.save_myinvois(session.app, number, file)
    session.answer({"file": str(file)}, f"{file} is written.")
