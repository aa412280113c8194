"""`quotation` and `order`: documents from draft to delivery, their PDFs and their mail."""

from pathlib import Path
from typing import Any

import click

from controllers.core.app import App
from ui.terminal.group import FILE, read_object, saudagar
from ui.terminal.session import Session

PRICED = ("quotation", "order")
DOCUMENTS = (*PRICED, "delivery", "invoice", "payment")


def shown(app: App, kind: str, key: str) -> dict[str, Any]:
    """A document as JSON, by number or id."""
    if kind not in PRICED:
        return app.read(_others(kind), key)
    from controllers.documents import orders, quotation_json, quotations

    use_case = quotations.shown if kind == "quotation" else orders.shown
    return app.read(lambda uow: quotation_json.answer(uow, use_case(uow, key)))


def _others(kind: str) -> Any:
    from controllers.documents import delivery_json, invoice_json

    return {
        "delivery": delivery_json.shown,
        "invoice": invoice_json.shown,
        "payment": invoice_json.payment,
    }[kind]


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
    from controllers.documents import quotation_json

    draft = session.app.write(quotation_json.new, read_object(file))
    session.answer(shown(session.app, "quotation", str(draft.id)))


def change_quotation(session: Session, key: str, values: dict[str, Any]) -> None:
    """Change a draft: the given fields, and the lines where some are given."""
    from controllers.documents import quotation_json

    draft = session.app.write(quotation_json.change, key, values)
    session.answer(shown(session.app, "quotation", str(draft.id)))


@quotation_group.command("show")
@click.argument("number")
@click.pass_obj
def show_quotation(session: Session, number: str) -> None:
    """Show a quotation, whole."""
    session.answer(shown(session.app, "quotation", number))


@quotation_group.command("send")
@click.argument("number")
@click.option("--to", "address", default="", help="the mail address; else the contact's")
@click.option("--no-mail", is_flag=True, help="only issue it: number, state and archive")
@click.pass_obj
def send_quotation(session: Session, number: str, address: str, no_mail: bool) -> None:
    """Issue a draft: it gets its number, and goes out by mail unless --no-mail.

    The mail server's password comes from the keyring or from SAUDAGAR_MAIL_PASSWORD.
    """
    from controllers.documents import handover

    draft = handover.send(session.app, number, address=address, by_mail=not no_mail)
    if not no_mail:
        _newest_mail(session, "quotation", draft.id or 0)
    session.answer(shown(session.app, "quotation", draft.number))


def _newest_mail(session: Session, kind: str, document: int) -> dict[str, Any]:
    """The newest mail of a document; where it is not out yet, standard error says why."""
    from controllers.documents import outbox

    (mail,) = session.app.read(outbox.entries, kind, document, limit=1)
    if mail["state"] != "sent":
        session.say(f"mail to {mail['recipient']} is {mail['state']}: {mail['last_error']}")
    return mail


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


# What both can do


_QUOTATION_STEPS = {
    "copy": ("Make a new draft with the same lines.", ""),
    "order": ("Answer the sales order of a quotation, accepting it where that is still to do.", ""),
}
_ORDER_STEPS = {
    "close": ("Close a delivered order; what is open of it is given up.", ""),
    "cancel": ("Cancel: what was reserved is free again.", ""),
}
"""By command, which is the use case too: what it does, and the option with a text it takes."""


def _add_steps(group: click.Group, kind: str, steps: dict[str, tuple[str, str]]) -> None:
    for name, (explanation, option) in steps.items():
        _add_step(group, kind, name, explanation, option)


def _add_step(group: click.Group, kind: str, name: str, explanation: str, option: str) -> None:
    @click.pass_obj
    def step(session: Session, /, number: str, **texts: str) -> None:
        from controllers.documents import orders, quotations

        use_cases = quotations if kind == "quotation" else orders
        _step(session, getattr(use_cases, name), number, *texts.values())

    options = [click.Option([f"--{option}"], default="")] if option else []
    number = click.Argument(["number"])
    group.add_command(click.Command(name, callback=step, params=[number, *options],
                                    help=explanation))  # fmt: skip


def add_send(group: click.Group, kind: str, explanation: str) -> None:
    """A command that mails the paper of a kind and answers the mail."""

    @group.command("send", help=explanation)
    @click.argument("number")
    @click.option("--to", "address", default="", help="the mail address; else the contact's")
    @click.pass_obj
    def send(session: Session, number: str, address: str) -> None:
        from controllers.documents import handover

        draft = handover.mailed(session.app, kind, number, address=address)
        session.answer(_newest_mail(session, kind, draft.id or 0))


def add_pdf(group: click.Group, kind: str, explanation: str) -> None:
    """A command that writes the paper of a kind."""

    @group.command("pdf", help=explanation)
    @click.argument("number")
    @click.argument("file", type=FILE)
    @click.pass_obj
    def pdf(session: Session, number: str, file: Path) -> None:
        from controllers.documents import handover

        handover.save_pdf(session.app, kind, number, file)
        session.answer({"file": str(file)}, f"{file} is written.")


@quotation_group.command("pdf")
@click.argument("number")
@click.argument("file", type=FILE)
@click.option("--plain", is_flag=True, help="the quotation alone, without its proposal")
@click.pass_obj
def quotation_pdf(session: Session, number: str, file: Path, plain: bool) -> None:
    """Write the PDF: the proposal where there is one, as it was sent where it was sent."""
    from controllers.documents import handover

    handover.save_pdf(session.app, "quotation", number, file, is_plain=plain)
    session.answer({"file": str(file)}, f"{file} is written.")


_add_steps(quotation_group, "quotation", _QUOTATION_STEPS)
_add_steps(order_group, "order", _ORDER_STEPS)
add_pdf(order_group, "order", "Write the order confirmation.")
add_send(order_group, "order", "Mail the order confirmation.")
