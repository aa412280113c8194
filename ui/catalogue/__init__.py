"""Stock in the window: booked, moved and counted on one page."""

from resources.languages import marked as _

TITLE = _("Receive, move and count")
TITLES = {"stocking": TITLE}
"""The pages of stock beside its lists, and what each is called."""
