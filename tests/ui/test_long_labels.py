"""Texts a third longer than English, as Indonesian and Malay ones are: nothing is cut off."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QToolButton, QWidget

from ui.kit.language import set_language
from ui.shell.main_window import MainWindow
from ui.widgets.parts import Elided

pytestmark = pytest.mark.slow

Settle = Callable[[], None]


def longer(text: str) -> str:
    """A text with 35 % more letters, its named places as they were."""
    return text + " " + "ŵ" * max(1, round(len(text) * 0.35) - 1)


@pytest.fixture
def wide(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """The window at 1366×768 in a language of long words."""
    monkeypatch.setattr("ui.kit.language.translator", lambda _code: longer)
    window.resize(1366, 768)
    set_language("id")
    settle()
    yield window
    monkeypatch.undo()


def cut_off(page: QWidget) -> list[str]:
    """Words of labels and buttons in view that have less room than they need."""
    found = []
    for each in page.findChildren(QWidget):
        if not each.isVisible() or isinstance(each, Elided | QToolButton) or _wraps(each):
            continue
        if isinstance(each, QLabel | QAbstractButton) and each.text():
            beyond = each.mapTo(page.window(), each.rect().topRight()).x() > page.window().width()
            if each.width() < _needed(each) or beyond:
                found.append(f"{each.text()!r} has {each.width()} of {_needed(each)}")
    return found


def _wraps(widget: QWidget) -> bool:
    return isinstance(widget, QLabel) and widget.wordWrap()


def _needed(widget: QLabel | QAbstractButton) -> int:
    words = max(map(widget.fontMetrics().horizontalAdvance, widget.text().split("\n")))
    return widget.sizeHint().width() - 2 if isinstance(widget, QPushButton) else words


@pytest.mark.parametrize(
    "place",
    ["account", "quotation", "today", "settings", "first_run", "people", "connection"],
)
def test_no_word_of_a_page_is_cut_off(wide: MainWindow, settle: Settle, place: str) -> None:
    page = wide.show_place(place)
    settle()
    assert cut_off(page) == []


def test_no_word_around_the_pages_is_cut_off(wide: MainWindow) -> None:
    for each in (wide.rail, wide.top, wide.status):
        assert cut_off(each) == []


def test_no_word_of_a_form_is_cut_off(wide: MainWindow, settle: Settle) -> None:
    wide.open_record("account", "C000")
    settle()
    page = wide.workspace.current()
    assert page is not None
    assert cut_off(page) == []


def test_nor_at_twice_the_size() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-k", "is_cut_off", "-p", "no:randomly", __file__],
        env=os.environ | {"QT_SCALE_FACTOR": "2"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
