"""Signing in to a shared database: its password in the system's keyring, or asked for.

A password never stands in a file, nor in an address that is shown or kept.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from controllers.system.addresses import address_of
from models.storage import passwords
from models.values.errors import DomainError
from resources.languages import marked as _


def use_keyring(ask: Callable[[str], str] | None = None) -> None:
    """From now on a password that a server wants comes from the keyring, then from a person.

    `ask` gets the address and answers what was typed, "" for nothing.
    """
    passwords.come_from(in_keyring, *([ask] if ask else []))


@contextmanager
def typed(url: str, password: str) -> Iterator[None]:
    """Sign in with a typed password, "" for the one that is known or kept; it holds until the
    program ends, unless what is done meanwhile fails.
    """
    before = passwords.known(url)
    if password:
        passwords.remember(url, password)
    try:
        yield
    except BaseException:
        passwords.forget(url)
        if before is not None:
            passwords.remember(url, before)
        raise


def known(url: str) -> str:
    """The password that holds for an address at the moment; "" where none was needed."""
    return passwords.known(url) or ""


# The keyring


def in_keyring(url: str) -> str:
    """The password of an address from the system's keyring; "" where there is none."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(*_entry(url)) or ""
    except KeyringError:
        return ""


def has_keyring() -> bool:
    """Whether this system keeps passwords."""
    import keyring
    from keyring.backends import fail, null

    return not isinstance(keyring.get_keyring(), (fail.Keyring, null.Keyring))


def keep(url: str, password: str) -> None:
    """Put a password into the keyring; DomainError where there is none."""
    import keyring
    from keyring.errors import KeyringError

    service, user = _entry(url)
    try:
        keyring.set_password(service, user, password)
    except KeyringError as error:
        message = _(
            "This system has no keyring; the password holds until the program is closed, then it "
            "is asked for."
        )
        raise DomainError(message, field="password") from error


def keep_no_more(url: str) -> None:
    """Take a password out of the keyring, where one is in it."""
    import keyring
    from keyring.errors import KeyringError

    service, user = _entry(url)
    try:
        if keyring.get_password(service, user) is not None:
            keyring.delete_password(service, user)
    except KeyringError:
        return


def _entry(url: str) -> tuple[str, str]:
    """The service and the user that a keyring knows the password by."""
    address = address_of(url)
    return f"Saudagar {address.host}:{address.port}/{address.database}", address.user
