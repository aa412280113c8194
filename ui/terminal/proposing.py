"""`quotation what-if`, `template` and `contract`: how proposals come about and go on."""

from pathlib import Path

import click

from ui.terminal.group import FILE, read_object, saudagar
from ui.terminal.papers import quotation_group, shown
from ui.terminal.session import Session


@quotation_group.command("what-if")
@click.argument("number")
@click.argument("file", type=FILE)
@click.pass_obj
def what_if(session: Session, number: str, file: Path) -> None:
    """Say what a quotation would come to with other values, and who would have to agree."""
    from controllers.documents import what_if as reckoning

    values = read_object(file)
    session.answer(reckoning.as_json(session.app.read(reckoning.with_values, number, values)))


@saudagar.group("template")
def template_group() -> None:
    """Templates of quotations and of their sections."""


@template_group.command("save")
@click.argument("name")
@click.argument("quotation")
@click.option("--section", default="", help="only the lines under this heading")
@click.pass_obj
def save(session: Session, name: str, quotation: str, section: str) -> None:
    """Keep a quotation, or one of its sections, as a template."""
    from controllers.documents import templates

    key = session.app.write(templates.save, name, quotation, section)
    session.answer({"template": name, "id": key}, f"{name} is kept.")


@template_group.command("show")
@click.argument("name")
@click.pass_obj
def show(session: Session, name: str) -> None:
    """Show what a template holds."""
    from controllers.documents import templates

    session.answer(session.app.read(templates.content, name))


@template_group.command("start")
@click.argument("name")
@click.argument("account")
@click.pass_obj
def start(session: Session, name: str, account: str) -> None:
    """Begin a quotation to a customer from a template."""
    from controllers.documents import templates

    draft = session.app.write(templates.start, name, account)
    session.answer(shown(session.app, "quotation", str(draft.id)))


@template_group.command("remove")
@click.argument("name")
@click.pass_obj
def remove(session: Session, name: str) -> None:
    """Give a template up."""
    from controllers.documents import templates

    session.app.write(templates.remove, name)
    session.answer({"template": name}, f"{name} is gone.")


@saudagar.group("contract")
def contract_group() -> None:
    """Contracts: renewals and recurring orders."""


@contract_group.command("renew")
@click.argument("number")
@click.pass_obj
def renew(session: Session, number: str) -> None:
    """Quote a contract's renewal; answers the draft."""
    from controllers.documents import contracts

    draft = session.app.write(contracts.renew, number)
    session.answer(shown(session.app, "quotation", str(draft.id)))


@contract_group.command("order")
@click.argument("number")
@click.pass_obj
def order(session: Session, number: str) -> None:
    """Make a contract's next recurring order; answers it."""
    from controllers.documents import contracts

    draft = session.app.write(contracts.order_now, number)
    session.answer(shown(session.app, "order", draft.number))
