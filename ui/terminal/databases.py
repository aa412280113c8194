"""`database` and `user`: what an administrator does."""

import sys
from pathlib import Path

import click

from ui.terminal import answers
from ui.terminal.group import FILE, saudagar
from ui.terminal.records import list_records
from ui.terminal.session import Session


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
    opening.create_app(session.url, session.user, settings).close()
    session.answer(
        {"database": session.name, "country": settings.country, "currency": settings.currency},
        f"{session.name} is made for {settings.country}, {settings.currency}.",
    )


@database.command("status")
@click.pass_obj
def database_status(session: Session) -> None:
    """Say what the database is and how much it holds."""
    from controllers.system import databases

    session.answer(databases.status(session.url))


@database.command("upgrade")
@click.pass_obj
def upgrade_database(session: Session) -> None:
    """Bring an older database up to date; a copy is kept."""
    from controllers.system import databases

    session.answer(databases.upgrade(session.url))


@database.command("check")
@click.option("--seal", default="", help="a seal of the audit trail that was noted earlier")
@click.pass_obj
def check_database(session: Session, seal: str) -> None:
    """Verify integrity, totals, numbers, stock and the audit trail; list what is wrong."""
    from controllers.system import databases

    problems = databases.check(session.app, seal)
    newest = databases.newest_seal(session.app)
    session.answer(
        {"problems": problems, "seal": newest}, "\n".join(problems) or "Nothing is wrong."
    )
    session.say(f"newest seal of the audit trail: {newest}")
    session.status = 1 if problems else 0
    if problems:
        session.say(f"error: {session.name}: {len(problems)} problems found; restore a backup.")


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

    databases.restore(file, session.url, replace=replace)
    session.answer({"database": session.name}, f"{session.name} is restored from {file}.")


@database.command("move")
@click.argument("url")
@click.pass_obj
def move_database(session: Session, url: str) -> None:
    """Copy the whole database to another place or engine, and compare counts and sums."""
    from controllers.system import databases

    moved = databases.move(session.app, url, lambda table, rows: session.say(f"{table}: {rows}"))
    session.answer(moved, f"{moved['database']} holds the same as {session.name}.")


# People


@saudagar.group()
def user() -> None:
    """People and their roles."""


@user.command("add")
@click.argument("name")
@click.option("--role", required=True)
@click.option("--team", default=None)
@click.option("--territory", default=None)
@click.option("--full-name", default=None)
@click.option("--email", default=None)
@click.option("--password-stdin", is_flag=True, help="the login's password, on a shared database")
@click.pass_obj
def add_user(session: Session, /, name: str, password_stdin: bool, **values: str | None) -> None:
    """Add a person."""
    from controllers.system import people

    password = _password(password_stdin)
    made = session.app.write(people.add, {"name": name, **values}, password)
    session.answer(answers.record(made))


def _password(from_stdin: bool) -> str:
    """The first line of standard input; "" where it is not to be read."""
    return sys.stdin.readline().rstrip("\r\n") if from_stdin else ""


@user.command("password")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, required=True, help="its first line is taken")
@click.pass_obj
def set_password(session: Session, name: str, password_stdin: bool) -> None:
    """Give a person a login on a shared database, or another password."""
    from controllers.system import people

    session.app.write(people.set_password, name, _password(password_stdin))
    session.answer({"user": name}, f"{name} signs in with the new password from now on.")


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
    from controllers.system import people

    session.answer(answers.record(session.app.write(people.disable, name)))


@user.command("enable")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="the login's new password, where shared")
@click.pass_obj
def enable_user(session: Session, name: str, password_stdin: bool) -> None:
    """Bring a disabled person back; on a shared database the login needs a new password."""
    from controllers.system import people

    back = session.app.write(people.enable, name, _password(password_stdin))
    session.answer(answers.record(back))
