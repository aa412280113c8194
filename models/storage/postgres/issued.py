"""What was issued stands, whatever the program: states move as the window moves them, and a
document changes only what it may still change in its state.

`KEPT` says it for every kind of document, its lines among them. An import brings history in, which
is nobody's draft; who may import may put its documents right and take them back.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from models.storage.postgres.consent import has_role_with, is_person
from models.storage.postgres.groups import Groups
from models.storage.postgres.scoping import DEFINER
from models.storage.tables import METADATA
from models.system.kinds import KINDS, LINES
from models.values.states import (
    DELIVERY_STATES,
    INVOICE_STATES,
    ORDER_STATES,
    QUOTATION_STATES,
    RECEIPT_STATES,
)

Columns = frozenset[str]

_ALL: Columns = frozenset("*")
"""Every column beside those that change with the state."""

_BY_ITSELF: Columns = frozenset(("version", "changed_at", "search_text"))
"""The columns that every change writes."""


class Kept(NamedTuple):
    """How far documents of a kind are kept as they are."""

    kind: str
    state: str
    """The column of the state."""
    moves: Mapping[str, tuple[str, ...]]
    begins: str
    """What holds of a new one, as SQL over ``new``."""
    written: Mapping[str, Columns]
    """By state the columns that people write in it."""
    moving: Columns
    """Columns that change with the state."""
    added: tuple[str, ...]
    """The states in which lines are added."""
    taken: tuple[str, ...]
    """The states in which lines are written anew or taken away."""
    noted: Columns = frozenset()
    """Columns of the head that change at any time, by what belongs to it."""
    counted: Columns = frozenset()
    """The same of the lines."""
    only: str = "false"
    """What may not be, as SQL over ``old`` and ``new``, beside all that."""
    imported: str = "{row}.imported"
    """Whether one came by an import, as SQL."""
    comes: str = "new.imported"
    """What holds of one that an import makes, as SQL over ``new``."""
    booked: tuple[str, ...] = ()
    """The states that nothing of closed books goes to."""
    functions: Columns = frozenset()
    """Columns of the lines that functions of the server alone write."""

    @property
    def head(self) -> str:
        """The table of the heads."""
        return KINDS[self.kind].table

    @property
    def line(self) -> str:
        """The table of the lines."""
        return LINES[self.kind].table

    @property
    def link(self) -> str:
        """The column of a line that names its head."""
        return LINES[self.kind].fields[0].column


_IMPORTED_AS_SENT = (
    "EXISTS (SELECT 1 FROM audit a WHERE a.kind = 'quotation' AND a.record_id = {row}.id "
    "AND a.line IS NULL AND a.action = 'insert' "
    "AND a.changes::json ->> 'stored_state' <> 'draft')"
)
"""A quotation has no mark of an import: nothing else begins as anything but a draft."""

KEPT = (
    Kept(
        "quotation", "stored_state",
        QUOTATION_STATES.moves | {"draft": ("sent", "replaced"), "replaced": ("sent",)},
        "new.stored_state = 'draft' AND new.frozen IS NULL AND new.sent_at IS NULL "
        "AND NOT new.archived AND (new.number IS NULL OR new.first_id IS NOT NULL)",
        {"draft": _ALL},
        frozenset(("number", "archived", "sent_at", "frozen", "decided_at", "decision_note",
                   "decided_by", "decided_how", "lost_reason")),
        ("draft",), ("draft",),
        only="new.frozen IS DISTINCT FROM old.frozen AND old.stored_state <> 'draft' "
        "OR new.stored_state = 'sent' AND (new.number IS NULL OR new.frozen IS NULL) "
        "OR old.stored_state = 'draft' AND new.stored_state = 'replaced' "
        "AND (old.first_id IS NULL OR new.frozen IS NOT NULL) "
        "OR old.number IS NOT NULL AND new.number IS DISTINCT FROM old.number "
        "AND (new.stored_state <> 'replaced' OR new.number IS NOT NULL)",
        imported=f"({{row}}.stored_state = 'draft' AND {{row}}.number IS NOT NULL "
        f"AND {{row}}.first_id IS NULL OR {_IMPORTED_AS_SENT})",
        comes="true",
    ),
    Kept(
        "order", "state", ORDER_STATES.moves | {"delivered": ("closed", "confirmed")},
        "new.state = 'draft' AND NOT new.imported AND new.confirmed_at IS NULL",
        {"draft": frozenset(("required_date",)), "confirmed": _ALL | {"promised_date"}},
        frozenset(("confirmed_at", "promised_date")),
        ("draft", "confirmed"), ("confirmed",),
        counted=frozenset(("reserved", "delivered", "shipped", "returned", "promised")),
        functions=frozenset(("invoiced",)),
        only="new.number IS DISTINCT FROM old.number OR new.imported <> old.imported "
        "OR new.quotation_id IS DISTINCT FROM old.quotation_id",
    ),
    Kept(
        "delivery", "state", DELIVERY_STATES.moves,
        "new.state = 'draft' AND NOT new.imported AND new.number IS NULL",
        {"draft": frozenset(("carrier", "vehicle", "tracking", "address", "notes", "date"))},
        frozenset(("number", "shipped_at", "frozen", "received_by", "received_on")),
        ("draft",), ("draft",), counted=frozenset(("back",)),
        only="old.number IS NOT NULL AND new.number IS DISTINCT FROM old.number "
        "OR new.state = 'shipped' AND new.number IS NULL",
        booked=("shipped",),
    ),
    Kept(
        "invoice", "state", INVOICE_STATES.moves,
        "new.state = 'draft' AND NOT new.imported AND new.number IS NULL "
        "AND new.paid = 0 AND new.withheld = 0 AND new.credited = 0 AND new.adjusted = 0",
        {"draft": frozenset(("date", "due", "reference", "subject", "opening", "terms", "closing",
                             "notes"))},
        frozenset(("number", "issued_at", "frozen", "date", "due")), ("draft",), (),
        noted=frozenset(("paid", "withheld", "credited", "adjusted", "tax_invoice", "dunned",
                         "dunned_on")),
        only="old.number IS NOT NULL AND new.number IS DISTINCT FROM old.number "
        "OR new.state = 'issued' AND new.number IS NULL OR old.state = 'issued' "
        "AND new.state = 'void' AND (new.type = 'credit_note' "
        "OR new.paid <> 0 OR new.withheld <> 0 OR new.credited <> 0 OR new.adjusted <> 0)",
        booked=("issued", "void"),
    ),
    Kept(
        "payment", "state", RECEIPT_STATES.moves,
        "new.state = 'posted' AND new.number IS NULL AND new.allocated = 0 AND new.withheld = 0",
        {}, frozenset(), ("posted",), (),
        noted=frozenset(("number", "allocated", "withheld")),
        only="old.number IS NOT NULL AND new.number IS DISTINCT FROM old.number",
        imported="false", comes="false", booked=("posted", "void"),
    ),
)  # fmt: skip
"""Every kind of document that is issued."""

_REFUSED = "USING ERRCODE = 'insufficient_privilege'"

_LOOKING = {
    "insert": "NEW TABLE AS now_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS now_rows",
    "delete": "OLD TABLE AS old_rows",
}
"""The rows each kind of statement shows the trigger of lines."""


def statements(groups: Groups) -> Iterator[str]:
    """Every statement, in order, that makes the functions and triggers."""
    for kept in KEPT:
        yield _of_head(kept, groups)
        yield f"DROP TRIGGER IF EXISTS {kept.head}_kept ON {kept.head}"
        yield (
            f"CREATE TRIGGER {kept.head}_kept BEFORE INSERT OR UPDATE OR DELETE ON {kept.head} "
            f"FOR EACH ROW WHEN ({is_person(groups)}) EXECUTE FUNCTION {kept.head}_kept()"
        )
        yield _of_lines(kept, groups)
        for event, looking in _LOOKING.items():
            name = f"{kept.line}_kept_{event}"
            yield f"DROP TRIGGER IF EXISTS {name} ON {kept.line}"
            yield (
                f"CREATE TRIGGER {name} AFTER {event.upper()} ON {kept.line} REFERENCING {looking} "
                f"FOR EACH STATEMENT WHEN ({is_person(groups)}) "
                f"EXECUTE FUNCTION {kept.line}_kept()"
            )


def _others(table: str, left_out: Iterable[str]) -> list[str]:
    """The columns of a table beside those that are spoken of, and those that change by themselves;
    whose a row is, which is no column of ours, other triggers keep.
    """
    known = {*left_out, *_BY_ITSELF}
    return [each.name for each in METADATA.tables[table].columns if each.name not in known]


def _differ(columns: Iterable[str], old: str = "old", new: str = "new") -> str:
    names = sorted(columns)
    if not names:
        return "false"
    before, after = (", ".join(f"{row}.{each}" for each in names) for row in (old, new))
    return f"ROW({before}) IS DISTINCT FROM ROW({after})"


def _is_one_of(value: str, names: Iterable[str]) -> str:
    listed = ", ".join(f"'{each}'" for each in names)
    return f"{value} IN ({listed})" if listed else "false"


def _changed(kept: Kept) -> str:
    """Whether a head differs where it may not, in the state it was in."""
    always = {kept.state, *kept.moving, *kept.noted}
    cases = []
    for state, columns in kept.written.items():
        free = set() if columns >= _ALL else _others(kept.head, {*always, *columns})
        cases.append(f"WHEN '{state}' THEN {_differ(free)}")
    cases.append(f"ELSE {_differ(_others(kept.head, always))}")
    return f"(CASE old.{kept.state} {' '.join(cases)} END)" if kept.written else cases[0][5:]


def _moving_alone(kept: Kept) -> str:
    """Whether what changes with the state changes without it; what is written there may."""
    cases = "".join(
        f"WHEN '{state}' THEN {_differ(kept.moving - columns)} "
        for state, columns in kept.written.items()
    )
    rest = _differ(kept.moving)
    differs = f"(CASE old.{kept.state} {cases}ELSE {rest} END)" if cases else rest
    return f"old.{kept.state} = new.{kept.state} AND {differs}"


def _closed(kept: Kept) -> str:
    """Whether a head would be booked on a day of closed books."""
    if not kept.booked:
        return "false"
    return (
        f"{_is_one_of(f'new.{kept.state}', kept.booked)} AND new.date <= coalesce(("
        "SELECT s.value::json ->> 'closed_until' FROM setting s WHERE s.name = 'company'), '')"
    )


def _of_head(kept: Kept, groups: Groups) -> str:
    moves = " ".join(
        f"WHEN '{state}' THEN {_is_one_of(f'new.{kept.state}', to)}"
        for state, to in kept.moves.items()
    )
    return f"""
    CREATE OR REPLACE FUNCTION {kept.head}_kept() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            IF {kept.begins} AND NOT ({_closed(kept)})
                OR {kept.comes} AND ({has_role_with(groups, "imports.run")}) THEN
                RETURN new;
            END IF;
            RAISE EXCEPTION '{kept.head}: it does not begin like this' {_REFUSED};
        END IF;
        IF TG_OP = 'DELETE' THEN
            IF ({has_role_with(groups, "imports.run")}) AND {kept.imported.format(row="old")} THEN
                RETURN old;
            END IF;
            RAISE EXCEPTION '{kept.head} %: documents are not deleted', old.id {_REFUSED};
        END IF;
        IF new.{kept.state} <> old.{kept.state} AND NOT (CASE old.{kept.state} {moves}
            ELSE false END) THEN
            RAISE EXCEPTION '{kept.head} %: it is %, and cannot become %', old.id,
                old.{kept.state}, new.{kept.state} {_REFUSED};
        END IF;
        IF new.{kept.state} <> old.{kept.state} AND {_closed(kept)} THEN
            RAISE EXCEPTION '{kept.head} %: the books of % are closed', old.id, new.date {_REFUSED};
        END IF;
        IF (new.id <> old.id OR {_changed(kept)} OR {_moving_alone(kept)}
            OR {kept.only}) AND NOT (old.{kept.state} = new.{kept.state}
                AND ({has_role_with(groups, "imports.run")})
                AND {kept.imported.format(row="old")}) THEN
            RAISE EXCEPTION '{kept.head} %: it is %, and stands as it is', old.id,
                old.{kept.state} {_REFUSED};
        END IF;
        RETURN new;
    END $$"""


def _of_lines(kept: Kept, groups: Groups) -> str:
    """One question for each statement, however many lines it writes."""
    content = _differ(_others(kept.line, kept.counted | kept.functions), "o", "n")
    imports = has_role_with(groups, "imports.run")

    def held(rows: str, states: Iterable[str], more: str = "") -> str:
        return (
            f"EXISTS (SELECT 1 FROM {rows} JOIN {kept.head} h ON h.id = n.{kept.link} "
            f"WHERE NOT {_is_one_of(f'h.{kept.state}', states)} {more}"
            f"AND NOT (({imports}) AND {kept.imported.format(row='h')}))"
        )

    both = "old_rows o JOIN now_rows n ON n.id = o.id"
    return f"""
    CREATE OR REPLACE FUNCTION {kept.line}_kept() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
    DECLARE
        is_wrong boolean;
    BEGIN
        IF TG_OP = 'INSERT' THEN
            is_wrong := {held("now_rows n", kept.added)};
        ELSIF TG_OP = 'DELETE' THEN
            is_wrong := {held("old_rows n", kept.taken)};
        ELSE
            is_wrong := {held(both, kept.taken, f"AND {content} ")}
                OR {held(both, (), f"AND {_differ(kept.functions, 'o', 'n')} ")} OR EXISTS (SELECT 1
                FROM old_rows o WHERE NOT EXISTS (SELECT 1 FROM now_rows n
                    WHERE n.id = o.id AND n.{kept.link} = o.{kept.link}));
        END IF;
        IF is_wrong THEN
            RAISE EXCEPTION '{kept.line}: the lines of what was issued stand' {_REFUSED};
        END IF;
        RETURN NULL;
    END $$"""
