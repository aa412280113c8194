"""States of documents as data: their names, their looks and the moves that are allowed."""

from typing import NamedTuple

from models.values.errors import DomainError
from resources.languages import marked as _


class States(NamedTuple):
    """The states of one kind of document.

    `labels` gives every state its English name, `moves` the states it may go to, `tones` its
    colour (good, warn, bad, info, quiet) and `icons` its icon, so that colour never stands alone.
    """

    labels: dict[str, str]
    moves: dict[str, tuple[str, ...]]
    tones: dict[str, str]
    icons: dict[str, str]

    def check_move(self, number: str, now: str, wanted: str) -> None:
        """Raise DomainError unless a document may go from `now` to `wanted`."""
        if wanted in self.moves[now]:
            return
        raise DomainError(
            _("{number} is {state}; it cannot become {wanted}. Possible now: {possible}."),
            field="state",
            number=number or _("The draft"),
            state=self.labels[now],
            wanted=self.labels[wanted],
            possible=tuple(self.labels[each] for each in self.moves[now]),
        )


QUOTATION_STATES = States(
    labels={
        "draft": _("Draft"),
        "sent": _("Sent"),
        "accepted": _("Accepted"),
        "declined": _("Declined"),
        "expired": _("Expired"),
        "replaced": _("Replaced"),
    },
    moves={
        "draft": ("sent",),
        "sent": ("accepted", "declined", "replaced"),
        "expired": ("accepted", "declined", "replaced"),
        "declined": ("accepted", "replaced"),
        "replaced": ("accepted",),
        "accepted": (),
    },
    tones={
        "draft": "quiet", "sent": "info", "accepted": "good", "declined": "bad", "expired": "warn",
        "replaced": "quiet",
    },
    icons={
        "draft": "ph.pencil-simple", "sent": "ph.paper-plane-tilt", "accepted": "ph.check",
        "declined": "ph.x", "expired": "ph.hourglass", "replaced": "ph.copy",
    },
)  # fmt: skip

ORDER_STATES = States(
    labels={
        "draft": _("Draft"),
        "confirmed": _("Confirmed"),
        "delivered": _("Delivered"),
        "closed": _("Closed"),
        "cancelled": _("Cancelled"),
    },
    moves={
        "draft": ("confirmed", "cancelled"),
        "confirmed": ("delivered", "cancelled"),
        "delivered": ("closed",),
        "closed": (),
        "cancelled": (),
    },
    tones={
        "draft": "quiet", "confirmed": "info", "delivered": "good", "closed": "good",
        "cancelled": "bad",
    },
    icons={
        "draft": "ph.pencil-simple", "confirmed": "ph.check", "delivered": "ph.truck",
        "closed": "ph.lock-simple", "cancelled": "ph.x",
    },
)  # fmt: skip
