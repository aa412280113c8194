"""Keys and currencies of records made by hand: one spelling, and only currencies there are."""

from typing import Any

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import quotations
from models.values.errors import DomainError
from tests.builders import a_company, a_draft, a_product, an_account, an_item


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("account", {"code": "TOKO", "name": "X"}),
        ("account", {"code": "Toko", "name": "X"}),
        ("product", {"sku": "KERTAS-É", "name": "X"}),
        ("product", {"sku": "kertas-é", "name": "X"}),
    ],
)
def test_a_key_in_other_case_is_taken(app: App, kind: str, values: dict[str, Any]) -> None:
    an_account(app, "toko")
    a_product(app, "Kertas-é")
    with pytest.raises(DomainError, match="is taken by another") as refusal:
        app.write(records.create, kind, values)
    assert refusal.value.field in ("code", "sku")


def test_a_record_may_change_the_case_of_its_own_key_but_not_take_anothers(app: App) -> None:
    an_account(app, "toko")
    an_account(app, "Jaya")
    app.write(records.change, "account", "toko", {"code": "Toko"})
    with pytest.raises(DomainError, match="“Toko” is taken"):
        app.write(records.change, "account", "Jaya", {"code": "TOKO"})
    app.write(records.change, "account", "Jaya", {"city": "Medan"})


@pytest.mark.parametrize(
    ("kind", "values"),
    [("account", {"code": "A", "name": "X"}), ("price_list", {"name": "X"}),
     ("product", {"sku": "P", "name": "X"})],
)  # fmt: skip
def test_a_currency_that_is_none_is_refused(app: App, kind: str, values: dict[str, Any]) -> None:
    with pytest.raises(DomainError, match="“XXQ” is no currency") as refusal:
        app.write(records.create, kind, values | {"currency": "XXQ"})
    assert refusal.value.field == "currency"


def test_a_document_in_a_currency_that_is_none_is_refused(app: App) -> None:
    a_company(app)
    draft = a_draft(app, an_item("1"), currency="XXQ", price_list="")
    with pytest.raises(DomainError, match="“XXQ” is no currency") as refusal:
        app.write(quotations.new, draft)
    assert refusal.value.field == "currency"


def test_the_database_itself_keeps_keys_from_differing_in_case_alone(app: App) -> None:
    """Two people may make a record at once; neither sees the other's before it is there."""
    from sqlalchemy.exc import IntegrityError

    from models.storage.violations import unique_column

    an_account(app, "A1")
    for code in ("a1", "A1"):
        with pytest.raises(IntegrityError) as refused, app.database.writing("sari") as connection:
            connection.exec_driver_sql("INSERT INTO account(code, name) VALUES (?, 'x')", (code,))
        assert unique_column(refused.value.orig) == "code"
