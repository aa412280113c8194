"""The catalogues of texts: collected from the sources, merged and compiled."""

import ast
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = PROJECT / "resources" / "translations"
LANGUAGES = ("id", "ms")

_FUNCTIONS = {"_": 0, "tr": 0, "marked": 0}
_ON_SCREEN = {"say": 2, "name": 1}
"""In the window the first words go to a widget: which argument is the text."""
_ELSEWHERE = {"say": 0}
_NO_DATE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""Stands in every header, so that equal texts give equal files."""

_PLACES = re.compile(r"\{(\w+)[^}]*\}")


def collected() -> Catalog:
    """Every text of the program that is translated, with the files it stands in."""
    catalogue = Catalog(charset="utf-8")
    for layer in ("models", "controllers", "reports", "resources", "ui"):
        for path in sorted((PROJECT / layer).rglob("*.py")):
            on_screen = layer == "ui" and path.parts[-2] != "terminal"
            keywords = _FUNCTIONS | (_ON_SCREEN if on_screen else _ELSEWHERE)
            where = path.relative_to(PROJECT).as_posix()
            for message in texts_of(path.read_text("utf-8"), keywords):
                catalogue.add(message, locations=[(where, 1)])
    return catalogue


def texts_of(source: str, keywords: Mapping[str, int]) -> Iterator[str]:
    """The texts of a module that are given to these functions; also those within other texts,
    which tokenizers find on some versions of Python only.

    `keywords` says which argument of each function is the text, counted from nought.
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = str(getattr(node.func, "id", getattr(node.func, "attr", "")))
        at = keywords.get(called, len(node.args))
        text = node.args[at] if at < len(node.args) else None
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value:
            yield text.value


def read(language: str) -> Catalog:
    """The catalogue of one language; an empty one where there is none yet."""
    path = FOLDER / f"{language}.po"
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, charset="utf-8")
    else:
        catalogue = Catalog(locale=language, charset="utf-8")
    catalogue.creation_date = catalogue.revision_date = _NO_DATE
    return catalogue


def update() -> dict[str, list[str]]:
    """Merge the collected texts into every catalogue and compile it; the texts still missing."""
    return {language: _update(language) for language in LANGUAGES}


def _update(language: str) -> list[str]:
    catalogue = read(language)
    catalogue.update(collected(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with (FOLDER / f"{language}.po").open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, omit_header=True,
                 ignore_obsolete=True, include_lineno=False)  # fmt: skip
    (FOLDER / f"{language}.mo").write_bytes(compiled(catalogue))
    return missing(catalogue)


def compiled(catalogue: Catalog) -> bytes:
    """A catalogue as gettext reads it."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """The texts of a catalogue that have no wording yet."""
    return [str(each.id) for each in catalogue if each.id and not each.string]


def misplaced(catalogue: Catalog) -> list[str]:
    """The texts whose wording names other places than they do."""
    return [
        str(each.id)
        for each in catalogue
        if each.id
        and each.string
        and set(_PLACES.findall(str(each.id))) != set(_PLACES.findall(str(each.string)))
    ]
