"""The search index of SQLite: runs of three letters, numbered in the order of the list.

Most kinds are listed by their title. Their number in the full-text index is the record's place in
that order, so a search reads its finds in order and stops after the first page. What is compared
lies beside the index in the same order (``…_search_text``).

Triggers only note what came, changed or went. A new or changed text waits behind all others, where
a search compares it without the index; what the index still holds of an old one leads nowhere. At
the end of a transaction `settle` gives places and writes the index, in its order, which is what it
takes well. So a search is right at every moment, and fast once settled.

Other kinds are numbered by their ids, and their triggers write the index at once.
"""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from models.system.kinds import KINDS
from models.values.fields import RecordKind

if TYPE_CHECKING:
    from sqlalchemy import Connection

STEP = 64
"""How far places are dealt apart: six halvings of room for one byte more in the index."""

FIRST = 1 << 32
"""Where dealing begins: far from nought, as records come before the first as well."""

WAITING = 1 << 62
"""Beyond it, in the order of their ids, stand texts that are not in the index yet."""

_REACH, _ROOM = 32, STEP // 8
"""Where two places leave too little between them, so many neighbours on each side at least are
dealt out anew, and four times as many until each has so much room."""

_HASH = "INSERT INTO {index}({index}, rank) VALUES ('hashsize', {size})"
_LARGE_HASH, _USUAL_HASH = 64 * 1024 * 1024, 1024 * 1024
"""Bytes the index keeps in memory before it writes; a large hash halves the time of many rows."""

_MANY = 5_000
"""From so many rows on the large hash is worth setting."""


def archived_index(kind: RecordKind) -> str:
    """The index of the few that are archived, in the usual order."""
    return f"ix_{kind.table}_archived"


def is_ordered(kind: RecordKind) -> bool:
    """Whether a kind is listed by its title, and so numbered in that order."""
    title = kind[kind.title]
    return bool(kind.searchable) and kind.sort == kind.title and title.folded and title.indexed


def search_table(kind: RecordKind) -> str:
    """The trigram index beside the table of a kind."""
    return f"{kind.table}_search"


def text_table(kind: RecordKind) -> str:
    """What the index is made of: id, archived and search_text, by its numbers."""
    return f"{kind.table}_search_text" if is_ordered(kind) else kind.table


def place_column(kind: RecordKind) -> str:
    """The number of a text in the index."""
    return "place" if is_ordered(kind) else "id"


def _gone_table(kind: RecordKind) -> str:
    """Texts that the index still holds and nothing else does."""
    return f"{kind.table}_search_gone"


def _key(kind: RecordKind) -> str:
    return f"{kind.title}_key"


# Making it


def index_triggers(kind: RecordKind) -> list[str]:
    """The triggers that keep the index of a kind up."""
    events = ("insert", "delete", "update", "archive") if is_ordered(kind) else (
        "insert", "delete", "update")  # fmt: skip
    return [f"{search_table(kind)}_{each}" for each in events]


def index_statements(kind: RecordKind) -> Iterator[str]:
    """The statements that make the index of a kind, full and without triggers, anew."""
    index, texts, gone = search_table(kind), text_table(kind), _gone_table(kind)
    yield f"DROP TABLE IF EXISTS {index}"
    if is_ordered(kind):
        yield f"DROP TABLE IF EXISTS {texts}"
        yield f"DROP TABLE IF EXISTS {gone}"
        yield (
            f"CREATE TABLE {texts} (place INTEGER PRIMARY KEY, id INTEGER NOT NULL, "
            "archived INTEGER NOT NULL, search_text TEXT NOT NULL)"
        )
        yield f"CREATE TABLE {gone} (place INTEGER PRIMARY KEY, search_text TEXT NOT NULL)"
    yield (
        f"CREATE VIRTUAL TABLE {index} USING fts5(search_text, content='{texts}', "
        f"content_rowid='{place_column(kind)}', tokenize='trigram', detail=none, columnsize=0)"
    )
    yield from dealing_statements(kind)


