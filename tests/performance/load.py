"""One process of the load generator: some workstations that search, open, quote, confirm, report.

    python -m tests.performance.load URL WORKSTATIONS SECONDS SEED

Prints one JSON object: milliseconds of every operation by its name, and the errors.
"""

import json
import random
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable

from controllers.core import records
from controllers.core.app import App
from controllers.documents import orders, quotations
from controllers.insight import sales
from controllers.system.opening import open_app
from models.values.errors import DomainError
from models.values.records import ListQuery

THINKING = 0.25
"""Seconds a person rests between two operations, on average; a real one rests much longer."""

WORDS = ("maju", "sinar", "kertas", "jaya", "hotel", "sdn", "021", "C0")


class Workstation:
    """One person at work."""

    def __init__(self, url: str, seed: int) -> None:
        self.app: App = open_app(url)
        self.chance = random.Random(seed)
        self.spent: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []
        self.accounts = [row[0] for row in self.app.listing.first_page(
            ListQuery("account", ("code",)), 200).rows]  # fmt: skip
        self.templates = [row[0] for row in self.app.listing.first_page(
            ListQuery("quotation", ("number",)), 100).rows]  # fmt: skip

    def steps(self) -> tuple[tuple[int, str, Callable[[], object]], ...]:
        """How often each operation is done among a hundred, its name, and what it is."""
        return (
            (50, "search", self.search),
            (25, "open", self.open),
            (14, "quote", self.quote),
            (8, "confirm", self.confirm),
            (3, "report", self.report),
        )

    def search(self) -> None:
        """Type into the search box of the customers."""
        self.app.listing.first_page(ListQuery("account", ("code", "name", "city"),
                                              search=self.chance.choice(WORDS)))  # fmt: skip

    def open(self) -> None:
        """Open a customer's form."""
        self.app.read(records.show, "account", self.chance.choice(self.accounts))

    def quote(self) -> int:
        """Write a quotation and send it."""
        draft = self.app.write(quotations.copy, self.chance.choice(self.templates))
        self.app.write(quotations.send, draft.id or 0)
        return draft.id or 0

    def confirm(self) -> None:
        """Turn a quotation into an order and confirm it, where the stock allows."""
        order = self.app.write(quotations.order, self.quote())
        try:
            self.app.write(orders.confirm, order.number)
        except DomainError:
            self.app.write(orders.cancel, order.number)

    def report(self) -> None:
        """Sales by customer and month."""
        self.app.read(sales.sales, sales.SalesOptions(by=("customer", "month")))

    def play(self, seconds: float) -> None:
        """Work until the time is over."""
        end = time.monotonic() + seconds
        weights = [weight for weight, _name, _work in self.steps()]
        while time.monotonic() < end:
            ((_weight, name, work),) = self.chance.choices(self.steps(), weights)
            start = time.perf_counter()
            try:
                work()
            except Exception as error:
                self.errors.append(f"{name}: {error}")
            self.spent[name].append((time.perf_counter() - start) * 1000)
            time.sleep(self.chance.expovariate(1 / THINKING))


def main(url: str, workstations: int, seconds: float, seed: int) -> None:
    """Play and print."""
    people = [Workstation(url, seed * 1000 + at) for at in range(workstations)]
    threads = [threading.Thread(target=each.play, args=(seconds,)) for each in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent: dict[str, list[float]] = defaultdict(list)
    for each in people:
        for name, figures in each.spent.items():
            spent[name] += figures
    errors = [error for each in people for error in each.errors]
    print(json.dumps({"spent": spent, "errors": errors}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
