"""Costs entered by hand outlive whoever may not see them, on both engines."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import orders, quotations
from controllers.system import imports
from models.values.documents import ITEM, Draft, Line
from tests.builders import a_draft, a_line

D = Decimal
SignIn = Callable[[str], App]

ORDER = """number,account,date,product,description,quantity,unit_price,currency
{number},ALFKI,2026-09-10,PUMP12,,2,{price},IDR
{number},ALFKI,2026-09-10,,Installation,1,700,IDR
"""


def an_item(cost: str | None) -> Line:
    return Line(
        kind=ITEM, description="Installation", quantity=D(1), unit_price=D(900),
        cost=D(cost) if cost else None,
    )  # fmt: skip


def costs_of(app: App, draft_id: int) -> list[Decimal | None]:
    return [line.cost for line in app.read(quotations.show, draft_id).lines]


def _quoted(boss: App) -> Draft:
    draft = a_draft(boss, a_line(boss), account="ALFKI")
    return boss.write(quotations.new, replace(draft, lines=(*draft.lines, an_item("450"))))


def test_a_cost_entered_by_hand_is_kept_when_somebody_else_saves(sign_in: SignIn) -> None:
    boss, theirs = sign_in("director"), sign_in("sales_support")
    made = _quoted(boss)
    seen = theirs.read(quotations.show, made.id or 0)
    assert {line.cost for line in seen.lines} == {None}
    pump, item = seen.lines
    changed = replace(item, description="Installation and test", quantity=D(2))
    saved = theirs.write(quotations.save, replace(seen, lines=(changed, pump)))
    assert costs_of(boss, made.id or 0) == [D(450), D(4_000_000)]
    theirs.write(quotations.save, replace(saved, lines=(*saved.lines, an_item(None))))
    assert costs_of(boss, made.id or 0)[:2] == [D(450), D(4_000_000)]


def test_another_product_has_its_own_cost(sign_in: SignIn) -> None:
    boss, theirs = sign_in("director"), sign_in("sales_support")
    made = _quoted(boss)
    seen = theirs.read(quotations.show, made.id or 0)
    fan = replace(a_line(theirs, "FAN1"), id=seen.lines[0].id)
    theirs.write(quotations.save, replace(seen, lines=(fan, seen.lines[1])))
    assert costs_of(boss, made.id or 0) == [D(600_000), D(450)]


def test_lines_put_back_have_their_costs_again(sign_in: SignIn, tmp_path: Path) -> None:
    """Support replaces an order by an import; whoever takes it back, the costs return."""
    boss, theirs, keeper = map(sign_in, ("director", "sales_support", "administrator"))
    for number, undoing in (("Y1", boss), ("Y2", theirs)):
        file = tmp_path / f"{number}.csv"
        file.write_text(ORDER.format(number=number, price=5000))
        imports.import_file(boss, imports.Request("order", file))
        keeper.write(_enter_costs, number)
        file.write_text(ORDER.format(number=number, price=6000))
        done = imports.import_file(theirs, imports.Request("order", file))
        assert done.updated == 1
        undoing.write(imports.undo, done.run or 0)
        lines = boss.read(orders.show, number).lines
        assert lines[0].unit_price == 5000
        assert lines[1].cost == D(88)
        assert lines[0].cost == (D(77) if undoing is boss else D(4_000_000))


def _enter_costs(uow: UnitOfWork, number: str) -> None:
    for position, cost in ((1, 770_000), (2, 880_000)):
        uow.connection.exec_driver_sql(
            "UPDATE sales_order_line SET cost = ? WHERE position = ? AND order_id = "
            "(SELECT id FROM sales_order WHERE number = ?)",
            (cost, position, number),
        )
