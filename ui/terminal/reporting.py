"""`report list` and `report run`."""

import datetime as dt
from pathlib import Path

import click

from models.values.errors import DomainError
from models.values.formatting import Style
from resources.languages import marked as _
from resources.languages import translate
from ui.terminal.exchange import pairs
from ui.terminal.group import FILE, saudagar
from ui.terminal.session import Session


@saudagar.group("report")
def report_group() -> None:
    """Reports for screen, Excel, CSV and PDF."""


@report_group.command("list")
@click.pass_obj
def list_reports(session: Session) -> None:
    """Name the reports."""
    from controllers.insight.reports import REPORTS

    found = [
        {
            "name": each.name,
            "title": translate(each.title, session.language),
            "description": translate(each.description, session.language),
            "by": list(each.dimensions),
        }
        for each in REPORTS.values()
    ]
    session.answer(found, "\n".join(f"{each['name']:22} {each['description']}" for each in found))


@report_group.command("run")
@click.argument("name")
@click.argument("file", type=FILE)
@click.option("--from", "since", default="", help="first day, YYYY-MM-DD")
@click.option("--to", "until", default="", help="last day, YYYY-MM-DD")
@click.option("--by", multiple=True, help="once or twice")
@click.option("--currency", default="")
@click.option("--filter", "filters", multiple=True, metavar="FIELD=VALUE")
@click.pass_obj
def run_report(
    session: Session, name: str, file: Path, since: str, until: str, by: tuple[str, ...],
    currency: str, filters: tuple[str, ...],
) -> None:  # fmt: skip
    """Run a report into FILE: XLSX, CSV or PDF by its ending."""
    from controllers.insight import reports, sources
    from controllers.insight.sales import SalesOptions

    options = SalesOptions(
        by=tuple(word for each in by for word in each.split(",")),
        since=_day(since, "--from"),
        until=_day(until, "--to"),
        currency=currency,
        filters=tuple(pairs(filters, "--filter").items()),
        language=session.language,
    )
    answer = sources.answered(session.app, lambda app: reports.run(app, name, file, options))
    session.say_once(answer.told(session.language))
    session.answer({"file": str(file), "rows": answer.value}, f"{file}: {answer.value} rows.")


def _day(text: str, option: str) -> dt.date | None:
    if not text:
        return None
    try:
        return Style(date_order="ymd").parse_day(text)
    except DomainError:
        message = _("{option}: “{text}” is no day; write it like 2026-12-31.")
        raise DomainError(message, option=option, text=text) from None
