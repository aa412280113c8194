"""Consent to quotations: none is sent without what the rules ask for, whatever the program.

Margins are reckoned for those who may not see costs: whether one is too low, never what it is.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.storage.postgres.groups import Groups, literal
from models.storage.postgres.guards import roles_with
from models.storage.postgres.scoping import DEFINER

if TYPE_CHECKING:
    from sqlalchemy import Connection

CALLED = {
    "margin_is_under(integer, bigint)": "documents.see",
    "figure_fell(integer, integer)": "documents.see",
}
"""The functions a person calls, with the permission that asks for."""

_MARGIN = f"""
    CREATE OR REPLACE FUNCTION margin_of(wanted integer) RETURNS bigint
    LANGUAGE sql STABLE {DEFINER} AS $$ SELECT margin_percent FROM measures_of(wanted) $$"""
"""In ten-thousandths of a percent, of the lines whose cost is known; nobody may call it."""

_UNDER = f"""
    CREATE OR REPLACE FUNCTION margin_is_under(wanted integer, threshold bigint) RETURNS boolean
    LANGUAGE sql STABLE {DEFINER} AS $$ SELECT coalesce(margin_of(wanted) < threshold, FALSE) $$"""

FIGURE = (
    "CASE {measure} WHEN 'margin_percent' THEN m.margin_percent "
    "WHEN 'discount_percent' THEN m.discount_percent WHEN 'total' THEN m.total "
    "WHEN 'payment_days' THEN m.payment_days END"
)
"""What a measure comes to, of a row ``m`` of `measures_of`."""


_FELL = f"""
    CREATE OR REPLACE FUNCTION figure_fell(agreed integer, wanted integer) RETURNS boolean
    LANGUAGE sql STABLE {DEFINER} AS $$
        SELECT coalesce(CASE a.measure WHEN 'margin_percent' THEN m.margin_percent < a.figure
            ELSE {FIGURE.format(measure="a.measure")} > a.figure END, TRUE)
        FROM approval a CROSS JOIN measures_of(wanted) m WHERE a.id = agreed
    $$"""


def statements(groups: Groups) -> Iterator[str]:
    """Every statement, in order, that makes the functions and the trigger."""
    yield _MARGIN
    yield _UNDER
    yield _FELL
    yield _unapproved(groups)
    yield _SENT
    yield "DROP TRIGGER IF EXISTS quotation_consent ON quotation"
    yield (
        "CREATE TRIGGER quotation_consent AFTER UPDATE OF stored_state ON quotation FOR EACH ROW "
        "WHEN (old.stored_state = 'draft' AND new.stored_state = 'sent' "
        f"AND {is_person(groups)}) EXECUTE FUNCTION quotation_consent()"
    )


def is_person(groups: Groups) -> str:
    """Whether a statement is a person's own, as SQL: not the owner's, nor that of a function which
    runs as the owner.
    """
    return f"NOT pg_has_role(current_user, {literal(groups.owner)}, 'MEMBER')"


def has_role_with(groups: Groups, permission: str) -> str:
    """Whether who signed in has a permission, as SQL."""
    return " OR ".join(
        f"pg_has_role(session_user, {literal(groups.role(role))}, 'MEMBER')"
        for role in roles_with(permission)
    )


def _unapproved(groups: Groups) -> str:
    """As `controllers.documents.approvals`: rules that are hit and nobody agreed to as much of any
    revision. Whose quotation it is decides which rules hold; who is nobody is an administrator.
    """
    administrator = f"pg_has_role(session_user, {literal(groups.role('administrator'))}, 'MEMBER')"
    figure = FIGURE.format(measure="r.measure")
    return f"""
    CREATE OR REPLACE FUNCTION unapproved(wanted integer) RETURNS text[]
    LANGUAGE plpgsql STABLE {DEFINER} AS $$
    DECLARE
        q record;
        m record;
        writer record;
    BEGIN
        SELECT id, coalesce(first_id, id) AS first, currency, owner_id INTO q
            FROM quotation WHERE id = wanted;
        SELECT * INTO m FROM measures_of(wanted);
        IF NOT coalesce(m.is_sound AND m.sold > 0, FALSE) THEN
            RETURN NULL;
        END IF;
        SELECT coalesce(role, '') AS role, coalesce(team, '') AS team INTO writer FROM person
            WHERE CASE WHEN q.owner_id IS NULL THEN name = session_user::text
                ELSE id = q.owner_id END;
        IF NOT FOUND THEN
            SELECT CASE WHEN {administrator} THEN 'administrator' ELSE '' END AS role, '' AS team
                INTO writer;
        END IF;
        RETURN ARRAY(SELECT r.name FROM (
            SELECT r.name, r.measure, r.threshold, r.level, {figure} AS figure
            FROM approval_rule r
            WHERE NOT r.archived AND coalesce(r.role, '') IN ('', writer.role)
                AND coalesce(r.team, '') IN ('', writer.team) AND (r.measure <> 'total'
                    OR coalesce(nullif(r.currency, ''), own_currency()) = q.currency)) r
            WHERE CASE r.measure WHEN 'margin_percent' THEN r.figure < r.threshold
                ELSE r.figure > r.threshold END
            AND NOT EXISTS (SELECT 1 FROM quotation o JOIN approval a ON a.quotation_id = o.id
                WHERE (o.id = q.first OR o.first_id = q.first) AND a.state = 'approved'
                    AND a.rule_name = r.name AND a.measure = r.measure
                    AND CASE r.measure WHEN 'margin_percent' THEN r.figure >= a.figure
                        ELSE r.figure <= a.figure END)
            ORDER BY r.level, r.name);
    END $$"""


_SENT = f"""
    CREATE OR REPLACE FUNCTION quotation_consent() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
    DECLARE
        rules text[] := unapproved(new.id);
    BEGIN
        IF rules IS NULL OR new.valid_until < new.date THEN
            RAISE EXCEPTION 'quotation % cannot be sent as it is written', new.id
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF cardinality(rules) > 0 THEN
            RAISE EXCEPTION 'quotation % needs approval first: %', new.id,
                array_to_string(rules, ', ') USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NULL;
    END $$"""


def margin_is_under(connection: "Connection", quotation: int, threshold: int) -> bool:
    """Whether the margin of a quotation lies under a threshold, in ten-thousandths of a percent."""
    asked = connection.exec_driver_sql("SELECT margin_is_under(?, ?)", (quotation, threshold))
    return bool(asked.scalar_one())


def figure_fell(connection: "Connection", approval: int, quotation: int) -> bool:
    """Whether a quotation is worse than what an approval agreed to."""
    asked = connection.exec_driver_sql("SELECT figure_fell(?, ?)", (approval, quotation))
    return bool(asked.scalar_one())
