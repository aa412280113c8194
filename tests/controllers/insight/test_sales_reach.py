"""Who sees a part of the orders has the report of that part, on both engines."""

from dataclasses import replace

import pytest

from controllers.core.app import App
from controllers.documents import orders, quotations
from controllers.insight import reports
from controllers.insight.sales import SalesOptions
from models.values.permissions import RIGHTS, Scope, may
from reports.kit.table import TableReport
from tests.builders import a_draft, a_line, an_item
from tests.controllers.conftest import SignIn
from tests.models.storage.people_of_every_role import ACCOUNTS, ROLE_NAMES, reached

SEEING = [each for each in ROLE_NAMES if RIGHTS["documents.see"][each] is not Scope.NONE]

OPTIONS = SalesOptions(by=("customer", "owner"))


@pytest.fixture
def boss(sign_in: SignIn) -> App:
    """Sees everything; every customer has one more order, with a line of no known cost."""
    app = sign_in("administrator")
    if not _report(app).rows:
        for code, (owner, _territory) in ACCOUNTS.items():
            lines = a_line(app, "FAN1"), an_item("250000")
            draft = replace(a_draft(app, *lines, account=code), owner=owner, contact="")
            number = app.write(quotations.new, draft).id or 0
            order = app.write(quotations.order, app.write(quotations.send, number).number)
            if code != "A-NOBODY":
                app.write(orders.confirm, order.number)
    return app


def _report(app: App) -> TableReport:
    return app.read(reports.report, "sales", OPTIONS)


@pytest.mark.parametrize("role", SEEING)
def test_a_report_is_that_of_the_orders_a_person_sees(
    role: str, boss: App, sign_in: SignIn
) -> None:
    theirs, whole = _report(sign_in(role)), _report(boss)
    seen = {f"PT {code}" for code in reached(role, RIGHTS["documents.see"][role])}
    width = None if may(role, "cost.see") else -1
    assert theirs.rows == [row[:width] for row in whole.rows if row[0] in seen]
    assert theirs.rows
    uncosted = f"(IDR {250_000 * len(theirs.rows):,} net)"
    assert any(uncosted in each for each in theirs.notes) == may(role, "cost.see")
