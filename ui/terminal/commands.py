"""The command line: one group, its options, and the commands on databases, users and records."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from models.values.errors import DomainError
from resources.languages import LANGUAGES
from resources.languages import marked as _
from ui.terminal import answers
from ui.terminal.session import Session

FILE = click.Path(path_type=Path)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--database", default="", help="URL such as sqlite:///file.db")
@click.option("--user", default="", help="who is working")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en")
@click.pass_context
def saudagar(context: click.Context, database: str, user: str, language: str) -> None:
    """The desk program for sales support. Without a command the window opens."""
    session: Session = context.obj
    session.database, session.user, session.language = database, user, language
    if context.invoked_subcommand is None:
        from ui.start import open_window

        session.status = open_window(session.path, session.user, session.language)


def read_json(path: Path) -> Any:
    """The JSON value of a file, or of standard input where the name is ``-``."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8-sig")
        return json.loads(text, parse_float=str)
    except OSError as error:
        message = _("{path} cannot be read ({reason}); name a JSON file.")
        raise DomainError(message, path=path, reason=error.strerror) from error
    except ValueError as error:
        message = _("{path} is not valid JSON ({reason}); mend it there.")
        raise DomainError(message, path=path, reason=error) from error


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object of a file."""
    value = read_json(path)
    if isinstance(value, dict):
        return value
    raise DomainError(_("{path} must hold one JSON object in braces."), path=path)


# Databases


@saudagar.group()
def database() -> None:
    """Make, check, save and restore databases."""


@database.command("create")
@click.option("--company", default="")
@click.option("--country", default="ID", help="two letters; ID where nothing is said")
@click.option("--currency", default="", help="three letters; the country's where nothing is said")
@click.pass_obj
def create_database(session: Session, company: str, country: str, currency: str) -> None:
    """Make a new database."""
    from controllers.system import opening

    settings = opening.settings_for(country, company, currency)
    opening.create_app(session.path, session.user, settings).close()
    session.answer(
        {"database": str(session.path), "country": settings.country, "currency": settings.currency},
        f"{session.path} is made for {settings.country}, {settings.currency}.",
    )


@database.command("status")
@click.pass_obj
def database_status(session: Session) -> None:
    """Say what the database is and how much it holds."""
    from controllers.system import databases

    session.answer(databases.status(session.path))


@database.command("upgrade")
@click.pass_obj
def upgrade_database(session: Session) -> None:
    """Bring an older database up to date; a copy is kept."""
    from controllers.system import databases

    session.answer(databases.upgrade(session.path))


@database.command("check")
@click.pass_obj
def check_database(session: Session) -> None:
    """Verify integrity, totals, numbers and stock; list what is wrong."""
    from controllers.system import databases

    problems = databases.check(session.app)
    session.answer({"problems": problems}, "\n".join(problems) or "Nothing is wrong.")
    session.status = 1 if problems else 0
    if problems:
        session.say(f"error: {session.path}: {len(problems)} problems found; restore a backup.")


@database.command("backup")
@click.argument("file", type=FILE)
@click.pass_obj
def backup_database(session: Session, file: Path) -> None:
    """Write a verified copy of the whole database."""
    from controllers.system import databases

    databases.backup(session.app, file)
    session.answer({"backup": str(file)}, f"{file} is a whole, verified copy.")


@database.command("restore")
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True)
@click.pass_obj
def restore_database(session: Session, file: Path, replace: bool) -> None:
    """Put a backup in the place of the database."""
    from controllers.system import databases

    databases.restore(file, session.path, replace=replace)
    session.answer({"database": str(session.path)}, f"{session.path} is restored from {file}.")


# People


@saudagar.group()
def user() -> None:
    """People and their roles."""


@user.command("add")
@click.argument("name")
@click.option("--role", required=True)
@click.option("--team", default=None)
@click.option("--full-name", default=None)
@click.pass_obj
def add_user(
    session: Session, name: str, role: str, team: str | None, full_name: str | None
) -> None:
    """Add a person."""
    from controllers.core import records

    values = {"name": name, "role": role, "team": team, "full_name": full_name}
    session.answer(answers.record(session.app.write(records.create, "user", values)))


@user.command("list")
@click.pass_context
def list_users(context: click.Context) -> None:
    """Show everybody."""
    context.invoke(list_records, kind="user", search="", filters=(), sort="", limit=1000,
                   count=False, fields="")  # fmt: skip


@user.command("disable")
@click.argument("name")
@click.pass_obj
def disable_user(session: Session, name: str) -> None:
    """Take a person off the lists; what the person did stays."""
    from controllers.core import records

    session.answer(answers.record(session.app.write(records.archive, "user", name)))


# Records


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
    query = answers.query(kind, search, filters, sort, fields, everything=session.as_json)
    if count:
        number = session.app.listing.count(query)
        session.answer({"count": number}, str(number))
        return
    rows = session.app.listing.first_page(query, limit).rows
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
    hits = answers.search(session.app, text, limit)
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


from ui.terminal import exchange, papers, reporting  # noqa: E402, F401  they add their commands
