"""The chain over the audit trail: every transaction that wrote entries is sealed by one row.

A seal holds the SHA-256 of the seal before, of its own number and reach, and of its entries in
their order. Entries are hashed in at most a thousand blocks, so that a break is named closely; the
first letters of each block's hash are kept for that alone. The newest seal is kept a second time,
in ``audit_head``, so that seals cut off at the end are missed.

A shared database seals by itself (`models.storage.postgres.trail`), in the same form.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_BLOCKS = 1_000
MARK = 8
"""Letters kept of a block's hash."""


def canonical(row: str) -> str:
    """The SQL expression of an entry as one text, the same on both engines. Texts that may hold any
    sign have their length before them, so that no two entries have one text.
    """
    numbers = " || ',' || ".join(
        (f"{row}.id", f"{row}.tx", f"{row}.record_id", f"coalesce(CAST({row}.line AS text), '')")
    )
    plain = " || '|' || ".join(f"{row}.{each}" for each in ("at", "kind", "action"))
    told = " || '|' || ".join(
        f"length({row}.{each}) || ':' || {row}.{each}" for each in ("who", "station")
    )
    changes = f"coalesce({row}.changes, '')"
    values = f"length({changes}) || ':' || {changes} || '|' || coalesce({row}.costs, '')"
    return f"{numbers} || '|' || {plain} || '|' || {told} || '|' || {values}"


class Seal(NamedTuple):
    """What seals the entries of one transaction."""

    number: int
    tx: int
    first: int
    last: int
    entries: int
    hash: str = ""


