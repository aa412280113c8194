"""Documents in the database: a head and its lines, each read or written by one statement."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    bindparam,
    or_,
    select,
    update,
)

from controllers.core import reach, readable
from controllers.core.prepared import Prepared, insert_row, insert_rows
from controllers.core.records import search_text
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import costs
from controllers.documents import line_rows as stored_lines
from models.storage.tables import TABLES
from models.system.kinds import KINDS
from models.values.documents import Draft, Line, Priced
from models.values.errors import DomainError, NotFoundError
from models.values.money import ZERO
from models.values.parsing import checked
from resources.languages import marked as _

LINKS = {
    "account": "code",
    "contact": "code",
    "owner": "name",
    "price_list": "name",
    "tax": "code",
}
"""The links of a head and the field each is named by."""

LINK_COLUMNS = tuple(f"{link}_id" for link in LINKS)

_SAME = (
    "date", "reference", "subject", "currency", "language", "payment_term", "delivery_term",
    "discount_percent", "discount_amount", "line_decimals", "opening", "terms", "closing", "notes",
)  # fmt: skip
_LINE_SAME = (
    "kind", "sku", "description", "detail", "quantity", "unit", "factor", "unit_price", "pinned",
    "price_reason", "discount_percent", "discount_amount", "tax_class", "optional", "cost",
    "alternative",
)  # fmt: skip


@dataclass(frozen=True)
class Stored:
    """A document as it stands: the draft and what only use cases set."""

    draft: Draft
    row: RowMapping
    """Every column of the head."""
    frozen: dict[str, Any] = field(default_factory=dict)
    """Letterhead, party and tax as they were when it was issued; empty before."""

    @property
    def id(self) -> int:
        """The id of the head."""
        return int(self.row["id"])

    @property
    def name(self) -> str:
        """How a message names it."""
        return self.draft.number or str(self.id)


@cache
def _head_query(kind: str, by: str, *, sees_cost: bool) -> Select[Any]:
    """The head with the keys of what it links to, by `id` or `number`."""
    head = TABLES[kind]
    joined: Any = head
    keys: list[ColumnElement[Any]] = []
    for link, key in LINKS.items():
        target = TABLES["user" if link == "owner" else link].alias(f"{link}_link")
        joined = joined.outerjoin(target, target.c.id == head.c[f"{link}_id"])
        keys.append(target.c[key].label(f"{link}_name"))
    known = readable.columns(kind, sees_cost=sees_cost)
    return select(*known, *keys).select_from(joined).where(head.c[by] == bindparam("key"))


@cache
def _lines_query(kind: str, *, sees_cost: bool) -> Select[Any]:
    table = TABLES[f"{kind}_line"]
    wanted = {"id", "product_id", *_LINE_SAME}
    known = readable.columns(f"{kind}_line", sees_cost=sees_cost)
    columns = [each for each in known if each.name in wanted]
    return (
        select(*columns)
        .where(table.c[f"{kind}_id"] == bindparam("head"))
        .order_by(table.c.position)
    )


def find(uow: UnitOfWork, kind: str, key: str | int) -> Stored:
    """A document by its number or id, with its lines; NotFoundError names what was asked for."""
    row = _head(uow, kind, "id" if isinstance(key, int) else "number", key)
    if row is None and isinstance(key, str) and key.isdecimal() and len(key) < 18:
        row = _head(uow, kind, "id", int(key))
    if row is None or not reach.is_shown(uow, kind, row["id"]):
        message = _("There is no {kind} “{key}”; look it up in the list.")
        raise NotFoundError(message, field=kind, kind=KINDS[kind].label, key=key)
    rows = uow.connection.execute(
        _lines_query(kind, sees_cost=uow.may("cost.see")), {"head": row["id"]}
    ).mappings()
    draft = _draft(uow, kind, row, tuple(_line(each) for each in rows))
    if draft.state == "replaced":
        draft = replace(draft, number=_number_that_holds(uow, row))
    return Stored(draft, row, json.loads(row["frozen"] or "{}"))


def of_one_quotation(row: Mapping[str, Any] | RowMapping) -> ColumnElement[bool]:
    """The condition that holds for all revisions of the quotation a row belongs to."""
    table, first = TABLES["quotation"], row["first_id"] or row["id"]
    return or_(table.c.id == first, table.c.first_id == first)


def _number_that_holds(uow: UnitOfWork, row: RowMapping) -> str:
    """The number of all revisions, which only the one that holds bears in its row."""
    table = TABLES["quotation"]
    query = select(table.c.number).where(of_one_quotation(row), table.c.number.is_not(None))
    return uow.connection.execute(query).scalar_one_or_none() or ""


def _head(uow: UnitOfWork, kind: str, by: str, key: str | int) -> RowMapping | None:
    """The head; where the transaction may write, nobody else can move it until the commit.

    A server locks only what a person may change; what they may see but not change can be copied.
    """
    query = _head_query(kind, by, sees_cost=uow.may("cost.see"))
    locked = query.with_for_update(of=TABLES[kind]) if uow.is_writing else query
    row = uow.connection.execute(locked, {"key": key}).mappings().one_or_none()
    if row is None and uow.is_writing and uow.person.reaches(kind, "change", "t")[0]:
        row = uow.connection.execute(query, {"key": key}).mappings().one_or_none()
    return row


def _line(row: RowMapping) -> Line:
    values = {name: row[name] for name in _LINE_SAME if row.get(name) is not None}
    return Line(id=row["id"], product=row["product_id"], **values)


def _draft(uow: UnitOfWork, kind: str, row: RowMapping, lines: tuple[Line, ...]) -> Draft:
    values: dict[str, Any] = {name: row[name] for name in _SAME if row[name] is not None}
    values |= {name: _named(uow, name, row) for name in LINKS}
    values["tax"] = values["tax"] or "none"
    if kind == "quotation":
        values |= {
            "state": shown_state(uow, row),
            "revision": row["revision"] or 1,
            "valid_until": row["valid_until"],
        }
    else:
        values["state"] = row["state"]
    return Draft(
        kind=kind, id=row["id"], version=row["version"], number=row["number"] or "",
        lines=lines, **values,
    )  # fmt: skip


def _named(uow: UnitOfWork, link: str, row: RowMapping) -> str:
    """What a head names a record it links to; "" where there is none, or it may not be seen."""
    linked, named = row[f"{link}_id"], row[f"{link}_name"]
    hidden = linked is not None and not reach.is_shown(uow, _KIND_OF.get(link, link), linked)
    return "" if hidden else named or ""


_KIND_OF = {"owner": "user"}


def shown_state(uow: UnitOfWork, row: Mapping[str, Any] | RowMapping) -> str:
    """A quotation's state; one that was sent expires by itself after its last day."""
    until = row["valid_until"]
    if row["stored_state"] == "sent" and until is not None and until < uow.today:
        return "expired"
    return str(row["stored_state"])


