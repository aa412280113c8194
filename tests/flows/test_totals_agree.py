"""Random orders from quotation to credit note: every figure agrees wherever it stands.

Editor, database, list, paper, mail and workbook say the same total; the invoices of an order add up
to it, and credit notes of all of them leave nothing. 500 documents in the whole suite, 20,000 with
``-m long``.
"""

import io
import random
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from controllers.catalogue.taxes import preset
from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import (
    credit_notes,
    deliveries,
    handover,
    invoice_json,
    invoices,
    orders,
    quotations,
)
from controllers.documents.invoices import ShownInvoice
from controllers.insight import exports
from models.rules.pricing import price_document
from models.values.deliveries import OpenLine, Part
from models.values.documents import Draft, Totals
from models.values.errors import DomainError
from models.values.formatting import Style
from models.values.money import ZERO, currency_decimals, from_scaled
from models.values.records import Filter, ListQuery
from tests.builders import a_company, a_draft, a_line
from tests.flows.test_random_documents import _draft

PRINTED_EVERY = 50


class Played:
    """One order with all its invoices, played in one transaction."""

    def __init__(self, uow: UnitOfWork, chance: random.Random, draft: Draft) -> None:
        self.uow, self.chance = uow, chance
        self.offered = price_document(draft, preset(uow, draft.tax, draft.date)).totals
        made = quotations.new(uow, draft)
        sent = quotations.send(uow, made.id or 0)
        options = [at for at, line in enumerate(draft.lines, 1)
                   if line.optional and chance.random() < 0.5]  # fmt: skip
        self.takes_all = not options
        self.order = quotations.order(uow, self._accepted(sent, options))
        self.agreed: Totals = orders.shown(uow, self.order.id or 0).priced.totals
        orders.confirm(uow, self.order.id or 0)
        self.bills: list[int] = []

    def _accepted(self, sent: Draft, options: list[int]) -> int:
        quotations.accept(self.uow, sent.id or 0, options=options)
        return sent.id or 0

    def play(self) -> None:
        """Down payments and parts in any order, until all is delivered and invoiced."""
        while self._open():
            if self.chance.random() < 0.3:
                self._down_payment()
            self._deliver()
            self._invoice()
        self._invoice()

    def _open(self) -> list[OpenLine]:
        lines = deliveries.open_lines(self.uow, self.order.id or 0)
        return [each for each in lines if each.open]

    def _down_payment(self) -> None:
        percent = Decimal(self.chance.randrange(1, 4000)) / 100
        try:
            made = invoices.down_payment(self.uow, self.order.id or 0, percent=percent)
        except DomainError:
            return
        self._issue(made)

    def _deliver(self) -> None:
        parts = []
        for line in self._open():
            share = self.chance.choice((Decimal("0.3"), Decimal(1), Decimal(1)))
            quantity = (line.open * share).quantize(Decimal("0.0001"))
            if quantity and self.chance.random() < 0.9:
                parts.append(Part(line.line, quantity))
        made = deliveries.new(self.uow, self.order.id or 0, parts or None)
        deliveries.ship(self.uow, made.id or 0)

    def _invoice(self) -> None:
        if self.chance.random() < 0.3 and self._open():
            return
        try:
            made = invoices.new(self.uow, self.order.id or 0)
        except DomainError:
            return
        self._issue(made)

    def _issue(self, draft: Draft) -> None:
        invoices.issue(self.uow, draft.id or 0)
        self.bills.append(draft.id or 0)

    # What must agree

    def shown(self, ids: Iterable[int]) -> list[ShownInvoice]:
        """Invoices as they are stored."""
        return [invoices.shown(self.uow, each) for each in ids]

    def check(self) -> None:
        """Every sum of the order and its invoices."""
        if self.takes_all:
            assert self.agreed.total == self.offered.total
        every = self.shown(self.bills)
        assert summed(every, "net") == self.agreed.net
        assert summed(every, "tax_amount") == self.agreed.tax
        for each in every:
            self._check_one(each)

    def _check_one(self, each: ShownInvoice) -> None:
        row, answer = each.row, invoice_json.shown(self.uow, each.draft.id or 0)
        parts = summed([each], "net") + summed([each], "tax_amount") + row["rounding"]
        assert parts == row["total"] == Decimal(answer["total"])
        taxes = sum((Decimal(tax["amount"]) for tax in answer["taxes"]), ZERO)
        assert taxes == row["tax_amount"] == Decimal(row["tax_amount"])
        assert Decimal(answer["subtotal"]) - Decimal(answer["discount"]) == sum(
            (line["billed"] for line in each.lines if line["kind"] != "deduction"), ZERO
        )

    def credit(self) -> None:
        """Credit notes of everything, some in parts, leave every invoice at nought."""
        for key in self.bills:
            self._credit(key)
        assert [each.open for each in self.shown(self.bills)] == [ZERO] * len(self.bills)
        every = self.shown(self.bills)
        assert all(each.credited == each.row["total"] for each in every)

    def _credit(self, key: int) -> None:
        found = invoices.shown(self.uow, key)
        parts = {
            line["id"]: (line["quantity"] / 2).quantize(Decimal("0.0001")) for line in found.lines
            if line["kind"] != "deduction" and line["quantity"] > Decimal("0.0002")
        }  # fmt: skip
        if parts and self.chance.random() < 0.5:
            half = credit_notes.new(self.uow, key, parts)
            invoices.issue(self.uow, half.id or 0)
        rest = credit_notes.new(self.uow, key)
        invoices.issue(self.uow, rest.id or 0)

    def printed(self) -> str:
        """What is missing on the paper or in the mail of the last invoice; "" where nothing is."""
        key = self.bills[-1]
        made = invoices.shown(self.uow, key)
        reader = PdfReader(io.BytesIO(handover.pdf(self.uow, "invoice", key)))
        text = "".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ")
        figure = Style.of(made.draft.language).number(
            made.row["total"], currency_decimals(made.draft.currency)
        )
        mail = handover.mail_text(self.uow, "invoice", key).body.replace("\u00a0", " ")
        return "" if figure in text and figure in mail else figure


