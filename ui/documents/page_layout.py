"""How an editor is laid out: notices, chain, head, panel, lines and foot beside the paper."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

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
    foot = row(page.aside, page.why, page.totals, gap=tokens.MEDIUM)
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


def split(left_side: QWidget, paper: QWidget) -> QSplitter:
    """Both beside each other; the left side takes what the window grows by."""
    made = QSplitter(Qt.Orientation.Horizontal)
    made.setHandleWidth(tokens.LARGE)
    made.setChildrenCollapsible(False)
    for at, each in enumerate((left_side, paper)):
        made.addWidget(each)
        made.setStretchFactor(at, 1 - at)
    return made


def stand(page: QWidget, top: QWidget, below: QWidget) -> None:
    """The top line above everything else."""
    layout = QVBoxLayout(page)
    layout.setContentsMargins(tokens.LARGE, tokens.SMALL, tokens.LARGE, tokens.LARGE)
    layout.setSpacing(tokens.SMALL)
    layout.addWidget(top)
    layout.addWidget(below, 1)
