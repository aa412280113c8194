"""The day the customer wants an order on."""

import datetime as dt
from typing import TYPE_CHECKING

from models.values.errors import DomainError
from resources.languages import marked as _
from ui.documents.fields import DayEdit
from ui.documents.panels.asking import AskPanel
from ui.kit.language import tr

if TYPE_CHECKING:
    from ui.documents.order_page import OrderPage


class WantPanel(AskPanel):
    """One day; left empty, it is taken back."""

    def __init__(self, page: "OrderPage", known: dt.date | None) -> None:
        number = page.session.draft.number
        super().__init__(page, _("The day the customer wants {number}"), number=number)
        self._warn = page.warn
        self.day_field = DayEdit(page.desk)
        self.day_field.setProperty("first", True)
        self.ask("required_date", _("Wanted on"), self.day_field)
        self.day_field.show_day(known, page.desk.app.clock().date())
        self.add_text(tr(_("+14 is in two weeks; left empty, the customer wants no certain day.")))
        self.add_keep()
        self.add_primary(_("Note it"), self.note, "ph.calendar-check")

    def note(self) -> None:
        """Keep it with the order, and say where the promise is later."""
        try:
            day = self.day(self.day_field, "required_date")
        except DomainError:
            return
        app, key = self.page.desk.app, self.page.session.draft.id or 0

        def work() -> DomainError | None:
            from controllers.documents import orders

            app.write(orders.want_on, key, day)
            return app.read(orders.late_warning, key)

        self.do(work, self._done, tr(_("Noted.")))

    def _done(self, late: DomainError | None) -> None:
        self._warn([late] if late else [])
