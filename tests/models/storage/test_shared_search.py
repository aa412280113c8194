"""A search on a server finds what LIKE finds among what a person sees, in order, whatever way."""

from collections.abc import Callable, Iterator
from itertools import product
from random import Random
from typing import Any, NamedTuple

import psycopg
import pytest

from controllers.core.app import App
from models.storage import schema
from models.storage.database import open_database
from models.values.permissions import scope
from models.values.records import Filter, ListQuery
from tests.conftest import NOW
from tests.models.storage.people_of_every_role import (
    PASSWORD,
    ROLE_NAMES,
    fill,
    reached,
    remove,
)
from tests.postgres_server import PostgresServer, server_or_skip

pytestmark = pytest.mark.slow

QUERY = ListQuery("account", ("code", "name"))
WORDS = ("sinar", "maju", "toko", "tok", "oko", "pt", "a%b", "c_d", "e\\f", "x'y", "021-55", "ab")
SEARCHES = (
    "toko", "oko", "tok", "toko maju", "maju toko", "sinar", "sinar maju toko", "021-55", "21-5",
    "a%b", "%%%", "c_d", "___", "e\\f", "\\\\\\", "x'y", "pt sinar", "pt ab", "toko ab", "zzz",
    "toko toko", "lorem", "c0001", "maju 0",
)  # fmt: skip
SignIn = Callable[[str], App]


@pytest.fixture(scope="module", params=["pg_trgm", ""])
def server(request: pytest.FixtureRequest) -> Iterator[PostgresServer]:
    """A server with people of every role and many accounts, with the index of runs or without."""
    found = server_or_skip(request.param)
    app = App(schema.create(found.url("words")), "postgres", lambda: NOW)
    fill(app)
    app.close()
    with psycopg.connect(found.url("words"), options="-c search_path=saudagar") as connection:
        _add_accounts(connection, 600)
    with psycopg.connect(found.url("words"), autocommit=True) as connection:
        connection.execute("ANALYZE")
    yield found
    remove(found, "words")
    found.remove()


def _add_accounts(connection: psycopg.Connection[Any], count: int) -> None:
    """Names of a few words, some archived, some texts longer than the index takes."""
    chance = Random(11)
    owners = [row[0] for row in connection.execute("SELECT id FROM person ORDER BY id")]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO account(code, name, name_key, city, city_key, search_text, owner_id, "
            "archived) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [_account(chance, at, [None, *owners]) for at in range(count)],
        )


def _account(chance: Random, at: int, owners: list[int | None]) -> tuple[Any, ...]:
    name = " ".join(chance.choices(WORDS, k=chance.randint(1, 3)))
    city = chance.choice(("", "ambon", "toko"))
    more = "lorem ipsum " * 60 + chance.choice(WORDS) if at % 29 == 0 else chance.choice(WORDS)
    text = f"c{at:04} {name} {city} {more}".replace("  ", " ")
    return f"C{at:04}", name, name, city, city, text, chance.choice(owners), at % 17 == 0


@pytest.fixture
def sign_in(server: PostgresServer) -> Iterator[SignIn]:
    opened: list[App] = []

    def open_as(name: str) -> App:
        url = server.url("words", name, PASSWORD.replace(" ", "%20"))
        opened.append(App(open_database(url), name, lambda: NOW))
        return opened[-1]

    yield open_as
    for each in opened:
        each.close()


class _Seen(NamedTuple):
    id: int
    name_key: str
    city_key: str
    search_text: str
    archived: bool


def _seen(app: App) -> list[_Seen]:
    """Everything a person sees, as the row policies say."""
    statement = "SELECT id, name_key, city_key, search_text, archived FROM account"
    return [_Seen(*row) for row in app.database.fetch(statement)]


