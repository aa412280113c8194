"""The lines of orders as reports read them: of the orders a person reaches, asked once for each.

The row policy of the lines looks every line's order up, which is right for a document and dear for
a report over all of them. This view joins the orders instead, with the same condition inside, and
brings along what a report asks of them, so that no report joins them once more. It is a security
barrier: no condition of a statement sees a row before the view has let it through.
"""

from collections.abc import Iterator

from models.storage.postgres.groups import Groups, literal
from models.storage.postgres.guards import HEAD_SEEN, LINES_SEEN, MINE, by_scope
from models.storage.postgres.scoping import DEFINER
from models.storage.scopes import COLUMNS
from models.storage.tables import METADATA
from models.values.permissions import Scope

PERMISSION = "documents.see"

CALLED = {"documents_reach()": ""}
"""The functions a person calls, with the permission that asks for."""


def statements(groups: Groups) -> Iterator[str]:
    """Every statement, in order, that makes the view and what it asks."""
    yield _reach(groups)
    for view, table in LINES_SEEN.items():
        own = [f"l.{each.name}" for each in METADATA.tables[table].columns]
        columns = ", ".join((*own, *(f"h.{each} AS {name}" for each, name in HEAD_SEEN.items())))
        yield f"DROP VIEW IF EXISTS {view}"
        yield (
            f"CREATE VIEW {view} WITH (security_barrier) AS SELECT {columns} "
            f"FROM {table} l JOIN sales_order h ON h.id = l.order_id WHERE {_condition()}"
        )


def _reach(groups: Groups) -> str:
    """How far a person sees documents; of several roles the widest."""
    cases = []
    found = by_scope(PERMISSION)
    for scope in reversed([each for each in Scope if each in found]):
        member = " OR ".join(
            f"pg_has_role(session_user, {literal(groups.role(role))}, 'MEMBER')"
            for role in found[scope]
        )
        cases.append(f"WHEN {member} THEN {literal(scope.value)}")
    return (
        "CREATE OR REPLACE FUNCTION documents_reach() RETURNS text LANGUAGE sql STABLE "
        f"PARALLEL SAFE {DEFINER} AS $$ SELECT CASE {' '.join(cases)} END $$"
    )


def _condition() -> str:
    cases = [f"WHEN '{scope.value}' THEN h.{COLUMNS[scope]} = {MINE[scope]}" for scope in COLUMNS]
    return f"CASE (SELECT documents_reach()) WHEN 'all' THEN true {' '.join(cases)} ELSE false END"
