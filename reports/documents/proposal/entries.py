"""Looking into the dictionaries of PDF files that others made."""

from typing import Any

from pypdf.generic import DictionaryObject, NullObject


def entry(found: Any, name: str, default: Any = None) -> Any:
    """What a dictionary has under a name, wherever in its file that lies.

    pypdf's own `get` answers a reference as it is, behind which a script could hide.
    """
    if not isinstance(found, DictionaryObject) or name not in found:
        return default
    value = found[name]
    return default if value is None or isinstance(value, NullObject) else value
