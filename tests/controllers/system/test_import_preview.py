"""A look at an import before it is made: mapping, doubts, differences; and what follows it."""

import csv
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.system import imports
from controllers.system.imports import staging_sqlite
from controllers.system.integrity import problems
from models.values.errors import DomainError
from models.values.formatting import Style
from models.values.records import ListQuery

TEXT = "Kode,Nama,City,Limit\nA1,PT Maju,Bogor,1000.50\nA2,PT Jaya,Ipoh,\n"


def asked(tmp_path: Path, text: str = TEXT, kind: str = "account", **more: Any) -> imports.Request:
    path = tmp_path / "rows.csv"
    path.write_text(text, encoding="utf-8")
    return imports.Request(kind, path, **more)


def look(app: App, tmp_path: Path, text: str = TEXT, **more: Any) -> imports.Preview:
    return imports.preview(app, asked(tmp_path, text, **more))


def test_columns_are_shown_with_samples_and_what_they_mean(app: App, tmp_path: Path) -> None:
    columns = look(app, tmp_path).columns
    assert [(each.heading, each.field) for each in columns] == [
        ("Kode", "code"), ("Nama", "name"), ("City", "city"), ("Limit", ""),
    ]  # fmt: skip
    assert columns[2].samples == ("Bogor", "Ipoh")


def test_a_look_changes_nothing(app: App, tmp_path: Path) -> None:
    outcome = look(app, tmp_path).outcome
    assert outcome is not None
    assert (outcome.created, outcome.run) == (2, None)
    assert app.listing.count(ListQuery("account", ("code",))) == 0
    assert app.read(imports.history) == []


def test_differences_say_what_was_and_what_will_be(app: App, tmp_path: Path) -> None:
    imports.import_file(app, asked(tmp_path))
    text = "code,name,city,credit_limit\nA1,PT Maju,Medan,2000.25\nA3,PT Baru,Ipoh,\n"
    changed, new = look(app, tmp_path, text, decimals=".").differences
    assert (changed.key, changed.is_new) == ("A1", False)
    assert changed.changes == (("City", "Bogor", "Medan"), ("Credit limit", "", "2,000.25"))
    assert (new.key, new.is_new, new.changes[0]) == ("A3", True, ("City", "", "Ipoh"))


def test_links_are_shown_by_the_key_of_their_record(app: App, tmp_path: Path) -> None:
    imports.import_file(app, asked(tmp_path))
    text = "account,name\nA1,Maria\n"
    new = look(app, tmp_path, text, kind="contact").differences[0]
    assert ("Customer", "", "A1") in new.changes or ("Account", "", "A1") in new.changes


def test_a_documents_lines_are_counted(app: App, tmp_path: Path) -> None:
    imports.import_file(app, asked(tmp_path))
    text = (
        "number,account,date,description,quantity,unit_price\n"
        "S1,A1,2026-01-31,Visit,1,100\nS1,A1,2026-01-31,Parts,2,5\n"
    )
    new = look(app, tmp_path, text, kind="order").differences[0]
    assert (new.key, ("Lines", "", "2") in new.changes) == ("S1", True)


@pytest.mark.parametrize(
    ("heading", "cell", "option", "readings"),
    [
        ("credit_limit", "1.234", "decimals", {",": "1234", ".": "1.234"}),
        ("credit_limit", "9,500", "decimals", {",": "9.500", ".": "9500"}),
    ],
)
def test_a_column_in_doubt_is_shown_both_ways_and_nothing_is_rehearsed(
    app: App, tmp_path: Path, heading: str, cell: str, option: str, readings: dict[str, str]
) -> None:
    text = f'code,name,{heading}\nA1,PT Maju,"{cell}"\n'
    preview = look(app, tmp_path, text)
    (doubt,) = preview.doubts
    assert (doubt.heading, doubt.option, preview.outcome) == (heading, option, None)
    assert {value: each[0][1] for value, each in doubt.readings} == readings


def test_dates_in_doubt_are_shown_both_ways(app: App, tmp_path: Path) -> None:
    text = "number,account,date\nS1,A1,03/04/2026\n"
    (doubt,) = look(app, tmp_path, text, kind="order").doubts
    assert {value: each[0][1] for value, each in doubt.readings} == {
        "dmy": "2026-04-03", "mdy": "2026-03-04",
    }  # fmt: skip


def test_a_decision_ends_the_doubt(app: App, tmp_path: Path) -> None:
    text = "code,name,credit_limit\nA1,PT Maju,1.234\n"
    preview = look(app, tmp_path, text, decimals=",")
    assert preview.doubts == ()
    assert ("Credit limit", "", "1,234.00") in preview.differences[0].changes


def test_a_clash_is_a_problem_beside_the_columns(app: App, tmp_path: Path) -> None:
    preview = look(app, tmp_path, map={"Nama": "name", "City": "name"})
    assert preview.problem is not None
    assert "both mapped to name" in preview.problem.text()
    assert len(preview.columns) == 4


