"""The parts of a page that F6 goes through."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def go_on(page: QWidget, parts: Sequence[QWidget], head: QWidget | None = None) -> None:
    """Put the focus into the part after the one that has it; from elsewhere into the first.

    `head` is what the first part stands for as a whole.
    """
    here = page.focusWidget()
    shown = [each for each in parts if each.isVisible()]
    now = [at for at, each in enumerate(shown) if each is here or each.isAncestorOf(here or page)]
    if not now and here is not None and head is not None and head.isAncestorOf(here):
        now = [0]
    if shown:
        following = shown[(now[0] + 1) % len(shown) if now else 0]
        following.setFocus(Qt.FocusReason.TabFocusReason)
