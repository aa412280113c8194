"""A person's hands: keys go where the focus is, and are counted."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.documents.page import DocumentPage
from ui.kit import tasks

ENTER, TAB, ESC = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Hand:
    """Types into a page without a mouse."""

    def __init__(self, qtbot: QtBot, page: DocumentPage) -> None:
        self.qtbot, self.page = qtbot, page
        self.count = 0

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.page.focusWidget() or self.page

    def type(self, text: str) -> "Hand":
        for letter in text:
            self.count += 1
            QTest.keyClick(self._focus(), letter)
        return self

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> "Hand":
        self.count += 1
        QTest.keyClick(self._focus(), key, modifiers)
        return self

    def enter(self) -> "Hand":
        return self.press(ENTER)

    def settle(self) -> "Hand":
        """Let the answers arrive."""
        self.qtbot.waitUntil(tasks.tasks().is_idle, timeout=20_000)
        return self
