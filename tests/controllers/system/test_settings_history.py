"""The history of the company's settings: each field before and after, and no secret ever."""

import json
from dataclasses import replace

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.system import backups, history, integrity, people, pin, settings
from controllers.system.company import HISTORY
from models.values.errors import DomainError, NotFoundError
from models.values.formatting import Style
from models.values.permissions import may
from models.values.settings import HISTORY_ID, Mail, Settings
from tests.controllers.conftest import SignIn
from tests.models.storage.people_of_every_role import ROLE_NAMES

MAJU = Settings(company="PT Maju", logo="b2xk")

Told = list[tuple[str, str, str]]


@pytest.fixture
def kept(app: App) -> App:
    """A database whose company was written once."""
    app.write(settings.save, MAJU)
    return app


def steps(app: App, style: Style | None = None) -> list[Told]:
    """The steps, newest first: field, before and after of each difference."""
    found = app.read(history.page, "settings", HISTORY_ID, style).steps
    return [[(each.field, each.before, each.after) for each in step.differences] for step in found]


def written(app: App) -> str:
    """All that the audit trail holds of the settings."""
    return str(app.database.fetch("SELECT changes, costs FROM audit WHERE kind = 'settings'"))


def test_each_field_that_changed_is_told_with_both_values(kept: App) -> None:
    words = {"id": {"terms": "Bayar “tunai”\ndi muka"}}
    kept.write(settings.save, replace(MAJU, mail=Mail("mx.maju.example"), valid_days=14,
                                      cash_rounding=True, texts=words))  # fmt: skip
    newest, first = steps(kept)
    assert newest == [
        ("cash_rounding", "false", "true"),
        ("mail_host", "", "mx.maju.example"),
        ("texts_id_terms", "", "Bayar “tunai”\ndi muka"),
        ("valid_days", "30", "14"),
    ]
    assert ("company", "", "PT Maju") in first
    step = kept.read(history.page, "settings", HISTORY_ID, Style.of("en")).steps[0]
    assert step.who == (kept.database.login or "sari")
    assert step.station
    told = {each.label: (each.line, each.before, each.after) for each in step.differences}
    assert told["Terms"][0] == "Bahasa Indonesia"
    assert told["Round totals to 5 sen"] == ("", "No", "Yes")


def test_every_setting_has_a_name_in_its_history() -> None:
    known = HISTORY.by_name.keys()
    for name, value in Settings().as_json().items():
        if name == "texts":
            continue
        parts = [f"{name}_{each}" for each in value] if isinstance(value, dict) else [name]
        assert known >= set(parts), name


def test_what_was_not_changed_leaves_no_step(kept: App) -> None:
    kept.write(settings.save, MAJU)
    assert len(steps(kept)) == 1


def test_of_a_logo_and_of_passwords_only_is_told_that_they_changed(kept: App) -> None:
    kept.write(settings.save, replace(MAJU, logo="bmV3"))
    assert steps(kept)[0] == [("logo", "true", "true")]
    value = json.dumps(MAJU.as_json() | {"mail": {"password": "hunter2"}})
    with kept.database.writing() as connection:
        connection.exec_driver_sql("UPDATE setting SET value = ? WHERE name = 'company'", (value,))
    assert '"mail_password":[null,true]' in written(kept)
    assert not any(each in written(kept) for each in ("b2xk", "bmV3", "hunter2"))


def test_a_chosen_folder_of_backups_is_told_and_a_backup_is_not(kept: App) -> None:
    kept.write(people.ensure_administrator)
    kept.write(backups.choose, "/mnt/copies", 3)
    kept.write(backups.note, "copy.db")
    assert steps(kept)[0] == [("backups_days", "", "3"), ("backups_folder", "", "/mnt/copies")]


def test_whoever_writes_settings_past_the_program_is_noted(kept: App) -> None:
    with kept.database.writing_raw() as connection:
        connection.exec_driver_sql("DELETE FROM setting")
    assert ("company", "PT Maju", "") in steps(kept)[0]


def test_settings_are_sealed_like_records(kept: App) -> None:
    assert kept.read(integrity.problems) == []
    triggers = {"sqlite": "DROP TRIGGER audit_keeps_update",
                "postgresql": "SET LOCAL lock_timeout = '5s'"}  # fmt: skip
    with kept.database.writing_raw() as connection:
        connection.exec_driver_sql(triggers[kept.database.engine_name])
        connection.exec_driver_sql("UPDATE audit SET changes = '{}' WHERE kind = 'settings'")
    assert any("(settings 1)" in each for each in kept.read(integrity.problems))


def test_they_are_found_by_the_name_of_the_company_alone(kept: App) -> None:
    assert kept.read(history.find, "settings", "company") == HISTORY_ID
    with pytest.raises(NotFoundError, match="name it “settings company”"):
        kept.read(history.find, "settings", "nothing")


def test_who_may_not_change_the_settings_does_not_see_their_history(sign_in: SignIn) -> None:
    sign_in("administrator").write(settings.save, MAJU)
    for role in ROLE_NAMES:
        theirs = sign_in(role)
        if may(role, "audit.see") and may(role, "settings.change"):
            assert steps(theirs), role
        else:
            with pytest.raises(DomainError, match="no right for this"):
                steps(theirs)


def test_a_new_role_of_a_person_is_told(app: App) -> None:
    made = app.write(records.create, "user", {"name": "wati", "role": "sales_support"})
    app.write(records.change, "user", "wati", {"role": "director"})
    newest = app.read(history.page, "user", made.id or 0, None).steps[0]
    assert [(each.field, each.before, each.after) for each in newest.differences] == [
        ("role", "sales_support", "director")
    ]


class TestPin:
    """Only a file has one."""

    @pytest.fixture
    def engine(self) -> str:
        return "sqlite"

    def test_that_it_was_set_changed_and_taken_off_is_told_and_wrong_tries_are_not(
        self, kept: App
    ) -> None:
        kept.write(pin.change, "", "2580")
        with pytest.raises(DomainError):
            pin.require(kept, "1111")
        pin.require(kept, "2580")
        kept.write(pin.change, "2580", "1470")
        kept.write(pin.forget)
        assert steps(kept)[:-1] == [
            [("pin", "••••", "")], [("pin", "••••", "••••")], [("pin", "", "••••")],
        ]  # fmt: skip
        assert "hash" not in written(kept)
        assert "salt" not in written(kept)
