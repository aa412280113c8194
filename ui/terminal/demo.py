"""`demo`: a year of business to look around in, with its papers."""

from pathlib import Path

import click

from ui.terminal.group import FILE, saudagar
from ui.terminal.session import Session


@saudagar.command("demo")
@click.option("--rows", type=click.IntRange(1), default=400, help="how many customers")
@click.option("--out", type=FILE, default=None, help="the folder for the papers")
@click.option("--no-window", is_flag=True)
@click.pass_obj
def demo(session: Session, rows: int, out: Path | None, no_window: bool) -> None:
    """Make a demo database, write a quotation, an order confirmation and a workbook, open it."""
    from controllers.system import demo as demo_data

    made = demo_data.make(session.database, rows, out, session.say)
    session.answer(
        {"database": str(made.database), "files": [str(each) for each in made.files]},
        "\n".join(str(each) for each in (made.database, *made.files)),
    )
    if no_window:
        return
    from ui.terminal.display import missing_display

    reason = missing_display()
    if reason:
        session.say(reason)
        return
    from ui.start import open_window

    session.status = open_window(made.database, session.user, session.language)
