"""What the program lets a person do is what the declared table says, the same on both engines."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from controllers.core import permitted, records
from controllers.core.app import App
from controllers.documents import drafting, orders, quotation_json, quotations
from controllers.insight import sales
from controllers.insight.exports import list_report
from controllers.system import people, settings, views
from models.storage.scopes import permission
from models.values.errors import DomainError, NotFoundError
from models.values.permissions import PERMISSIONS, Scope, may, scope
from models.values.records import Change, Filter, ListQuery
from models.values.settings import Settings
from tests.builders import a_draft, a_line
from tests.conftest import NOW
from tests.models.storage.people_of_every_role import (
    ACCOUNTS,
    ROLE_NAMES,
    reached,
)

D = Decimal
SignIn = Callable[[str], App]


def _listed(app: App, kind: str) -> set[str]:
    column = "code" if kind == "account" else "account"
    query = ListQuery(kind, (column,), links_by_key=True)
    codes = {str(row[1]) for row in app.listing.first_page(query).rows}
    return codes & set(ACCOUNTS)


@pytest.mark.parametrize("name", [*ROLE_NAMES, "loner"])
def test_lists_and_records_are_those_of_the_scope(name: str, sign_in: SignIn) -> None:
    theirs = sign_in(name)
    role = "account_manager" if name == "loner" else name
    for kind in ("account", "contact", "quotation", "order"):
        wanted = reached(name, scope(role, permission(kind, "see")))
        assert _listed(theirs, kind) == wanted
        query = ListQuery(kind)
        assert theirs.listing.count(query) == len(theirs.listing.identifiers(query))
    seen = reached(name, scope(role, "customers.see"))
    for code in ACCOUNTS:
        if code in seen:
            assert theirs.read(records.show, "account", code).key == code
        else:
            with pytest.raises(NotFoundError):
                theirs.read(records.show, "account", code)


def test_a_search_finds_only_what_may_be_seen(sign_in: SignIn) -> None:
    theirs = sign_in("account_manager")
    seen = reached("account_manager", Scope.TEAM)
    query = ListQuery("account", ("code",), search="PT A-")
    assert {row[1] for row in theirs.listing.first_page(query).rows} == seen
    assert theirs.listing.count(query) == len(seen)
    assert {row[1] for row in theirs.listing.lookup("account", "A-OTHER")} == set()
    assert {row[1] for row in theirs.listing.lookup("account", "A-MATE")} == {"A-MATE"}


@pytest.mark.parametrize("name", ROLE_NAMES)
def test_records_are_changed_within_the_scope(name: str, sign_in: SignIn) -> None:
    theirs = sign_in(name)
    may_change = reached(name, scope(name, "customers.change"))
    for code in ACCOUNTS:
        if code in may_change:
            theirs.write(records.change, "account", code, {"notes": name})
        else:
            with pytest.raises(DomainError):
                theirs.write(records.change, "account", code, {"notes": name})


def test_what_is_seen_and_not_changeable_says_so(sign_in: SignIn) -> None:
    theirs = sign_in("account_manager")
    for use_case in (records.change, records.archive, records.delete):
        words = ({"notes": "x"},) if use_case is records.change else ()
        with pytest.raises(DomainError, match="not among the records you may change"):
            theirs.write(use_case, "account", "A-MATE", *words)  # type: ignore[arg-type]
    number = theirs.read(quotations.quotations_of, "A-MATE")[0]
    order = theirs.read(quotations.shown, number).order
    with pytest.raises(DomainError, match="not among the records you may change"):
        theirs.write(orders.confirm, order)
    assert theirs.write(quotations.copy, number).owner == "account_manager"


def test_a_new_record_belongs_to_who_may_change_only_the_own(sign_in: SignIn) -> None:
    theirs = sign_in("account_manager")
    made = theirs.write(records.create, "account", {"code": "NEW1", "name": "PT Baru"})
    assert made.values["owner"] == "account_manager"
    with pytest.raises(DomainError):
        theirs.write(records.create, "account", {"code": "N2", "name": "Y", "owner": "mate"})
    with pytest.raises(DomainError):
        theirs.write(records.change, "account", "NEW1", {"owner": "mate"})
    theirs.write(records.delete, "account", "NEW1")


def test_nobody_quotes_to_a_customer_who_is_not_seen(sign_in: SignIn) -> None:
    theirs = sign_in("account_manager")
    draft = replace(a_draft(theirs, a_line(theirs), account="A-MANAGER"), account="A-OTHER")
    with pytest.raises(DomainError, match="no customer"):
        theirs.write(quotations.new, draft)


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_use_cases_ask_for_their_permission_before_anything_is_done(
    role: str, sign_in: SignIn
) -> None:
    theirs = sign_in(role)
    view = views.View(f"Ours, {role}", "account", {})
    for needed, use_case, words in (
        ("settings.change", settings.save, (Settings(),)),
        ("people.change", people.add, ({"name": "new", "role": "director"},)),
        ("catalogue.change", records.change, ("product", "PUMP12", {"notes": role})),
        ("documents.change", orders.confirm, ("no such order",)),
        ("views.share", views.save_view, (view,)),
    ):
        assert theirs.may(needed) == may(role, needed)
        refused = f"no right for this: {PERMISSIONS[needed]}"
        if may(role, needed) and needed not in ("people.change", "documents.change"):
            theirs.write(use_case, *words)  # type: ignore[arg-type]
        elif not may(role, needed):
            with pytest.raises(DomainError, match=refused):
                theirs.write(use_case, *words)  # type: ignore[arg-type]


def test_what_declares_nothing_is_for_administrators(sign_in: SignIn) -> None:
    with pytest.raises(DomainError, match="no right"):
        sign_in("director").write(lambda uow: uow.today)
    assert sign_in("administrator").write(lambda uow: uow.today) == NOW.date()
    assert permitted.needed_by(records.archive, "tax", "ppn") == ["catalogue.change"]


@pytest.mark.parametrize("role", ["sales_support", "read_only"])
def test_costs_are_neither_shown_nor_listed_nor_exported(role: str, sign_in: SignIn) -> None:
    theirs = sign_in(role)
    assert "cost" not in theirs.read(records.show, "product", "PUMP12").values
    for query in (
        ListQuery("product", ("sku", "cost")),
        ListQuery("product", ("sku",), filters=(Filter("cost", ">", D(1)),)),
        ListQuery("product", ("sku",), sort="cost"),
        ListQuery("quotation", ("cost_total",)),
    ):
        with pytest.raises(DomainError, match="may not see"):
            theirs.listing.first_page(query)
        with pytest.raises(DomainError, match="may not see"):
            list(list_report(theirs, query, "en").rows)
    number = theirs.read(quotations.quotations_of, "A-MANAGER")[0]
    shown = theirs.read(quotations.shown, number)
    assert {line.cost for line in shown.draft.lines} == {None}
    assert theirs.read(lambda uow: quotation_json.answer(uow, shown))["margin_percent"] is None
    opened = theirs.read(quotations.opened, number)
    assert {each.cost for each in opened.book.products.values()} == {None}
    report = theirs.read(sales.sales, sales.SalesOptions(by=("customer",)))
    assert "margin" not in [column.name for column in report.columns]
    assert theirs.read(quotations.document, number).lines


def test_a_quotation_of_sales_support_has_its_costs_all_the_same(sign_in: SignIn) -> None:
    theirs, boss = sign_in("sales_support"), sign_in("director")
    draft = theirs.write(quotations.new, a_draft(theirs, a_line(theirs, quantity="3"),
                                                 account="ALFKI"))  # fmt: skip
    theirs.write(quotations.send, draft.id or 0)
    number = theirs.write(quotations.order, draft.id or 0).number
    for kind, show in (("quotation", quotations.show), ("order", orders.show)):
        shown = boss.read(show, draft.id or 0 if kind == "quotation" else number)
        assert [line.cost for line in shown.lines] == [D(4_000_000)]
        query = ListQuery(kind, ("cost_total",), filters=(Filter("number", "=", shown.number),))
        (row,) = boss.listing.first_page(query).rows
        assert row[1] == 12_000_000 * 10_000
    theirs.write(orders.confirm, number)
    theirs.write(orders.cancel, number)


def test_a_price_that_follows_from_cost_is_offered_to_sales_support(sign_in: SignIn) -> None:
    """The list has `cost * 1.5 round 500` for the fan, which costs 600,000."""
    for name in ("sales_support", "director"):
        theirs = sign_in(name)
        draft = replace(
            a_draft(theirs, a_line(theirs, "FAN1"), account="ALFKI"), price_list="Dealers"
        )
        opened = theirs.read(drafting.opened, draft)
        (line,) = draft.lines
        quoted = opened.book.quote(line.product or 0, D(1), "", NOW.date())
        assert quoted.price == D(900_000)
        made = theirs.write(quotations.new, draft)
        assert made.lines[0].unit_price == D(900_000)
        (rule,) = opened.book.rules
        assert rule.formula == ("" if name == "sales_support" else "cost * 1.5 round 500")


def test_a_new_role_holds_from_the_next_step_on(sign_in: SignIn) -> None:
    boss = sign_in("administrator")
    boss.write(records.change, "user", "loner", {"role": "read_only"})
    theirs = sign_in("loner")
    assert not theirs.may("documents.change")
    boss.write(records.change, "user", "loner", {"role": "account_manager"})
    theirs.changes.announce((Change("user", 0),))
    assert theirs.may("documents.change")
