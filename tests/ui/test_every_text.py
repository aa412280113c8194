"""In another language no English word is left on the screen."""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QGroupBox, QLabel, QLineEdit, QWidget

from ui.kit.language import set_language
from ui.shell.entries import ENTRIES
from ui.shell.main_window import MainWindow

pytestmark = pytest.mark.slow

Settle = Callable[[], None]

NAMES = set(
    """
    Saudagar sari Sari Wulandari PT Contoh Toko Jakarta Bandung Ipoh saudagar db
    Ctrl Shift Alt Enter Esc Del Home End PDF CSV XLSX JSON SKU Excel LibreOffice WhatsApp
    PostgreSQL SQLite SMTP TLS STARTTLS URL English Bahasa Indonesia Melayu
    number company roman_month month year total contact account valid_until sender order
    carrier tracking
    """.split()
)
"""Of people, places, files, keys, formats and named places: the same in every language."""

OTHERS = re.compile(r"/|Scroll (Left|Right)$|\d\d? \w{3} \d{4}$|Penawaran |.*Pen?sanan |Penjualan ")
"""Paths, what Qt names itself, days, and papers that are Indonesian on an English screen too."""


def greek(text: str) -> str:
    """A text without a Latin letter, its named places as they were."""
    parts = re.split(r"(\{[^}]*\})", text)
    return "".join(part if part[:1] == "{" else re.sub("[A-Za-z]", "ω", part) for part in parts)


@pytest.fixture
def foreign(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    monkeypatch.setattr("ui.kit.language.translator", lambda _code: greek)
    set_language("id")
    settle()
    yield window
    monkeypatch.undo()


def texts(top: QWidget) -> Iterator[str]:
    """What stands on and beside every control, in view or not."""
    for each in top.findChildren(QWidget):
        yield from (each.toolTip(), each.accessibleName(), each.windowTitle())
        if isinstance(each, QLabel | QAbstractButton):
            yield each.text()
        if isinstance(each, QLineEdit):
            yield each.placeholderText()
        if isinstance(each, QGroupBox):
            yield each.title()
    for action in top.findChildren(QAction):
        yield from (action.text(), action.toolTip())


def english(top: QWidget) -> set[str]:
    """Texts with a Latin word that is no name."""
    return {
        text
        for text in texts(top)
        if {*re.findall("[A-Za-z_]{2,}", text)} - NAMES and not OTHERS.match(text)
    }


@pytest.mark.parametrize("place", [entry.name for entry in ENTRIES])
def test_no_english_word_is_left(foreign: MainWindow, settle: Settle, place: str) -> None:
    foreign.show_place(place, now=True)
    settle()
    assert english(foreign) == set()


@pytest.mark.parametrize("kind", ["account", "product", "price_list"])
def test_no_english_word_is_left_in_a_form(foreign: MainWindow, settle: Settle, kind: str) -> None:
    foreign.desk.new_record(kind, {})
    settle()
    assert english(foreign) == set()
