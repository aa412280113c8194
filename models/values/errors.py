"""Refusals: one sentence that names the record and the remedy, and the field it belongs to."""

from resources.languages import translate


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
        """The sentence in one language."""
        return translate(self.message, language, **self.facts)

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
