"""A database of a million customers, made once and kept in the temporary folder."""

import random
import sqlite3
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from models.storage import schema
from models.storage.derived import install_statements, trigger_names, trigger_statements
from models.storage.migrations import HEAD
from models.storage.search_index import dealing_statements
from models.storage.tables import TABLES
from models.system.kinds import KINDS
from models.values.folding import folded

ROWS = 1_000_000
_FORMS = ("PT", "CV", "UD", "Toko", "Koperasi", "Yayasan", "Klinik", "Hotel", "Studio", "Kedai")
_FIRST = (
    "Sinar Maju Graha Cahaya Mitra Bumi Lintas Andalas Melati Cipta Karya Harapan Bukit Sumber "
    "Jaya Abadi Makmur Sentosa Bersama Utama Prima Mandiri Nusantara Surya Bintang Samudra "
    "Rimba Kencana Permata Anugerah"
).split()
_SECOND = (
    "Cetak Kertas Sehat Teknik Cendekia Ilmu Tani Kemasan Perdana Permai Logistik Kreatif Hijau "
    "Seri Prima Kasih Baja Pangan Tekstil Niaga Farma Medika Energi Sejahtera Otomotif Elektrik "
    "Digital Bangun Perkasa Lestari"
).split()
_CITIES = (
    "Jakarta Bandung Surabaya Bekasi Yogyakarta Medan Malang Padang Ubud Batam Denpasar Pontianak "
    "Ipoh Tangerang Semarang Cilegon Penang Johor Kuching Melaka"
).split()


def rows(count: int) -> Iterator[tuple[object, ...]]:
    """Id, code, name, its key, city, its key, phone, credit limit and text of so many customers."""
    dice = random.Random(7)
    for at in range(1, count + 1):
        name = " ".join(
            (dice.choice(_FORMS), dice.choice(_FIRST), dice.choice(_SECOND), dice.choice(_FIRST))
        )
        name += f" {at % 977}"
        code, city = f"C{at:07}", dice.choice(_CITIES)
        phone = f"021-{dice.randrange(10**7):07}"
        text = folded(f"{code} {name} {city} {phone}")
        yield (at, code, name, folded(name), city, folded(city), phone, dice.randrange(10**9), text)


def big_database(count: int = ROWS) -> Path:
    """The path of the database; making it takes about a minute."""
    indexes = sorted((each.name, *each.columns.keys()) for each in TABLES["account"].indexes)
    made = repr((indexes, *install_statements()))
    mark = f"{HEAD}-{zlib.crc32(made.encode()):08x}"
    path = Path(tempfile.gettempdir()) / f"saudagar-accounts-{mark}-{count}.db"
    if path.exists():
        return path
    part = path.with_suffix(".part")
    for suffix in ("", "-wal", "-shm"):
        Path(f"{part}{suffix}").unlink(missing_ok=True)
    schema.create(part).close()
    with sqlite3.connect(part) as connection:
        _fill(connection, count)
    connection.close()
    part.replace(path)
    return path


def _fill(connection: sqlite3.Connection, count: int) -> None:
    kind = KINDS["account"]
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("INSERT INTO person(id, name, full_name) VALUES (1, 'sari', 'Sari W')")
    for name in trigger_names(kind):
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
    connection.executemany(
        "INSERT INTO account(id, code, name, name_key, city, city_key, phone, credit_limit, "
        "search_text, owner_id, country) VALUES (?,?,?,?,?,?,?,?,?,1,'ID')",
        rows(count),
    )
    for statement in (*dealing_statements(kind), *trigger_statements(kind)):
        connection.execute(statement)
    connection.execute("INSERT INTO setting VALUES ('company', '{\"company\": \"PT Contoh\"}')")
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


if __name__ == "__main__":
    sys.stdout.write(f"{big_database(int(sys.argv[1]) if sys.argv[1:] else ROWS)}\n")