def dealing_statements(kind: RecordKind) -> Iterator[str]:
    """The statements that deal out all places and write the whole index."""
    index, texts = search_table(kind), text_table(kind)
    if is_ordered(kind):
        yield f"DELETE FROM {_gone_table(kind)}"
        yield f"DROP INDEX IF EXISTS {texts}_id"
        yield f"DELETE FROM {texts}"
        yield (
            f"INSERT INTO {texts}(place, id, archived, search_text) "
            f"SELECT {FIRST} + {STEP} * row_number() OVER (ORDER BY {_key(kind)}, id), "
            f"id, archived, search_text FROM {kind.table}"
        )
        yield f"CREATE UNIQUE INDEX {texts}_id ON {texts}(id)"
    yield _HASH.format(index=index, size=_LARGE_HASH)
    yield f"INSERT INTO {index}({index}) VALUES ('rebuild')"
    yield f"INSERT INTO {index}({index}) VALUES ('optimize')"
    yield _HASH.format(index=index, size=_USUAL_HASH)


def index_trigger_statements(kind: RecordKind) -> Iterator[str]:
    """The statements that make the triggers of the index."""
    index, own = search_table(kind), f"ON {kind.table}"
    yield f"CREATE TRIGGER {index}_insert AFTER INSERT {own} BEGIN {_come(kind)} END"
    yield f"CREATE TRIGGER {index}_delete AFTER DELETE {own} BEGIN {_go(kind)} END"
    if not is_ordered(kind):
        yield (
            f"CREATE TRIGGER {index}_update AFTER UPDATE OF search_text {own} "
            f"WHEN old.search_text IS NOT new.search_text BEGIN {_go(kind)} {_come(kind)} END"
        )
        return
    yield (
        f"CREATE TRIGGER {index}_update AFTER UPDATE OF search_text, {_key(kind)} {own} "
        f"WHEN old.search_text IS NOT new.search_text OR old.{_key(kind)} IS NOT new.{_key(kind)} "
        f"BEGIN {_go(kind)} {_come(kind)} END"
    )
    yield (
        f"CREATE TRIGGER {index}_archive AFTER UPDATE OF archived {own} "
        f"BEGIN UPDATE {text_table(kind)} SET archived = new.archived WHERE id = new.id; END"
    )


def _come(kind: RecordKind) -> str:
    """What a trigger does with a new text."""
    if not is_ordered(kind):
        index = search_table(kind)
        return f"INSERT INTO {index}(rowid, search_text) VALUES (new.id, new.search_text);"
    return (
        f"INSERT INTO {text_table(kind)}(place, id, archived, search_text) "
        f"VALUES ({WAITING} + new.id, new.id, new.archived, new.search_text);"
    )


def _go(kind: RecordKind) -> str:
    """What a trigger does with an old text."""
    index = search_table(kind)
    if not is_ordered(kind):
        return (
            f"INSERT INTO {index}({index}, rowid, search_text) "
            "VALUES ('delete', old.id, old.search_text);"
        )
    return f"{_noting_gone(kind, 'id = old.id')}; DELETE FROM {text_table(kind)} WHERE id = old.id;"


def _noting_gone(kind: RecordKind, which: str) -> str:
    return (
        f"INSERT INTO {_gone_table(kind)}(place, search_text) SELECT place, search_text "
        f"FROM {text_table(kind)} WHERE {which} AND place < {WAITING}"
    )


# Keeping it up


def settle(connection: "Connection", kinds: Iterable[str]) -> None:
    """Give places to the texts of these kinds that wait, and bring their indexes up to date."""
    cursor = connection.connection.cursor()
    try:
        for kind in map(KINDS.get, set(kinds)):
            if kind is not None and is_ordered(kind):
                _settle(cursor, kind)
    finally:
        cursor.close()


def _settle(cursor: Any, kind: RecordKind) -> None:
    _take_out_gone(cursor, kind)
    places, crowded = _shared_out(_waiting(cursor, kind), 1)
    reach = 1
    while crowded:
        _loosen(cursor, kind, crowded, reach)
        places, crowded = _shared_out(_waiting(cursor, kind), _ROOM)
        reach *= 4
    if places:
        _put_in(cursor, kind, places)


