"""Passwords and PINs on the command line: from keyring and environment, or asked for."""

import os
import sys


def ask_where_needed() -> None:
    """Take passwords from the keyring and PINs from the environment; where there is none, ask a
    person at the terminal.
    """
    from controllers.documents import signing
    from controllers.system import pin, sign_in

    is_watched = sys.stdin.isatty()
    sign_in.use_keyring(_ask if is_watched else None)
    pin.comes_from(_pin_of_environment, *([_ask_pin] if is_watched else []))
    signing.comes_from(*([_ask_certificate] if is_watched else []))


def _pin_of_environment() -> str:
    from controllers.system import pin

    return os.environ.get(pin.VARIABLE, "")


def _ask_pin() -> str:
    from getpass import getpass

    return getpass("PIN: ", stream=sys.stderr)


def _ask(url: str) -> str:
    """What is typed, which the terminal does not show."""
    from getpass import getpass

    from controllers.system.addresses import address_of

    address = address_of(url)
    return getpass(f"Password of {address.user} at {address.name}: ", stream=sys.stderr)


def _ask_certificate(file: str) -> str:
    from getpass import getpass

    return getpass(f"Password of the certificate {file}: ", stream=sys.stderr)
