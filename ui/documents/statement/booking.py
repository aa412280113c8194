"""Lines of a statement become payments, one by one or all certain ones, and can be taken back."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from models.values.errors import DomainError
from models.values.statements import StatementLine, SuggestedLine
from resources.languages import marked as _
from ui.kit import errors, tasks
from ui.kit.language import tr
from ui.kit.toasts import toast

if TYPE_CHECKING:
    from controllers.documents.payments import Allocation, ShownPayment
    from ui.documents.statement.page import StatementPage


class Booking:
    """What is being booked from one page."""

    def __init__(self, page: "StatementPage") -> None:
        self._page = page
        self._job: tasks.Task | None = None
        self._made: list[int] = []

    @property
    def is_running(self) -> bool:
        """Whether many lines are being booked."""
        return self._job is not None

    # One line

    def book_suggested(self, found: SuggestedLine) -> None:
        """Book a line as it is suggested."""
        app = self._page.desk.app

        def work() -> "ShownPayment":
            from controllers.documents import statements

            return app.write(statements.accept_suggested, found.line, found.suggestion)

        self._write(found.line, work, lambda: None,
                    lambda error: self._page.problem(found.line, error))  # fmt: skip

    def book_chosen(
        self, line: StatementLine, account: str, allocations: "Sequence[Allocation]",
        done: Callable[[], object], refused: Callable[[Exception], object],
    ) -> None:  # fmt: skip
        """Book a line as a person chose it."""
        app = self._page.desk.app

        def work() -> "ShownPayment":
            from controllers.documents import statements

            return app.write(statements.accept, line, account, allocations)

        def fail(error: Exception) -> None:
            self._page.model.booking.discard(line)
            self._page.renew()
            refused(error)

        self._write(line, work, done, fail)

    def _write(
        self, line: StatementLine, work: "Callable[[], ShownPayment]", done: Callable[[], object],
        refused: Callable[[Exception], object],
    ) -> None:  # fmt: skip
        page = self._page

        def booked(made: "ShownPayment") -> None:
            page.model.booking.discard(line)
            page.model.booked[line] = made.id
            page.renew()
            done()
            toast(tr(_("{number} is booked."), number=made.number),
                  lambda: self.take_back([made.id]))  # fmt: skip

        page.model.booking.add(line)
        page.renew()
        tasks.write(work, booked, refused, owner=page)

    def take_back(self, made: Sequence[int]) -> None:
        """Make payments void that were booked a moment ago."""
        page, app = self._page, self._page.desk.app

        def work() -> int:
            from controllers.documents import statements

            return app.write(statements.take_back, made)

        def done(_count: int) -> None:
            kept = page.model.booked.items()
            page.model.booked = {line: each for line, each in kept if each not in made}
            page.renew()
            toast(tr(_("Taken back; what it settled is open again.")))

        tasks.write(work, done, owner=page)

    # All that are certain

    def book_certain(self) -> None:
        """Book every line whose suggestion is certain, in the background."""
        page, app = self._page, self._page.desk.app
        wanted = page.model.certain()
        if not wanted or self.is_running or not page.desk.may("invoices.change"):
            return
        self._made = made = []

        def work(task: tasks.Task) -> list[DomainError]:
            from controllers.documents import statements

            refused = []
            for at, each in enumerate(wanted):
                task.progress(at, len(wanted))
                try:
                    made.append(app.write(statements.accept_suggested, each.line,
                                          each.suggestion).id)  # fmt: skip
                except DomainError as error:
                    refused.append(error)
            return refused

        page.model.booking |= {each.line for each in wanted}
        self._job = tasks.job(tr(_("Booking the statement")), work, self._done, self._failed,
                              owner=page)  # fmt: skip
        page.renew()

    def _done(self, refused: list[DomainError]) -> None:
        self._end()
        count = self._page.desk.style.number(len(self._made))
        told = tr(_("Payments booked: {count}."), count=count)
        if refused:
            told += " " + tr(_("Refused: {count}. {reason}"), count=len(refused),
                             reason=errors.text_of(refused[0]))  # fmt: skip
        made = list(self._made)
        toast(told, (lambda: self.take_back(made)) if made else None)

    def _failed(self, error: Exception) -> None:
        self._end()
        errors.show(error)

    def notice_cancel(self) -> None:
        """What was booked before somebody gave up stays booked."""
        if self._job is not None and self._job.is_cancelled:
            self._done([])

    def _end(self) -> None:
        self._job = None
        self._page.model.booking.clear()
        self._page.renew()
        self._page.go_on_from_booked()
        self._page.suggest_again()
