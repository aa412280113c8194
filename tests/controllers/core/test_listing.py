"""Searches of lists: whatever way they are answered, they find what LIKE finds, in order."""

from itertools import product

import pytest

from controllers.core import records
from controllers.core.app import App
from models.values.errors import DomainError
from models.values.records import Filter, ListQuery
from tests.conftest import Contents

QUERY = ListQuery("account", ("code", "name", "city"))
NAMES = ("PT Sinar Maju", "CV Sinar", "Toko Maju", "Kedai Rasa", "Sari Nasi", "Pustaka", "Ána")


@pytest.fixture
def contents() -> Contents:
    return sixty_customers


def sixty_customers(app: App) -> None:
    """Names that hold the same letters in different orders."""

    def fill(uow: object) -> None:
        records.create(uow, "user", {"name": "sari"})
        for at in range(60):
            values = {"code": f"{'pX'[at % 2]}{at:02}", "name": f"{NAMES[at % 7]} {at}"}
            records.create(uow, "account", values | {"owner": "sari" if at % 2 else None})

    app.write(fill)


ORDERS = {
    "": "name_key, id", "-name": "name_key DESC, id DESC",
    "city": "city_key, id", "-code": "code DESC, id DESC",
}  # fmt: skip


def by_like(app: App, search: str, order: str = ORDERS[""]) -> list[int]:
    terms = search.lower().split()
    where = " AND ".join("search_text LIKE ?" for _term in terms)
    statement = f"SELECT id FROM account WHERE {where} ORDER BY {order}"
    rows = app.database.reader().execute(statement, [f"%{term}%" for term in terms])
    return [row[0] for row in rows]


@pytest.mark.parametrize("search", ["sinar", "maju sin", "nasa", "aja", "toko 3", "ana", "zzz"])
@pytest.mark.parametrize("cap", [4_000, 2])
def test_a_search_finds_what_like_finds_in_order(app: App, search: str, cap: int) -> None:
    app.listing.limit_search(few=cap, steps=25_000)
    query = QUERY._replace(search=search)
    found = [row[0] for row in app.listing.first_page(query).rows]
    assert found == by_like(app, search)
    assert list(app.listing.identifiers(query)) == found


@pytest.mark.parametrize("cap", [4_000, 2])
@pytest.mark.parametrize("search", ["p", "pt", "s", "x1"])
def test_one_or_two_letters_are_the_start_of_title_or_key(app: App, search: str, cap: int) -> None:
    app.listing.limit_search(few=cap, steps=25_000)
    rows = app.listing.first_page(QUERY._replace(search=search)).rows
    everything = app.listing.first_page(QUERY).rows
    wanted = [
        row for row in everything
        if row[1].lower().startswith(search) or row[2].lower().startswith(search)
    ]  # fmt: skip
    assert rows == wanted


def test_ids_leave_out_what_is_archived(app: App) -> None:
    first = app.listing.first_page(QUERY).rows[0][0]
    app.write(records.archive, "account", first)
    ids = app.listing.identifiers(QUERY)
    assert len(ids) == 59
    assert first not in ids
    assert list(app.listing.identifiers(QUERY._replace(archived=True))) == [first]


def test_a_link_is_compared_by_its_key(app: App) -> None:
    query = QUERY._replace(filters=(Filter("owner", "=", "sari"),))
    assert app.listing.count(query) == 30
    query = QUERY._replace(filters=(Filter("owner", "!=", "sari"),))
    assert app.listing.count(query) == 30


def test_a_text_too_long_to_be_compared_is_refused_in_words(app: App) -> None:
    query = QUERY._replace(filters=(Filter("name", "contains", "x" * 200_000),))
    with pytest.raises(DomainError, match="cannot be compared"):
        app.listing.first_page(query)


def test_a_search_narrows_within_filters(app: App) -> None:
    query = QUERY._replace(search="pt", filters=(Filter("owner", "=", "sari"),))
    rows = app.listing.first_page(query).rows
    assert rows
    assert app.listing.count(query) == len(rows)


SEARCHES = ("sinar", "maju sin", "pt sinar", "sinar 5", "toko 3 maju", "t 3")


@pytest.mark.parametrize(("cap", "steps"), [(0, 5), (0, 99), (9, 5), (9, 99), (50, 99)])
@pytest.mark.parametrize("sort", ORDERS)
def test_every_way_to_search_finds_the_first_rows_of_like(
    app: App, cap: int, steps: int, sort: str
) -> None:
    app.listing.limit_search(few=cap, steps=steps)
    for search, limit in product(SEARCHES, (3, 100)):
        query = QUERY._replace(search=search, sort=sort)
        page = app.listing.first_page(query, limit)
        wanted = by_like(app, search, ORDERS[sort])
        assert [row[0] for row in page.rows] == wanted[:limit]
        assert page.more == (len(wanted) > limit)
        assert list(app.listing.identifiers(query)) == wanted
        assert app.listing.count(query) == len(wanted)
