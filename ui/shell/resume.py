"""Goes on where the person stopped: open tabs, typing that was not saved, the first run."""

from typing import TYPE_CHECKING

from resources.languages import marked as _
from ui.kit import tasks
from ui.kit.drafts import Draft
from ui.kit.language import tr
from ui.kit.toasts import toast
from ui.shell import pages

if TYPE_CHECKING:
    from models.values.settings import Settings
    from ui.shell.main_window import MainWindow


def resume(window: "MainWindow") -> None:
    """Called once, after the first paint."""
    app = window.desk.app

    def work() -> "Settings":
        from controllers.system import settings

        return app.read(settings.load)

    tasks.run(work, lambda found: _go_on(window, found), owner=window)


def _go_on(window: "MainWindow", settings: "Settings") -> None:
    if not settings.company:
        window.show_place("first_run")
        return
    place = window.workspace.current()
    for kind, record_id in window.desk.preferences["tabs"]:
        window.open_record(str(kind), int(record_id))
    drafts = window.desk.drafts.all()
    for draft in drafts:
        _offer(window, draft)
    if place is not None and not drafts:
        window.workspace.tabs.setCurrentIndex(0)
    if drafts:
        toast(tr(_("Typing that was not saved is back: {count}"), count=len(drafts)))


def _offer(window: "MainWindow", draft: Draft) -> None:
    """Open the record of a draft with what was typed."""
    record_id = draft.content.get("record_id")
    if record_id is not None:
        window.open_record(draft.kind, int(record_id))
        page = window.workspace.page_of(draft.kind, int(record_id))
    else:
        page = pages.page_for(window.desk, draft.kind)
        window.workspace.open(page, "ph.pencil-simple")
    take = getattr(page, "take_draft", None)
    if take:
        take(draft)
