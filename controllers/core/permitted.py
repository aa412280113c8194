"""What a use case that writes asks of a person's role: declared at the use case itself."""

from collections.abc import Callable
from typing import Any, TypeVar

from models.values import permissions

Needed = str | Callable[..., str]
"""A permission ("" is everybody's), or what names it for the words of one call."""

F = TypeVar("F", bound=Callable[..., Any])

UNDECLARED: tuple[Needed, ...] = ("people.change",)
"""What says nothing is for administrators."""

_declared: dict[Callable[..., Any], tuple[Needed, ...]] = {}


def needs(*needed: Needed) -> Callable[[F], F]:
    """Declare what a use case asks for: all of these permissions."""

    def declare(use_case: F) -> F:
        _declared[use_case] = needed
        return use_case

    return declare


def of_its_kind(kind_name: str, *_more: Any, **_named: Any) -> str:
    """The permission to change records of the kind that a use case is told first."""
    return permissions.change(kind_name) if kind_name in permissions.SUBJECTS else ""


def is_declared(use_case: Callable[..., Any]) -> bool:
    """Whether a use case says what it asks for."""
    return use_case in _declared


def told(use_case: Callable[..., Any]) -> tuple[Needed, ...]:
    """What a use case declares."""
    return _declared.get(use_case, UNDECLARED)


def declared() -> set[str]:
    """Every permission that some use case names."""
    return {each for all_of in _declared.values() for each in all_of if isinstance(each, str)}


def needed_by(use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> list[str]:
    """The permissions one call asks for; none where everybody may."""
    names = (each if isinstance(each, str) else each(*args, **kwargs) for each in told(use_case))
    return [name for name in names if name]
