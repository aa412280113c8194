"""What the tests of paper share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reports.kit import coverage, fonts
from tests.paper import texts_of
from tests.reports.fontmaker import font_covering

NAUGHTY = Path(__file__).parents[3] / "shared" / "data" / "naughty_strings"


@pytest.fixture
def pages() -> Callable[[bytes], list[str]]:
    """The texts of the pages of a PDF."""
    return texts_of


@pytest.fixture
def only_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine whose only typeface covers the common Chinese characters."""
    path = tmp_path / "Test.ttf"
    path.write_bytes(font_covering(0x4E00, 0x9FFF))
    _forget()
    monkeypatch.setattr(coverage, "font_folders", lambda: [tmp_path])
    monkeypatch.setattr(coverage, "packaged", tuple)
    yield path
    _forget()


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which no typeface is installed."""
    _forget()
    monkeypatch.setattr(coverage, "font_folders", list)
    yield
    _forget()


def _forget() -> None:
    for cached in (coverage.font_files, coverage.faces_for, coverage._faces, fonts.cut):
        cached.cache_clear()


@pytest.fixture(scope="session")
def naughty() -> list[str]:
    """Strings that have broken programs elsewhere, from the folder beside the project."""
    path = NAUGHTY / "blns.txt"
    if not path.exists():
        pytest.skip("there is no ../shared/data/naughty_strings beside the project")
    lines = path.read_text("utf-8", "replace").split("\n")
    return [line for line in lines if line and not line.startswith("#")]
