"""What a report can be narrowed to: the filters there are, and the values each one can have."""

from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

from controllers.core.unit_of_work import UnitOfWork
from models.values.errors import DomainError
from resources.languages import marked as _


class FilterInfo(NamedTuple):
    """A filter: its English label and where its values stand (table, key, title)."""

    label: str
    table: str
    key: str
    title: str


FILTERS = {
    "account": FilterInfo(_("Customer"), "account", "code", "name"),
    "product": FilterInfo(_("Product"), "product", "sku", "name"),
    "category": FilterInfo(_("Category"), "product", "category", "category"),
    "owner": FilterInfo(_("Salesperson"), "person", "name", "full_name"),
    "team": FilterInfo(_("Team"), "person", "team", "team"),
    "territory": FilterInfo(_("Territory"), "account", "territory", "territory"),
    "country": FilterInfo(_("Country"), "account", "country", "country"),
    "city": FilterInfo(_("City"), "account", "city", "city"),
}
"""By name, in the order they are offered."""


def filter_values(
    uow: UnitOfWork, name: str, text: str, limit: int = 20
) -> list[tuple[int, str, str]]:
    """Values of a filter that hold a text: always 0, then the key to filter by and its title."""
    if name not in FILTERS:
        raise DomainError(_("There is no filter “{name}”."), field="filters", name=name)
    each = FILTERS[name]
    rows = uow.connection.exec_driver_sql(
        f"SELECT DISTINCT {each.key}, coalesce(nullif({each.title}, ''), {each.key}) "
        f"FROM {each.table} WHERE {each.key} <> '' "
        f"AND (lower({each.key}) LIKE ? ESCAPE '!' OR lower({each.title}) LIKE ? ESCAPE '!') "
        f"ORDER BY 2 LIMIT ?",
        (_pattern(text), _pattern(text), limit),
    )
    return [(0, str(key), str(title)) for key, title in rows]


_LOWERED = str.maketrans(ascii_uppercase, ascii_lowercase)
"""As far as both engines lower a text."""


def _pattern(text: str) -> str:
    text = text.translate(_LOWERED)
    for sign in "!%_":
        text = text.replace(sign, "!" + sign)
    return f"%{text.strip()}%"


def currencies(uow: UnitOfWork) -> list[str]:
    """The currencies of orders and quotations, the company's own first."""
    rows = uow.connection.exec_driver_sql(
        "SELECT currency FROM sales_order UNION SELECT currency FROM quotation ORDER BY 1"
    )
    own = uow.settings.currency
    return [own, *(row[0] for row in rows if row[0] and row[0] != own)]
