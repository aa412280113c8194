"""A keyring as a system brings it, that ends with the test."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

import keyring
from keyring.backend import KeyringBackend

from models.storage import passwords

Kept = dict[tuple[str, str], str]


class MemoryKeyring(KeyringBackend):
    """Keeps passwords by service and user."""

    priority: ClassVar[float] = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: Kept = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@contextmanager
def only_in_memory() -> Iterator[Kept]:
    """What the keyring of this test holds; passwords of earlier ones are forgotten."""
    before, ours = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(ours)
    passwords.forget_all()
    yield ours.kept
    keyring.set_keyring(before)
    passwords.forget_all()
    passwords.come_from()
