"""`proposal` and `attach`: what goes around a quotation; `print`: many papers as one PDF."""

from pathlib import Path
from typing import Any

import click

from ui.terminal.group import FILE, read_bytes, read_object, saudagar
from ui.terminal.session import Session

_PARTS = ("cover", "letter", "terms", "stationery", "sections", "appendices")


@saudagar.group("proposal")
def proposal_group() -> None:
    """Proposals: cover, letter, sections, product sheets and appendices around a quotation."""


@proposal_group.command("show")
@click.argument("number")
@click.pass_obj
def show(session: Session, number: str) -> None:
    """Show what goes around a quotation."""
    from controllers.documents import proposals

    session.answer(session.app.read(proposals.shown, number))


@proposal_group.command("set")
@click.argument("number")
@click.argument("file", type=FILE)
@click.pass_obj
def put(session: Session, number: str, file: Path) -> None:
    """Keep what a JSON file says goes around a draft.

    Files that parts name are read from beside it and attached to the quotation; those that are
    attached already need not be there.
    """
    from controllers.documents import proposal_json, proposals

    values = read_object(file)
    contents = _taken_in(values, file.parent)
    session.app.write(proposals.keep, number, proposal_json.read(values), contents)
    session.answer(session.app.read(proposals.shown, number))


def _taken_in(values: dict[str, Any], folder: Path) -> dict[str, bytes]:
    """The files that parts name, by the name without folder that stands in its place."""
    contents: dict[str, bytes] = {}
    for part in _parts(values):
        names = part.get("files")
        if isinstance(names, list) and all(isinstance(each, str) for each in names):
            found = [folder / each for each in names]
            contents |= {each.name: read_bytes(each) for each in found if each.exists()}
            part["files"] = [each.name for each in found]
    return contents


def _parts(values: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[Any] = []
    for name in _PARTS:
        value = values.get(name)
        found += value if isinstance(value, list) else [value]
    return [each for each in found if isinstance(each, dict)]


@proposal_group.command("pdf")
@click.argument("number")
@click.argument("file", type=FILE)
@click.option("--sign", is_flag=True, help="sign it with the company's certificate")
@click.pass_obj
def pdf(session: Session, number: str, file: Path, sign: bool) -> None:
    """Write the PDF of a proposal.

    The certificate's password comes from the keyring or from SAUDAGAR_CERTIFICATE_PASSWORD.
    """
    from controllers.documents import handover

    handover.save_pdf(session.app, "quotation", number, file, is_signed=sign)
    session.answer({"file": str(file)}, f"{file} is written.")


@saudagar.command("attach")
@click.argument("kind", type=click.Choice(["product", "text_block"]))
@click.argument("key")
@click.argument("file", type=FILE)
@click.pass_obj
def attach(session: Session, kind: str, key: str, file: Path) -> None:
    """Attach a product sheet, or the stationery or appendix of a text block, for proposals."""
    from controllers.core import records
    from controllers.documents import attachments

    app = session.app
    record = app.read(records.show, kind, key)
    made = app.write(attachments.add, kind, record.id or 0, file.name, read_bytes(file), "sheet")
    session.answer({"file": file.name, "id": made}, f"{file.name} is attached.")


@saudagar.command("print")
@click.argument("kind", type=click.Choice(["quotation", "order", "invoice"]))
@click.argument("file", type=FILE)
@click.argument("numbers", nargs=-1, required=True)
@click.pass_obj
def print_many(session: Session, kind: str, file: Path, numbers: tuple[str, ...]) -> None:
    """Write many papers into one PDF to print, each with its own page numbers."""
    from controllers.documents import printing_many

    count = printing_many.save(session.app, kind, numbers, file)
    session.answer({"file": str(file), "documents": count}, f"{file} is written.")