def block_size(entries: int) -> int:
    """How many entries are hashed together."""
    return max(1, -(-entries // MOST_BLOCKS))


def digests(texts: Iterable[str], entries: int) -> list[str]:
    """The hashes of the blocks of so many entries."""
    rest, size = iter(texts), block_size(entries)
    found = []
    while block := list(islice(rest, size)):
        found.append(_sha256("\n".join(block)))
    return found


def sealed(seal: Seal, before: str, blocks: list[str]) -> str:
    """The hash of a seal, from that of the seal before and of its blocks."""
    reach = ",".join(map(str, seal[:5]))
    return _sha256(f"{before}\n{reach}\n{''.join(blocks)}")


def marks(blocks: list[str]) -> str:
    """What is kept of the blocks' hashes to find a broken one."""
    return "".join(each[:MARK] for each in blocks)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# Sealing a file


_BEGIN = """
    UPDATE writer SET name = ?, station = ?, tx = (SELECT number + 1 FROM audit_head)"""
_END = "UPDATE writer SET name = '', station = '', tx = 0"
"""What another program writes is nobody's and of no transaction: it is never sealed."""


def begin(connection: "Connection", who: str, station: str) -> None:
    """Say who writes, from where, in which transaction."""
    connection.exec_driver_sql(_BEGIN, (who, station))


def seal(connection: "Connection") -> None:
    """Seal what this transaction wrote, at its end."""
    cursor = connection.connection.cursor()
    try:
        number, last, before = cursor.execute(
            "SELECT number, last, hash FROM audit_head"
        ).fetchone()
        own = (number + 1, last)
        first, last, entries = cursor.execute(
            "SELECT min(id), max(id), count(*) FROM audit WHERE tx = ? AND id > ?", own
        ).fetchone()
        if entries:
            _write(cursor, Seal(number + 1, number + 1, first, last, entries), before)
        cursor.execute(_END)
    finally:
        cursor.close()


def _write(cursor: Any, made: Seal, before: str) -> None:
    texts = cursor.execute(
        f"SELECT {canonical('a')} FROM audit a WHERE a.id BETWEEN ? AND ? AND a.tx = ? "
        "ORDER BY a.id",
        (made.first, made.last, made.tx),
    )
    blocks = digests((text for (text,) in texts), made.entries)
    made = made._replace(hash=sealed(made, before, blocks))
    cursor.execute(
        "INSERT INTO audit_seal(id, tx, first, last, entries, hash, marks) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*made, marks(blocks)),
    )
    cursor.execute(
        "UPDATE audit_head SET number = ?, last = ?, hash = ?", (made.number, made.last, made.hash)
    )


# Verifying


class Break(NamedTuple):
    """Where the chain does not hold: what is wrong, and the record it is about where one is."""

    problem: str
    kind: str = ""
    record_id: int = 0


_PAGE = 1_000
"""Seals read at once."""

_ENTRIES = 20_000
"""Entries read at once."""

_Entry = tuple[int, int, str, int, str]
"""Seal, id, kind, record, and the entry as one text."""


def breaks(connection: "Connection") -> Iterator[Break]:
    """Where the chain does not hold, in its order; nothing where all is well."""
    expected, before, seen = 1, "", 0
    for page in _pages(connection):
        entries = _by_seal(connection, page)
        for each in page:
            own = entries.get(each.number, [])
            seen += len(own)
            if each.number != expected:
                yield Break(f"seal {expected} is missing before seal {each.number}")
            blocks = digests((text for *_more, text in own), each.entries)
            if sealed(each, before, blocks) != each.hash or len(own) != each.entries:
                yield _broken(connection, each, own, blocks)
            expected, before = each.number + 1, each.hash
    yield from _end(connection, expected - 1, before)
    yield from _unsealed(connection, seen)


def _pages(connection: "Connection") -> Iterator[list[Seal]]:
    after = 0
    while found := connection.exec_driver_sql(
        "SELECT id, tx, first, last, entries, hash FROM audit_seal WHERE id > ? "
        f"ORDER BY id LIMIT {_PAGE}",
        (after,),
    ).all():
        yield [Seal(*row) for row in found]
        after = found[-1][0]


def _by_seal(connection: "Connection", page: list[Seal]) -> dict[int, list[_Entry]]:
    """The entries of some seals, in their order."""
    found: dict[int, list[_Entry]] = {}
    at = (page[0].number, 0)
    while rows := connection.exec_driver_sql(
        f"SELECT s.id, a.id, a.kind, a.record_id, {canonical('a')} FROM audit_seal s "
        "JOIN audit a ON a.tx = s.tx AND a.id BETWEEN s.first AND s.last "
        "WHERE s.id <= ? AND (s.id > ? OR (s.id = ? AND a.id > ?)) "
        f"ORDER BY s.id, a.id LIMIT {_ENTRIES}",
        (page[-1].number, at[0], *at),
    ).all():
        for row in rows:
            found.setdefault(row[0], []).append(tuple(row))
        at = (rows[-1][0], rows[-1][1])
    return found


def _broken(connection: "Connection", seal: Seal, own: list[_Entry], blocks: list[str]) -> Break:
    """The entry at which a seal does not hold."""
    (kept,) = connection.exec_driver_sql(
        "SELECT marks FROM audit_seal WHERE id = ?", (seal.number,)
    ).one()
    wanted = [kept[at : at + MARK] for at in range(0, len(kept), MARK)]
    found = [each[:MARK] for each in blocks]
    size = block_size(seal.entries)
    at = next((at for at, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b),
              min(len(wanted), len(found)))  # fmt: skip
    counts = f"{len(own)} of {seal.entries} entries are there"
    if len(own) < seal.entries:
        place = f"after entry {own[at * size - 1][1]}" if 0 < at * size <= len(own) else "at first"
        near = own[min(at * size, len(own) - 1)] if own else (0, 0, "", 0, "")
        return Break(f"in seal {seal.number} an entry is missing {place} ({counts})",
                     near[2] if size == 1 and len(own) > at else "", near[3])  # fmt: skip
    if at * size >= len(own):
        return Break(f"seal {seal.number} itself was changed")
    wrong = own[at * size]
    last = own[min(at * size + size, len(own)) - 1][1]
    named = f"entry {wrong[1]}" if size == 1 else f"one of the entries {wrong[1]} to {last}"
    was = "was added" if len(own) > seal.entries else "was changed"
    return Break(f"{named} in seal {seal.number} {was}", wrong[2], wrong[3])


def _end(connection: "Connection", number: int, last_hash: str) -> Iterator[Break]:
    """What is kept of the newest seal in a second place."""
    head = connection.exec_driver_sql("SELECT number, hash FROM audit_head").one_or_none()
    kept = (head[0], head[1]) if head else (0, "")
    if kept[0] > number:
        yield Break(f"the seals {number + 1} to {kept[0]} were cut off at the end")
    elif kept != (number, last_hash):
        yield Break(f"the newest seal is {number}, but {kept[0]} was noted as such")


def _unsealed(connection: "Connection", seen: int) -> Iterator[Break]:
    """Entries that no seal holds: written past this program, or added later."""
    (count,) = connection.exec_driver_sql("SELECT count(*) FROM audit").one()
    if count == seen:
        return
    for number, kind, record in connection.exec_driver_sql(
        "SELECT a.id, a.kind, a.record_id FROM audit a WHERE NOT EXISTS (SELECT 1 FROM audit_seal "
        "s WHERE s.tx = a.tx AND a.id BETWEEN s.first AND s.last) ORDER BY a.id LIMIT 20"
    ):
        yield Break(f"entry {number} has no seal: another program wrote it", kind, record)


def head(connection: "Connection") -> tuple[int, str]:
    """Number and hash of the newest seal, to be noted outside the database."""
    found = connection.exec_driver_sql("SELECT number, hash FROM audit_head").one_or_none()
    return (int(found[0]), str(found[1])) if found else (0, "")


def hash_of(connection: "Connection", number: int) -> str:
    """The hash of a seal; "" where there is none, as before the first."""
    found = connection.exec_driver_sql("SELECT hash FROM audit_seal WHERE id = ?", (number,))
    return str(found.scalar() or "")
