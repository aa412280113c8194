"""A server with a person of every role, each with a login of the own."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.models.storage.rights.asking import (
    DATABASE,
    OPTIONS,
    Connection,
    SignIn,
    filled,
    signing_in,
)
from tests.postgres_server import PostgresServer


@pytest.fixture(scope="package")
def desk(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """A server with the database ``rights``, filled once; what a test does is taken back."""
    with filled(postgres, DATABASE) as server:
        yield server


@pytest.fixture
def superuser(desk: PostgresServer) -> Iterator[Connection]:
    with psycopg.connect(desk.url(DATABASE), options=OPTIONS) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def sign_in(desk: PostgresServer) -> Iterator[SignIn]:
    with signing_in(desk, DATABASE) as connect:
        yield connect
