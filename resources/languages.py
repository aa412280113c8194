"""The three languages and their message catalogues, for screens, documents and messages alike."""

from collections.abc import Callable
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

LANGUAGES = {"en": "English", "id": "Bahasa Indonesia", "ms": "Bahasa Melayu"}

_FOLDER = Path(__file__).parent / "translations"


def marked(message: str) -> str:
    """Mark a text for translation where it is written; it is translated where it is shown."""
    return message


@cache
def catalogue(language: str) -> NullTranslations:
    """The catalogue of one language; English texts are the keys and need none."""
    path = _FOLDER / f"{language}.mo"
    if language == "en" or not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        return GNUTranslations(file)


def translator(language: str) -> Callable[[str], str]:
    """A function from an English text to its wording in `language`."""
    return catalogue(language).gettext


def translate(message: str, language: str, /, **facts: object) -> str:
    """A text in `language`, with its facts filled in."""
    text = translator(language)(message)
    return text.format(**facts) if facts else text
