"""`timed`: what is done by itself while time passes, once, for a scheduler without any window."""

from collections import Counter
from typing import Any

import click

from ui.terminal.group import saudagar
from ui.terminal.session import Session


@saudagar.command("timed")
@click.pass_obj
def run_timed(session: Session) -> None:
    """Send mails that are due and tell what expired, unless a window does it already."""
    from controllers.system import timed

    done = {each.job: _told(each.answer) for each in timed.run_once(session.app)}
    session.answer(done, "\n".join(f"{job}: {what}" for job, what in done.items()))
    if not done:
        nothing = "Another program does it already, or nothing is set up."
        session.say(nothing)


def _told(answer: Any) -> Any:
    """How many mails became what, or how much was done."""
    if isinstance(answer, list):
        return dict(Counter(each.state for each in answer))
    return answer
