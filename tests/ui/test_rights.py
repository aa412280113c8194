"""What a role may not do is not offered: buttons are off and say why, fields can only be read."""

from collections.abc import Callable

from controllers.core import records
from models.values.permissions import PERMISSIONS, may
from models.values.roles import ROLES
from ui.kit import actions
from ui.kit.desk import Desk
from ui.shell.main_window import MainWindow
from ui.widgets.record_form.form import RecordForm

Settle = Callable[[], None]


def become(desk: Desk, role: str) -> None:
    """From now on the person at the desk has another role; somebody else keeps the rights."""
    if not desk.app.database.fetch("SELECT 1 FROM person WHERE name = 'keeper'"):
        desk.app.write(records.create, "user", {"name": "keeper", "role": "administrator"})
    desk.app.user = "keeper"
    desk.app.write(records.change, "user", "sari", {"role": role})
    desk.app.user = "sari"


def test_the_desk_says_what_the_table_declares(desk: Desk) -> None:
    for role, _label in ROLES:
        become(desk, role)
        for permission in PERMISSIONS:
            assert desk.may(permission) == may(role, permission), (role, permission)
        assert desk.hides_cost != may(role, "cost.see")


def test_a_form_of_who_may_only_read_is_read_only_and_says_why(
    window: MainWindow, desk: Desk, settle: Settle
) -> None:
    become(desk, "read_only")
    window.open_record("account", "C000")
    settle()
    form = window.workspace.current()
    assert isinstance(form, RecordForm)
    assert all(box.editor.field.read_only for box in form.sheet.boxes.values())
    found = {each.name: each.action for each in actions.live() if each.owner is form}
    assert not found["form.save"].isEnabled()
    assert "Change customers and contacts" in found["form.save"].toolTip()
    assert found["form.next"].isEnabled()


def test_costs_are_no_fields_of_who_may_not_see_them(
    window: MainWindow, desk: Desk, settle: Settle
) -> None:
    desk.app.write(records.create, "product", {"sku": "P1", "name": "Pump", "cost": "5"})
    for role, shows in (("sales_support", False), ("director", True)):
        become(desk, role)
        window.open_record("product", "P1")
        settle()
        form = window.workspace.current()
        assert isinstance(form, RecordForm)
        assert ("cost" in form.sheet.boxes) == shows
        window.workspace.close_page(form)
