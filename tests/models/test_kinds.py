"""Kinds are described when they are first asked for, each under its name."""

from models.system.kinds import KINDS, LINES


def test_every_kind_is_described_under_its_name() -> None:
    assert [kind.name for kind in KINDS.values()] == list(KINDS)


def test_every_link_names_a_kind() -> None:
    links = {field.link for kind in KINDS.values() for field in kind.fields if field.link}
    assert links <= set(KINDS)


def test_lines_are_those_of_their_document() -> None:
    assert LINES["order"] is KINDS["order_line"]


def test_only_documents_have_lines() -> None:
    assert "account" not in LINES
    assert LINES.get("account") is None
