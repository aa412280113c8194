"""Reports as CSV files."""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from reports.kit.delimited import write_csv
from reports.kit.files import Cancelled
from reports.kit.table import Column, TableReport

COLUMNS = (
    Column("text", "Text"),
    Column("amount", "Amount", "money", "IDR"),
    Column("day", "Day", "date"),
    Column("at", "At", "datetime"),
    Column("paid", "Paid", "bool"),
)


def read(told: TableReport, **facts: object) -> list[list[str]]:
    file = BytesIO()
    write_csv(told, file, **facts)  # type: ignore[arg-type]
    text = file.getvalue().decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=str(facts.get("delimiter", ","))))


def texts(*values: object) -> list[str]:
    told = TableReport("T", (Column("a", "A"),), [(value,) for value in values])
    return [row[0] if row else "" for row in read(told)[1:]]


def test_values_are_plain_and_unambiguous() -> None:
    row = ('Siti, "Ayu"', Decimal("1E+3"), date(2026, 3, 4), datetime(2026, 3, 4, 5, 6), True)  # noqa: DTZ001
    assert read(TableReport("T", COLUMNS, [row, (None,) * 5])) == [
        ["Text", "Amount (IDR)", "Day", "At", "Paid"],
        ['Siti, "Ayu"', "1000", "2026-03-04", "2026-03-04 05:06:00", "true"],
        ["", "", "", "", ""],
    ]


def test_plain_columns_are_written_alike() -> None:
    columns = (Column("a", "A", "money"), Column("b", "B", "date"), Column("c", "C", "integer"))
    told = TableReport("T", columns, [(Decimal("12.50"), date(2026, 1, 2), 7)])
    assert read(told)[1] == ["12.50", "2026-01-02", "7"]


@pytest.mark.parametrize("text", ["=1+1", "+62811", "-1 °C", "@a", "\tx", "\rx", "  =1", "\n=1"])
def test_a_text_that_could_run_gets_an_apostrophe(text: str) -> None:
    assert texts(text) == [f"'{text}"]


@pytest.mark.parametrize("text", ["a=1", "1-2", "", "'x", "陈", "; =1", "a\nb"])
def test_a_harmless_text_stays_as_it_is(text: str) -> None:
    assert texts(text, "end") == [text, "end"]


def test_numbers_may_be_negative_without_an_apostrophe() -> None:
    told = TableReport("T", (Column("a", "A", "money"),), [(Decimal("-5.5"),), (-3,)])
    assert read(told)[1:] == [["-5.5"], ["-3"]]


def test_the_mark_for_excel_and_the_separator_can_be_chosen() -> None:
    told = TableReport("T", (Column("a", "A"), Column("b", "B")), [("x", "y")])
    marked, bare = BytesIO(), BytesIO()
    write_csv(told, marked)
    write_csv(told, bare, bom=False, delimiter=";")
    assert marked.getvalue() == b"\xef\xbb\xbfA,B\r\nx,y\r\n"
    assert bare.getvalue() == b"A;B\r\nx;y\r\n"


def test_cancelling_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")
    told = TableReport("T", (Column("a", "A"),), (("x",) for _ in range(20_000)))
    with pytest.raises(Cancelled):
        write_csv(told, target, progress=lambda count: count < 9_000)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="values"):
        read(TableReport("T", (Column("a", "A"), Column("b", "B")), [("x",)]))