def test_a_file_without_a_required_column_changes_records_and_makes_none(
    app: App, tmp_path: Path
) -> None:
    imports.import_file(app, asked(tmp_path))
    outcome = look(app, tmp_path, "code,city\nA1,Medan\nA9,Solo\n").outcome
    assert outcome is not None
    assert (outcome.created, outcome.updated, outcome.rejected) == (0, 1, 1)
    assert "Name is missing for a new record" in outcome.reasons[0][1]


def test_a_file_in_which_nothing_means_a_field_is_a_problem(app: App, tmp_path: Path) -> None:
    problem = look(app, tmp_path, "moon,sun\n1,2\n").problem
    assert problem is not None
    assert "means a field" in problem.text()


def test_a_file_that_cannot_be_read_is_refused(app: App, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="is empty"):
        look(app, tmp_path, "")


def test_a_stopped_import_leaves_nothing(app: App, tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def watch(stage: str, _done: int, _total: int) -> None:
        if stage == "Finishing":
            raise StoppedError

    with pytest.raises(StoppedError):
        imports.import_file(app, asked(tmp_path), watch=watch)
    assert app.listing.count(ListQuery("account", ("code",))) == 0
    assert app.read(imports.history) == []


def test_the_history_names_every_import_and_its_undoing(app: App, tmp_path: Path) -> None:
    run = imports.import_file(app, asked(tmp_path)).run or 0
    app.write(imports.undo, run)
    (entry,) = app.read(imports.history)
    assert (entry.id, entry.who, entry.file, entry.created) == (run, "sari", "rows.csv", 2)
    assert entry.undone_at is not None


def test_rejected_rows_are_saved_afterwards_with_their_reasons(app: App, tmp_path: Path) -> None:
    request = asked(tmp_path, TEXT + ",,Solo,\n")
    outcome = imports.import_file(app, request)
    path = tmp_path / "rejected.csv"
    assert imports.save_rejected(app, request, outcome, path) == 1
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert rows[0][:2] == ["line", "reason"]
    assert rows[1][0] == "4"
    assert rows[1][4] == "Solo"


def test_a_rejects_file_that_cannot_be_written_is_refused(app: App, tmp_path: Path) -> None:
    request = asked(tmp_path, TEXT + ",,Solo,\n")
    outcome = imports.import_file(app, request)
    with pytest.raises(DomainError, match="cannot be written"):
        imports.save_rejected(app, request, outcome, tmp_path / "none" / "rejected.csv")


def test_imports_are_announced_for_the_history(app: App, tmp_path: Path) -> None:
    told: list[str] = []
    app.changes.subscribe(lambda changes: told.extend(each.kind for each in changes))
    imports.import_file(app, asked(tmp_path))
    assert told == ["account", "import"]


@pytest.mark.parametrize("more", [0, 9])
def test_the_search_index_of_a_long_import_follows_new_and_changed_records(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int
) -> None:
    """With many other records beside it only what changed is written, else the whole index."""
    monkeypatch.setattr(staging_sqlite, "LONG", 1)
    for at in range(more):
        app.write(records.create, "account", {"code": f"Z{at}", "name": f"Other {at}"})
    imports.import_file(app, asked(tmp_path))
    imports.import_file(app, asked(tmp_path, "code,name\nA1,Sinar Karya\nA9,PT Lain\n"))
    found = {
        text: app.listing.count(ListQuery("account", ("code",), search=text))
        for text in ("maju", "sinar", "lain", "other", "bogor")
    }
    assert found == {"maju": 0, "sinar": 1, "lain": 1, "other": more, "bogor": 1}
    assert app.write(problems) == []


def test_figures_follow_the_persons_style(app: App, tmp_path: Path) -> None:
    request = asked(tmp_path, "code,name,credit_limit\nA1,PT Maju,1234.50\n")
    (new,) = imports.preview(app, request, Style.of("id")).differences
    assert new.changes == (("Batas kredit", "", "1.234,50"),)


def schema(app: App) -> list[tuple[str, str]]:
    query = "SELECT name, sql FROM sqlite_master ORDER BY name"
    return [(row[0], row[1]) for row in app.database.reader().execute(query)]


class TestFile:
    """A long import into a file takes triggers and indexes away; on a server nobody may."""

    @pytest.fixture
    def engine(self) -> str:
        return "sqlite"

    @pytest.mark.parametrize("stops", [True, False])
    def test_indexes_and_triggers_stand_again_after_a_long_import_and_after_a_stopped_one(
        self, app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stops: bool
    ) -> None:
        monkeypatch.setattr(staging_sqlite, "LONG", 1)
        before = schema(app)

        def watch(stage: str, _done: int, _total: int) -> None:
            if stops and stage == "Finishing":
                raise InterruptedError

        with pytest.raises(InterruptedError) if stops else nullcontext():
            imports.import_file(app, asked(tmp_path), watch=watch)
        look(app, tmp_path, TEXT.replace("Bogor", "Solo"))
        assert schema(app) == before
