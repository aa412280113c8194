"""The day a line can be there, or was promised for, in words, beside its stock."""

from typing import TYPE_CHECKING

from resources.languages import marked as _
from ui.kit.language import tr

if TYPE_CHECKING:
    from ui.documents.session import Session


def promise_text(session: "Session", at: int) -> str:
    """When the line at a place can be there, counting on what the lines above it take; of an order
    the day it was promised for when it was confirmed.
    """
    if at >= len(session.draft.lines):
        return ""
    return _of_order(session, at) if session.kind == "order" else _of_quotation(session, at)


def _of_quotation(session: "Session", at: int) -> str:
    from controllers.documents import promise

    today = session.desk.app.clock().date()
    day = promise.of_draft(session.editor.book, session.draft, today)[at]
    if day is None:
        return tr(_("Nobody knows when it can be there: nothing is expected."))
    if day <= today:
        return tr(_("Can be there today."))
    return tr(_("Can be there on {day}."), day=session.style.day(day))


def _of_order(session: "Session", at: int) -> str:
    days = session.shown.promised if session.shown else {}
    day = days.get(session.draft.lines[at].id or 0)
    return tr(_("Promised for {day}."), day=session.style.day(day)) if day else ""
