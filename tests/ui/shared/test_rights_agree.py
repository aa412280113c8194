"""One table says who may do what: grants, row policies, use cases, buttons and the view of the
audit trail are asked one by one, for every role, and must all say the same.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from PySide6.QtWidgets import QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from controllers.core import permitted, records
from controllers.core.app import App
from controllers.core.catalogue import KINDS
from controllers.documents import approvals, attachments, deliveries, invoices, quotations
from controllers.system import history, imports, people, settings, views
from models.storage import schema
from models.storage.database import open_database
from models.values.errors import DomainError
from models.values.permissions import PERMISSIONS, RIGHTS, Scope
from models.values.settings import HISTORY_ID, Settings
from tests.conftest import NOW
from tests.models.storage.people_of_every_role import (
    ACCOUNTS,
    PASSWORD,
    ROLE_NAMES,
    fill,
    reached,
    remove,
)
from tests.postgres_server import PostgresServer
from ui.kit import actions, tasks
from ui.kit.desk import Desk
from ui.kit.drafts import Drafts
from ui.kit.feed import Feed
from ui.kit.preferences import Preferences
from ui.shell import pages
from ui.widgets.record_form.form import RecordForm
from ui.widgets.record_list.page import ListPage
from ui.widgets.record_list.save_view import SaveView

pytestmark = pytest.mark.slow

Connection = psycopg.Connection[Any]

GRANTED = {
    "customers.see": ("account", "SELECT"),
    "customers.change": ("account", "UPDATE"),
    "documents.see": ("quotation", "SELECT"),
    "documents.change": ("quotation", "UPDATE"),
    "deliveries.see": ("delivery", "SELECT"),
    "deliveries.change": ("delivery", "UPDATE"),
    "invoices.see": ("invoice", "SELECT"),
    "invoices.change": ("invoice", "UPDATE"),
    "papers.send": ("attachment", "INSERT"),
    "approvals.decide": ("approval", "UPDATE"),
    "templates.change": ("text_block", "UPDATE"),
    "stock.change": ("supply", "UPDATE"),
    "catalogue.change": ("product", "UPDATE"),
    "imports.run": ("import_run", "INSERT"),
    "audit.see": ("audit", "SELECT"),
    "settings.change": ("setting", "UPDATE"),
    "people.change": ("person", "UPDATE"),
}
"""The grant that each permission gives; costs are columns, and shared views rows, of their own."""

SCOPED = {each: GRANTED[each] for each in (
    "customers.see", "customers.change", "documents.see", "documents.change", "imports.run",
    "audit.see")}  # fmt: skip
"""Permissions whose rows a policy chooses."""

DECLARED: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {
    "customers.change": (records.change, ("account", "A-MATE", {})),
    "documents.change": (quotations.send, (1,)),
    "deliveries.change": (deliveries.ship, (1,)),
    "invoices.change": (invoices.issue, (1,)),
    "papers.send": (attachments.remove, (1,)),
    "approvals.decide": (approvals.decide_all, (1,)),
    "templates.change": (records.change, ("text_block", "1", {})),
    "stock.change": (records.change, ("supply", "1", {})),
    "catalogue.change": (records.change, ("product", "FAN1", {})),
    "imports.run": (imports.undo, (1,)),
    "views.share": (views.save_view, (views.View("Ours", "account", {}),)),
    "settings.change": (settings.save, ()),
    "people.change": (people.add, ()),
}
"""A use case that writes, and words for it, of every permission to write."""

BUTTONS = {
    "customers.change": ("account", "form.save"),
    "catalogue.change": ("product", "form.save"),
    "people.change": ("user", "form.save"),
    "documents.change": ("account", "list.quotation"),
    "deliveries.change": ("delivery", "delivery.next"),
    "invoices.change": ("invoice", "invoice.next"),
    "papers.send": ("invoice", "sheet.attach"),
    "approvals.decide": ("quotation", "document.decide"),
    "templates.change": ("text_block", "form.save"),
    "stock.change": ("supply", "form.save"),
    "audit.see": ("account", "form.history"),
    "imports.run": ("imports", "import.choose"),
    "settings.change": ("settings", "settings.save"),
}
"""The kind or place and the action that stand for a permission in the window; shared views have a
box of their own in the question for a view's name.
"""


@pytest.fixture(scope="module")
def agreeing(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """A server with the database ``agree`` and a person of every role."""
    app = App(schema.create(postgres.url("agree")), "sari", lambda: NOW)
    fill(app)
    app.write(settings.save, Settings(company="PT Maju"))
    app.close()
    yield postgres
    remove(postgres, "agree")


@pytest.fixture(params=ROLE_NAMES)
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def superuser(agreeing: PostgresServer) -> Iterator[Connection]:
    with psycopg.connect(agreeing.url("agree"), options="-c search_path=saudagar") as connection:
        yield connection


def _url(server: PostgresServer, role: str) -> str:
    return server.url("agree", role, PASSWORD.replace(" ", "%20"))


@pytest.fixture
def theirs(agreeing: PostgresServer, role: str) -> Iterator[App]:
    app = App(open_database(_url(agreeing, role)), role, lambda: NOW)
    yield app
    app.close()


def _may(role: str) -> set[str]:
    return {each for each, by_role in RIGHTS.items() if by_role[role] is not Scope.NONE}


def test_the_grants_say_what_the_table_says(role: str, superuser: Connection) -> None:
    group, found = f"agree_{role}", set()
    for permission, (table, command) in GRANTED.items():
        asked = "SELECT has_any_column_privilege(%s, %s, %s)"
        ((granted,),) = superuser.execute(asked, (group, table, command))
        found |= {permission} if granted else set()
    for column in ("product.cost", "audit.costs"):
        table, _dot, name = column.partition(".")
        asked = "SELECT has_column_privilege(%s, %s, %s, 'SELECT')"
        ((granted,),) = superuser.execute(asked, (group, table, name))
        may_read = "cost.see" in _may(role) and (table != "audit" or "audit.see" in _may(role))
        assert granted == may_read, column
    assert found == _may(role) & GRANTED.keys()


def test_the_policies_say_how_far(role: str, superuser: Connection) -> None:
    for permission, (table, command) in SCOPED.items():
        names = superuser.execute(
            "SELECT policyname FROM pg_policies WHERE tablename = %s AND cmd = %s "
            "AND permissive = 'PERMISSIVE' AND %s = ANY(roles)",
            (table, command, f"agree_{role}"),
        ).fetchall()
        far = [Scope(name.rpartition("_")[2]) for (name,) in names]
        declared = RIGHTS[permission][role]
        assert far == ([] if declared is Scope.NONE else [declared]), permission


def test_the_use_cases_ask_for_what_the_table_says(role: str, theirs: App) -> None:
    for permission, (use_case, words) in DECLARED.items():
        assert permitted.needed_by(use_case, *words) == [permission]
        assert theirs.may(permission) == (permission in _may(role))
        if permission not in _may(role):
            with pytest.raises(DomainError, match="no right for this"):
                theirs.write(use_case, *words)
    assert DECLARED.keys() == {each for each in PERMISSIONS if not each.endswith(".see")}


def test_the_buttons_are_those_the_table_gives(
    role: str, theirs: App, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = Desk(theirs, Preferences(tmp_path / "p.json"), Feed(theirs), Drafts(tmp_path / "d"))
    for permission, (kind, named) in BUTTONS.items():
        page = _page(desk, kind, is_list=named.startswith("list"))
        qtbot.addWidget(page)
        (found,) = (
            each.action for each in actions.live()
            if each.name == named and (each.owner is page or page.isAncestorOf(each.owner))
        )  # fmt: skip
        assert found.isEnabled() == (permission in _may(role)), permission
    question = SaveView(desk, page)
    (shared,) = question.findChildren(QCheckBox)
    assert shared.isEnabled() == ("views.share" in _may(role))
    assert BUTTONS.keys() | {"views.share"} == DECLARED.keys() | {"audit.see"}
    qtbot.waitUntil(tasks.tasks().is_idle, timeout=10_000)
    desk.feed.stop()
    tasks.tasks().stop()


def _page(desk: Desk, kind: str, *, is_list: bool) -> QWidget:
    if kind not in KINDS:
        return pages.home(kind, desk)
    if kind in ("quotation", "delivery", "invoice"):
        return pages.page_for(desk, kind, 1)
    if not is_list:
        return RecordForm(desk, kind, None, {})
    page = ListPage(desk, kind)
    page.start()
    return page


def test_the_audit_trail_shows_what_the_table_says(
    role: str, agreeing: PostgresServer, theirs: App
) -> None:
    """Read with bare SQL, with the use case, and reckoned by hand."""
    far = RIGHTS["audit.see"][role]
    declared = set() if far is Scope.NONE else reached(role, far)
    with psycopg.connect(agreeing.url("agree"), options="-c search_path=saudagar") as connection:
        ids = dict(connection.execute("SELECT code, id FROM account").fetchall())
    shown = {code for code in ACCOUNTS if _has_history(theirs, ids[code])}
    assert shown == declared
    with psycopg.connect(_url(agreeing, role), options="-c search_path=saudagar") as connection:
        if far is Scope.NONE:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("SELECT id FROM audit")
            return
        seen = connection.execute("SELECT DISTINCT record_id FROM audit WHERE kind = 'account'")
        numbers = {number for (number,) in seen}
    assert {code for code in ACCOUNTS if ids[code] in numbers} == declared


def test_the_audit_trail_shows_the_settings_to_those_who_change_them(
    role: str, agreeing: PostgresServer, theirs: App
) -> None:
    """Read with bare SQL and with the use case."""
    declared = {"audit.see", "settings.change"} <= _may(role)
    assert _has_history(theirs, HISTORY_ID, "settings") == declared
    if "audit.see" not in _may(role):
        return
    with psycopg.connect(_url(agreeing, role), options="-c search_path=saudagar") as connection:
        seen = connection.execute("SELECT 1 FROM audit WHERE kind = 'settings'").fetchall()
    assert bool(seen) == declared


def _has_history(app: App, record_id: int, kind: str = "account") -> bool:
    try:
        return bool(app.read(history.page, kind, record_id, None).steps)
    except DomainError:
        return False
