"""The workspaces of the rail: only what exists."""

from typing import NamedTuple

from resources.languages import marked as _


class Entry(NamedTuple):
    """One word of the rail. `name` is the kind of a list, or a page of its own."""

    name: str
    label: str
    icon: str


SECTIONS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    ("", (Entry("today", _("Today"), "ph.sun-horizon"),)),
    (
        _("Sell"),
        (
            Entry("account", _("Customers"), "ph.buildings"),
            Entry("contact", _("Contacts"), "ph.user"),
            Entry("quotation", _("Quotations"), "ph.file-text"),
        ),
    ),
    (
        _("Fulfil"),
        (
            Entry("order", _("Orders"), "ph.cube"),
            Entry("delivery", _("Deliveries"), "ph.truck"),
            Entry("invoice", _("Invoices"), "ph.receipt"),
            Entry("payment", _("Payments"), "ph.wallet"),
        ),
    ),
    (
        _("Catalogue & stock"),
        (
            Entry("product", _("Products"), "ph.package"),
            Entry("price_list", _("Price lists"), "ph.tag"),
            Entry("price", _("Prices"), "ph.currency-circle-dollar"),
            Entry("stock_level", _("Stock"), "ph.stack"),
            Entry("supply", _("Supplies"), "ph.tray"),
        ),
    ),
    (_("Know"), (Entry("reports", _("Reports"), "ph.chart-line-up"),)),
)

SETTINGS = Entry("settings", _("Settings"), "ph.gear-six")

BESIDE = (
    Entry("imports", _("Import"), "ph.download-simple"),
    Entry("statement", _("Bank statement"), "ph.bank"),
    Entry("outbox", _("Outbox"), "ph.envelope-simple"),
    Entry("people", _("People and rights"), "ph.users-three"),
    Entry("connection", _("Shared database"), "ph.database"),
    Entry("follow_up", _("Follow-ups"), "ph.phone-call"),
    Entry("approval", _("Approvals"), "ph.scales"),
    Entry("contract", _("Contracts"), "ph.handshake"),
    Entry("stock_move", _("Stock moves"), "ph.arrows-left-right"),
    Entry("warehouse", _("Warehouses"), "ph.storefront"),
    Entry("tax", _("Taxes"), "ph.percent"),
    Entry("template", _("Templates"), "ph.files"),
    Entry("text_block", _("Text blocks"), "ph.text-align-left"),
    Entry("approval_rule", _("Approval rules"), "ph.scales"),
)
"""Pages that are reached by command, menu or badge, not by the rail."""

ENTRIES: tuple[Entry, ...] = (*(each for _title, part in SECTIONS for each in part), SETTINGS)
