"""The history of a record: who, when, from where, and each field before and after."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from platform import node

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.core.person import person_of
from controllers.documents import orders, quotations
from controllers.system import history
from controllers.system.history import Page, Step
from models.values.errors import DomainError, NotFoundError
from models.values.formatting import Style
from models.values.permissions import Scope, may, scope
from tests.builders import a_company, a_line, a_quotation, an_account, an_item
from tests.models.storage.people_of_every_role import ROLE_NAMES, fill, reached

D = Decimal
ENGLISH, INDONESIAN = Style.of("en"), Style.of("id")


def page(
    app: App, kind: str, record_id: int | None, style: Style = ENGLISH, **more: object
) -> Page:
    return app.read(history.page, kind, record_id or 0, style, **more)  # type: ignore[arg-type]


def told(step: Step) -> list[tuple[str, str, str, str]]:
    return [(each.line, each.label, each.before, each.after) for each in step.differences]


def test_a_change_tells_who_when_where_and_both_values(app: App) -> None:
    made = an_account(app, city="Bandung")
    app.write(records.change, "account", "ALFKI", {"city": "Medan", "credit_limit": D(1_500_000)})
    newest, oldest = page(app, "account", made.id).steps
    assert told(newest) == [("", "City", "Bandung", "Medan"),
                            ("", "Credit limit", "", "1,500,000")]  # fmt: skip
    assert newest.who == (app.database.login or "sari")
    assert newest.station.startswith(node())
    assert abs(dt.datetime.now(dt.UTC) - newest.at) < dt.timedelta(minutes=5)
    assert (newest.action, oldest.action) == ("update", "insert")
    assert ("", "City", "", "Bandung") in told(oldest)


def test_texts_that_are_the_same_number_are_a_change(app: App) -> None:
    made = an_account(app, postcode="007")
    app.write(records.change, "account", "ALFKI", {"postcode": "7.0"})
    assert told(page(app, "account", made.id).steps[0]) == [("", "Postcode", "007", "7.0")]


def test_values_are_written_in_the_persons_language_and_format(app: App) -> None:
    a_company(app)
    account = app.read(records.show, "account", "ALFKI")
    changes = {"credit_limit": D(2_500_000), "language": "ms", "price_list": None}
    app.write(records.change, "account", "ALFKI", changes)
    newest = page(app, "account", account.id, INDONESIAN).steps[0]
    found = {each.field: (each.before, each.after) for each in newest.differences}
    assert found["credit_limit"] == ("", "2.500.000")
    assert found["language"] == ("Bahasa Indonesia", "Bahasa Melayu")
    assert found["price_list"] == ("Dealers", "")


def test_plain_values_name_links_by_their_keys(app: App) -> None:
    a_company(app)
    product = app.read(records.show, "product", "FAN1")
    app.write(records.change, "product", "FAN1", {"list_price": D("1250000.5")})
    (step, _made) = app.read(history.page, "product", product.id or 0, None).steps
    assert told(step) == [("", "List price", "1000000.00", "1250000.50")]


def test_lines_of_a_document_are_added_changed_and_removed(app: App) -> None:
    a_company(app)
    draft = a_quotation(app, a_line(app, quantity="3"), an_item())
    read = app.read(quotations.show, draft.id or 0)
    lines = (replace(read.lines[0], quantity=D(5)), a_line(app, "FAN1", unit_price=D(900_000)))
    app.write(quotations.save, replace(read, lines=lines, subject="Pumps"))
    newest = page(app, "quotation", draft.id).steps[0]
    found = told(newest)
    assert ("", "Subject", "", "Pumps") in found
    assert ("Pump PUMP12", "Quantity", "3", "5") in found
    assert ("Installation on site", "Line removed", "1 × 750,000", "") in found
    assert any(each[:2] == ("Pump FAN1", "Line added") for each in found)


def test_the_steps_of_a_document_tell_its_way(app: App) -> None:
    a_company(app)
    draft = a_quotation(app)
    app.write(quotations.send, draft.id or 0)
    steps = page(app, "quotation", draft.id).steps
    states = {each.field: (each.before, each.after) for each in steps[0].differences}
    assert states["stored_state"] == ("Draft", "Sent")
    number = app.write(quotations.order, draft.id or 0).number
    app.write(orders.confirm, number)
    order = app.read(history.find, "order", number)
    confirmed = page(app, "order", order).steps[0]
    assert ("", "State", "Draft", "Confirmed") in told(confirmed)


def test_archiving_and_bringing_back_are_told_as_such(app: App) -> None:
    made = an_account(app)
    app.write(records.archive, "account", "ALFKI")
    app.write(records.restore, "account", "ALFKI")
    deeds = [each.action for each in page(app, "account", made.id).steps]
    assert deeds == ["restore", "archive", "insert"]


def test_a_deleted_record_is_found_by_its_key(app: App) -> None:
    made = an_account(app, "GONE_%1", city="Ipoh")
    an_account(app, "GONEX1")
    app.write(records.delete, "account", "GONE_%1")
    assert app.read(history.find, "account", "GONE_%1") == made.id
    assert page(app, "account", made.id).steps[0].action == "delete"
    with pytest.raises(NotFoundError, match="NOBODY"):
        app.read(history.find, "account", "NOBODY")


def test_a_linked_record_that_was_deleted_is_named_by_its_number(app: App) -> None:
    a_company(app)
    other = app.write(records.create, "price_list", {"name": "Retail", "currency": "IDR"})
    app.write(records.change, "account", "ALFKI", {"price_list": "Retail"})
    app.write(records.change, "account", "ALFKI", {"price_list": "Dealers"})
    app.write(records.delete, "price_list", "Retail")
    account = app.read(records.show, "account", "ALFKI").id
    assert ("", "Price list", f"#{other.id}", "Dealers") in told(
        page(app, "account", account).steps[0]
    )


def test_pages_follow_each_other_without_gap_or_doubling(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "PAGE", 7)
    made = an_account(app)
    for at in range(30):
        app.write(records.change, "account", "ALFKI", {"city": f"Kota {at}"})
    found: list[Step] = []
    before, has_more = 0, True
    while has_more:
        shown = page(app, "account", made.id, before=before)
        found += shown.steps
        before, has_more = shown.steps[-1].id, shown.has_more
    assert [each.differences[0].after for each in found[:-1]] == [
        f"Kota {at}" for at in reversed(range(30))
    ]
    assert found[-1].action == "insert"


def test_a_step_longer_than_a_page_stays_whole(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PAGE", 4)
    a_company(app)
    draft = a_quotation(app, *(a_line(app, quantity=str(at + 1)) for at in range(12)))
    app.write(quotations.send, draft.id or 0)
    first = page(app, "quotation", draft.id)
    assert [each.action for each in first.steps] == ["update"]
    second = page(app, "quotation", draft.id, before=first.steps[-1].id)
    assert [each.action for each in second.steps] == ["insert"]
    assert len([each for each in second.steps[0].differences if each.line]) == 12


def test_a_field_narrows_the_history(app: App) -> None:
    a_company(app)
    draft = a_quotation(app, a_line(app, quantity="3"))
    read = app.read(quotations.show, draft.id or 0)
    saved = app.write(quotations.save, replace(read, subject='The "discount_percent": of it'))
    app.write(quotations.save, replace(saved, lines=(replace(saved.lines[0], quantity=D(4)),)))
    quantities = page(app, "quotation", draft.id, field="line.quantity").steps
    assert [told(each)[0][2:] for each in quantities[:1]] == [("3", "4")]
    assert len(page(app, "quotation", draft.id, field="subject").steps) == 1
    discounts = page(app, "quotation", draft.id, field="discount_percent").steps
    assert [each.action for each in discounts] == ["insert"]


# Who may see it


@pytest.fixture
def sign_in(
    app: App, engine: str, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], App]]:
    """The program of a person of each role, on a database they all work on."""
    from models.storage.database import open_database
    from tests.conftest import NOW
    from tests.models.storage.people_of_every_role import EVERYBODY, PASSWORD
    from tests.postgres_server import PostgresServer

    fill(app)
    opened: list[App] = []

    def start(name: str) -> App:
        place = app.database.url
        if engine == "postgresql":
            server: PostgresServer = request.getfixturevalue("postgres")
            place = server.url("shared", name, PASSWORD.replace(" ", "%20"))
        opened.append(App(open_database(place), name, lambda: NOW))
        return opened[-1]

    yield start
    for each in opened:
        each.close()
    if engine == "postgresql":
        server = request.getfixturevalue("postgres")
        server.execute("; ".join(f"DROP ROLE {each.name}" for each in EVERYBODY))


def test_every_role_sees_the_histories_of_its_scope_and_no_costs_without_the_right(
    app: App, sign_in: Callable[[str], App]
) -> None:
    app.write(records.change, "product", "FAN1", {"cost": D(650_000), "notes": "Loud"})
    product = app.read(records.show, "product", "FAN1").id
    ids = {
        code: app.read(records.show, "account", code).id or 0
        for code in ("A-MANAGER", "A-MATE", "A-OTHER", "A-INSIDE", "A-LONER", "A-NOBODY")
    }
    for role in ROLE_NAMES:
        theirs = sign_in(role)
        assert person_of(theirs.database, role).role == role
        far = scope(role, "audit.see")
        seen = set()
        for code, number in ids.items():
            try:
                seen.add(code if page(theirs, "account", number).steps else "")
            except DomainError:
                continue
        assert seen == (set() if far is Scope.NONE else reached(role, far)), role
        if far is Scope.NONE:
            continue
        fields = {each.field for each in page(theirs, "product", product).steps[0].differences}
        assert "notes" in fields
        assert ("cost" in fields) == may(role, "cost.see"), role
