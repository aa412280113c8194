"""Backup and restore of a shared database, by PostgreSQL's own programs."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from models.storage import passwords
from models.storage.postgres.connection import SCHEMA
from models.storage.postgres.database import PostgresDatabase
from models.values.errors import DomainError
from resources.languages import marked as _

VARIABLE = "SAUDAGAR_POSTGRES_BIN"
"""Names the folder of `pg_dump` and `pg_restore` where they are not on the path."""

_POLICY = re.compile(r"\d+; \d+ \d+ (POLICY|ROW SECURITY) ")
"""An entry of a backup's contents that is a row policy, or switches them on."""


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs; DomainError where it is not installed."""
    named = os.environ.get(VARIABLE)
    found = shutil.which(name, path=named) if named else shutil.which(name)
    if not found:
        raise DomainError(
            _("{program} is not installed here; install PostgreSQL's client programs, or name "
              "their folder in SAUDAGAR_POSTGRES_BIN."),
            program=name,
        )  # fmt: skip
    return found


def dump(database: PostgresDatabase, target: Path) -> None:
    """Write everything of ours into one file and read it through once; rights are made anew when
    it is restored, as they are part of the program.
    """
    _run(
        database, "pg_dump", "--format=custom", "--no-owner", "--no-privileges",
        f"--schema={SCHEMA}", f"--file={target}", f"--dbname={database.url}",
    )  # fmt: skip
    verify(database, target)


def verify(database: PostgresDatabase, source: Path) -> None:
    """Raise DomainError unless a file is a whole backup."""
    _run(database, "pg_restore", f"--file={os.devnull}", str(source))


def load(database: PostgresDatabase, source: Path) -> None:
    """Put everything of a backup into the empty schema of a database, owned by its owner.

    Row policies stay behind: they name the groups of the database that was saved; they are made
    anew.
    """
    with TemporaryDirectory() as folder:
        listed = Path(folder) / "contents"
        listed.write_text(_without_policies(_run(database, "pg_restore", "--list", str(source))))
        _run(
            database, "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error",
            "--single-transaction", f"--role={database.groups.owner}", f"--schema={SCHEMA}",
            f"--use-list={listed}", f"--dbname={database.url}", str(source),
        )  # fmt: skip


def _without_policies(contents: str) -> str:
    lines = contents.splitlines(keepends=True)
    return "".join(line for line in lines if not _POLICY.match(line))


def _run(database: PostgresDatabase, name: str, *words: str) -> str:
    """What one of the programs says; DomainError where it could not do it."""
    password = passwords.known(database.url)
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, its words are ours
        [program(name), *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise DomainError(
            _("{program} could not do it for {name} ({reason})."),
            program=name, name=database.name, reason=_reason(done.stderr.splitlines()),
        )  # fmt: skip
    return done.stdout


def _reason(lines: Sequence[str]) -> str:
    told = [line for line in lines if "error" in line.lower()] or [*lines]
    return told[0].strip() if told else "?"
