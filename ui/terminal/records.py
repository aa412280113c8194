"""`list`, `show`, `new`, `change`, `delete`, `search` and `fields`: records of every kind."""

from pathlib import Path

import click

from ui.terminal import answers, papers
from ui.terminal.group import FILE, read_object, saudagar
from ui.terminal.session import Session

MOST = 2**31
"""More rows than any list holds."""


@saudagar.command("list")
@click.argument("kind")
@click.option("--search", default="")
@click.option("--filter", "filters", multiple=True, help="FIELD=VALUE; also < > <= >= !=")
@click.option("--sort", default="", help="FIELD, or -FIELD for the other way round")
@click.option("--limit", type=click.IntRange(1), default=100)
@click.option("--fields", default="", help="names separated by commas")
@click.option("--count", is_flag=True, help="only how many there are")
@click.pass_obj
def list_records(
    session: Session, kind: str, search: str, filters: tuple[str, ...], sort: str, limit: int,
    fields: str, count: bool,
) -> None:  # fmt: skip
    """Show the records of a kind."""
    query = answers.query(kind, search, filters, sort, fields, for_scripts=session.as_json)
    if count:
        number = session.app.listing.count(query)
        session.answer({"count": number}, str(number))
        return
    rows = session.app.listing.first_page(query, min(limit, MOST)).rows
    session.answer(
        answers.rows_as_json(query, rows) if session.as_json else None,
        "" if session.as_json else answers.rows_as_text(query, rows, session.style),
    )


@saudagar.command("show")
@click.argument("kind")
@click.argument("key")
@click.pass_obj
def show_record(session: Session, kind: str, key: str) -> None:
    """Show one record, whole."""

    if kind in papers.DOCUMENTS:
        session.answer(papers.shown(session.app, kind, key))
        return
    from controllers.core import records

    session.answer(answers.record(session.app.read(records.show, kind, key)))


@saudagar.command("new")
@click.argument("kind")
@click.argument("file", type=FILE)
@click.pass_obj
def new_record(session: Session, kind: str, file: Path) -> None:
    """Make a record from a JSON file."""
    from controllers.core import records

    session.answer(answers.record(session.app.write(records.create, kind, read_object(file))))


@saudagar.command("change")
@click.argument("kind")
@click.argument("key")
@click.argument("file", type=FILE)
@click.pass_obj
def change_record(session: Session, kind: str, key: str, file: Path) -> None:
    """Change some fields of a record from a JSON file."""
    from controllers.core import records

    values = read_object(file)
    if kind == "quotation":
        papers.change_quotation(session, key, values)
        return
    version = values.pop("version", None)
    answer = session.app.write(records.change, kind, key, values, version)
    session.answer(answers.record(answer))


@saudagar.command("delete")
@click.argument("kind")
@click.argument("key")
@click.pass_obj
def delete_record(session: Session, kind: str, key: str) -> None:
    """Delete a record that nothing else names."""
    from controllers.core import records

    session.app.write(records.delete, kind, key)
    session.answer({"deleted": key}, f"{key} is deleted.")


@saudagar.command("search")
@click.argument("text")
@click.option("--limit", type=click.IntRange(1), default=50)
@click.pass_obj
def search_everything(session: Session, text: str, limit: int) -> None:
    """Find records of every kind."""
    hits = answers.search(session.app, text, min(limit, MOST))
    lines = [f"{hit['kind']}  {hit['key']}  {hit['title']}" for hit in hits]
    session.answer(hits, "\n".join(lines) or "Nothing found.")


@saudagar.command("fields")
@click.argument("kind")
@click.pass_obj
def show_fields(session: Session, kind: str) -> None:
    """Show the field catalogue of a kind."""
    found = answers.fields(kind, session.language)
    lines = [f"{each['name']:20} {each['type']:10} {each['label']}" for each in found]
    session.answer(found, "\n".join(lines))
