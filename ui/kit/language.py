"""Texts of the screen in the person's language, switched at once everywhere.

`tr` words a text now; `say` gives a widget a text and words it anew when the language changes;
`on_language` calls a method then. None of them keeps a widget alive.
"""

import weakref
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from resources.languages import LANGUAGES, translator
from resources.languages import marked as _

Retranslate = Callable[[], object]


class _Language(QObject):
    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.code = "en"
        self.word = translator("en")
        self.said: list[tuple[weakref.ref[Any], str, str, dict[str, object]]] = []
        self.methods: list[weakref.WeakMethod[Retranslate]] = []


_state = _Language()


def language() -> str:
    """The language of the screen: en, id or ms."""
    return _state.code


def system_language() -> str:
    """The language of the person's system where it is one of ours, else English."""
    from PySide6.QtCore import QLocale

    name = QLocale.system().name()[:2]
    return name if name in ("id", "ms") else "en"


def tr(message: str, /, **facts: object) -> str:
    """An English text in the language of the screen, its named places filled in."""
    text = _state.word(message) if message else ""
    return text.format(**facts) if facts else text


def say(target: Any, setter: str, message: str, /, **facts: object) -> None:
    """Give `target` a text by its method `setter`, now and in every language chosen later.

    Facts that are words themselves are given as functions, so that they change with it.
    """
    getattr(target, setter)(tr(message, **_spoken(facts)))
    _state.said.append((weakref.ref(target), setter, message, facts))


def name(target: Any, message: str, /, **facts: object) -> None:
    """Give a control its accessible name, and a hint on hover where it shows no words itself."""
    say(target, "setAccessibleName", message, **facts)
    if not getattr(target, "text", str)():
        say(target, "setToolTip", message, **facts)


def on_language(method: Retranslate) -> None:
    """Call a bound method now and whenever the language changes, while its object lives."""
    method()
    _state.methods.append(weakref.WeakMethod(method))


def set_language(code: str) -> None:
    """Switch every text of the screen."""
    if code not in LANGUAGES or code == _state.code:
        return
    _state.code = code
    _state.word = translator(code)
    _state.said = [each for each in _state.said if _say_again(*each)]
    _state.methods = [each for each in _state.methods if _call_again(each)]
    _state.changed.emit(code)


def _say_again(
    target: "weakref.ref[Any]", setter: str, message: str, facts: dict[str, object]
) -> bool:
    widget = target()
    if widget is None or (isinstance(widget, QObject) and not isValid(widget)):
        return False
    getattr(widget, setter)(tr(message, **_spoken(facts)))
    return True


def _spoken(facts: dict[str, object]) -> dict[str, object]:
    return {key: fact() if callable(fact) else fact for key, fact in facts.items()}


def _call_again(method: "weakref.WeakMethod[Retranslate]") -> bool:
    call = method()
    owner = getattr(call, "__self__", None)
    if call is None or (isinstance(owner, QObject) and not isValid(owner)):
        return False
    call()
    return True


def when_language_changes(slot: Callable[[str], object]) -> None:
    """Connect a slot of an object to the change of language, after every text was worded anew."""
    _state.changed.connect(slot)


STANDARD = {
    "ok": _("OK"),
    "cancel": _("Cancel"),
    "close": _("Close"),
    "save": _("Save"),
    "discard": _("Discard"),
    "yes": _("Yes"),
    "no": _("No"),
}
"""Qt has no Indonesian or Malay texts for its own buttons: these stand on ours."""
