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
        "confirmed": ("delivered", "closed", "cancelled"),
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

DELIVERY_STATES = States(
    labels={
        "draft": _("Draft"),
        "shipped": _("Shipped"),
        "delivered": _("Delivered"),
        "cancelled": _("Cancelled"),
    },
    moves={
        "draft": ("shipped", "cancelled"),
        "shipped": ("delivered", "cancelled"),
        "delivered": (),
        "cancelled": (),
    },
    tones={"draft": "quiet", "shipped": "info", "delivered": "good", "cancelled": "bad"},
    icons={
        "draft": "ph.pencil-simple", "shipped": "ph.truck", "delivered": "ph.check",
        "cancelled": "ph.x",
    },
)  # fmt: skip
"""A return goes the same way: it is shipped once it stands in the house."""

INVOICE_STATES = States(
    labels={"draft": _("Draft"), "issued": _("Issued"), "void": _("Void")},
    moves={"draft": ("issued", "void"), "issued": ("void",), "void": ()},
    tones={"draft": "quiet", "issued": "info", "void": "bad"},
    icons={"draft": "ph.pencil-simple", "issued": "ph.receipt", "void": "ph.x"},
)

PAYMENT_STATES = States(
    labels={
        "draft": _("Draft"),
        "open": _("Unpaid"),
        "partly": _("Partly paid"),
        "overdue": _("Overdue"),
        "settled": _("Settled"),
        "void": _("Void"),
    },
    moves={},
    tones={
        "draft": "quiet", "open": "info", "partly": "warn", "overdue": "bad", "settled": "good",
        "void": "bad",
    },
    icons={
        "draft": "ph.pencil-simple", "open": "ph.receipt", "partly": "ph.circle-half",
        "overdue": "ph.warning", "settled": "ph.check", "void": "ph.x",
    },
)  # fmt: skip
"""How far an invoice is paid: derived from its payments, never set."""

RECEIPT_STATES = States(
    labels={"posted": _("Posted"), "void": _("Void")},
    moves={"posted": ("void",), "void": ()},
    tones={"posted": "good", "void": "bad"},
    icons={"posted": "ph.check", "void": "ph.x"},
)

APPROVAL_STATES = States(
    labels={"waiting": _("Waiting"), "approved": _("Approved"), "refused": _("Refused")},
    moves={"waiting": ("approved", "refused"), "approved": (), "refused": ()},
    tones={"waiting": "warn", "approved": "good", "refused": "bad"},
    icons={"waiting": "ph.hourglass", "approved": "ph.check", "refused": "ph.x"},
)

PARTS = States(
    labels={"none": _("Nothing yet"), "part": _("In part"), "all": _("All")},
    moves={},
    tones={"none": "quiet", "part": "warn", "all": "good"},
    icons={"none": "ph.circle", "part": "ph.circle-half", "all": "ph.check"},
)
"""How much of an order was delivered or invoiced: derived from its lines, never set."""