def _put_in(cursor: Any, kind: RecordKind, places: list[tuple[int, int]]) -> None:
    """Write the index of these places and ids, in one statement: each writes a part of its own."""
    texts, index = text_table(kind), search_table(kind)
    cursor.executemany(f"UPDATE {texts} SET place = ? WHERE id = ?", places)
    if len(places) >= _MANY:
        cursor.execute(_HASH.format(index=index, size=_LARGE_HASH))
    cursor.execute(
        f"INSERT INTO {index}(rowid, search_text) SELECT place, search_text FROM {texts} "
        "WHERE place IN (SELECT value FROM json_each(?)) ORDER BY place",
        (json.dumps([place for place, _id in places]),),
    )
    if len(places) >= _MANY:
        cursor.execute(_HASH.format(index=index, size=_USUAL_HASH))


def _take_out_gone(cursor: Any, kind: RecordKind) -> None:
    index, gone = search_table(kind), _gone_table(kind)
    cursor.execute(
        f"INSERT INTO {index}({index}, rowid, search_text) "
        f"SELECT 'delete', place, search_text FROM {gone} ORDER BY place"
    )
    cursor.execute(f"DELETE FROM {gone}")


_Waiting = tuple[int, str, int | None, int | None]
"""Id and sort key of a record without place, and the places of its neighbours: None at an end of
the list, beyond WAITING where the neighbour has none either."""


def _waiting(cursor: Any, kind: RecordKind) -> list[_Waiting]:
    """The records without place in the order of the list."""
    table, texts, key = kind.table, text_table(kind), _key(kind)

    def neighbour(sign: str, turn: str) -> str:
        return (
            f"(SELECT (SELECT place FROM {texts} WHERE id = n.id) FROM {table} n "
            f"WHERE (n.{key}, n.id) {sign} (t.{key}, t.id) "
            f"ORDER BY n.{key} {turn}, n.id {turn} LIMIT 1)"
        )

    cursor.execute(
        f"SELECT t.id, t.{key}, {neighbour('<', 'DESC')}, {neighbour('>', 'ASC')} "
        f"FROM {texts} w CROSS JOIN {table} t ON t.id = w.id WHERE w.place >= {WAITING} "
        f"ORDER BY t.{key}, t.id"
    )
    rows: list[_Waiting] = cursor.fetchall()
    return rows


def _shared_out(
    rows: list[_Waiting], room: int
) -> tuple[list[tuple[int, int]], list[list[_Waiting]]]:
    """Places and ids, and the stretches in which each would have less than `room`."""
    places: list[tuple[int, int]] = []
    crowded: list[list[_Waiting]] = []
    stretch: list[_Waiting] = []
    for row in rows:
        stretch.append(row)
        above = row[3]
        if above is None or above < WAITING:
            low, share = _share(stretch[0][2], above, len(stretch))
            if share < room:
                crowded.append(stretch)
            places += [(low + share * at, each[0]) for at, each in enumerate(stretch, 1)]
            stretch = []
    return places, crowded


def _share(low: int | None, high: int | None, count: int) -> tuple[int, int]:
    """The place before so many new ones, and how far they come to stand apart."""
    width = STEP * (count + 1)
    if low is None:
        low = FIRST if high is None else max(0, high - width)
    return low, ((low + width if high is None else high) - low) // (count + 1)


def _loosen(cursor: Any, kind: RecordKind, crowded: list[list[_Waiting]], reach: int) -> None:
    """Have the neighbours of crowded stretches wait as well, so that all are dealt out anew."""
    for stretch in crowded:
        count = max(_REACH, len(stretch) // 8) * reach
        for sign, turn, (record_id, key, _below, _above) in (
            ("<", "DESC", stretch[0]),
            (">", "ASC", stretch[-1]),
        ):
            near = (
                f"id IN (SELECT id FROM {kind.table} WHERE ({_key(kind)}, id) {sign} (:key, :id) "
                f"ORDER BY {_key(kind)} {turn}, id {turn} LIMIT :count)"
            )
            values = {"key": key, "id": record_id, "count": count}
            cursor.execute(_noting_gone(kind, near), values)
            cursor.execute(
                f"UPDATE {text_table(kind)} SET place = {WAITING} + id "
                f"WHERE {near} AND place < {WAITING}",
                values,
            )
    _take_out_gone(cursor, kind)
