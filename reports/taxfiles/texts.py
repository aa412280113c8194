"""Texts and figures as XML and JSON may hold them."""

import re
from typing import Final

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """A text on one line without the characters XML 1.0 forbids (section 2.2)."""
    return " ".join(_FORBIDDEN.sub("", text).split())
