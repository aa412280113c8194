"""Who may do what: one table of permission, role and scope, from which everything else is made.

The grants and row policies of the shared database, the checks of the use cases, the buttons of the
window and the page of rights all read `RIGHTS`; a test compares them.
"""

from enum import StrEnum

from models.values.errors import DomainError
from models.values.roles import ROLES
from resources.languages import marked as _


class Scope(StrEnum):
    """Whose records a permission is about."""

    NONE = "none"
    OWN = "own"
    """Those the person owns."""
    TEAM = "team"
    """Those somebody of the person's team owns; who has no team is one alone."""
    TERRITORY = "territory"
    """Those of the person's territory; what has none is in that of its owner."""
    ALL = "all"


SCOPES = {
    Scope.NONE: _("None"),
    Scope.OWN: _("Own"),
    Scope.TEAM: _("Team"),
    Scope.TERRITORY: _("Territory"),
    Scope.ALL: _("All"),
}

PERMISSIONS = {
    "customers.see": _("See customers and contacts"),
    "customers.change": _("Change customers and contacts"),
    "documents.see": _("See quotations and orders"),
    "documents.change": _("Write and decide quotations and orders"),
    "deliveries.see": _("See deliveries and returns"),
    "deliveries.change": _("Deliver and take back"),
    "invoices.see": _("See invoices and payments"),
    "invoices.change": _("Invoice and book payments"),
    "papers.send": _("Issue papers and hand them over"),
    "approvals.decide": _("Decide approvals"),
    "templates.change": _("Change templates and text blocks"),
    "stock.change": _("Receive, move and count stock"),
    "catalogue.change": _("Change products, prices and taxes"),
    "cost.see": _("See cost and margin"),
    "imports.run": _("Import files"),
    "views.share": _("Share saved views"),
    "audit.see": _("See the history of records"),
    "settings.change": _("Change the company's settings"),
    "people.change": _("Add and change people"),
}
"""Name and label of each permission. Everybody sees the catalogue and the people."""

_TABLE = """
                  support manager inside    pre   head  director finance admin reads
customers.see     all     team    territory all   team  all      all     all   all
customers.change  all     own     territory none  team  all      none    all   none
documents.see     all     team    territory all   team  all      all     all   all
documents.change  all     own     territory team  team  all      none    all   none
deliveries.see    all     team    territory all   team  all      all     all   all
deliveries.change all     none    territory none  team  all      none    all   none
invoices.see      all     team    territory all   team  all      all     all   all
invoices.change   all     none    none      none  none  all      all     all   none
papers.send       all     own     territory team  team  all      all     all   none
approvals.decide  none    none    none      none  team  all      all     all   none
templates.change  all     all     all       all   all   all      none    all   none
stock.change      all     none    none      none  all   all      none    all   none
catalogue.change  none    none    none      none  all   all      none    all   none
cost.see          none    none    none      all   all   all      all     all   none
imports.run       own     none    none      none  own   all      none    all   none
views.share       all     all     all       all   all   all      all     all   none
audit.see         all     own     territory none  team  all      all     all   none
settings.change   none    none    none      none  none  all      none    all   none
people.change     none    none    none      none  none  none     none    all   none
"""


def _read(table: str) -> dict[str, dict[str, Scope]]:
    names = [name for name, _label in ROLES]
    lines = [line.split() for line in table.strip().splitlines()[1:]]
    return {
        permission: dict(zip(names, map(Scope, scopes), strict=True))
        for permission, *scopes in lines
    }


RIGHTS: dict[str, dict[str, Scope]] = _read(_TABLE)
"""By permission and role, how far it goes."""

SUBJECTS = {
    "account": "customers", "contact": "customers",
    "quotation": "documents", "quotation_line": "documents",
    "order": "documents", "order_line": "documents",
    "approval": "documents", "follow_up": "documents", "contract": "documents",
    "delivery": "deliveries", "delivery_line": "deliveries",
    "invoice": "invoices", "invoice_line": "invoices",
    "payment": "invoices", "payment_line": "invoices",
    "warehouse": "stock", "stock_level": "stock", "stock_move": "stock", "supply": "stock",
    "template": "templates", "text_block": "templates", "approval_rule": "settings",
    "product": "catalogue", "price_list": "catalogue", "price": "catalogue",
    "tax": "catalogue", "tax_rate": "catalogue",
    "user": "people",
}  # fmt: skip
"""What each kind of record is about, as the permissions name it."""


def scope(role: str, permission: str) -> Scope:
    """How far a permission goes for a role; a role nobody knows has none."""
    return RIGHTS[permission].get(role, Scope.NONE)


def may(role: str, permission: str) -> bool:
    """Whether a role has a permission at all."""
    return scope(role, permission) is not Scope.NONE


def see(kind: str) -> str:
    """The permission to see records of a kind; "" where everybody may."""
    permission = f"{SUBJECTS[kind]}.see"
    return permission if permission in RIGHTS else ""


def change(kind: str) -> str:
    """The permission to change records of a kind."""
    return f"{SUBJECTS.get(kind, 'settings')}.change"


def require(role: str, permission: str) -> None:
    """Raise DomainError where a role lacks a permission."""
    if not may(role, permission):
        raise DomainError(
            _("Your role has no right for this: {label}. Ask your administrator."),
            label=PERMISSIONS[permission],
        )
