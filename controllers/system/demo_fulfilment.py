"""What follows an order in the demo: deliveries, invoices, payments, returns and new stock."""

import datetime as dt
from decimal import Decimal
from random import Random

from sqlalchemy import select

from controllers.catalogue import stock_moves
from controllers.catalogue.stock_moves import Move
from controllers.core import records
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import (
    approvals,
    credit_notes,
    deliveries,
    invoices,
    orders,
    payments,
    receivables,
    returns,
)
from models.storage.tables import TABLES
from models.values.deliveries import Part
from models.values.money import rounded

_LOW, _LOT = Decimal(1_500), Decimal(2_500)


def day(uow: UnitOfWork, chance: Random, past: int) -> None:
    """One day of warehouse and books; `past` is how many days lie before the last one."""
    _deliver(uow, chance, past)
    _collect(uow, chance)


def restock(uow: UnitOfWork, products: list[int]) -> None:
    """Buy what runs low, at the products' own cost."""
    place = stock_moves.warehouse_id(uow)
    product = TABLES["product"]
    query = select(product.c.id, product.c.cost).where(
        product.c.id.in_(products), product.c.stock < _LOW
    )
    stock_moves.post(uow, [
        Move(row.id, _LOT, "receipt", place, unit_cost=row.cost, note="PO")
        for row in uow.connection.execute(query)
    ])  # fmt: skip


def _deliver(uow: UnitOfWork, chance: Random, past: int) -> None:
    confirmed = uow.connection.exec_driver_sql(
        "SELECT id FROM sales_order WHERE state = 'confirmed' AND date < ? ORDER BY id",
        ((uow.today - dt.timedelta(days=2)).isoformat(),),
    ).scalars()
    for order in list(confirmed):
        if chance.random() < 0.35 and past > 1:
            _send(uow, chance, order)


def _send(uow: UnitOfWork, chance: Random, order: int) -> None:
    lines = [each for each in deliveries.open_lines(uow, order) if each.open]
    is_part = len(lines) > 1 and chance.random() < 0.1
    parts = [Part(each.line, each.open) for each in (lines[:1] if is_part else lines)]
    carrier = chance.choice(("JNE", "SiCepat", "Pos Laju", "Ninja Van"))
    sent = deliveries.deliver(uow, order, parts, carrier=carrier)
    billed = invoices.invoice(uow, order)
    if chance.random() < 0.02:
        back = Part(sent.lines[0].id or 0, Decimal(1))
        returns.take_back(uow, sent.number, [back], reason="damaged")
        _credit_one(uow, billed.id or 0)
    if not is_part and chance.random() < 0.9:
        orders.close(uow, order)


def _credit_one(uow: UnitOfWork, invoice: int) -> None:
    line = invoices.shown(uow, invoice).lines[0]
    note = credit_notes.new(uow, invoice, {line["id"]: Decimal(1)}, reason="damaged")
    invoices.issue(uow, note.id or 0)


def _collect(uow: UnitOfWork, chance: Random) -> None:
    """Customers pay from a fortnight on, most of them about when it is due, some late."""
    since = uow.today - dt.timedelta(days=14)
    for each in receivables.open_items(uow):
        if each.date > since or each.open <= 0:
            continue
        is_due = each.due is not None and each.due <= uow.today
        if chance.random() < (0.12 if is_due else 0.03):
            _pay(uow, chance, each)


def _pay(uow: UnitOfWork, chance: Random, item: receivables.OpenItem) -> None:
    if item.currency == "IDR" and chance.random() < 0.05:
        withheld = rounded(item.open * 2 / 100, 0)
        payments.pay(
            uow, item.id, item.open - withheld, withheld=withheld, slip=f"BP-{item.id:05}",
            reference=f"TRF {item.number}",
        )  # fmt: skip
        return
    part = item.open if chance.random() < 0.95 else rounded(item.open / 2, 0)
    payments.pay(uow, item.id, part, reference=f"TRF {item.number}")


def rules(uow: UnitOfWork) -> None:
    """Approval rules, from the last day on, and what waits for a decision by them."""
    for name, measure, threshold, role in (
        ("Discount over 10 %", "discount_percent", 10, "sales_manager"),
        ("Margin under 8 %", "margin_percent", 8, "sales_manager"),
        ("Over 500 million", "total", 500_000_000, "director"),
    ):
        values = {"name": name, "measure": measure, "threshold": Decimal(threshold),
                  "approver_role": role, "level": 2 if role == "director" else 1}  # fmt: skip
        records.create(uow, "approval_rule", values)
    drafts = uow.connection.exec_driver_sql(
        "SELECT id FROM quotation WHERE stored_state = 'draft' ORDER BY id"
    ).scalars()
    for each in list(drafts):
        approvals.submit(uow, each)


def places(uow: UnitOfWork) -> None:
    """Two warehouses, and the words of proposals."""
    for code, name in (("MAIN", "Gudang Jakarta"), ("SBY", "Gudang Surabaya")):
        records.create(uow, "warehouse", {"code": code, "name": name})
    for code, title, use, language, text in _BLOCKS:
        records.create(uow, "text_block", {
            "code": code, "title": title, "purpose": use, "language": language, "text": text,
        })  # fmt: skip


_BLOCKS = (
    ("letter-id", "Surat pengantar", "letter", "id",
     "Terima kasih atas kepercayaan Bapak/Ibu. Bersama ini kami sampaikan proposal kami."),
    ("letter-en", "Cover letter", "letter", "en",
     "Thank you for your enquiry. We are pleased to present our proposal."),
    ("about-id", "Tentang kami", "section", "id",
     "PT Sumber Kertas Utama memasok kantor di Indonesia, Malaysia, dan Singapura.\n\n"
     "- Gudang di Jakarta dan Surabaya\n- Pengiriman dalam dua hari\n- Satu faktur per bulan"),
    ("about-en", "About us", "section", "en",
     "We supply offices in Indonesia, Malaysia and Singapore.\n\n"
     "- Warehouses in Jakarta and Surabaya\n- Delivery within two days\n- One invoice a month"),
)  # fmt: skip
