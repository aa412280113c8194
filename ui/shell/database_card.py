"""Which database the window works on, and the way to another one."""

from PySide6.QtWidgets import QFrame

from controllers.system.opening import is_shared
from resources.languages import marked as _
from ui.kit import tokens
from ui.kit.desk import Desk
from ui.widgets.parts import button, column, label, row


class DatabaseCard(QFrame):
    """A card of the settings."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        database = desk.app.database
        where = label(wrap=True)
        where.setText(database.name)
        what = (
            _("A shared database: everybody whom its administrator added works on it.")
            if is_shared(database.url)
            else _("A database of this computer: it belongs to one workstation.")
        )
        layout = column(
            label(_("Database"), "section"), where, label(what, "soft", wrap=True),
            gap=tokens.SMALL, margin=tokens.LARGE,
        )  # fmt: skip
        layout.addLayout(
            row(
                button(_("Open another database …"), lambda: desk.open_list("connection"),
                       icon="ph.database"),
                button(_("People and rights"), lambda: desk.open_list("people"),
                       icon="ph.users-three"),
                1,
            )
        )  # fmt: skip
        self.setLayout(layout)
