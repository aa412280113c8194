"""`import` and `export`: files into records and records into files."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.values.errors import DomainError
from models.values.records import ListQuery
from resources.languages import marked as _
from ui.terminal import answers, papers
from ui.terminal.group import FILE, saudagar
from ui.terminal.session import Session

if TYPE_CHECKING:
    from controllers.system.imports import Request

SHOWN_REASONS = 20


def pairs(words: tuple[str, ...], what: str) -> dict[str, str]:
    """``LEFT=RIGHT`` words as a dictionary; DomainError for a word without the sign."""
    found = {}
    for word in words:
        left, sign, right = word.rpartition("=") if what == "--map" else word.partition("=")
        if not sign or not left:
            raise DomainError(_("{what} needs NAME=VALUE; got “{word}”."), what=what, word=word)
        found[left.strip()] = right.strip()
    return found


@saudagar.command("import")
@click.argument("words", nargs=-1, required=True, metavar="KIND FILE | undo ID")
@click.option("--map", "mapped", multiple=True, metavar="COLUMN=FIELD")
@click.option("--set", "fixed", multiple=True, metavar="FIELD=VALUE")
@click.option("--profile", default="")
@click.option("--save-profile", default="", help="keep the mapping under this name")
@click.option("--key", default="", help="the field that finds existing records")
@click.option("--dates", type=click.Choice(["dmy", "mdy", "ymd"]), default=None)
@click.option("--decimals", type=click.Choice([",", "."]), default=None)
@click.option("--sheet", default="")
@click.option("--dry-run", is_flag=True)
@click.option("--rejects", type=FILE, default=None)
@click.option("--suggest", is_flag=True, help="payments: say what each line would pay")
@click.option("--accept", is_flag=True, help="payments: book the lines whose suggestion is certain")
@click.pass_obj
def import_command(
    session: Session, words: tuple[str, ...], mapped: tuple[str, ...], fixed: tuple[str, ...],
    profile: str, save_profile: str, key: str, dates: str | None, decimals: str | None,
    sheet: str, dry_run: bool, rejects: Path | None, suggest: bool, accept: bool,
) -> None:  # fmt: skip
    """Bring a file in; or take a whole import back with `import undo ID`."""
    from controllers.system import imports

    if len(words) != 2:
        raise click.UsageError("import needs KIND FILE, or undo ID")
    if words[0] == "undo":
        if not words[1].isdigit():
            raise click.UsageError("import undo needs the number of an import")
        session.answer(session.app.write(imports.undo, int(words[1])))
        return
    request = imports.Request(
        kind=words[0],
        path=Path(words[1]),
        map=pairs(mapped, "--map"),
        set=pairs(fixed, "--set"),
        profile=profile,
        key=key,
        decimals=decimals or "",
        dates=dates or "",
        sheet=sheet,
        rejects=rejects,
        language=session.language,
    )
    if suggest or accept:
        _suggest(session, request, accept=accept and not dry_run)
        return
    outcome = imports.import_file(session.app, request, rehearse=dry_run)
    if save_profile:
        value = {"map": dict(request.map), "set": dict(request.set), "key": key,
                 "decimals": decimals or "", "dates": dates or ""}  # fmt: skip
        session.app.write(imports.save_profile, save_profile, words[0], value)
    for line, reason in outcome.reasons[:SHOWN_REASONS]:
        session.say(f"line {line}: {reason}")
    if len(outcome.reasons) > SHOWN_REASONS:
        session.say(f"… and {len(outcome.reasons) - SHOWN_REASONS} more; --rejects FILE keeps all.")
    if outcome.expired:
        session.say(f"prices that have expired: {outcome.expired}; no new document takes them.")
    session.answer(outcome.as_json())


def _suggest(session: Session, request: "Request", *, accept: bool) -> None:
    """Answer what each line of a bank statement would pay; book the certain ones if asked."""
    from controllers.documents import statement_json
    from controllers.system.imports import statement

    if request.kind != statement.KIND:
        raise click.UsageError("--suggest and --accept read bank statements: import payment FILE")
    found = statement.read(session.app, request)
    if found.problem is not None:
        raise found.problem
    for row, reason in found.unread[:SHOWN_REASONS]:
        session.say(f"line {row}: {reason.text(session.language)}")
    session.answer(statement_json.suggested(session.app, found.lines, accept=accept))


@saudagar.command("export")
@click.argument("kind")
@click.argument("file", type=FILE)
@click.option("--search", default="")
@click.option("--filter", "filters", multiple=True)
@click.option("--sort", default="")
@click.option("--fields", default="")
@click.pass_obj
def export_command(
    session: Session, kind: str, file: Path, search: str, filters: tuple[str, ...], sort: str,
    fields: str,
) -> None:  # fmt: skip
    """Write a list into an XLSX or CSV file that `import` takes in again.

    Quotations and orders have one row per line; with --fields of heads alone one per document.
    """
    from controllers.insight import exports, sources

    if kind in papers.DOCUMENTS:
        asked = answers.query(kind, search, filters, sort, for_scripts=True)
        _export_documents(session, asked, answers.names(fields), file)
        return
    query = answers.query(kind, search, filters, sort, fields, for_scripts=True)
    answer = sources.answered(
        session.app, lambda app: exports.export_list(app, query, file, session.language)
    )
    session.say_once(answer.told(session.language))
    session.answer({"file": str(file), "rows": answer.value}, f"{file}: {answer.value} rows.")


def _export_documents(
    session: Session, query: ListQuery, names: tuple[str, ...], file: Path
) -> None:
    from controllers.insight import document_rows, sources

    answer = sources.answered(
        session.app,
        lambda app: document_rows.export_documents(app, query, names, file, session.language),
    )
    session.say_once(answer.told(session.language))
    made = answer.value
    if made.left_out:
        why = "an import finds documents by their number; --fields takes them too"
        session.say(f"drafts left out: {made.left_out}, as {why}.")
    session.answer({"file": str(file), "rows": made.rows}, f"{file}: {made.rows} rows.")
