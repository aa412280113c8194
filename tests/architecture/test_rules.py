"""The rules of the house that a program can check."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT, modules, parsed, source

LAYERS = ("models", "controllers", "reports", "resources", "ui")
TOP_LEVEL = {
    "main.py", "pyproject.toml", "ui", "models", "controllers", "reports", "resources", "tests",
    "README.md", "requirements.lock", "LICENSE",
}  # fmt: skip
SILENT_NAMES = re.compile(r"(^|/)(utils?|helpers?|common|misc|managers?|base_[a-z]+)\.py$")
LONGEST_FILE = 400


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("the project is no git checkout here")
    return [PROJECT / line for line in listed.stdout.splitlines() if (PROJECT / line).is_file()]


def test_the_top_level_holds_what_was_agreed() -> None:
    names = {path.relative_to(PROJECT).parts[0] for path in _tracked()}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def test_files_are_short() -> None:
    long = {
        str(path.relative_to(PROJECT)): count
        for path in modules(*LAYERS)
        if "versions" not in path.parts and (count := len(source(path).splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_module_names_say_something() -> None:
    assert [path for path in modules(*LAYERS) if SILENT_NAMES.search(path.as_posix())] == []


def _docstring(path: Path) -> str | None:
    module = parsed(path)[0]
    assert isinstance(module, ast.Module)
    return ast.get_docstring(module)


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(PROJECT))
        for path in modules(*LAYERS)
        if path.name != "__init__.py" and not _docstring(path)
    ]
    assert silent == []


@cache
def _libraries(path: Path) -> frozenset[str]:
    """The first parts of everything a module imports."""
    names: set[str] = set()
    for node in parsed(path):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return frozenset(name.split(".")[0] for name in names)


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("PySide6", {"ui"}),
        ("qtawesome", {"ui"}),
        ("sqlalchemy", {"models", "controllers"}),
        ("alembic", {"models"}),
        ("reportlab", {"reports"}),
        ("openpyxl", {"reports"}),
        ("pypdf", {"reports"}),
        ("pyhanko", {"reports"}),
        ("click", {"ui"}),
    ],
)
def test_every_big_library_has_one_home(library: str, homes: set[str]) -> None:
    used = {
        path.relative_to(PROJECT).parts[0]
        for path in modules(*LAYERS)
        if library in _libraries(path)
    }
    assert used <= homes


def test_only_the_app_opens_and_commits() -> None:
    openers = [
        path.relative_to(PROJECT).as_posix()
        for path in modules(*LAYERS)
        if path.parts[-2] != "storage" and re.search(r"\.(writing|writing_raw)\(", source(path))
    ]
    assert openers == ["controllers/core/app.py"]


def test_the_lock_and_the_sources_name_no_host_of_packages_and_no_machine() -> None:
    found = []
    pattern = re.compile(
        r"https?://[^ \"]+/(simple|packages|pool)/|(^|[^A-Za-z0-9_.])/(home|root|w[o]rk|f[a]rm)/"
    )
    for path in _tracked():
        if path.suffix in (".py", ".md", ".toml", ".lock", ".txt", ".po", ""):
            text = path.read_text("utf-8", errors="ignore")
            found += [f"{path.name}: {match[0]}" for match in pattern.finditer(text)]
    assert found == []


def test_schema_revision_is_the_newest_migration() -> None:
    from models.storage.migrations import HEAD

    folder = PROJECT / "models" / "storage" / "migrations" / "versions"
    assert max(path.name[:4] for path in folder.glob("0*.py")) == HEAD


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based")
def test_migrations_make_what_the_tables_say(database_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from models.storage.sqlite import SqliteDatabase
    from models.storage.tables import METADATA

    def ours(_object: object, name: str | None, kind: str, *_more: object) -> bool:
        return kind != "table" or (name or "") in METADATA.tables

    database = SqliteDatabase(database_path)
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, METADATA) == []
    database.close()


def test_migrations_make_the_indexes_of_lowered_keys(database_path: Path) -> None:
    """Of a file nobody reads such indexes back but as the statements that made them."""
    from sqlalchemy import Connection, create_engine

    from models.storage.sqlite import SqliteDatabase
    from models.storage.tables import METADATA

    def lowered(connection: Connection) -> dict[str, str]:
        found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master")
        return {name: sql for name, sql in found if name.endswith("_lower")}

    database, wanted = SqliteDatabase(database_path), create_engine("sqlite://")
    with database.reading() as migrated, wanted.connect() as made:
        METADATA.create_all(made)
        assert lowered(migrated) == lowered(made)
        assert len(lowered(made)) == 13
    wanted.dispose()
    database.close()
