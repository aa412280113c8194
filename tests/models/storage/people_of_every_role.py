"""A shared database with one login for every role, and records that some of them see."""

from dataclasses import replace
from typing import Any, NamedTuple

from controllers.core import records
from controllers.core.app import App
from controllers.documents import quotations
from controllers.system import people
from models.values.permissions import Scope
from models.values.roles import ROLES
from tests.builders import a_company, a_draft, a_line, a_price
from tests.postgres_server import PostgresServer

PASSWORD = "a long pass word"

ROLE_NAMES = [name for name, _label in ROLES]


class Someone(NamedTuple):
    """A person; the login of a role bears its name."""

    name: str
    role: str
    team: str
    territory: str


EVERYBODY = (
    *(Someone(role, role, "North", "Jakarta") for role in ROLE_NAMES),
    Someone("mate", "account_manager", "North", "Bandung"),
    Someone("other", "account_manager", "South", "Medan"),
    Someone("loner", "account_manager", "", ""),
)

BY_NAME = {each.name: each for each in EVERYBODY}

ACCOUNTS = {
    "A-MANAGER": ("account_manager", "Bandung"),
    "A-MATE": ("mate", ""),
    "A-OTHER": ("other", "Jakarta"),
    "A-INSIDE": ("inside_sales", ""),
    "A-LONER": ("loner", ""),
    "A-NOBODY": ("", ""),
}
"""Owner and territory of every account; each has a contact, a quotation and an order."""


def fill(app: App) -> None:
    """People and records, made by who may do everything; logins where the database has them."""
    a_company(app)
    a_price(app, product="FAN1", formula="cost * 1.5 round 500")
    shared = app.database.engine_name == "postgresql"
    for each in EVERYBODY:
        values = {"name": each.name, "role": each.role, "team": each.team,
                  "territory": each.territory}  # fmt: skip
        app.write(people.add, values, PASSWORD if shared else "")
    for code, (owner, territory) in ACCOUNTS.items():
        _account(app, code, owner, territory)


def remove(server: PostgresServer, database: str) -> None:
    """Take a database away again, and its people's logins with it."""
    server.execute(f"DROP DATABASE {database} WITH (FORCE)")
    server.execute("; ".join(f"DROP ROLE {each.name}" for each in EVERYBODY))


def _account(app: App, code: str, owner: str, territory: str) -> None:
    values: dict[str, Any] = {"code": code, "name": f"PT {code}", "currency": "IDR",
                              "owner": owner or None, "territory": territory}  # fmt: skip
    app.write(records.create, "account", values)
    contact = {"code": f"c-{code}", "name": f"Contact {code}", "account": code}
    app.write(records.create, "contact", contact)
    draft = replace(a_draft(app, a_line(app), account=code), owner=owner, contact="")
    made = app.write(quotations.new, draft)
    app.write(quotations.send, made.id or 0)
    app.write(quotations.accept, made.id or 0)


def reached(name: str, scope: Scope) -> set[str]:
    """The accounts a person's scope reaches, reckoned by hand."""
    me = BY_NAME[name]
    return {
        code for code, (owner, place) in ACCOUNTS.items() if _is_reached(me, scope, owner, place)
    }


def _is_reached(me: Someone, scope: Scope, owner: str, territory: str) -> bool:
    if scope is Scope.ALL:
        return True
    if scope is Scope.NONE or not (owner or territory):
        return False
    theirs = BY_NAME[owner]
    if scope is Scope.OWN:
        return theirs is me
    if scope is Scope.TEAM:
        return theirs is me or (bool(me.team) and theirs.team == me.team)
    place = territory or theirs.territory
    return place == me.territory if place else theirs is me
