"""What people do through functions of the server, and files whose rights follow a record's."""

from decimal import Decimal

import pytest
from psycopg import errors

from models.values.permissions import change, may
from tests.models.storage.people_of_every_role import ROLE_NAMES
from tests.models.storage.rights.asking import Connection, SignIn, column

pytestmark = pytest.mark.slow


def test_a_number_is_drawn_by_who_writes_documents(sign_in: SignIn) -> None:
    theirs = sign_in("account_manager")
    first, second = (
        theirs.execute("SELECT draw_number('quotation', '2031')").fetchone() for _ in range(2)
    )
    assert (first, second) == ((1,), (2,))
    with pytest.raises(errors.CheckViolation):
        theirs.execute("SELECT draw_number('anything', '2031')")


def test_stock_is_held_for_all_products_or_for_none(sign_in: SignIn, superuser: Connection) -> None:
    pump, fan = (row[0] for row in superuser.execute("SELECT id FROM product ORDER BY id"))
    theirs = sign_in("account_manager")
    theirs.execute("SELECT hold_stock(%s::int[], %s::bigint[])", ([pump], [20_000]))
    with pytest.raises(errors.CheckViolation), theirs.transaction():
        theirs.execute(
            "SELECT hold_stock(%s::int[], %s::bigint[])", ([pump, fan], [10_000, 10_000_000])
        )
    assert column(theirs, "SELECT reserved FROM product WHERE sku = 'PUMP12'") == {20_000}


def test_a_line_written_without_the_right_has_its_cost_and_the_head_its_sum(
    sign_in: SignIn, superuser: Connection
) -> None:
    theirs = sign_in("sales_support")
    theirs.execute("SET CONSTRAINTS ALL DEFERRED")
    (head,) = column(
        theirs,
        "INSERT INTO quotation(account_id, date, currency) SELECT id, '2026-01-01', 'IDR' "
        "FROM account WHERE code = 'A-OTHER' RETURNING id",
    )
    theirs.execute(
        "INSERT INTO quotation_line(quotation_id, position, product_id, quantity, kind) "
        "SELECT %s, 1, id, 25000, 'product' FROM product WHERE sku = 'PUMP12'",
        (head,),
    )
    theirs.execute("SET CONSTRAINTS ALL IMMEDIATE")
    theirs.execute("UPDATE quotation SET notes = 'seen' WHERE id = %s", (head,))
    theirs.commit()
    boss = sign_in("director")
    assert column(boss, f"SELECT cost FROM quotation_line WHERE quotation_id = {head}") == {
        40_000_000_000
    }
    assert column(boss, f"SELECT cost_total FROM quotation WHERE id = {head}") == {100_000_000_000}
    boss.rollback()
    superuser.execute(f"DELETE FROM quotation_line WHERE quotation_id = {head}")  # type: ignore[arg-type]
    superuser.execute(f"DELETE FROM quotation WHERE id = {head}")  # type: ignore[arg-type]
    superuser.commit()


def test_a_price_that_follows_from_cost_is_told_without_it(sign_in: SignIn) -> None:
    theirs = sign_in("sales_support")
    found = theirs.execute(
        "SELECT amount::numeric FROM reckoned_prices('Dealers', ARRAY(SELECT id FROM product))"
    ).fetchall()
    assert found == [(900_000,)]


@pytest.mark.parametrize(
    ("formula", "price"),
    [("cost * 1.25 round 500", "1500"), ("(list - cost) / 3", "333.33"), ("LIST", "2200"),
     ("list / 0", None), ("list; DROP TABLE audit", None), ("pg_sleep(9)", None),
     ("1 -- cost", None), ("list /* x */", None), ("cost * ", None)],
)  # fmt: skip
def test_a_formula_is_reckoned_and_nothing_else_is_run(
    superuser: Connection, formula: str, price: str | None
) -> None:
    row = superuser.execute("SELECT round(reckon(%s, 2200, 1200), 2)", (formula,)).fetchone()
    assert row is not None
    assert row[0] == (None if price is None else Decimal(price))


def test_views_are_changed_by_their_owners(sign_in: SignIn) -> None:
    theirs = sign_in("sales_support")
    insert = (
        "INSERT INTO saved_view(kind, name, owner, maker, value) VALUES ('account', %s, %s, %s, '')"
    )
    theirs.execute(insert, ("mine", "sales_support", "sales_support"))
    theirs.execute(insert, ("ours", "", "sales_support"))
    theirs.commit()
    other = sign_in("director")
    assert column(other, "SELECT name FROM saved_view") == {"ours"}
    assert other.execute("DELETE FROM saved_view").rowcount == 0
    keeper = sign_in("administrator")
    assert keeper.execute("DELETE FROM saved_view").rowcount == 1
    keeper.rollback()
    with pytest.raises(errors.InsufficientPrivilege):
        sign_in("read_only").execute(insert, ("ours too", "", "read_only"))
    theirs.execute("DELETE FROM saved_view")
    theirs.commit()


# Files of the library


def _attach(theirs: Connection, document: str) -> None:
    theirs.execute(
        "INSERT INTO attachment(created_at, document, document_id, name, sha256, content, who) "
        "VALUES ('', %s, 1, 'a', '', '', session_user)",
        (document,),
    )


@pytest.mark.parametrize("document", ["product", "text_block"])
@pytest.mark.parametrize("role", ROLE_NAMES)
def test_files_of_the_library_are_changed_by_those_who_change_it(
    role: str, document: str, sign_in: SignIn
) -> None:
    theirs = sign_in(role)
    if may(role, change(document)):
        _attach(theirs, document)
        assert theirs.execute("DELETE FROM attachment WHERE document = %s", (document,)).rowcount
    else:
        with pytest.raises(errors.InsufficientPrivilege):
            _attach(theirs, document)
