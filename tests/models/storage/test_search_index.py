"""The search index follows the order of the list, whatever comes, changes and goes."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest

from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.system import imports
from controllers.system.imports import staging_sqlite
from controllers.system.integrity import problems
from models.storage.search_index import WAITING
from models.values.records import ListQuery

QUERY = ListQuery("account", ("code", "name"))
WORDS = ("sinar", "maju", "jaya", "abadi", "toko", "prima", "karya")
SEARCHES = ("sinar", "maju jaya", "toko pr", "aba", "ar", "zzz", "c1", "a y")
_CODES = count(1)
_SEEDS = (0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2, 3)))


def write(app: App, statement: str, *values: Any) -> None:
    """Run a statement as a use case does, which settles the index."""

    def run(uow: UnitOfWork) -> None:
        uow.connection.exec_driver_sql(statement, values)
        uow.changed("account", 0)

    app.write(run)


def add(app: App, *names: str) -> None:
    def run(uow: UnitOfWork) -> None:
        for name in names:
            code = f"C{next(_CODES)}"
            uow.connection.exec_driver_sql(
                "INSERT INTO account(code, name, name_key, search_text) VALUES (?, ?, ?, ?)",
                (code, name, name, f"{code.lower()} {name}"),
            )
        uow.changed("account", 0)

    app.write(run)


def read(app: App, statement: str, *values: Any) -> list[Any]:
    rows: list[Any] = app.database.fetch(statement, values)
    return rows


def by_like(app: App, search: str, turn: str, archived: int) -> list[int]:
    terms = search.split()
    where = " AND ".join(["archived = ?", *("search_text LIKE ?" for _term in terms)])
    order = f"name_key {turn}, id {turn}"
    values = [archived, *(f"%{term}%" for term in terms)]
    if len(terms) == 1 and len(search) < 3:
        where, values = "archived = ? AND (name_key LIKE ? OR code LIKE ?)", [
            archived, f"{search}%", f"{search}%"]  # fmt: skip
    return [row[0] for row in read(
        app, f"SELECT id FROM account WHERE {where} ORDER BY {order}", *values)]  # fmt: skip


def assert_finds_what_like_finds(app: App) -> None:
    for search in SEARCHES:
        for sort, turn in (("name", ""), ("-name", "DESC")):
            for archived in (False, True):
                query = QUERY._replace(search=search, sort=sort, archived=archived)
                wanted = by_like(app, search, turn, archived)
                page = app.listing.first_page(query, 7)
                assert [row[0] for row in page.rows] == wanted[:7]
                assert list(app.listing.identifiers(query)) == wanted
                assert app.listing.count(query) == len(wanted)
                if page.more:
                    assert_goes_on(app, query, page.rows[-1][0], wanted[7:14])


def assert_goes_on(app: App, query: ListQuery, last: int, wanted: list[int]) -> None:
    ((key,),) = read(app, "SELECT name_key FROM account WHERE id = ?", last)
    rows = app.listing.page_after(query, key, last, 7).rows
    assert [row[0] for row in rows] == wanted


def assert_settled(app: App) -> None:
    assert read(app, "SELECT count(*) FROM account_search_text WHERE place >= ?", WAITING) == [(0,)]
    assert read(app, "SELECT count(*) FROM account_search_gone") == [(0,)]
    assert app.write(problems) == []


def a_name(chance: Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randrange(1, 4)))


def one_step(app: App, chance: Random, folder: Path) -> None:
    ids = [row[0] for row in read(app, "SELECT id FROM account")]
    some = chance.sample(ids, min(len(ids), chance.randrange(1, 6)))
    marks = ", ".join(map(str, some)) or "0"
    name, code = a_name(chance), f"c{chance.randrange(99)}"
    steps: list[Callable[[], None]] = [
        lambda: add(app, *(a_name(chance) for _each in range(chance.randrange(1, 30)))),
        lambda: write(app, f"DELETE FROM account WHERE id IN ({marks})"),
        lambda: write(app, f"UPDATE account SET archived = 1 - archived WHERE id IN ({marks})"),
        lambda: write(
            app, "UPDATE account SET name = ?1, name_key = ?1, search_text = ?2 || ' ' || ?1 "
            f"WHERE id IN ({marks})", name, code,
        ),
        lambda: write(app, f"UPDATE account SET search_text = ?1 WHERE id IN ({marks})", name),
        lambda: write(app, f"UPDATE account SET name_key = ?1 WHERE id IN ({marks})", name),
        lambda: an_import(app, chance, folder),
    ]  # fmt: skip
    chance.choice(steps)()


def an_import(app: App, chance: Random, folder: Path) -> None:
    """Some new accounts and some that are there; now and then it is taken back."""
    path = folder / "rows.csv"
    codes = chance.sample(range(60), chance.randrange(1, 25))
    rows = "".join(f"I{code},{a_name(chance)}\n" for code in codes)
    path.write_text("code,name\n" + rows, encoding="utf-8")
    run = imports.import_file(app, imports.Request("account", path)).run
    if run is not None and chance.random() < 0.4:
        app.write(imports.undo, run)


@pytest.mark.parametrize("long", [1, 10, 5_000])
@pytest.mark.parametrize("seed", _SEEDS)
def test_a_search_finds_what_like_finds_after_any_changes(
    app: App, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seed: int, long: int
) -> None:
    monkeypatch.setattr(staging_sqlite, "LONG", long)
    chance = Random(seed)
    for at in range(40):
        one_step(app, chance, tmp_path)
        if at % 4 == 0:
            assert_finds_what_like_finds(app)
    assert_finds_what_like_finds(app)
    assert_settled(app)


def test_a_search_is_right_before_the_index_is_settled(app: App, tmp_path: Path) -> None:
    """As after a statement of somebody else's, in another program."""
    add(app, *(f"toko {word}" for word in WORDS))
    with app.database.writing() as connection:
        for statement in (
            "INSERT INTO account(code, name, name_key, search_text) "
            "VALUES ('c11', 'sinar', 'sinar', 'c11 sinar')",
            "UPDATE account SET name_key = 'abadi', search_text = 'abadi' WHERE id = 3",
            "DELETE FROM account WHERE id = 1",
            "UPDATE account SET archived = 1 WHERE id = 2",
        ):
            connection.exec_driver_sql(statement)
    assert read(app, "SELECT count(*) FROM account_search_text WHERE place >= ?", WAITING) == [(2,)]
    assert_finds_what_like_finds(app)
    add(app, "maju jaya")
    assert_settled(app)
    assert_finds_what_like_finds(app)


