"""What stands where there is no file yet: what to do, and that nothing happens unseen."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from resources.languages import marked as _
from ui.kit import tokens
from ui.widgets.parts import button, column, icon_label, label


class DropZone(QFrame):
    """The page around it takes what is dropped."""

    def __init__(self, choose: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        middle = Qt.AlignmentFlag.AlignHCenter
        layout = column(1, gap=tokens.MEDIUM)
        layout.addWidget(icon_label("ph.upload-simple", size=tokens.ICON_LARGE), 0, middle)
        for words, role in (
            (_("Drop a file here, or choose one: CSV, Excel, OpenDocument or vCard."), "soft"),
            (
                _("You see what would change before anything is written, and can take it back."),
                "caption",
            ),
        ):
            text = label(words, role, wrap=True)
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(text)
        layout.addWidget(button(_("Choose file"), choose), 0, middle)
        layout.addStretch(2)
        self.setLayout(layout)
