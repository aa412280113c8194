"""Which texts of a search stand in the index that a server walks; the others are few and long."""

LONGEST = 600
"""Bytes of a text that is walked in the index, of which an entry holds 2,700 at most."""


def length(row: str) -> str:
    """How long a text is; the index of the long ones has this order."""
    return f"octet_length({row}.search_text)"


def is_short(row: str) -> str:
    """Whether a text is in the index, in the words of its condition."""
    return f"{length(row)} <= {LONGEST}"


def is_long(row: str) -> str:
    """Whether it is not."""
    return f"{length(row)} > {LONGEST}"