# Writing


@cache
def _links_query() -> Prepared:
    """The ids of everything a head names, and what has to fit together, in one row."""
    columns: list[ColumnElement[Any]] = []
    for link, key in LINKS.items():
        table = TABLES["user" if link == "owner" else link]
        named = table.c[key] == bindparam(link)
        columns.append(select(table.c.id).where(named).scalar_subquery().label(link))
    contact, prices = TABLES["contact"], TABLES["price_list"]
    owner = select(contact.c.account_id).where(contact.c.code == bindparam("contact"))
    money = select(prices.c.currency).where(prices.c.name == bindparam("price_list"))
    return Prepared(
        select(
            *columns,
            owner.scalar_subquery().label("contact_account"),
            money.scalar_subquery().label("list_currency"),
        )
    )


_MISSING = {
    "account": _("There is no customer “{key}”; make it first or name another."),
    "contact": _("There is no contact “{key}”; make it first or name another."),
    "owner": _("There is no user “{key}”; name another owner."),
    "price_list": _("There is no price list “{key}”; make it first or name another."),
    "tax": _("There is no tax “{key}”; name another, such as none."),
}


def link_ids(uow: UnitOfWork, draft: Draft) -> dict[str, int | None]:
    """Ids by column of everything a draft names; DomainError at the field that fits nothing.

    Its currency is looked at too, as every way to a stored document leads through here.
    """
    checked(KINDS[draft.kind]["currency"], draft.currency)
    names = {link: getattr(draft, link) for link in LINKS}
    (found,) = _links_query().rows(uow.connection, **names)
    for link, key in names.items():
        hidden = link == "account" and not _is_shown(uow, found[link])
        if key and (found[link] is None or hidden) and (link, key) != ("tax", "none"):
            raise NotFoundError(_MISSING[link], field=link, key=key)
    if not draft.account:
        raise DomainError(_("The document needs a customer; choose one."), field="account")
    if draft.contact and found["contact_account"] != found["account"]:
        message = _("{contact} is no contact of {account}; choose one of theirs.")
        raise DomainError(message, field="contact", contact=draft.contact, account=draft.account)
    if draft.price_list and found["list_currency"] != draft.currency:
        message = _("The price list {list} is in {theirs}, the document in {ours}; change one.")
        raise DomainError(
            message, field="price_list", list=draft.price_list, theirs=found["list_currency"],
            ours=draft.currency,
        )  # fmt: skip
    return {f"{link}_id": found[link] for link in LINKS}


def _is_shown(uow: UnitOfWork, account: int | None) -> bool:
    return account is not None and reach.is_shown(uow, "account", account)


