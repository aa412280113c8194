"""Refusals read well in every language."""

from models.values.errors import DomainError, ProblemsError
from resources.languages import marked as _


def test_labels_in_a_sentence_are_worded_in_its_language() -> None:
    message = _("{label}: there is no {kind} “{key}”; make it first or name another.")
    error = DomainError(message, field="owner", label="Owner", kind="User", key="budi")
    assert str(error) == "Owner: there is no user “budi”; make it first or name another."
    assert error.text("id").startswith("Penanggung jawab: tidak ada pemakai “budi”")
    assert error.text("ms").startswith("Pemilik: tiada pengguna “budi”")


def test_a_sentence_that_begins_with_a_kind_begins_with_a_capital() -> None:
    message = _("{kind} has no field “{name}”; there are {known}.")
    error = DomainError(message, kind="Customer", name="x", known="code")
    assert error.text("id").startswith("Pelanggan tidak punya bidang “x”")


def test_what_a_person_typed_is_never_a_template() -> None:
    message = _("{label}: “{text}” is no number.")
    error = DomainError(message, label="Price", text="{label.__class__}")
    assert str(error) == "Price: “{label.__class__}” is no number."


def test_several_problems_read_one_after_the_other() -> None:
    problems = [DomainError("One."), DomainError("Two.", field="name")]
    assert str(ProblemsError(problems)) == "One. Two."
