"""The day a line of a draft can be there, in words, beside its stock."""

from typing import TYPE_CHECKING

from resources.languages import marked as _
from ui.kit.language import tr

if TYPE_CHECKING:
    from ui.documents.session import Session


def promise_text(session: "Session", at: int) -> str:
    """When the line at a place can be there, counting on what the lines above it take; "" for
    orders, which were promised a day when they were confirmed.
    """
    from controllers.documents import promise

    if session.kind != "quotation" or at >= len(session.draft.lines):
        return ""
    today = session.desk.app.clock().date()
    day = promise.of_draft(session.editor.book, session.draft, today)[at]
    if day is None:
        return tr(_("Nobody knows when it can be there: nothing is expected."))
    if day <= today:
        return tr(_("Can be there today."))
    return tr(_("Can be there on {day}."), day=session.style.day(day))
