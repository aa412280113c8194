"""Templates: a quotation, or a section of one, kept under a name and begun anew from it."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from controllers.core.permitted import needs
from controllers.core.prepared import insert_row
from controllers.core.records import search_text
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import drafting, quotation_json, quotations, stored
from models.storage.tables import TABLES
from models.system.kinds import KINDS
from models.values.documents import SECTION, Draft, Line
from models.values.errors import DomainError, NotFoundError
from models.values.folding import folded
from resources.languages import marked as _

KIND = "template"

_HEAD = ("subject", "language", "tax", "payment_term", "delivery_term", "discount_percent",
         "opening", "terms", "closing", "currency")  # fmt: skip
_LINE = ("product", "description", "detail", "quantity", "unit", "discount_percent", "optional",
         "alternative", "tax_class", "section", "note")  # fmt: skip


@needs("templates.change")
def save(uow: UnitOfWork, name: str, quotation: str | int, section: str = "") -> int:
    """Keep a quotation's head and lines, or one of its sections, under a name; answers its id.

    Prices set by hand go along, others are the price list's when it is used. A template of that
    name is replaced. DomainError for an empty name, or a section that is not there.
    """
    name = name.strip()
    if not name:
        raise DomainError(_("A template needs a name."), field="name")
    shown = quotations.shown(uow, quotation)
    given = quotation_json.answer(uow, shown)
    lines = [_kept(each, line) for each, line in zip(given["lines"], shown.draft.lines,
                                                    strict=True)]  # fmt: skip
    if section:
        lines = _section(lines, section, str(given["number"] or given["id"]))
    content = {"lines": lines} if section else {n: given[n] for n in _HEAD if given.get(n)}
    content["lines"] = lines
    _forget(uow, name)
    return _insert(uow, name, content, shown.draft, is_section=bool(section))


def _kept(given: dict[str, Any], line: Line) -> dict[str, Any]:
    names = (*_LINE, "unit_price") if line.pinned else _LINE
    return {name: given[name] for name in names if given.get(name) not in (None, "")}


def _section(lines: list[dict[str, Any]], wanted: str, number: str) -> list[dict[str, Any]]:
    starts = [at for at, each in enumerate(lines) if "section" in each]
    for at in starts:
        if lines[at]["section"].casefold() == wanted.casefold():
            end = next((each for each in starts if each > at), len(lines))
            return lines[at:end]
    message = _("{number} has no section “{section}”.")
    raise NotFoundError(message, field="section", number=number, section=wanted)


def _forget(uow: UnitOfWork, name: str) -> None:
    table = TABLES[KIND]
    uow.connection.execute(table.delete().where(table.c.name == name))


def _insert(
    uow: UnitOfWork, name: str, content: dict[str, Any], draft: Draft, *, is_section: bool
) -> int:
    values = {
        "name": name, "name_key": folded(name), "subject": draft.subject or None,
        "language": draft.language, "section": is_section,
        "content": json.dumps(content, ensure_ascii=False), "created_at": uow.now,
        "changed_at": uow.now,
    }  # fmt: skip
    values["search_text"] = search_text(KINDS[KIND], values)
    record_id = insert_row(uow.connection, TABLES[KIND], values)
    uow.changed(KIND, record_id)
    return record_id


def content(uow: UnitOfWork, name: str) -> dict[str, Any]:
    """What a template holds, as `quotation_json.new` takes it, without a customer."""
    table = TABLES[KIND]
    query = select(table.c.content).where(table.c.name == name, table.c.archived.is_(False))
    found = uow.connection.execute(query).scalar_one_or_none()
    if found is None:
        message = _("There is no template “{key}”; look it up in the list.")
        raise NotFoundError(message, field="template", key=name)
    values: dict[str, Any] = json.loads(found)
    return values


@needs("documents.change")
def start(uow: UnitOfWork, name: str, account: str) -> Draft:
    """A new quotation to a customer from a template, with the customer's own prices and currency.

    Prices that were set by hand go along where the currency is the same.
    """
    values = content(uow, name)
    theirs = drafting.new_draft(uow, account)
    if values.pop("currency", theirs.currency) != theirs.currency:
        for line in values["lines"]:
            line.pop("unit_price", None)
    return quotation_json.new(uow, values | {"account": account})


def lines(uow: UnitOfWork, name: str, draft: Draft) -> Sequence[Line]:
    """The lines of a template, priced for a draft they are to be put into."""
    values = {"account": draft.account, "currency": draft.currency,
              "price_list": draft.price_list or None, "language": draft.language,
              "date": draft.date.isoformat(), "lines": content(uow, name)["lines"]}  # fmt: skip
    return quotation_json.read_draft(uow, values).lines


@needs("templates.change")
def remove(uow: UnitOfWork, name: str) -> None:
    """Give a template up."""
    content(uow, name)
    _forget(uow, name)
    uow.changed(KIND, 0)


def sections(uow: UnitOfWork, quotation: str | int) -> list[str]:
    """The titles of a quotation's sections, each of which may become a template."""
    found = stored.find(uow, "quotation", quotation).draft.lines
    return [line.description for line in found if line.kind == SECTION]
