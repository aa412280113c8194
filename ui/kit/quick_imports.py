"""Makes imports quick again after PySide6 was loaded; called before anything else of ours.

PySide6 wraps every import and reads the source of each imported module, looking for its own name,
to prepare optional spellings of its methods. Nobody here uses those, and reading the sources costs
half of the time to the first window, 10 MB, and seconds when a large library loads beside a busy
window. Where a later PySide6 no longer does so, nothing happens.
"""

import sys


def _uses_other_spellings(_module: object) -> bool:
    return False


def install() -> bool:
    """Answer the question PySide6 asks of each module; True where it asks."""
    from PySide6 import QtCore

    assert QtCore  # noqa: S101 - loads what is changed below
    feature = sys.modules.get("shibokensupport.feature")
    if feature is None or not hasattr(feature, "_mod_uses_pyside"):
        return False
    vars(feature)["_mod_uses_pyside"] = _uses_other_spellings
    return True
