"""Which columns a list may show, and which it shows until a person chooses others."""

from models.values.fields import FieldKind, RecordKind


def possible(kind: RecordKind, *, hide_restricted: bool) -> list[str]:
    """The fields that may be columns."""
    return [
        each.name
        for each in kind.fields
        if each.kind not in (FieldKind.PICTURE, FieldKind.LONG_TEXT)
        and each.name != "stored_state"
        and not (each.restricted and hide_restricted)
    ]


def usual(kind: RecordKind) -> tuple[str, ...]:
    """The columns until a person chooses; of a document first what it is, whose and how much."""
    if "state" not in kind.by_name:
        return kind.listed
    first = (kind.key, "account", "state", "total", "currency")
    known = tuple(each for each in first if each in kind.listed)
    return known + tuple(each for each in kind.listed if each not in known)
