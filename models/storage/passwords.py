"""Passwords of this run: by URL, given or found once, never written anywhere by this module."""

import threading
from collections.abc import Callable, Iterator

Source = Callable[[str], str]
"""Answers the password of a URL, "" where it knows none."""

_lock = threading.Lock()
_known: dict[str, str] = {}
_sources: list[Source] = []
_forgotten = 0
"""How often something was forgotten; what was found before that is not remembered after it."""


def come_from(*sources: Source) -> None:
    """Where passwords come from that a server wants and nobody gave, in the order asked."""
    _sources[:] = sources


def remember(url: str, password: str) -> None:
    """Use this password for a URL as long as the program runs."""
    with _lock:
        _known[url] = password


def forget(url: str) -> None:
    """Use none that was given before."""
    global _forgotten
    with _lock:
        _forgotten += 1
        _known.pop(url, None)


def forget_all() -> None:
    """Use none that was given before, for any database."""
    global _forgotten
    with _lock:
        _forgotten += 1
        _known.clear()


def moment() -> int:
    """A mark of now, for `found`: a sign-in takes a while."""
    return _forgotten


def found(url: str, password: str, since: int) -> None:
    """Remember a password that a server took, unless one was forgotten since that moment."""
    with _lock:
        if since == _forgotten:
            _known[url] = password


def known(url: str) -> str | None:
    """The password that was given or found for a URL."""
    return _known.get(url)


def offered(url: str) -> Iterator[str | None]:
    """What to sign in with, one after the other while the server refuses; None is none at all.

    A password that held before is the only one: whoever waits for a server that is away is not
    asked again and again.
    """
    given = known(url)
    yield given
    if given is None:
        yield from filter(None, (source(url) for source in _sources))
