"""Every icon that is named is in the font; one that is not would show nothing."""

import re

from tests.architecture.sources import modules, source
from ui.kit.icons import glyph

_NAMED = re.compile(r'"(ph\.[a-z0-9-]+)"')


def test_every_named_icon_is_in_the_font() -> None:
    named = {
        icon
        for path in modules("models", "controllers", "ui")
        for icon in _NAMED.findall(source(path))
    }
    assert named
    assert [each for each in sorted(named) if not glyph(each)] == []
