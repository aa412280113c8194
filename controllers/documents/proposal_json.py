"""Proposals as JSON: what is stored, and what scripts write and read."""

from collections.abc import Callable, Mapping
from typing import Any

from models.values.errors import DomainError
from models.values.proposals import Part, Proposal
from resources.languages import LANGUAGES
from resources.languages import marked as _

Values = dict[str, Any]

_SINGLE = ("cover", "letter", "terms", "stationery")
_MANY = ("sections", "appendices")
_PART = ("block", "title", "text", "files", "new_page")
_KNOWN = (*_SINGLE, *_MANY, "product_sheets", "contents", "second_language", "translations")
_ANSWERED = ("quotation", "language", "state", "files")
"""What an answer holds beside; passed over where it is given back."""


def read(values: Mapping[str, Any]) -> Proposal:
    """A proposal from plain values; a part may be a text, or an object with a block's code.

    DomainError names what is not known, or what has another form than it must.
    """
    _known(values, (*_KNOWN, *_ANSWERED), "")
    given = {name: value for name, value in values.items() if value and name in _KNOWN}
    made: Values = {name: _part(name, given[name]) for name in _SINGLE if name in given}
    made |= {name: _parts(name, given[name]) for name in _MANY if name in given}
    for name in ("product_sheets", "contents"):
        if name in values:
            made[name] = _flag(name, values[name])
    if "second_language" in given:
        made["second_language"] = _language(given["second_language"])
    if "translations" in given:
        made["translations"] = _pairs(given["translations"])
    return Proposal(**made)


def _known(values: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for name in values:
        if name not in known:
            message = _("{where}“{name}” is no part of a proposal; there are {known}.")
            listed = ", ".join(each for each in known if each not in _ANSWERED)
            raise DomainError(message, field=name, where=where, name=name, known=listed)


def _parts(name: str, value: Any) -> tuple[Part, ...]:
    if not isinstance(value, list):
        raise DomainError(_("“{name}” must be a list of parts."), field=name, name=name)
    return tuple(_part(name, each, f"{name}[{at}]: ") for at, each in enumerate(value, 1))


def _part(name: str, value: Any, where: str = "") -> Part:
    if isinstance(value, str):
        return Part(text=value)
    if not isinstance(value, dict):
        message = _("{where}“{name}” must be a text, or an object such as {example}.")
        raise DomainError(message, field=name, where=where, name=name, example='{"block": "CODE"}')
    _known(value, _PART, where or f"{name}: ")
    texts = {each: _text(each, value[each]) for each in ("block", "title", "text")
             if value.get(each)}  # fmt: skip
    files = value.get("files") or []
    if not isinstance(files, list) or not all(isinstance(each, str) for each in files):
        raise DomainError(_("“files” must be a list of file names."), field="files")
    return Part(**texts, files=tuple(files), new_page=_flag("new_page", value.get("new_page")))


def _text(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise DomainError(_("“{name}” must be a text."), field=name, name=name)


def _flag(name: str, value: Any) -> bool:
    if value in (True, False, None):
        return bool(value)
    raise DomainError(_("“{name}” must be true or false."), field=name, name=name)


def _language(value: Any) -> str:
    if value in LANGUAGES:
        return str(value)
    message = _("“{text}” is no language of documents; there are {known}.")
    raise DomainError(message, field="second_language", text=value, known=", ".join(LANGUAGES))


def _pairs(value: Any) -> tuple[tuple[str, str], ...]:
    if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
        return tuple(value.items())
    raise DomainError(_("“translations” must be an object of texts."), field="translations")


def as_json(proposal: Proposal) -> Values:
    """The plain values of a proposal; what is empty is left out."""
    made: Values = {}
    for name in _SINGLE:
        part = getattr(proposal, name)
        if part is not None:
            made[name] = _part_json(part)
    for name in _MANY:
        if getattr(proposal, name):
            made[name] = [_part_json(each) for each in getattr(proposal, name)]
    made |= {"product_sheets": proposal.product_sheets, "contents": proposal.contents}
    if proposal.second_language:
        made["second_language"] = proposal.second_language
    if proposal.translations:
        made["translations"] = dict(proposal.translations)
    return made


def _part_json(part: Part) -> Values:
    own: dict[str, Callable[[Any], Any]] = {"files": list}
    return {
        name: own.get(name, lambda value: value)(value)
        for name in _PART
        if (value := getattr(part, name))
    }
