"""Every icon that is named is in the font; one that is not would show nothing."""

import re
from pathlib import Path

from ui.kit.icons import glyph

PROJECT = Path(__file__).resolve().parents[2]
_NAMED = re.compile(r'"(ph\.[a-z0-9-]+)"')


def test_every_named_icon_is_in_the_font() -> None:
    named = {
        icon
        for layer in ("models", "controllers", "ui")
        for path in (PROJECT / layer).rglob("*.py")
        for icon in _NAMED.findall(path.read_text("utf-8"))
    }
    assert named
    assert [each for each in sorted(named) if not glyph(each)] == []
