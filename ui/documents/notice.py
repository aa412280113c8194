"""A sentence above the lines that stays until it is read, with what can be done about it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from resources.languages import marked as _
from ui.kit import icons, tokens
from ui.widgets.parts import button, icon_button, label, row, set_property

_ICONS = {"bad": "ph.warning", "warn": "ph.warning", "info": "ph.info"}


class Notice(QFrame):
    """One notice at a time; hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = label()
        self._text = label(wrap=True)
        self._button = button(_("Close"), self._act)
        self._slot: Callable[[], object] | None = None
        parts = row(self._icon, self._text, self._button,
                    icon_button("ph.x", _("Close"), self.hide), margin=tokens.TINY)  # fmt: skip
        parts.setStretch(1, 1)
        self.setLayout(parts)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def tell(
        self, sentence: str, tone: str = "bad", label: str = "",
        slot: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        """Say something; `label` and `slot` make a button."""
        set_property(self, "tone", tone)
        self._icon.setPixmap(icons.pixmap(_ICONS[tone], tone, tokens.ICON))
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self._button.setText(label)
        self._button.setAccessibleName(label)
        self._button.setVisible(slot is not None)
        self._slot = slot
        self.show()

    def _act(self) -> None:
        self.hide()
        if self._slot:
            self._slot()
