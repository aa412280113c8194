"""Passwords of this run: found once, and forgotten for good."""

from collections.abc import Iterator

import pytest

from models.storage import passwords

URL = "postgresql://wati@db/desk"


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    passwords.forget_all()
    yield
    passwords.forget_all()


def test_a_password_that_was_taken_is_offered_again() -> None:
    passwords.found(URL, "kopi susu", passwords.moment())
    assert list(passwords.offered(URL)) == ["kopi susu"]


@pytest.mark.parametrize("forget", [passwords.forget_all, lambda: passwords.forget(URL)])
def test_a_sign_in_that_ends_late_brings_no_forgotten_password_back(forget: object) -> None:
    begun = passwords.moment()
    forget()  # type: ignore[operator]
    passwords.found(URL, "kopi susu", begun)
    assert passwords.known(URL) is None
