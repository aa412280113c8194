"""What waits for somebody at the start of a day: queries with their words, icons and tones."""

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from controllers.core.catalogue import KINDS
from models.values.formatting import Style, format_rows
from models.values.records import Filter, ListQuery
from resources.languages import marked as _

if TYPE_CHECKING:
    from controllers.core.app import App

ROWS = 8


class Waiting(NamedTuple):
    """Something to look at; `title` heads its rows on the page, "" shows the count alone."""

    label: str
    query: ListQuery
    icon: str
    tone: str
    title: str = ""
    columns: tuple[str, ...] = ("number", "account", "date", "total")
    """What a row shows: a link, who, when, how much; empty ones are left out."""
    opens: str = ""
    """The kind that the link names, where it is not the row's own."""


class Entry(NamedTuple):
    """One row: what opens on a click, and its four texts."""

    kind: str
    key: int | str
    words: tuple[str, str, str, str]


def waiting(today: dt.date) -> list[Waiting]:
    """What a sales support desk looks at first."""
    soon = today + dt.timedelta(days=7)
    sent, draft = Filter("state", "=", "sent"), Filter("state", "=", "draft")
    due = (Filter("done_at", "empty"), Filter("due", "<=", today))
    return [
        Waiting(_("Drafts to send"), ListQuery("quotation", filters=(draft,)),
                "ph.pencil-simple", "quiet"),
        Waiting(_("Open quotations"), ListQuery("quotation", filters=(sent,), sort="valid_until"),
                "ph.paper-plane-tilt", "info", _("Open quotations, the first to expire on top"),
                ("number", "account", "valid_until", "total")),
        Waiting(_("Expire within 7 days"),
                ListQuery("quotation", filters=(sent, Filter("valid_until", "<=", soon)),
                          sort="valid_until"),
                "ph.hourglass", "warn"),
        Waiting(_("Orders to confirm"), ListQuery("order", filters=(draft,)), "ph.cube", "accent",
                _("Orders to confirm")),
        Waiting(_("Waits for your decision"),
                ListQuery("approval", filters=(Filter("state", "=", "waiting"),)), "ph.scales",
                "warn", _("Waits for your decision")),
        Waiting(_("Orders to deliver"),
                ListQuery("order", filters=(Filter("state", "=", "confirmed"),), sort="date"),
                "ph.truck", "accent", _("Orders to deliver, the oldest on top")),
        Waiting(_("Invoices overdue"),
                ListQuery("invoice", filters=(Filter("payment", "=", "overdue"),), sort="due"),
                "ph.warning", "bad", _("Invoices overdue, the oldest on top"),
                ("number", "account", "due", "open")),
        Waiting(_("Follow-ups due"), ListQuery("follow_up", filters=due, sort="due"),
                "ph.phone-call", "info", _("Follow-ups due"),
                ("quotation", "account", "due", ""), "quotation"),
    ]  # fmt: skip


def counted(app: "App", each: Waiting) -> int:
    """How many there are; of approvals only those the person is to decide."""
    if each.query.kind == "approval":
        return len(_decisions(app))
    return app.listing.count(each.query)


def entries(app: "App", each: Waiting, style: Style) -> list[Entry]:
    """The first of them."""
    if each.query.kind == "approval":
        return _decisions(app)[:ROWS]
    kind, names = KINDS[each.query.kind], tuple(filter(None, each.columns))
    query = ListQuery(kind.name, names, filters=each.query.filters, sort=each.query.sort)
    rows = app.listing.first_page(query, ROWS).rows
    has_money = "currency" in kind.by_name
    texts = format_rows([kind[name] for name in names], rows, style, currency=has_money)
    found = []
    for values, words in zip(rows, texts, strict=True):
        first, who, when, *rest = words
        total = f"{values[-1] or ''} {rest[0]}".strip() if rest else ""
        key: int | str = first if each.opens else int(values[0])
        found.append(Entry(each.opens or kind.name, key, (first, who, when, total)))
    return found


def _decisions(app: "App") -> list[Entry]:
    """The questions a person may answer now; each opens its quotation."""
    if not app.may("approvals.decide"):
        return []
    from controllers.documents import approvals

    return [
        Entry("quotation", each.quotation, (each.rule, each.asked_by, "", ""))
        for each in app.read(approvals.waiting_for_me)
    ]
