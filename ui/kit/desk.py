"""What every page of the window is given: the program, the person's preferences, the way around."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from models.values.formatting import Style
from models.values.records import ListQuery
from ui.kit.drafts import Drafts
from ui.kit.feed import Feed
from ui.kit.preferences import Preferences

if TYPE_CHECKING:
    from controllers.core.app import App


def _nowhere(*_what: Any, **_more: Any) -> None:
    """There is no window yet."""


class Desk:
    """Shared by all pages of one window."""

    def __init__(self, app: "App", preferences: Preferences, feed: Feed, drafts: Drafts) -> None:
        self.app = app
        self.preferences = preferences
        self.feed = feed
        self.drafts = drafts
        self.open_record: Callable[..., None] = _nowhere
        """``open_record(kind, record_id)``: show a record in its tab."""
        self.new_record: Callable[..., None] = _nowhere
        """``new_record(kind, values=None)``: an empty form, with some values filled in."""
        self.open_list: Callable[..., None] = _nowhere
        """``open_list(kind, query=None)``: show a list, narrowed by a query."""
        self.open_history: Callable[..., None] = _nowhere
        """``open_history(kind, record_id, title)``: show who changed a record."""
        self.open_stock: Callable[..., None] = _nowhere
        """``open_stock(product_id, values=None)``: show where a product lies, and book it; with
        values its receipt is begun."""
        self.open_place: Callable[..., Any] = _nowhere
        """``open_place(name)``: show a page that is no list."""
        self.neighbours: dict[str, Callable[[int, int], int | None]] = {}
        """By kind: from a record's id and a step (1, -1) to the id beside it in the list shown."""

    def may(self, permission: str) -> bool:
        """Whether the person's role has a permission; what a button asks before it is offered."""
        return self.app.may(permission)

    @property
    def hides_cost(self) -> bool:
        """Whether costs and margins stay off the screen: by wish, or for want of the right."""
        return bool(self.preferences["hide_restricted"]) or not self.may("cost.see")

    @property
    def style(self) -> Style:
        """How the person reads figures and days."""
        return self.preferences.style()

    def query(self, kind: str, *columns: str) -> ListQuery:
        """A query for the side of a page."""
        return ListQuery(kind, columns)
