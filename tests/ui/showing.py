"""A page of the workspace as a person sees it, for the tests that work on one."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.kit import theme, toasts

Page = TypeVar("Page", bound=QWidget)


def shown(make: Callable[[], Page], qtbot: QtBot, settle: Callable[[], None]) -> Iterator[Page]:
    """The page in the light theme at its size in the window, with all its reading done."""
    theme.install(QApplication.instance(), "light")
    made = make()
    qtbot.addWidget(made)
    toasts.host(made)
    made.resize(1146, 660)
    made.show()
    qtbot.waitExposed(made)
    settle()
    yield made
    settle()