def summed(found: Iterable[ShownInvoice], name: str) -> Decimal:
    """The sum of a figure over all lines of some invoices."""
    return sum((line[name] for each in found for line in each.lines), ZERO)


def agree(uow: UnitOfWork, seed: int, draft: Draft) -> None:
    """Play one random order and compare all its figures."""
    played = Played(uow, random.Random(seed), draft)
    played.play()
    played.check()
    if seed % PRINTED_EVERY == 0:
        assert played.printed() == ""
    played.credit()


def play(app: App, documents: int) -> None:
    a_company(app)
    plain, template = a_draft(app), a_line(app)
    for seed in range(documents):
        draft = _draft(random.Random(seed), plain, template)
        if any(line.counts and not line.optional for line in draft.lines):
            app.write(agree, seed, draft)


@pytest.mark.slow
def test_five_hundred_random_orders_agree_everywhere(app: App, tmp_path: Path) -> None:
    is_file = app.database.engine_name == "sqlite"
    play(app, 500 if is_file else 60)
    the_list_and_the_workbook_say_what_is_stored(app, tmp_path)


@pytest.mark.long
def test_twenty_thousand_random_orders_agree_everywhere(app: App) -> None:
    play(app, 20_000)


def the_list_and_the_workbook_say_what_is_stored(app: App, folder: Path) -> None:
    query = ListQuery(
        "invoice", ("number", "total", "open"), filters=(Filter("currency", "=", "IDR"),)
    )
    rows = app.listing.first_page(query, 100_000).rows
    stored = dict(app.database.fetch("SELECT id, total FROM invoice WHERE currency = 'IDR'"))
    assert {row[0]: row[2] for row in rows} == stored
    exports.export_list(app, query, folder / "invoices.xlsx")
    sheet = openpyxl.load_workbook(folder / "invoices.xlsx", data_only=True)["Data"]
    printed = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]]
    assert sum(Decimal(str(each)) for each in printed[: len(rows)]) == from_scaled(
        sum(stored.values())
    )
