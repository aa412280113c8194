"""What keeps a tax file from being written: all problems at once, each one sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from resources.languages import translate


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right. `message` is English with named places, `facts` fill them."""

    message: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """The sentence in one language."""
        return translate(self.message, language, **self.facts)

    def __str__(self) -> str:
        return self.text()


def problem(message: str, **facts: object) -> Problem:
    """A problem whose places are filled by these facts."""
    return Problem(message, facts)


class TaxFileError(ValueError):
    """A tax file that would be refused by the tax office; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.text())

    def text(self, language: str = "en") -> str:
        """All sentences, one in a line."""
        return "\n".join(problem.text(language) for problem in self.problems)


def refuse(problems: Iterable[Problem]) -> None:
    """Raise TaxFileError where there is any problem."""
    found = tuple(problems)
    if found:
        raise TaxFileError(found)
