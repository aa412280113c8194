"""A PIN of the database on this computer: asked for before the program opens it.

It keeps away a colleague at the same desk, not somebody who has the file: the file itself is not
encrypted. A shared database needs none, as everybody signs in there.
"""

import datetime as dt
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, select

from controllers.core.app import App
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.system.settings import keep
from models.storage.tables import SETTING
from models.values.errors import DomainError
from models.values.records import Change
from resources.languages import marked as _

FIELD = "pin"
"""The field of refusals that a PIN would mend."""

SHORTEST = 4

VARIABLE = "SAUDAGAR_PIN"

_NAME = "pin"
_READ = "SELECT value FROM setting WHERE name = 'pin'"
_FREE_TRIES = 3
_FIRST_WAIT, _LONGEST_WAIT = 5, 900
"""Seconds to wait after more wrong tries than are free; each further one doubles them."""

_COST = {"n": 2**14, "r": 8, "p": 1}
"""Of scrypt: about 50 ms for a try and 16 MB."""

Source = Callable[[], str]

_sources: list[Source] = []


def comes_from(*sources: Source) -> None:
    """Where the PIN comes from that a database asks for, in the order asked; "" is none."""
    _sources[:] = sources


def is_set(app: App) -> bool:
    """Whether a PIN is asked for; never on a shared database."""
    return not app.database.login and bool(app.database.fetch(_READ))


def require(app: App, typed: str = "") -> None:
    """Raise DomainError at `pin` unless there is none, or it is what was typed or is known."""
    if not is_set(app):
        return
    given = typed or next(filter(None, (source() for source in _sources)), "")
    if not given:
        raise DomainError(
            _("{name} asks for its PIN; open it in the window, or name it in SAUDAGAR_PIN."),
            field=FIELD, name=app.database.short_name,
        )  # fmt: skip
    refused = app.write(_tried, given)
    if refused:
        raise refused


@needs()
def _tried(uow: UnitOfWork, given: str) -> DomainError | None:
    """Compare, and keep how often it was wrong; answers the refusal, as that is kept too."""
    kept = _kept(uow)
    if kept is None:
        return None
    until = dt.datetime.fromisoformat(kept["until"]) if kept.get("until") else uow.now
    if until > uow.now:
        return _wait((until - uow.now).total_seconds())
    if hmac.compare_digest(_hashed(given, bytes.fromhex(kept["salt"])), kept["hash"]):
        if kept.get("wrong"):
            _store(uow, kept | {"wrong": 0, "until": None})
        return None
    wrong = int(kept.get("wrong", 0)) + 1
    seconds = wait_after(wrong)
    later = (uow.now + dt.timedelta(seconds=seconds)).isoformat() if seconds else None
    _store(uow, kept | {"wrong": wrong, "until": later})
    if seconds:
        return _wait(seconds)
    return DomainError(_("This is not the PIN; try again."), field=FIELD)


def wait_after(wrong: int) -> int:
    """Seconds to wait after so many wrong tries."""
    if wrong < _FREE_TRIES:
        return 0
    return int(min(_FIRST_WAIT * 2 ** min(wrong - _FREE_TRIES, 20), _LONGEST_WAIT))


def _wait(seconds: float) -> DomainError:
    message = _("The PIN was wrong too often; wait {seconds} seconds and try again.")
    return DomainError(message, field=FIELD, seconds=max(1, round(seconds)))


# Choosing it


@needs()
def change(uow: UnitOfWork, present: str, wanted: str) -> None:
    """Set, change or (with "") remove the PIN; DomainError at `present` or `wanted`."""
    if not uow.is_embedded:
        raise DomainError(_("A shared database has no PIN: everybody signs in there."), field=FIELD)
    kept = _kept(uow)
    if kept and not hmac.compare_digest(
        _hashed(present, bytes.fromhex(kept["salt"])), kept["hash"]
    ):
        raise DomainError(_("This is not the present PIN."), field="present")
    if wanted and len(wanted) < SHORTEST:
        message = _("A PIN has {least} digits or letters at least.")
        raise DomainError(message, field="wanted", least=SHORTEST)
    if wanted:
        salt = secrets.token_bytes(16)
        _store(uow, {"salt": salt.hex(), "hash": _hashed(wanted, salt), "wrong": 0, "until": None})
    else:
        forget(uow)


@needs("settings.change")
def forget(uow: UnitOfWork) -> None:
    """Ask for no PIN any more."""
    uow.connection.execute(delete(SETTING).where(SETTING.c.name == _NAME))
    uow.changes.append(Change(_NAME, 0))


def _kept(uow: UnitOfWork) -> dict[str, Any] | None:
    found = select(SETTING.c.value).where(SETTING.c.name == _NAME)
    stored = uow.connection.execute(found).scalar_one_or_none()
    return json.loads(stored) if stored else None


def _store(uow: UnitOfWork, values: dict[str, Any]) -> None:
    keep(uow, _NAME, values)
    uow.changes.append(Change(_NAME, 0))


def _hashed(pin: str, salt: bytes) -> str:
    return hashlib.scrypt(pin.encode(), salt=salt, **_COST).hex()
