"""The plainest code that does the same work, to measure against."""

import sqlite3
from collections.abc import Iterable, Sequence

import psycopg


def raw_upsert(connection: sqlite3.Connection, rows: Iterable[Sequence[str]]) -> None:
    """Upsert accounts of twelve texts by code, with the indexes and triggers the table has."""
    connection.executemany(
        "INSERT INTO account(code, name, address, city, postcode, country, phone, email, currency,"
        " credit_limit, language, tags, name_key, city_key, search_text) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, cast(?10 * 10000 AS INTEGER), ?11, ?12,"
        " lower(?2), lower(?4), lower(?1 || ' ' || ?2 || ' ' || ?4 || ' ' || ?7 || ' ' || ?8)) "
        "ON CONFLICT(code) DO UPDATE SET name = excluded.name, address = excluded.address, "
        "city = excluded.city, postcode = excluded.postcode, country = excluded.country, "
        "phone = excluded.phone, email = excluded.email, currency = excluded.currency, "
        "credit_limit = excluded.credit_limit, language = excluded.language, "
        "tags = excluded.tags, name_key = excluded.name_key, city_key = excluded.city_key, "
        "search_text = excluded.search_text, version = version + 1",
        rows,
    )


_SHARED_UPSERT = """
    INSERT INTO account(code, name, address, city, postcode, country, phone, email, currency,
        credit_limit, language, tags, name_key, city_key, search_text)
    SELECT *, lower(name), lower(city), lower(concat_ws(' ', code, name, city, phone, email))
    FROM (SELECT %s::text AS code, %s::text AS name, %s::text, %s::text AS city, %s::text, %s::text,
        %s::text AS phone, %s::text AS email, %s::text, (%s::numeric * 10000)::bigint, %s::text,
        %s::text) AS given
    ON CONFLICT(code) DO UPDATE SET name = excluded.name, address = excluded.address,
        city = excluded.city, postcode = excluded.postcode, country = excluded.country,
        phone = excluded.phone, email = excluded.email, currency = excluded.currency,
        credit_limit = excluded.credit_limit, language = excluded.language, tags = excluded.tags,
        name_key = excluded.name_key, city_key = excluded.city_key,
        search_text = excluded.search_text, version = account.version + 1"""


def raw_shared_upsert(url: str, rows: Iterable[Sequence[str]]) -> None:
    """The same on a server: one pipelined ``executemany``, with indexes and triggers."""
    with psycopg.connect(url, options="-c search_path=saudagar") as connection:
        connection.cursor().executemany(_SHARED_UPSERT, rows)
