"""What a page of a document needs from the database, read in one go in the background."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from models.values.documents import Draft
from models.values.roles import ROLES

if TYPE_CHECKING:
    from controllers.core.app import App
    from controllers.core.unit_of_work import UnitOfWork
    from controllers.documents.approvals import Standing
    from controllers.documents.attachments import Attachment
    from controllers.documents.chain import Chain
    from controllers.documents.drafting import Opened, Shown

Titles = dict[tuple[str, str], str]
"""The titles of linked records by kind and key."""

LINKS = {"account": "account", "contact": "contact", "owner": "user", "tax": "tax"}
"""The links of a head whose title is not their key, and the kind each names."""


class Consent(NamedTuple):
    """Whose consent a quotation needs, and whether the person at the screen may give it now."""

    standing: "Standing"
    is_mine: bool
    deciders: tuple[str, ...]
    """The names or roles of who decides what is still open."""


@dataclass(frozen=True)
class Sheet:
    """A document with all its page shows."""

    opened: "Opened"
    shown: "Shown | None" = None
    titles: Titles = field(default_factory=dict)
    mails: tuple[dict[str, Any], ...] = ()
    chain: "Chain | None" = None
    consent: "Consent | None" = None
    """Of a quotation: whose consent it needs."""
    files: "tuple[Attachment, ...]" = ()
    """Beside those that its proposal is made of."""


def stored_sheet(app: "App", kind: str, record_id: int) -> Sheet:
    """A stored document."""
    _import_editor()
    return app.read(_stored_sheet, kind, record_id)


def _import_editor() -> None:
    """Load the editor's libraries here, not on the thread that paints."""
    from controllers.documents import editor, handover, preview

    del editor, handover, preview


def _stored_sheet(uow: "UnitOfWork", kind: str, record_id: int) -> Sheet:
    from controllers.documents import attachments, chain, orders, outbox, quotations

    files = attachments.of_document(uow, kind, record_id)
    home: Any = orders if kind == "order" else quotations
    opened = home.opened(uow, record_id)
    return Sheet(
        opened, home.shown(uow, record_id), titles(uow, opened.draft),
        tuple(outbox.entries(uow, kind, record_id)), chain.chain(uow, kind, record_id),
        _consent(uow, record_id) if kind == "quotation" else None,
        tuple(each for each in files if each.purpose != "proposal"),
    )  # fmt: skip


def _consent(uow: "UnitOfWork", record_id: int) -> Consent:
    from controllers.core import records
    from controllers.documents import approvals

    found = approvals.standing(uow, record_id)
    mine = {each.quotation for each in approvals.waiting_for_me(uow)} if found.approvals else set()
    deciders = dict.fromkeys(
        records.show(uow, "user", hit.rule.approver).title
        if hit.rule.approver is not None else dict(ROLES).get(hit.rule.approver_role, "")
        for hit in found.open
    )  # fmt: skip
    return Consent(found, record_id in mine, tuple(deciders))


def new_sheet(app: "App", account: str | int, products: Iterable[int] = ()) -> Sheet:
    """A new draft, with the defaults of an account."""
    _import_editor()
    from controllers.documents import drafting

    wanted = tuple(products)

    def read(uow: "UnitOfWork") -> Sheet:
        opened = drafting.started(uow, _code(uow, account), wanted)
        return Sheet(opened, titles=titles(uow, opened.draft))

    return app.read(read)


def _code(uow: "UnitOfWork", account: str | int) -> str:
    from controllers.core import records

    return records.show(uow, "account", account).key if isinstance(account, int) else account


def changed_sheet(app: "App", draft: Draft) -> Sheet:
    """A draft as it stands on the screen, with prices and tax of its own terms."""
    _import_editor()
    from controllers.documents import drafting

    def read(uow: "UnitOfWork") -> Sheet:
        return Sheet(drafting.opened(uow, draft), titles=titles(uow, draft))

    return app.read(read)


def repriced_sheet(app: "App", draft: Draft, terms: dict[str, str]) -> Sheet:
    """The same under another price list or currency; the other of both follows."""
    _import_editor()
    from controllers.documents import drafting

    def read(uow: "UnitOfWork") -> Sheet:
        changed = fitting(uow, draft, terms)
        return Sheet(drafting.opened(uow, changed), titles=titles(uow, changed))

    return app.read(read)


def fitting(uow: "UnitOfWork", draft: Draft, terms: dict[str, str]) -> Draft:
    """The draft under another price list or currency; the other of both follows."""
    from controllers.core import records

    changed = replace(draft, **terms)  # type: ignore[arg-type]
    if not changed.price_list:
        return changed
    currency = records.show(uow, "price_list", changed.price_list).values["currency"]
    if currency == changed.currency:
        return changed
    if "price_list" in terms:
        return replace(changed, currency=currency)
    return replace(changed, price_list="")


def titles(uow: "UnitOfWork", draft: Draft) -> Titles:
    """The titles of what a draft names."""
    return {
        (kind, key): _title(uow, kind, key)
        for name, kind in LINKS.items()
        if (key := getattr(draft, name)) and (kind, key) != ("tax", "none")
    }


def _title(uow: "UnitOfWork", kind: str, key: str) -> str:
    from controllers.core import records
    from models.values.errors import NotFoundError

    try:
        return records.show(uow, kind, key).title
    except NotFoundError:
        return key
