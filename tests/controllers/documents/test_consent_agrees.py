"""The server measures quotations, and asks for consent, exactly as the program does."""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import approvals, drafting, quotations, stored
from controllers.system import settings
from models.rules import approval
from models.storage import schema
from models.storage.tables import TABLES
from models.values.documents import ITEM, NOTE, Draft, Line
from models.values.errors import DomainError, ProblemsError
from models.values.money import to_scaled
from models.values.settings import Settings
from tests.builders import a_company, a_draft, a_line
from tests.conftest import NOW
from tests.postgres_server import SYSTEM, PostgresServer, server_or_skip

pytestmark = pytest.mark.slow

D = Decimal
DOCUMENTS = 150

PEOPLE = (("sari", "administrator", ""), ("budi", "account_manager", "North"),
          ("dewi", "sales_support", "South"))  # fmt: skip
MEASURES = ("discount_percent", "margin_percent", "total", "payment_days")


@pytest.fixture(params=["newest", "system"], scope="module")
def app(request: pytest.FixtureRequest) -> Iterator[App]:
    """A company with people and rules, on each server there is here: the newest, the system's."""
    is_newest = request.param == "newest"
    server = request.getfixturevalue("postgres") if is_newest else _of_the_system()
    made = App(schema.create(server.url("consents")), "sari", lambda: NOW)
    with closing(made):
        _fill(made)
        yield made
    if is_newest:
        server.execute("DROP DATABASE consents WITH (FORCE)")
    else:
        server.remove()


def _of_the_system() -> PostgresServer:
    found: list[Path] = sorted(SYSTEM.glob("*/bin/initdb"))
    return PostgresServer(found[0].parent) if found else server_or_skip()


def _fill(app: App) -> None:
    a_company(app)
    app.write(settings.save, Settings(cash_rounding=True))
    for name, role, team in PEOPLE:
        app.write(records.create, "user", {"name": name, "role": role, "team": team})
    chance = random.Random(7)
    for at in range(24):
        app.write(records.create, "approval_rule", _rule(chance, at))


def _rule(chance: random.Random, at: int) -> dict[str, Any]:
    measure = MEASURES[at % 4]
    most = {"total": 4_000_000, "payment_days": 60}.get(measure, 60)
    return {
        "name": f"Rule {at}", "measure": measure, "threshold": D(chance.randrange(most)),
        "currency": chance.choice(("", "IDR", "MYR")), "level": chance.randint(1, 3),
        "role": chance.choice(("", "", "account_manager", "sales_support")),
        "team": chance.choice(("", "", "North")),
    }  # fmt: skip


def _figure(chance: random.Random, most: int) -> Decimal:
    return D(chance.randrange(most * 10_000)) / chance.choice((1, 100, 10_000)) / 100


def _line(chance: random.Random) -> Line:
    line = Line(
        ITEM, description="Work", quantity=round(_figure(chance, 50), 4) + D("0.0001"),
        unit_price=round(_figure(chance, 900), 2), factor=D(chance.choice((1, 1, 12))),
        tax_class=chance.choice(("standard", "standard", "service", "luxury", "exempt", "odd")),
        discount_percent=round(D(chance.choice((0, 0, 1, 3))) * _figure(chance, 10) / 3, 4),
        optional=chance.random() < 0.15, cost=round(_figure(chance, 700), 4),
    )  # fmt: skip
    if chance.random() < 0.2:
        line = replace(line, cost=None)
    return replace(line, kind=NOTE) if chance.random() < 0.1 else line


def _draft(chance: random.Random, plain: Draft) -> Draft:
    lines = tuple(_line(chance) for _at in range(chance.randint(1, 9)))
    currency = chance.choice(("IDR", "MYR", "USD", "KWD"))
    return replace(
        plain, lines=lines, currency=currency, price_list="",
        tax=chance.choice(("none", "ppn", "ppn_included", "sst")),
        date=chance.choice((NOW.date(), NOW.date().replace(year=2023))), valid_until=None,
        payment_term=chance.choice(("", "cash", "net14", "net60")),
        line_decimals=chance.choice((None, None, 0, 3, 4)),
        discount_percent=D(chance.choice((0, 0, 5, 33))),
        discount_amount=D(chance.choice((0, 0, 0, 3))),
        owner=chance.choice(("", *(name for name, _role, _team in PEOPLE))),
    )  # fmt: skip


def _written(app: App, seed: int) -> int:
    """A random quotation that can be reckoned."""
    chance = random.Random(seed)
    plain = a_draft(app, a_line(app))
    while True:
        try:
            return app.write(quotations.new, _draft(chance, plain)).id or 0
        except (DomainError, ProblemsError):
            continue


def _measured(app: App, quotation: int) -> list[int | None]:
    def known(uow: Any) -> list[int | None]:
        priced = drafting.priced(uow, stored.find(uow, "quotation", quotation))
        found = approval.figures(priced)
        return [to_scaled(found[each]) if each in found else None for each in MEASURES]

    return app.read(known)


def test_the_server_measures_what_the_engine_does(app: App) -> None:
    for seed in range(DOCUMENTS):
        made = _written(app, seed)
        ((is_sound, *figures),) = app.database.fetch(
            f"SELECT is_sound, {', '.join(MEASURES)} FROM measures_of(?)", (made,)
        )
        assert (is_sound, figures) == (True, _measured(app, made)), seed


def test_the_server_asks_for_the_consent_that_the_program_asks_for(app: App) -> None:
    asked, some = 0, random.Random(3)
    for seed in range(DOCUMENTS, 2 * DOCUMENTS):
        made = _written(app, seed)
        if not _sold(app, made):
            continue
        _agree(app, made, some)
        wanted = [hit.rule.name for hit in app.read(approvals.standing, made).open]
        ((found,),) = app.database.fetch("SELECT unapproved(?)", (made,))
        assert found == wanted, seed
        asked += bool(wanted)
    assert asked > DOCUMENTS // 3


def _sold(app: App, quotation: int) -> bool:
    lines = app.read(quotations.show, quotation).lines
    return any(line.counts and not line.optional for line in lines)


def _agree(app: App, quotation: int, some: random.Random) -> None:
    """Answers to some of the questions, about a figure that was a little better or worse."""
    app.write(approvals.submit, quotation)
    table = TABLES["approval"]

    def answer(uow: Any) -> None:
        for (key, figure) in uow.connection.execute(
            table.select().with_only_columns(table.c.id, table.c.figure)
            .where(table.c.quotation_id == quotation)
        ).all():  # fmt: skip
            uow.connection.execute(table.update().where(table.c.id == key).values(
                state=some.choice(("approved", "approved", "refused", "waiting")),
                figure=figure + some.choice((D("-0.0001"), D(0), D("0.0001"), D(5), D(-5))),
            ))  # fmt: skip

    app.write(answer)


@pytest.mark.parametrize(
    "wrong",
    ["quantity = -1", "unit_price = -1", "discount_percent = 1000001", "factor = 0",
     "discount_amount = 10000000000000000", "cost = -1", "quantity = 10000000000001"],
)  # fmt: skip
def test_what_the_engine_refuses_the_server_does_not_take_for_sound(app: App, wrong: str) -> None:
    made = _written(app, 1)
    with psycopg.connect(app.database.url, options="-c search_path=saudagar") as connection:
        connection.execute(f"UPDATE quotation_line SET {wrong} WHERE quotation_id = {made}")
    with pytest.raises(ProblemsError):
        _measured(app, made)
    assert app.database.fetch("SELECT is_sound FROM measures_of(?)", (made,)) == [(False,)]