def ascending() -> Iterator[str]:
    return (f"sinar {at:04}" for at in range(300))


def descending() -> Iterator[str]:
    return (f"sinar {at:04}" for at in range(300, 0, -1))


def bisecting() -> Iterator[str]:
    """Each between the last two, so that the room halves every time."""
    stem = "sinar "
    for at in range(300):
        stem += "ab"[at % 2]
        yield f"{stem}m"


@pytest.mark.parametrize(
    "names", [ascending, pytest.param(descending, marks=pytest.mark.slow), bisecting]
)
def test_records_that_come_one_by_one_into_one_gap_find_room(
    app: App, names: Callable[[], Iterator[str]]
) -> None:
    add(app, "abadi", "toko", *(f"sinar{word}" for word in WORDS * 40))
    for name in names():
        add(app, name)
    assert_finds_what_like_finds(app)
    assert_settled(app)


@pytest.mark.slow
def test_many_records_that_come_at_once_into_one_gap_find_room(app: App) -> None:
    add(app, *(f"{word} {at}" for word in WORDS for at in range(50)))
    add(app, *(f"sinar 10 {at:04}" for at in range(3_000)))
    add(app, *(f"sinar 10 15{at:04}" for at in range(3_000)))
    assert_finds_what_like_finds(app)
    assert_settled(app)


def test_check_finds_an_index_that_is_out_of_order(app: App) -> None:
    add(app, "maju", "sinar")
    with app.database.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE account_search_text SET place = place + 900 WHERE id = 1"
        )
    found = app.write(problems)
    assert any("not in the order" in each for each in found)


def test_check_finds_a_text_that_the_index_lacks(app: App) -> None:
    add(app, "maju", "sinar")
    with app.database.writing() as connection:
        connection.exec_driver_sql("UPDATE account_search_text SET search_text = 'x' WHERE id = 1")
    assert any("search index of account" in each for each in app.write(problems))
