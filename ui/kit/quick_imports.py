"""Makes imports quick again after PySide6 was loaded; called before anything else of ours.

PySide6 wraps every import and reads the source of each imported module, looking for its own name,
to prepare optional spellings of its methods. Nobody here uses those, and reading the sources costs
half of the time to the first window, 10 MB, and seconds when a large library loads beside a busy
window. Where a later PySide6 no longer does so, nothing happens.
"""

import builtins


def install() -> bool:
    """Take the wrapper off; True where there was one."""
    from PySide6 import QtCore

    assert QtCore  # noqa: S101 - loads what puts it on
    plain = getattr(builtins, "__orig_import__", None)
    if plain is None:
        return False
    builtins.__import__ = plain
    return True
