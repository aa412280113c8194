"""Every text is there in every language, with its places, and the compiled catalogues are fresh."""

from gettext import GNUTranslations
from io import BytesIO

import pytest

from ui.terminal import translations

LANGUAGES = translations.LANGUAGES


@pytest.fixture(scope="module")
def texts() -> set[str]:
    return {str(each.id) for each in translations.collected() if each.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str, texts: set[str]) -> None:
    catalogue = translations.read(language)
    there = {str(each.id) for each in catalogue if each.id and each.string}
    assert sorted(texts - there) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_named_places(language: str) -> None:
    assert translations.misplaced(translations.read(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_says_what_the_source_says(language: str) -> None:
    compiled = (translations.FOLDER / f"{language}.mo").read_bytes()
    wanted = GNUTranslations(BytesIO(translations.compiled(translations.read(language))))
    found = GNUTranslations(BytesIO(compiled))
    assert _texts(found) == _texts(wanted)


def _texts(catalogue: GNUTranslations) -> dict[str, str]:
    return {text: said for text, said in catalogue._catalog.items() if text}  # type: ignore[attr-defined]
