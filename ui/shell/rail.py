"""The rail at the left: the workspaces, icon and word, narrow on demand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QScrollArea, QWidget

from ui.kit import tokens
from ui.kit.language import name, on_language, tr
from ui.shell.entries import ENTRIES, SECTIONS, SETTINGS, Entry
from ui.widgets.parts import button, column, icon_label, label, row


class Rail(QFrame):
    """Tells which workspace was asked for."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, *, narrow: bool) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._headings: list[tuple[QLabel, str]] = []
        self._build()
        self.is_narrow = narrow
        on_language(self.reword)

    def _build(self) -> None:
        self._name = label(role="section")
        self._name.setText("Saudagar")
        brand = row(icon_label("ph.handshake", "accent", tokens.WIDE - 2), self._name, 1)
        brand.setContentsMargins(tokens.SMALL, tokens.SMALL, 0, tokens.SMALL)
        inside = self._area()
        inner = column(gap=2, margin=tokens.SMALL)
        inner.addLayout(brand)
        for title, entries in SECTIONS:
            if title:
                inner.addWidget(self._heading(title))
            for entry in entries:
                inner.addWidget(self._button(entry))
        inner.addStretch(1)
        inner.addWidget(self._button(SETTINGS))
        inside.setLayout(inner)

    def _area(self) -> QWidget:
        """What scrolls where the window is low."""
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setProperty("horizontalScrollBarPolicy", "ScrollBarAlwaysOff")
        area.setProperty("focusPolicy", "NoFocus")
        name(area, "Saudagar")
        inside = QWidget()
        inside.setProperty("role", "paper")
        area.setWidget(inside)
        self.setLayout(column(area))
        return inside

    def _heading(self, title: str) -> QLabel:
        made = label(role="heading")
        made.setContentsMargins(tokens.SMALL, tokens.MEDIUM, 0, tokens.TINY)
        self._headings.append((made, title))
        return made

    def _button(self, entry: Entry) -> QPushButton:
        made = button(entry.label, lambda: self.chosen.emit(entry.name), icon=entry.icon,
                      role="nav")  # fmt: skip
        made.setCheckable(True)
        self._group.addButton(made)
        self._buttons[entry.name] = made
        return made

    def reword(self) -> None:
        """Words or icons alone, in the language of the screen."""
        for heading, title in self._headings:
            heading.setText("" if self.is_narrow else tr(title).upper())
        self._name.setVisible(not self.is_narrow)
        for entry in ENTRIES:
            made = self._buttons[entry.name]
            made.setText("" if self.is_narrow else f"  {tr(entry.label)}")
            made.setToolTip(tr(entry.label) if self.is_narrow else "")
        self._set_width()

    def _set_width(self) -> None:
        words = max((each.sizeHint().width() for each in self._buttons.values()), default=0)
        wide = max(tokens.RAIL, words + tokens.WIDE)
        self.setFixedWidth(tokens.RAIL_NARROW if self.is_narrow else wide)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or words too."""
        self.is_narrow = narrow
        self.reword()

    def mark(self, wanted: str) -> None:
        """Mark the workspace that is shown."""
        found = self._buttons.get(wanted)
        if found is not None:
            found.setChecked(True)
        else:
            checked = self._group.checkedButton()
            self._group.setExclusive(False)
            if checked is not None:
                checked.setChecked(False)
            self._group.setExclusive(True)
