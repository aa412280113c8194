"""Whatever somebody types into a search or filter means itself, on both engines."""

from contextlib import suppress
from itertools import product
from typing import Any

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.insight import sales
from controllers.system import views
from models.system.kinds import KINDS
from models.values.errors import DomainError
from models.values.fields import NUMBER_KINDS, FieldKind
from models.values.folding import folded
from models.values.records import Filter, ListQuery
from tests.builders import a_company
from tests.conftest import Contents

STORED = (
    "'", '"', "%", "_", "\\", "';--", "'; DROP TABLE account; --", "$1", "$$", "?", "??", ":name",
    "{}", "{0}", "%s", "%(a)s", "' OR '1'='1", "\\'", "/*", "*/", "a%b_c\\d", "é", "😀", "x" * 500,
    "(SELECT 1)", "||", "~", "\\%", "null", "1=1",
)  # fmt: skip
"""What a name may hold."""

HOSTILE = (*STORED, "\0", "a\0b", "\ud800", "x" * 200_000, "9" * 40, "1e999", "nan", "-", "")
"""And what no text in a database can be, or no figure."""

OPERATORS = (
    "contains", "starts", "=", "!=", "<", "<=", ">", ">=", "in", "between", "empty", "filled",
    "; DROP TABLE account", "",
)  # fmt: skip


def customers_of_every_name(app: App) -> None:
    def fill(uow: UnitOfWork) -> None:
        for at, name in enumerate(STORED):
            values = {"code": f"H{at:02}", "name": f"N {name} Z", "notes": name}
            records.create(uow, "account", values)

    app.write(fill)


def _codes(app: App, query: ListQuery) -> set[str]:
    return {row[1] for row in app.listing.first_page(query, 200).rows}


class TestEveryName:
    """Among customers of every name."""

    @pytest.fixture
    def contents(self) -> Contents:
        return customers_of_every_name

    @pytest.mark.parametrize("text", STORED)
    def test_a_search_and_a_filter_take_every_text_as_it_is(self, app: App, text: str) -> None:
        base = ListQuery("account", ("code",))
        names = {f"H{at:02}": f"N {name} Z" for at, name in enumerate(STORED)}
        low = text.lower()
        holding = {code for code, name in names.items() if low in name.lower()}
        found = _codes(app, base._replace(filters=(Filter("name", "contains", text),)))
        assert found == holding
        same = {f"H{at:02}" for at, name in enumerate(STORED) if name == text}
        assert _codes(app, base._replace(filters=(Filter("notes", "=", text),))) == same
        assert _codes(app, base._replace(filters=(Filter("notes", "in", (text, "no")),))) == same
        starting = {code for code, name in names.items() if name.lower().startswith(f"n {low}")}
        begins = Filter("name", "starts", f"N {text}")
        assert _codes(app, base._replace(filters=(begins,))) == starting
        words = folded(text).split()
        if len("".join(words)) > 2:
            searched = {
                code for code, name in names.items()
                if all(word in folded(f"{code} {name}") for word in words)
            }  # fmt: skip
            query = base._replace(search=text)
            assert _codes(app, query) == searched
            assert app.listing.count(query) == len(searched)
            assert len(app.listing.identifiers(query)) == len(searched)


def _asked(app: App, query: ListQuery) -> bool:
    """Whether a list is answered; False where it is refused in words."""
    with suppress(DomainError):
        app.listing.first_page(query, 3)
        app.listing.count(query)
        return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("kind", [name for name in KINDS if not name.endswith("_line")])
def test_every_field_is_compared_or_refuses(app: App, kind: str) -> None:
    described = KINDS[kind]
    base = ListQuery(kind, (described.title,))
    texts = [each for each in HOSTILE if len(each) < 1_000] + ["x" * 200_000]
    for field, operator in product(described.fields, OPERATORS):
        for text in texts if field is described.fields[0] else HOSTILE[:: 1 + len(field.name) % 5]:
            value = {"in": (text,), "between": (text, text)}.get(operator, text)
            is_answered = _asked(app, base._replace(filters=(Filter(field.name, operator, value),)))
            if operator in ("; DROP TABLE account", ""):
                assert not is_answered
            if operator == "contains" and field.kind in (*NUMBER_KINDS, FieldKind.BOOLEAN):
                assert not is_answered
    for text in HOSTILE:
        _asked(app, base._replace(search=text))
        for query in (
            base._replace(sort=text or "?"), base._replace(columns=(text,)),
            base._replace(filters=(Filter(text, "=", "x"),)),
        ):  # fmt: skip
            assert not _asked(app, query)
        with suppress(DomainError):
            app.listing.lookup(kind, text)


def test_saved_views_and_reports_take_every_text_as_it_is(app: App) -> None:
    a_company(app)
    for at, text in enumerate(STORED):
        value: dict[str, Any] = {"filters": [["name", "contains", text]], "search": text}
        app.write(views.save_view, views.View(f"{text} {at}", "account", value))
    kept = {view.name: view.value for view in app.read(views.views, "account")}
    assert {f"{text} {at}" for at, text in enumerate(STORED)} == set(kept)
    assert all(value["search"] in name for name, value in kept.items())
    for name, text in product(sales.FILTERS, HOSTILE):
        with suppress(DomainError):
            report = app.read(sales.sales, sales.SalesOptions(filters=((name, text),)))
            assert not list(report.rows)
