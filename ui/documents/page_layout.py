"""The left side of an editor: notices, chain, head, panel, lines and the foot."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit import tokens
from ui.widgets.parts import card, column, row

if TYPE_CHECKING:
    from ui.documents.page import DocumentPage


def left(page: "DocumentPage", panels: QVBoxLayout) -> QWidget:
    """Everything beside the paper, with a place for panels above the lines."""
    lines = card()
    inside = QVBoxLayout(lines)
    inside.setContentsMargins(1, 1, 1, 1)
    inside.addWidget(page.grid)
    foot = row(page.hint, page.why, page.totals, gap=tokens.MEDIUM)
    foot.setStretch(0, 1)
    foot.setStretch(1, 1)
    foot.setAlignment(page.totals, Qt.AlignmentFlag.AlignBottom)
    layout = column(page.notice, page.mails, *page.strips(), page.header, gap=tokens.SMALL)
    layout.addLayout(panels)
    layout.addWidget(lines, 1)
    layout.addLayout(foot)
    made = QWidget()
    made.setLayout(layout)
    return made
