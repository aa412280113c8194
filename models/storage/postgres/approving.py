"""Questions about quotations and their answers: asked as the rules say, answered by whom they name.

Whoever asks says only which rule it is about; what the rule says, whose the quotation is and what
it comes to the server fills in. An answer is given once, by who may decide, never about the own.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.storage.postgres.consent import FIGURE, is_person
from models.storage.postgres.groups import Groups
from models.storage.postgres.scoping import DEFINER
from models.storage.scopes import COLUMNS
from models.storage.tables import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection

CALLED = {"put_off_reminder(integer, text)": "documents.change"}
"""The functions a person calls, with the permission that asks for."""

_DECIDED = ("state", "decided_at", "decided_by", "comment", "changed_at", "version")
"""The columns of an answer."""

_REFUSED = "USING ERRCODE = 'insufficient_privilege'"


def statements(groups: Groups) -> Iterator[str]:
    """Every statement, in order, that makes the function and the triggers."""
    for event, function in (("insert", _ASKED), ("update", _decided()), ("delete", _WITHDRAWN)):
        yield function
        name = f"approval_on_{event}"
        yield f"DROP TRIGGER IF EXISTS {name} ON approval"
        yield (
            f"CREATE TRIGGER {name} BEFORE {event.upper()} ON approval FOR EACH ROW "
            f"WHEN ({is_person(groups)}) EXECUTE FUNCTION {name}()"
        )
    yield _PUT_OFF


_ASKED = f"""
    CREATE OR REPLACE FUNCTION approval_on_insert() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
    BEGIN
        SELECT account_id, owner_id INTO new.account_id, new.owner_id FROM quotation
            WHERE id = new.quotation_id AND stored_state = 'draft';
        IF NOT FOUND OR new.rule_name <> ALL (coalesce(unapproved(new.quotation_id), '{{}}')) THEN
            RAISE EXCEPTION 'nothing is to be approved of quotation % by %', new.quotation_id,
                new.rule_name {_REFUSED};
        END IF;
        SELECT r.measure, r.threshold, r.level, coalesce(r.approver_role, ''), r.approver_id,
                {FIGURE.format(measure="r.measure")}
            INTO new.measure, new.threshold, new.level, new.approver_role, new.approver_id,
                new.figure
            FROM approval_rule r CROSS JOIN measures_of(new.quotation_id) m
            WHERE r.name = new.rule_name;
        new.state := 'waiting';
        new.asked_by := session_user::text;
        new.decided_at := NULL;
        new.decided_by := NULL;
        new.comment := NULL;
        RETURN new;
    END $$"""
"""It fires before the trigger of whose the row is, so that policies ask of the quotation's."""


def _decided() -> str:
    columns = [each.name for each in METADATA.tables["approval"].columns if each.name != "id"]
    fixed = [each for each in columns if each not in (*_DECIDED, *COLUMNS.values())]
    old, new = (", ".join(f"{row}.{each}" for each in fixed) for row in ("old", "new"))
    return f"""
    CREATE OR REPLACE FUNCTION approval_on_update() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
    BEGIN
        IF old.state <> 'waiting' OR new.state NOT IN ('approved', 'refused')
            OR ROW(new.id, {new}) IS DISTINCT FROM ROW(old.id, {old}) THEN
            RAISE EXCEPTION 'a question is answered once, as it was asked' {_REFUSED};
        END IF;
        IF old.asked_by = session_user::text OR old.owner_id = my_owner() THEN
            RAISE EXCEPTION 'nobody decides about a quotation of their own' {_REFUSED};
        END IF;
        IF NOT EXISTS (SELECT 1 FROM person p WHERE {_THEIRS}) THEN
            RAISE EXCEPTION '% is decided by others', old.rule_name {_REFUSED};
        END IF;
        IF EXISTS (SELECT 1 FROM approval a WHERE a.quotation_id = old.quotation_id
            AND a.state = 'waiting' AND a.level < old.level) THEN
            RAISE EXCEPTION 'a lower level decides before %', old.rule_name {_REFUSED};
        END IF;
        new.decided_by := session_user::text;
        RETURN new;
    END $$"""


_FIRST_DAY = "to_char(now() AT TIME ZONE 'UTC' - interval '12 hours', 'YYYY-MM-DD')"
_LAST_DAY = "to_char(now() AT TIME ZONE 'UTC' + interval '14 hours', 'YYYY-MM-DD')"

_THEIRS = f"""(p.name = session_user::text OR p.id IN (SELECT d.person_id FROM delegation d
        WHERE d.delegate_id = my_owner() AND d.since <= {_LAST_DAY} AND d.until >= {_FIRST_DAY}))
    AND CASE WHEN old.approver_id IS NULL THEN p.role IN (old.approver_role, 'administrator')
        ELSE p.id = old.approver_id END"""
"""The person, or somebody they stand in for, is named. Which day it is depends on where one sits;
that of any place on earth will do.
"""

_WITHDRAWN = f"""
    CREATE OR REPLACE FUNCTION approval_on_delete() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
    BEGIN
        IF old.state <> 'waiting' OR NOT EXISTS (SELECT 1 FROM quotation q
            WHERE q.id = old.quotation_id AND q.stored_state = 'draft') THEN
            RAISE EXCEPTION 'only what waits about a draft is withdrawn' {_REFUSED};
        END IF;
        RETURN old;
    END $$"""

_PUT_OFF = f"""
    CREATE OR REPLACE FUNCTION put_off_reminder(wanted integer, day text)
    RETURNS void LANGUAGE sql {DEFINER} AS $$
        UPDATE approval SET remind_at = day WHERE id = wanted AND state = 'waiting'
            AND coalesce(remind_at, '') <= {_LAST_DAY}
    $$"""
"""Notes that somebody was reminded; whoever reminds need not be one who decides."""


def put_off_reminder(connection: "Connection", approval: int, day: str) -> None:
    """Remind of a question that waits on a later day, ISO."""
    connection.exec_driver_sql("SELECT put_off_reminder(?, ?)", (approval, day))
