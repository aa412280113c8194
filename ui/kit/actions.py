"""Every action a person can take: its words, key and place. The sheet of keys and the command
palette are made from what is alive here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from models.values.permissions import PERMISSIONS
from resources.languages import marked as _
from ui.kit import icons
from ui.kit.language import say, tr

if TYPE_CHECKING:
    from ui.kit.desk import Desk

CONTEXTS = {
    "window": _("Everywhere"),
    "list": _("Lists"),
    "form": _("Forms"),
    "document": _("Quotations and orders"),
    "lines": _("Lines of a document"),
}


@dataclass(frozen=True, slots=True)
class Registered:
    """An action, the widget it belongs to and how it is described."""

    name: str
    context: str
    label: str
    action: QAction
    owner: QWidget

    @property
    def is_alive(self) -> bool:
        """Whether its widget still exists."""
        return isValid(self.owner) and isValid(self.action)

    @property
    def is_possible(self) -> bool:
        """Whether it can be done now: enabled, and its widget is on screen."""
        return self.is_alive and self.action.isEnabled() and self.owner.isVisible()


_registered: list[Registered] = []


def add(
    owner: QWidget,
    name: str,
    label: str,
    slot: Callable[[], object],
    shortcut: str | QKeySequence.StandardKey = "",
    *,
    icon: str = "",
    context: str = "window",
) -> QAction:
    """Give a widget an action. Keys of a window hold everywhere, others where the focus is."""
    action = QAction(owner)
    action.setObjectName(name)
    say(action, "setText", label)
    if icon:
        action.setIcon(icons.icon(icon))
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
    action.setShortcutContext(
        Qt.ShortcutContext.WindowShortcut
        if context == "window"
        else Qt.ShortcutContext.WidgetWithChildrenShortcut
    )
    action.triggered.connect(lambda _checked=False: slot())
    owner.addAction(action)
    _registered.append(Registered(name, context, label, action, owner))
    return action


def allow(thing: QAction | QWidget, allowed: bool, permission: str) -> None:
    """Switch an action or button off for good where the role lacks the permission, and say why."""
    if not allowed:
        thing.setEnabled(False)
        if isinstance(thing, QAction):
            thing.enabledChanged.connect(lambda _on: thing.setEnabled(False))
        else:
            thing.installEventFilter(_KeptOff(thing))
        message = _("Your role has no right for this: {label}. Ask your administrator.")
        say(thing, "setToolTip", message, label=lambda: tr(PERMISSIONS[permission]))


def offer(desk: "Desk", permission: str, *things: QAction | QWidget) -> None:
    """Leave actions and buttons to those whose role has the permission they lead to."""
    for each in things:
        allow(each, desk.may(permission), permission)


class _KeptOff(QObject):
    """Keeps a button off, whatever the page finds possible later."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.EnabledChange and isinstance(watched, QWidget):
            watched.setEnabled(False)
        return super().eventFilter(watched, event)


def describe(owner: QWidget, name: str, label: str, keys: str, *, context: str) -> None:
    """List keys that a widget handles itself, such as Enter in a list."""
    action = QAction(owner)
    action.setObjectName(name)
    action.setData(keys)
    action.setEnabled(False)
    say(action, "setText", label)
    _registered.append(Registered(name, context, label, action, owner))


def live() -> Iterator[Registered]:
    """Every action whose widget exists."""
    _registered[:] = [each for each in _registered if each.is_alive]
    return iter(tuple(_registered))


def possible() -> dict[str, Registered]:
    """By name what can be done now."""
    return {each.name: each for each in live() if each.is_possible}


def keys(registered: Registered) -> str:
    """The keys of an action as they are shown."""
    told = registered.action.data()
    if told:
        return str(told)
    return registered.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def sheet() -> dict[str, dict[str, str]]:
    """By context, label and keys of every live action that has keys."""
    pages: dict[str, dict[str, str]] = {tr(title): {} for title in CONTEXTS.values()}
    for each in live():
        if keys(each):
            pages[tr(CONTEXTS[each.context])][tr(each.label)] = keys(each)
    return {title: lines for title, lines in pages.items() if lines}
