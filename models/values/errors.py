"""Refusals: one sentence that names the record and the remedy, and the field it belongs to."""

from collections.abc import Callable
from typing import ClassVar

from resources.languages import translate, translator

_OUR_WORDS = frozenset(("label", "kind", "state", "wanted", "possible"))
"""Facts that hold labels of the program: English texts that stand in the catalogues."""


def _worded(name: str, value: object, say: Callable[[str], str]) -> str:
    """A label, or several with commas; within a sentence only a field's keeps its capital."""
    if isinstance(value, tuple):
        return ", ".join(_worded(name, each, say) for each in value) or "–"
    text = say(str(value)) if value else ""
    return text if name == "label" else text[:1].lower() + text[1:]


class DomainError(Exception):
    """A request the program refuses, with nothing changed.

    `message` is an English sentence with named places, translated where it is shown;
    `field` is the name of the field the sentence stands at, "" for the whole record.
    """

    def __init__(self, message: str, *, field: str = "", **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.facts = facts

    def text(self, language: str = "en") -> str:
        """The sentence in one language; facts that are words of ours are worded too."""
        say = translator(language)
        facts = {
            name: _worded(name, value, say) if name in _OUR_WORDS else value
            for name, value in self.facts.items()
        }
        sentence = translate(self.message, language, **facts)
        begins = self.message.startswith("{kind}")
        return sentence[:1].upper() + sentence[1:] if begins else sentence

    def __str__(self) -> str:
        return self.text()


class ProblemsError(DomainError):
    """Several refusals at once, each at its own field."""

    def __init__(self, problems: list[DomainError]) -> None:
        first = problems[0]
        super().__init__(first.message, field=first.field, **first.facts)
        self.problems = problems

    def text(self, language: str = "en") -> str:
        """All sentences, one after the other."""
        return " ".join(problem.text(language) for problem in self.problems)


class NotFoundError(DomainError):
    """No record of that name."""


class ConflictError(DomainError):
    """Somebody else changed the record since it was opened."""


class OutageError(Exception):
    """The database or a server cannot be reached; what was typed is kept."""


class ClashError(DomainError):
    """Two people worked on the same at the same moment; the same request may go well again."""

    most_tries: ClassVar[int] = 8
    """How often it is run, all in all."""


class HiddenClashError(ClashError):
    """The same, or there is a record all the time that the person may not see: once more tells."""

    most_tries: ClassVar[int] = 2