def head_values(kind: str, priced: Priced, links: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a head that a draft decides."""
    draft, totals = priced.draft, priced.totals
    values = {
        name: value if (value := getattr(draft, name)) != "" else None for name in _SAME
    } | dict(links)
    if kind == "quotation":
        values |= {"valid_until": draft.valid_until, "revision": draft.revision}
    values |= {
        "subtotal": totals.subtotal, "discount": totals.discount, "tax_base": totals.tax_base,
        "tax_amount": totals.tax, "rounding": totals.rounding, "total": totals.total,
        "cost_total": totals.cost, "number": draft.number or None,
    }  # fmt: skip
    return values | {"search_text": search_text(KINDS[kind], values)}


def insert_document(
    uow: UnitOfWork,
    kind: str,
    priced: Priced,
    links: Mapping[str, Any],
    line_values: Sequence[Mapping[str, Any]] = (),
    **more: Any,
) -> int:
    """A new head and its lines; answers the id. `line_values` holds more columns of each line."""
    values = head_values(kind, priced, links) | more
    values |= {"created_at": uow.now, "changed_at": uow.now}
    head = insert_row(uow.connection, TABLES[kind], readable.written(uow, kind, values))
    reach.require_changeable(uow, kind, head, priced.draft.number or priced.draft.account)
    insert_lines(uow, kind, head, priced, line_values)
    uow.changed(kind, head)
    return head


def insert_lines(
    uow: UnitOfWork,
    kind: str,
    head: int,
    priced: Priced,
    line_values: Sequence[Mapping[str, Any]] = (),
) -> None:
    """All lines of a document in one statement."""
    line = f"{kind}_line"
    rows = [readable.written(uow, line, row) for row in line_rows(kind, head, priced)]
    for row, values in zip(rows, line_values, strict=False):
        row.update(values)
    insert_rows(uow.connection, TABLES[line], rows)
    costs.fill(uow, kind, head)


def line_rows(kind: str, head: int, priced: Priced) -> list[dict[str, Any]]:
    """The columns of every line with its figures."""
    link = f"{kind}_id"
    return [
        {
            link: head,
            "position": position,
            "product_id": line.product,
            **{name: getattr(line, name) for name in _LINE_SAME},
            "amount": figures.amount,
            "net": figures.net,
            "tax_amount": figures.tax,
        }
        for position, (line, figures) in enumerate(
            zip(priced.draft.lines, priced.lines, strict=True), 1
        )
    ]


def replace_document(
    uow: UnitOfWork,
    kind: str,
    priced: Priced,
    links: Mapping[str, Any],
    *,
    state: str = "draft",
    **more: Any,
) -> bool:
    """Head and lines anew; False, with nothing done, where the version is not the present one, or
    it is in another state. `more` holds columns of the head that the draft does not decide.
    """
    draft = priced.draft
    head = draft.id or 0
    table = TABLES[kind]
    present = table.c["stored_state" if kind == "quotation" else "state"]
    statement = update(table).where(
        table.c.id == head, table.c.version == draft.version, present == state
    )
    values = readable.written(uow, kind, head_values(kind, priced, links) | more)
    values |= {"changed_at": uow.now, "version": draft.version + 1}
    reach.require_changeable(uow, kind, head, draft.number or str(head))
    if not uow.connection.execute(statement, values).rowcount:
        return False
    line, ids = f"{kind}_line", [each.id for each in draft.lines]
    rows = [readable.written(uow, line, row) for row in line_rows(kind, head, priced)]
    products = costs.products(uow, kind, head)
    stored_lines.store(uow, kind, head, ids, rows)
    costs.fill(uow, kind, head, products)
    uow.changed(kind, head)
    return True


def set_columns(uow: UnitOfWork, kind: str, stored: Stored, **values: Any) -> Draft:
    """Change some columns of a head; the version goes up. Answers the document as it is then.

    It is not read anew: who draws a number waits for everybody who drew one before, so nothing is
    done between a number and the commit that could be done without.
    """
    table = TABLES[kind]
    reach.require_changeable(uow, kind, stored.id, stored.name)
    values = readable.written(uow, kind, values)
    values |= {"changed_at": uow.now, "version": stored.row["version"] + 1}
    if "number" in values:
        texts = {**stored.row, **values}
        values["search_text"] = search_text(KINDS[kind], texts)
    uow.connection.execute(update(table).where(table.c.id == stored.id).values(values))
    uow.changed(kind, stored.id)
    row = {**stored.row, **values}
    state = shown_state(uow, row) if kind == "quotation" else row["state"]
    return replace(stored.draft, number=row["number"] or "", version=row["version"], state=state)


def differences(ours: Draft, theirs: Draft) -> tuple[str, ...]:
    """What two versions of a document disagree on: fields, and fields of lines by line number."""
    found = [
        name
        for name in (*_SAME, *LINKS, "valid_until")
        if (getattr(ours, name) or ZERO) != (getattr(theirs, name) or ZERO)
    ]
    for number, (mine, other) in enumerate(zip(ours.lines, theirs.lines, strict=False), 1):
        found += [f"{number}.{name}" for name in _line_differences(mine, other)]
    if len(ours.lines) != len(theirs.lines):
        found.append("lines")
    return tuple(found)


def _line_differences(mine: Line, other: Line) -> list[str]:
    names: Sequence[str] = ("product", *_LINE_SAME)
    return [
        name for name in names if name != "cost" and getattr(mine, name) != getattr(other, name)
    ]
