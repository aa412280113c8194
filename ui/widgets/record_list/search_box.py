"""The field that searches one list."""

from PySide6.QtWidgets import QLineEdit

from resources.languages import marked as _
from ui.kit import icons, tokens
from ui.kit.language import name, say


def search_box() -> QLineEdit:
    """An empty field with a glass before its text."""
    made = QLineEdit()
    glass = made.addAction(
        icons.icon("ph.magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition
    )
    say(glass, "setText", _("Search this list"))
    say(made, "setPlaceholderText", _("Search this list"))
    name(made, _("Search this list"))
    made.setMinimumWidth(tokens.LOGO + tokens.HUGE)
    made.setMaximumWidth(tokens.SEARCH_BOX)
    return made
