"""The sheet of keys behind F1, made from the actions that are alive."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QWidget

from resources.languages import marked as _
from ui.kit import actions, tokens
from ui.kit.language import name, say
from ui.widgets.parts import button, column, label, row


class KeySheet(QDialog):
    """Every key, by the place it works in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say(self, "setWindowTitle", _("Keys"))
        inside = QWidget()
        inner = column(gap=tokens.LARGE, margin=tokens.LARGE)
        for title, lines in actions.sheet().items():
            heading = label(role="section")
            heading.setText(title)
            inner.addWidget(heading)
            inner.addLayout(_table(lines))
        inner.addStretch(1)
        inside.setLayout(inner)
        inside.setProperty("role", "paper")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        name(area, _("Keys"))
        area.setWidget(inside)
        close = button(_("Close"), self.accept, role="primary")
        self.setLayout(column(area, gap=tokens.SMALL))
        bottom = row(1, close, margin=tokens.SMALL)
        self.layout().addLayout(bottom)  # type: ignore[union-attr]
        self.resize(tokens.DIALOG, tokens.DIALOG)


def _table(lines: dict[str, str]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(tokens.WIDE)
    grid.setVerticalSpacing(tokens.TINY)
    grid.setColumnStretch(0, 1)
    for at, (words, keys) in enumerate(lines.items()):
        what, which = label(), label(role="strong")
        what.setText(words)
        which.setText(keys)
        grid.addWidget(what, at, 0)
        grid.addWidget(which, at, 1)
    return grid
