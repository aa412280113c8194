"""Why stock moves, and how products are tracked."""

from resources.languages import marked as _

MOVE_REASONS = {
    "opening": _("Opening stock"),
    "receipt": _("Receipt"),
    "adjustment": _("Adjustment"),
    "count": _("Count"),
    "transfer": _("Transfer"),
    "delivery": _("Delivery"),
    "return": _("Return"),
    "scrap": _("Scrap"),
}
"""Code and English label of every reason for a move."""

TRACKING = (
    ("none", _("By quantity alone")),
    ("lot", _("By lot")),
    ("serial", _("By serial number")),
)
"""How a product's pieces are told apart; of a serial number there is one piece."""
