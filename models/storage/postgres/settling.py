"""Money that settles invoices, and notes beside quotations: what must hold at every commit.

What an invoice says is paid, withheld, credited or written off is the sum of its payments and
credit notes; a payment settles no more than it is, nor more than is open. A proposal is
written around a draft alone, and what was followed up stays so.
"""

from collections.abc import Iterator

from models.storage.postgres.consent import is_person
from models.storage.postgres.groups import Groups
from models.storage.postgres.scoping import DEFINER

_REFUSED = "USING ERRCODE = 'insufficient_privilege'"

_AT_COMMIT = (
    ("invoice", "UPDATE OF state, paid, withheld, credited, adjusted", "invoice_settled", "new.id"),
    ("payment", "UPDATE OF state, allocated, withheld", "payment_settled", "new.id"),
    ("payment_line", "INSERT", "invoice_settled", "new.invoice_id"),
    ("payment_line", "INSERT", "invoice_over", "new.invoice_id"),
    ("payment_line", "INSERT", "payment_settled", "new.payment_id"),
)
"""By table and event the function that checks a record once all of it stands, and its id."""


def statements(groups: Groups) -> Iterator[str]:
    """Every statement, in order, that makes the functions and triggers."""
    yield _check("invoice_settled", _INVOICE)
    yield _check("invoice_over", _OVER)
    yield _check("payment_settled", _PAYMENT)
    for table, event, function, key in _AT_COMMIT:
        name = f"{table}_{function}"
        yield f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
            BEGIN
                PERFORM {function}({key});
                RETURN NULL;
            END $$"""
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield (
            f"CREATE CONSTRAINT TRIGGER {name} AFTER {event} ON {table} DEFERRABLE INITIALLY "
            f"DEFERRED FOR EACH ROW WHEN ({is_person(groups)}) EXECUTE FUNCTION {name}()"
        )
    for table, event, function in (
        ("proposal", "INSERT OR UPDATE OR DELETE", _PROPOSAL),
        ("follow_up", "INSERT OR UPDATE OR DELETE", _FOLLOW_UP),
    ):
        yield function
        yield f"DROP TRIGGER IF EXISTS {table}_kept ON {table}"
        yield (
            f"CREATE TRIGGER {table}_kept BEFORE {event} ON {table} FOR EACH ROW "
            f"WHEN ({is_person(groups)}) EXECUTE FUNCTION {table}_kept()"
        )


def _check(name: str, wrong: str) -> str:
    what = name.partition("_")[0]
    return f"""
        CREATE OR REPLACE FUNCTION {name}(wanted integer) RETURNS void
        LANGUAGE plpgsql STABLE {DEFINER} AS $$
        BEGIN
            IF EXISTS ({wrong}) THEN
                RAISE EXCEPTION '{what} %: what settles it does not add up', wanted {_REFUSED};
            END IF;
        END $$"""


def _paid(column: str) -> str:
    return (
        f"coalesce((SELECT sum(l.{column}) FROM payment_line l JOIN payment p "
        "ON p.id = l.payment_id WHERE l.invoice_id = i.id AND p.state = 'posted'), 0)"
    )


_INVOICE = f"""
    SELECT 1 FROM invoice i WHERE i.id = wanted AND (
        i.paid < {_paid("settled")} OR i.paid > {_paid("settled")} AND NOT i.imported
        OR i.withheld <> {_paid("withheld")} OR i.adjusted <> {_paid("adjusted")}
        OR i.credited <> coalesce((SELECT sum(n.total) FROM invoice n
            WHERE n.credits_id = i.id AND n.state = 'issued'), 0)
        OR i.credited > i.total
        OR i.state <> 'void' AND NOT i.imported AND i.total - i.rounding <> coalesce((
            SELECT sum(l.net + l.tax_amount) FROM invoice_line l WHERE l.invoice_id = i.id), 0))"""
"""Invoices of another program come with what was paid there."""

_OVER = """
    SELECT 1 FROM invoice i WHERE i.id = wanted
        AND i.paid + i.withheld + i.credited + i.adjusted > i.total"""
"""A payment settles no more than is open; what is credited later may leave a customer in credit."""

_PAYMENT = """
    SELECT 1 FROM payment p WHERE p.id = wanted AND (p.state = 'posted' AND (
        p.allocated > p.amount OR p.amount < 0
        OR p.allocated <> coalesce((SELECT sum(l.amount) FROM payment_line l
            WHERE l.payment_id = p.id), 0)
        OR p.withheld <> coalesce((SELECT sum(l.withheld) FROM payment_line l
            WHERE l.payment_id = p.id), 0)
        OR EXISTS (SELECT 1 FROM payment_line l JOIN invoice i ON i.id = l.invoice_id
            WHERE l.payment_id = p.id AND (i.account_id <> p.account_id OR i.state <> 'issued'
                OR i.type = 'credit_note' OR l.amount < 0 OR l.settled < 0 OR l.withheld < 0
                OR i.currency = p.currency AND l.settled <> l.amount)))
        OR p.state = 'void' AND p.allocated <> 0)"""

_PROPOSAL = f"""
    CREATE OR REPLACE FUNCTION proposal_kept() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR NOT EXISTS (SELECT 1 FROM quotation q
                WHERE q.id = new.quotation_id AND q.stored_state = 'draft')
            OR TG_OP = 'UPDATE' AND new.quotation_id <> old.quotation_id THEN
            RAISE EXCEPTION 'a proposal is written around a draft' {_REFUSED};
        END IF;
        RETURN new;
    END $$"""

_FOLLOW_UP = f"""
    CREATE OR REPLACE FUNCTION follow_up_kept() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            SELECT account_id, owner_id INTO new.account_id, new.owner_id FROM quotation
                WHERE id = new.quotation_id;
            IF FOUND AND new.done_at IS NULL THEN
                RETURN new;
            END IF;
        ELSIF TG_OP = 'UPDATE' AND old.done_at IS NULL AND new.done_at IS NOT NULL
            AND ROW(new.id, new.quotation_id, new.account_id, new.owner_id, new.due, new.reason)
            IS NOT DISTINCT FROM ROW(old.id, old.quotation_id, old.account_id, old.owner_id,
                old.due, old.reason) THEN
            new.done_by := session_user::text;
            RETURN new;
        END IF;
        RAISE EXCEPTION 'what is to be followed up is noted, and done once' {_REFUSED};
    END $$"""
