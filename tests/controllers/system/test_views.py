"""Shared views: everybody sees them, their maker and administrators change them."""

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.system import views
from models.values.errors import DomainError

VIEW = views.View("Besar", "account", {"columns": ["code"]})


@pytest.fixture
def shared(app: App) -> App:
    app.write(records.create, "user", {"name": "rudi", "role": "administrator"})
    app.user = "sari"
    app.write(views.save_view, VIEW)
    return app


@pytest.mark.parametrize("who", ["sari", "rudi"])
def test_its_maker_and_an_administrator_delete_a_shared_view(shared: App, who: str) -> None:
    shared.user = who
    shared.write(views.delete_view, VIEW)
    assert shared.read(views.views, "account") == []


def test_nobody_else_deletes_or_replaces_a_shared_view(shared: App) -> None:
    shared.user = "budi"
    for use_case in (views.delete_view, views.save_view):
        with pytest.raises(DomainError, match="was shared by sari"):
            shared.write(use_case, VIEW)
    assert shared.read(views.views, "account") == [VIEW]
