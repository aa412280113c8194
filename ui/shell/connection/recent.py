"""The databases that were opened before, each one click away."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame

from controllers.system.addresses import address_of
from models.values.errors import DomainError
from resources.languages import marked as _
from ui.kit import tokens
from ui.kit.language import tr
from ui.kit.places import Places
from ui.widgets.parts import button, clear, column, icon_button, icon_label, label, row


class Recent(QFrame):
    """This computer's own database first, then the shared ones, the newest on top."""

    def __init__(self, places: Places, chosen: Callable[[str], object]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._places, self._chosen = places, chosen
        self._lines = column(gap=tokens.TINY)
        layout = column(
            label(_("Open another one"), "section"), gap=tokens.SMALL, margin=tokens.LARGE
        )
        layout.addLayout(self._lines)
        self.setLayout(layout)
        self.fill()

    def fill(self) -> None:
        """Show them anew."""
        clear(self._lines)
        own = button(_("The database of this computer"), lambda: self._chosen(""), role="link")
        self._lines.addLayout(row(icon_label("ph.desktop"), own, 1))
        for url in self._places.recent:
            self._add(url)

    def _add(self, url: str) -> None:
        try:
            address = address_of(url)
        except DomainError:
            return
        words = f"{address.name} · {address.user}"
        opens = button("", partial(self._chosen, url), role="link")
        opens.setText(words)
        opens.setAccessibleName(words)
        forget = icon_button("ph.x", _("Forget this one"), partial(self._forget, url))
        forget.setAccessibleName(f"{tr(_('Forget this one'))}: {words}")
        self._lines.addLayout(row(icon_label("ph.database"), opens, forget, 1))

    def _forget(self, url: str) -> None:
        self._places.forget(url)
        self.fill()
