"""Who has a record open: told at once, answered to newcomers, forgotten within a minute."""

import pytest

from controllers.system.presence import BEAT, LIFE, Presence

CUSTOMER, OTHER = ("account", 1), ("account", 2)


class Room:
    """Programs that hear one another, at a time the test sets."""

    def __init__(self) -> None:
        self.now = 0.0
        self.calls = 0
        self.programs: list[Presence] = []

    def enter(self, name: str) -> Presence:
        made = Presence(f"origin of {name}", name, self.call_out, lambda: self.now)
        self.programs.append(made)
        return made

    def call_out(self, text: str) -> None:
        self.calls += 1
        for each in tuple(self.programs):
            each.hear(text)


@pytest.fixture
def room() -> Room:
    return Room()


def test_others_learn_what_is_opened_and_closed(room: Room) -> None:
    sari, budi = room.enter("Sari"), room.enter("Budi")
    sari.set_open(frozenset((CUSTOMER,)))
    assert budi.others(*CUSTOMER) == ("Sari",)
    assert sari.others(*CUSTOMER) == ()
    assert budi.others(*OTHER) == ()
    sari.set_open(frozenset())
    assert budi.others(*CUSTOMER) == ()


def test_a_newcomer_is_told_at_once_and_then_it_is_quiet(room: Room) -> None:
    sari = room.enter("Sari")
    sari.set_open(frozenset((CUSTOMER, OTHER)))
    budi = room.enter("Budi")
    budi.set_open(frozenset((CUSTOMER,)))
    assert budi.others(*CUSTOMER) == ("Sari",)
    assert room.calls <= 4


def test_a_call_that_was_overtaken_changes_nothing() -> None:
    calls: list[str] = []
    sari, budi = Presence("sari", "Sari", calls.append), Presence("budi", "Budi", calls.append)
    sari.set_open(frozenset((CUSTOMER,)))
    sari.leave()
    for call in reversed(calls):
        budi.hear(call)
    assert budi.others(*CUSTOMER) == ()


def test_who_crashed_is_forgotten_within_a_minute(room: Room) -> None:
    sari, budi = room.enter("Sari"), room.enter("Budi")
    sari.set_open(frozenset((CUSTOMER,)))
    room.programs.remove(sari)
    for _beat in range(4):
        room.now += BEAT
        budi.beat()
    assert room.now <= 60
    assert budi.others(*CUSTOMER) == ()


def test_who_works_on_stays(room: Room) -> None:
    sari, budi = room.enter("Sari"), room.enter("Budi")
    sari.set_open(frozenset((CUSTOMER,)))
    while room.now < 3 * LIFE:
        room.now += BEAT
        sari.beat()
        budi.beat()
        assert budi.others(*CUSTOMER) == ("Sari",)


def test_a_call_nobody_can_read_does_no_harm(room: Room) -> None:
    sari = room.enter("Sari")
    for text in ("", "[]", "{}", '["x"]', '["o", "Eve", [["account", "one"]], 1]', "\x00"):
        sari.hear(text)
    assert sari.others(*CUSTOMER) == ()
