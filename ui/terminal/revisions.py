"""`quotation revise` and what goes with it: revisions, approval, acceptance."""

from pathlib import Path
from typing import Any

import click

from ui.terminal.group import FILE, read_signed
from ui.terminal.papers import quotation_group, shown
from ui.terminal.session import Session

NUMBER = click.argument("number")


def _answer(session: Session, draft: Any) -> None:
    session.answer(shown(session.app, "quotation", draft.number or str(draft.id)))


@quotation_group.command("accept")
@NUMBER
@click.option("--note", default="", help="who accepted, by what")
@click.option("--revision", type=click.IntRange(1), default=None, help="an earlier one")
@click.option(
    "--option",
    "options",
    type=click.IntRange(1),
    multiple=True,
    help="an optional line they take too, by its place; repeat it for more",
)
@click.option("--alternative", default="", help="which of several they choose")
@click.option("--by", default="", help="who accepted")
@click.option("--how", default="", help="signed, mail, phone, message or meeting")
@click.option("--signed", type=FILE, default=None, help="the copy they signed")
@click.pass_obj
def accept(
    session: Session, number: str, note: str, revision: int | None, options: tuple[int, ...],
    alternative: str, by: str, how: str, signed: Path | None,
) -> None:  # fmt: skip
    """The customer accepts: the quotation becomes a sales order.

    Where they accept an earlier revision, that one holds again and the others are closed.
    """
    from controllers.documents import quotations

    _answer(session, session.app.write(
        quotations.accept, number, note, revision or 0, options=options, alternative=alternative,
        by=by, how=how, copy=read_signed(signed),
    ))  # fmt: skip


@quotation_group.command("decline")
@NUMBER
@click.option("--reason", default="", help="in words")
@click.option(
    "--lost",
    default="",
    help="price, competitor, delivery, product, budget, postponed, no_answer or other",
)
@click.pass_obj
def decline(session: Session, number: str, reason: str, lost: str) -> None:
    """The customer declines; why is kept."""
    from controllers.documents import quotations

    _answer(session, session.app.write(quotations.decline, number, reason, lost=lost))


@quotation_group.command("submit")
@NUMBER
@click.pass_obj
def submit(session: Session, number: str) -> None:
    """Ask for the approvals a draft needs; none where no rule asks for one."""
    from controllers.documents import approvals

    session.app.write(approvals.submit, number)
    session.answer(shown(session.app, "quotation", number))


@quotation_group.command("approve")
@NUMBER
@click.option("--comment", default="")
@click.option("--refuse", is_flag=True, help="say no instead")
@click.pass_obj
def approve(session: Session, number: str, comment: str, refuse: bool) -> None:
    """Decide what waits for you in a quotation."""
    from controllers.documents import approvals

    session.app.write(approvals.decide_all, number, is_approved=not refuse, comment=comment)
    session.answer(shown(session.app, "quotation", number))


@quotation_group.command("revise")
@NUMBER
@click.option("--reason", default="", help="why it is revised; kept with the revision")
@click.pass_obj
def revise(session: Session, number: str, reason: str) -> None:
    """Make the next revision, a draft under the same number; what was sent is kept."""
    from controllers.documents import revisions

    _answer(session, session.app.write(revisions.revise, number, reason))


@quotation_group.command("take-back")
@NUMBER
@click.pass_obj
def take_back(session: Session, number: str) -> None:
    """Give up a revision that was not sent; what was offered before holds again."""
    from controllers.documents import revisions

    _answer(session, session.app.write(revisions.take_back, number))


@quotation_group.command("revisions")
@NUMBER
@click.pass_obj
def list_revisions(session: Session, number: str) -> None:
    """List the revisions of a quotation, the newest first."""
    from controllers.documents import comparison_json

    session.answer(session.app.read(comparison_json.revisions, number))


@quotation_group.command("changes")
@NUMBER
@click.argument("first", type=click.IntRange(1))
@click.argument("second", type=click.IntRange(1))
@click.argument("file", type=FILE)
@click.pass_obj
def changes(session: Session, number: str, first: int, second: int, file: Path) -> None:
    """Write a page for the customer with what changed between two revisions."""
    from controllers.documents import change_page

    change_page.save_changes(session.app, number, first, second, file)
    session.answer({"file": str(file)}, f"{file} is written.")


@quotation_group.command("compare")
@NUMBER
@click.argument("first", type=click.IntRange(1))
@click.argument("second", type=click.IntRange(1))
@click.pass_obj
def compare(session: Session, number: str, first: int, second: int) -> None:
    """What changed between two revisions: terms, lines and figures."""
    from controllers.documents import comparison_json

    session.answer(session.app.read(comparison_json.comparison, number, first, second))
