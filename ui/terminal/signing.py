"""The password of a shared database on the command line: from the keyring, or asked for."""

import sys


def ask_where_needed() -> None:
    """Take passwords from the keyring; where it has none, ask a person at the terminal."""
    from controllers.system import sign_in

    sign_in.use_keyring(_ask if sys.stdin.isatty() else None)


def _ask(url: str) -> str:
    """What is typed, which the terminal does not show."""
    from getpass import getpass

    from controllers.system.addresses import address_of

    address = address_of(url)
    return getpass(f"Password of {address.user} at {address.name}: ", stream=sys.stderr)
