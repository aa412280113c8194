"""`history`: who changed a record, when, from where, field by field."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from models.values.formatting import moment
from resources.languages import marked as _
from resources.languages import translate
from ui.terminal.group import saudagar
from ui.terminal.session import Session

if TYPE_CHECKING:
    from controllers.system.history import Difference, Page, Step

DEEDS = {
    "insert": _("Created"),
    "update": _("Changed"),
    "delete": _("Deleted"),
    "archive": _("Archived"),
    "restore": _("Brought back"),
}


@saudagar.command("history")
@click.argument("kind")
@click.argument("key")
@click.option("--field", default="", help="only steps that changed it; line.FIELD for lines")
@click.option("--before", type=click.IntRange(0), default=0, help="the id of the last step shown")
@click.pass_obj
def show_history(session: Session, kind: str, key: str, field: str, before: int) -> None:
    """Show who changed a record, when and from where, newest first."""
    from controllers.system import history

    style = None if session.as_json else session.style
    record = session.app.read(history.find, kind, key)
    page = session.app.read(history.page, kind, record, style, before=before, field=field)
    if session.as_json:
        session.answer([_as_json(each) for each in page.steps])
        return
    session.answer(None, _as_text(page, session))
    if page.has_more:
        session.say(f"There is more: --before {page.steps[-1].id}")


def _as_json(step: "Step") -> dict[str, Any]:
    values = asdict(step)
    values["at"] = f"{step.at:%Y-%m-%dT%H:%M:%SZ}"
    values["changes"] = values.pop("differences")
    return values


def _as_text(page: "Page", session: Session) -> str:
    def say(text: str) -> str:
        return translate(text, session.language)

    lines = []
    for step in page.steps:
        head = (moment(step.at, session.style), step.name, step.station, say(DEEDS[step.action]))
        lines.append("  ".join(each for each in head if each))
        lines += [f"    {_difference(each)}" for each in step.differences]
    return "\n".join(lines) or say(_("Nothing was changed yet."))


def _difference(each: "Difference") -> str:
    sides = [" ".join(side.split()) for side in (each.before, each.after)]
    where = f"{each.line}: " if each.line else ""
    arrow = f"{sides[0]} \N{RIGHTWARDS ARROW} {sides[1]}" if sides[0] else sides[1]
    return f"{where}{each.label}: {arrow}"
