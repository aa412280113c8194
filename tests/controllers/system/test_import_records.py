"""Importing records: mapping, understanding columns, matching, rejects and taking back."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.system import imports
from models.values.errors import DomainError
from tests.builders import a_company, an_account


def _file(tmp_path: Path, text: str, name: str = "rows.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def _import(app: App, tmp_path: Path, kind: str, text: str, **more: object) -> imports.Outcome:
    request = imports.Request(kind, _file(tmp_path, text), **more)  # type: ignore[arg-type]
    return imports.import_file(app, request)


def _value(app: App, kind: str, key: str, name: str) -> object:
    return app.read(records.show, kind, key).values[name]


def test_headings_are_understood_by_name_label_and_alias(app: App, tmp_path: Path) -> None:
    text = "Kode,Nama,Telepon,E-mail\nA1,PT Maju,0812-3456-7890,a@b.example\n"
    outcome = _import(app, tmp_path, "account", text)
    assert outcome.as_json() == {
        "read": 1, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0, "import": 1,
    }  # fmt: skip
    assert _value(app, "account", "A1", "phone_e164") == "+6281234567890"


def test_importing_the_same_file_again_changes_nothing(app: App, tmp_path: Path) -> None:
    text = "code,name,credit_limit\nA1,PT Maju,1000.50\nA2,PT Jaya,\n"
    _import(app, tmp_path, "account", text)
    again = _import(app, tmp_path, "account", text)
    assert (again.created, again.updated, again.unchanged, again.run) == (0, 0, 2, None)


def test_a_difference_updates_the_record_and_search_finds_the_new_text(
    app: App, tmp_path: Path
) -> None:
    from models.values.records import ListQuery

    _import(app, tmp_path, "account", "code,name,city\nA1,PT Maju,Bandung\n")
    outcome = _import(app, tmp_path, "account", "code,city\nA1,Surabaya\n")
    assert outcome.updated == 1
    found = app.listing.first_page(ListQuery("account", ("name",), search="surabaya maju"))
    assert len(found.rows) == 1


def test_a_bad_row_is_left_out_with_its_reason(app: App, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    text = "code,name,email\nA1,PT Maju,a@b.example\nA2,,x\nA3,PT Jaya,not an address\n"
    outcome = _import(app, tmp_path, "account", text, rejects=rejects)
    assert (outcome.created, outcome.rejected) == (1, 2)
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:3] == ["line", "reason", "code"]
    assert [row[0] for row in rows[1:]] == ["3", "4"]
    assert "not an address" in rows[2][1]


def test_a_doubled_key_is_left_out_and_names_the_first_line(app: App, tmp_path: Path) -> None:
    outcome = _import(app, tmp_path, "account", "code,name\nA1,PT Maju\nA1,PT Jaya\n")
    assert outcome.created == 1
    assert outcome.reasons[0][0] == 3
    assert "line 2" in outcome.reasons[0][1]


def test_a_rehearsal_tells_the_figures_and_writes_nothing(app: App, tmp_path: Path) -> None:
    request = imports.Request("account", _file(tmp_path, "code,name\nA1,PT Maju\n"))
    outcome = imports.import_file(app, request, rehearse=True)
    assert (outcome.created, outcome.run) == (1, None)
    with pytest.raises(DomainError):
        app.read(records.show, "account", "A1")


def test_undo_removes_what_was_made_and_puts_back_what_was_changed(
    app: App, tmp_path: Path
) -> None:
    _import(app, tmp_path, "account", "code,name,credit_limit\nA1,PT Maju,1000\n")
    second = _import(app, tmp_path, "account", "code,name,credit_limit\nA1,PT Baru,2000\nA2,B,1\n")
    assert app.write(imports.undo, second.run) == {"removed": 1, "restored": 1}
    assert _value(app, "account", "A1", "name") == "PT Maju"
    assert _value(app, "account", "A1", "credit_limit") == Decimal(1000)


def test_undo_is_refused_where_a_record_was_changed_since(app: App, tmp_path: Path) -> None:
    outcome = _import(app, tmp_path, "account", "code,name\nA1,PT Maju\nA2,PT Jaya\n")
    app.write(records.change, "account", "A1", {"name": "PT Lain"})
    with pytest.raises(DomainError, match="A1 was changed"):
        app.write(imports.undo, outcome.run)
    assert _value(app, "account", "A2", "name") == "PT Jaya"


@pytest.mark.parametrize(
    ("column", "mark"),
    [(["1.234,50", "2.000"], ","), (["1,234.50", "2,000"], "."), (["1234.5", "7"], ".")],
)
def test_the_decimal_mark_is_read_from_the_whole_column(
    app: App, tmp_path: Path, column: list[str], mark: str
) -> None:
    text = "code,name,credit_limit\n" + "".join(f'C{at},x,"{v}"\n' for at, v in enumerate(column))
    _import(app, tmp_path, "account", text)
    assert _value(app, "account", "C0", "credit_limit") == Decimal("1234.5")


def test_a_column_of_doubtful_figures_is_refused_with_both_readings(
    app: App, tmp_path: Path
) -> None:
    with pytest.raises(DomainError, match=r"1\.234 = 1234 / 1\.234.*--decimals"):
        _import(app, tmp_path, "account", "code,name,credit_limit\nA1,x,1.234\n")


def test_told_decimals_decide(app: App, tmp_path: Path) -> None:
    _import(app, tmp_path, "account", "code,name,credit_limit\nA1,x,1.234\n", decimals=",")
    assert _value(app, "account", "A1", "credit_limit") == Decimal(1234)


def test_a_column_of_doubtful_days_is_refused_with_both_readings(app: App, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="2026-02-01 / 2026-01-02"):
        _import(app, tmp_path, "contact", "name,birthday\nSari,01/02/2026\n")


def test_one_day_over_twelve_settles_the_order_of_the_column(app: App, tmp_path: Path) -> None:
    _import(app, tmp_path, "contact", "code,name,birthday\na,Sari,01/02/1990\nb,Budi,31/12/1991\n")
    assert str(_value(app, "contact", "a", "birthday")) == "1990-02-01"


def test_an_american_date_under_indonesian_reading_is_refused(app: App, tmp_path: Path) -> None:
    outcome = _import(app, tmp_path, "contact", "name,birthday\nSari,08/17/2026\n", dates="dmy")
    assert outcome.rejected == 1
    assert "08/17/2026" in outcome.reasons[0][1]


def test_an_unknown_link_leaves_the_row_out(app: App, tmp_path: Path) -> None:
    outcome = _import(app, tmp_path, "account", "code,name,owner\nA1,x,nobody\n")
    assert outcome.rejected == 1
    assert "nobody" in outcome.reasons[0][1]


def test_an_unknown_column_that_is_told_is_refused(app: App, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="no column “Nope”"):
        _import(app, tmp_path, "account", "code,name\nA1,x\n", map={"Nope": "city"})


def test_two_columns_for_one_field_are_refused(app: App, tmp_path: Path) -> None:
    told = {"a": "name", "b": "name"}
    with pytest.raises(DomainError, match="both mapped to name"):
        _import(app, tmp_path, "account", "code,a,b\nA1,x,y\n", map=told)


def test_a_profile_is_kept_and_used_again(app: App, tmp_path: Path) -> None:
    profile = {"map": {"X": "code", "Y": "name"}, "set": {"country": "MY"}}
    app.write(imports.save_profile, "old system", "account", profile)
    _import(app, tmp_path, "account", "X,Y\nA1,Maju Sdn Bhd\n", profile="old system")
    assert _value(app, "account", "A1", "country") == "MY"


def test_formulas_and_control_signs_arrive_as_text(app: App, tmp_path: Path) -> None:
    text = 'code,name,notes\nA1,"=cmd|\'/c calc\'!A1","@SUM(1)\x07"\n'
    _import(app, tmp_path, "account", text)
    assert _value(app, "account", "A1", "name") == "=cmd|'/c calc'!A1"
    assert _value(app, "account", "A1", "notes") == "@SUM(1)"


def test_a_long_import_keeps_search_and_audit_right(app: App, tmp_path: Path) -> None:
    from models.values.records import ListQuery

    text = "code,name\n" + "".join(f"C{at},PT Sinar {at}\n" for at in range(6_000))
    outcome = _import(app, tmp_path, "account", text)
    assert outcome.created == 6_000
    found = app.listing.first_page(ListQuery("account", ("code",), search="sinar 5999"))
    assert [row[1] for row in found.rows] == ["C5999"]
    reader = app.database.reader()
    assert reader.execute("SELECT count(*) FROM audit WHERE kind = 'account'").fetchone()[0] == 6000
    app.write(records.change, "account", "C1", {"name": "PT Lain"})
    again = app.listing.first_page(ListQuery("account", ("code",), search="lain"))
    assert [row[1] for row in again.rows] == ["C1"]


def test_stopping_an_import_leaves_nothing(app: App, tmp_path: Path) -> None:
    class Stopped(Exception):  # noqa: N818
        pass

    def watch(stage: str, _done: int, _rows: int) -> None:
        if stage == "Writing":
            raise Stopped

    request = imports.Request("account", _file(tmp_path, "code,name\nA1,x\n"))
    with pytest.raises(Stopped):
        imports.import_file(app, request, watch=watch)
    with pytest.raises(DomainError):
        app.read(records.show, "account", "A1")


def test_prices_that_hold_no_longer_are_counted(app: App, tmp_path: Path) -> None:
    a_company(app)
    text = (
        "price_list,product,price,minimum_quantity,valid_to\n"
        "Dealers,FAN1,5,1,2026-11-19\nDealers,FAN1,6,2,2026-11-20\nDealers,FAN1,7,3,\n"
    )
    outcome = _import(app, tmp_path, "price", text)
    assert (outcome.created, outcome.expired) == (3, 1)


def test_a_code_is_one_record_whatever_its_case(app: App, tmp_path: Path) -> None:
    an_account(app, "Toko-É")
    text = "code,name\nTOKO-é,Makmur\nb1,Baru\nB1,Baru\n"
    outcome = _import(app, tmp_path, "account", text)
    assert (outcome.created, outcome.updated, outcome.rejected) == (1, 1, 0)
    assert _value(app, "account", "Toko-É", "name") == "Makmur"
    assert _value(app, "account", "b1", "name") == "Baru"
    other = _import(app, tmp_path, "account", "code,name\nC1,One\nc1,Two\n")
    assert (other.created, other.rejected) == (1, 1)
    again = _import(app, tmp_path, "account", "code,name\nB1,Baru\n")
    assert (again.created, again.unchanged) == (0, 1)


def test_a_currency_that_is_none_leaves_the_row_out(app: App, tmp_path: Path) -> None:
    text = "code,name,currency\nA1,One,XXQ\nA2,Two,myr\n"
    outcome = _import(app, tmp_path, "account", text)
    assert (outcome.created, outcome.rejected) == (1, 1)
    assert "XXQ" in outcome.reasons[0][1]


def test_records_found_by_another_column_keep_their_key(app: App, tmp_path: Path) -> None:
    an_account(app, "A1", email="a@x.example")
    outcome = _import(app, tmp_path, "account", "name,email\nTwo,a@x.example\n", key="email")
    assert outcome.updated == 1
    assert _value(app, "account", "A1", "name") == "Two"


def test_the_key_of_another_record_leaves_the_row_out(app: App, tmp_path: Path) -> None:
    an_account(app, "A1", email="a@x.example")
    text = "code,name,email\nA1,Two,b@x.example\nA2,Three,c@x.example\nA2,Four,d@x.example\n"
    outcome = _import(app, tmp_path, "account", text, key="email")
    assert (outcome.created, outcome.updated, outcome.rejected) == (1, 0, 2)
    assert "“A1” is taken" in outcome.reasons[0][1]


def test_records_are_found_by_what_they_link_to(app: App, tmp_path: Path) -> None:
    a_company(app)
    outcome = _import(
        app, tmp_path, "contact", "account,email\nALFKI,new@x.example\n", key="account"
    )
    assert outcome.updated == 1
    assert _value(app, "contact", "maria", "email") == "new@x.example"


def test_many_blocks_are_written_as_one(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from controllers.system.imports import engines

    monkeypatch.setattr(engines, "BLOCK", 3)
    rows = "".join(f"C{at},PT Maju {at},Solo\n" for at in range(10))
    _import(app, tmp_path, "account", "code,name,city\n" + rows)
    more = "".join(f"C{at},PT Jaya {at}\n" for at in range(5, 15))
    outcome = _import(app, tmp_path, "account", "code,name\n" + more)
    assert (outcome.created, outcome.updated) == (5, 5)
    assert _value(app, "account", "C9", "city") == "Solo"
    assert app.write(imports.undo, outcome.run) == {"removed": 5, "restored": 5}
    assert _value(app, "account", "C9", "name") == "PT Maju 9"