def _wanted(seen: list[_Seen], query: ListQuery) -> list[int]:
    terms, column = query.search.split(), query.sort.lstrip("-") or "name"
    found = [
        row for row in seen
        if row.archived == query.archived and all(term in row.search_text for term in terms)
        and all(row.city_key == each.value for each in query.filters)
    ]  # fmt: skip
    key = {"name": lambda row: (row.name_key, row.id), "city": lambda row: (row.city_key, row.id)}
    found.sort(key=key[column], reverse=query.sort.startswith("-"))
    return [row.id for row in found]


@pytest.mark.parametrize("name", [*ROLE_NAMES, "loner"])
def test_every_role_finds_in_order_what_like_finds(name: str, sign_in: SignIn) -> None:
    theirs = sign_in(name)
    seen, chance = _seen(theirs), Random(name)
    for search, sort in product(SEARCHES, ("", "-name", "-city")):
        theirs.listing.limit_search(few=chance.choice((2, 20, 2_000)), steps=chance.choice((4, 90)))
        filters = chance.choice(((), (), (Filter("city", "=", "toko"),)))
        query = QUERY._replace(
            search=search, sort=sort, filters=filters, archived=chance.random() < 0.1
        )
        wanted, limit = _wanted(seen, query), chance.choice((3, 20, 100))
        page = theirs.listing.first_page(query, limit)
        assert [row[0] for row in page.rows] == wanted[:limit], query
        assert page.more == (len(wanted) > limit)
        assert theirs.listing.count(query) == len(wanted)
        assert list(theirs.listing.identifiers(query)) == wanted


_ASKED = "SELECT account_found(%s, 10000, 10000, 10000, false)"


@pytest.mark.parametrize("name", [*ROLE_NAMES, "loner"])
def test_the_function_tells_nobody_more_than_the_list(name: str, server: PostgresServer) -> None:
    role = "account_manager" if name == "loner" else name
    theirs = reached(name, scope(role, "customers.see"))
    url = server.url("words", name, PASSWORD.replace(" ", "%20"))
    with psycopg.connect(url, options="-c search_path=saudagar") as connection:
        seen = {row[0] for row in connection.execute("SELECT id FROM account")}
        for words in (["toko"], ["maju", "inar"], ["%%%"], ["___"], ["PT A-"], ["' OR 1=1 --"]):
            ((ids,),) = connection.execute(_ASKED, [words])
            assert ids is None or set(ids) <= seen
        ((ids, is_indexed),) = connection.execute(
            f"{_ASKED}, to_regclass('account_runs') IS NOT NULL", [["a-other"]]
        )
        assert (ids is not None) == is_indexed
        assert ids is None or bool(ids) == ("A-OTHER" in theirs)


@pytest.mark.parametrize("words", [["\\\\\\"], ["%\\x%"], ["ab\\"], ["$1 $2"], ["x" * 50_000], []])
def test_no_word_brings_the_function_to_fail(words: list[str], server: PostgresServer) -> None:
    """An error would be told apart from an empty answer, which could tell of hidden records."""
    url = server.url("words", "loner", PASSWORD.replace(" ", "%20"))
    with psycopg.connect(url, options="-c search_path=saudagar") as connection:
        ((ids,),) = connection.execute(_ASKED, [words])
    assert not ids


def test_the_function_sees_through_no_schema_but_ours(server: PostgresServer) -> None:
    """What a person puts into the way of names does not reach what runs as the owner."""
    url = server.url("words", "loner", PASSWORD.replace(" ", "%20"))
    with psycopg.connect(url, options="-c search_path=pg_temp,saudagar") as connection:
        ((before,),) = connection.execute(_ASKED, [["toko"]])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TEMP TABLE account AS SELECT 1 AS id")
        connection.rollback()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE FUNCTION saudagar.strpos(text, text) RETURNS int "
                               "LANGUAGE sql AS 'SELECT 0'")  # fmt: skip
        connection.rollback()
        ((after,),) = connection.execute(_ASKED, [["toko"]])
    assert before == after
