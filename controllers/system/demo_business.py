"""One day of the demo's business: quotations go out, are answered, and become deliveries."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from random import Random

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import drafting, orders, quotations
from controllers.system import demo_fulfilment
from controllers.system.demo_records import Stage
from models.values.documents import ITEM, NOTE, SECTION, Line
from models.values.errors import DomainError

SUBJECTS = {
    "id": ("Kebutuhan kantor triwulan", "Isi ulang kertas dan tinta", "Pengadaan printer"),
    "ms": ("Keperluan pejabat suku tahun", "Bekalan kertas dan dakwat", "Perolehan pencetak"),
    "en": ("Office supplies for the quarter", "Paper and ink refill", "Printer procurement"),
}
SECTIONS = {"id": "Barang", "ms": "Barangan", "en": "Goods"}
EXTRAS = {
    "id": ("Pengiriman dan pemasangan", "Stok tidak mengikat."),
    "ms": ("Penghantaran dan pemasangan", "Stok tidak mengikat."),
    "en": ("Delivery and installation", "Stock does not bind."),
}


def day(uow: UnitOfWork, chance: Random, stage: Stage, past: int) -> None:
    """Play one day; `past` is how many days lie before the last one."""
    if uow.today.day == 1:
        goods = [product for product, service, _price in stage.products if not service]
        demo_fulfilment.restock(uow, goods)
    _answers(uow, chance, past)
    demo_fulfilment.day(uow, chance, past)
    busy = max(1, len(stage.accounts) // 130)
    for _each in range(chance.randrange(busy, busy * 2 + 1)):
        _quote(uow, chance, stage, leave_draft=past < 3 and chance.random() < 0.3)


def newest(uow: UnitOfWork, kind: str, column: str, state: str) -> str:
    """The number of the newest document in a state."""
    table = {"quotation": "quotation", "order": "sales_order"}[kind]
    query = f"SELECT number FROM {table} WHERE {column} = ? ORDER BY date DESC, id DESC LIMIT 1"
    return str(uow.connection.exec_driver_sql(query, (state,)).scalar_one())


def _quote(uow: UnitOfWork, chance: Random, stage: Stage, *, leave_draft: bool) -> None:
    weights = [weight for _code, _owner, weight in stage.accounts]
    account, owner, _weight = chance.choices(stage.accounts, weights)[0]
    draft = drafting.new_draft(uow, account)
    language = draft.language
    lines = [_line(chance, stage) for _each in range(chance.choice((1, 2, 3, 4, 5, 7, 9)))]
    lines = list({line.product: line for line in lines}.values())
    lines[0] = replace(lines[0], optional=False)
    if len(lines) > 4:
        lines.insert(0, Line(kind=SECTION, description=SECTIONS[language]))
        lines.append(_installation(chance, draft.currency, language))
        lines.append(Line(kind=NOTE, description=EXTRAS[language][1]))
    percent = Decimal(chance.choice((0, 0, 0, 2, 3)))
    subject = chance.choice(SUBJECTS[language])
    draft = replace(
        draft, lines=tuple(lines), discount_percent=percent, subject=subject, owner=owner
    )
    made = quotations.new(uow, draft)
    if not leave_draft:
        quotations.send(uow, made.id or 0)


def _line(chance: Random, stage: Stage) -> Line:
    product, service, price = chance.choice(stage.products)
    many = 1 if service or price > 900_000 else chance.choice((5, 10, 12, 20, 24, 50, 60, 100, 250))
    optional = chance.random() < 0.06
    percent = Decimal(chance.choice((0, 0, 0, 0, 2, 5)))
    quantity = Decimal(many * chance.choice((1, 1, 2)))
    return Line(product=product, quantity=quantity, optional=optional, discount_percent=percent)


def _installation(chance: Random, currency: str, language: str) -> Line:
    price = {"IDR": Decimal(750_000), "MYR": Decimal(220), "SGD": Decimal(65)}[currency]
    return Line(
        kind=ITEM, description=EXTRAS[language][0], unit_price=price * chance.choice((1, 1, 2)),
        tax_class="service",
    )  # fmt: skip


def _answers(uow: UnitOfWork, chance: Random, past: int) -> None:
    """Customers answer within two weeks or not at all; the newest are still open."""
    since = (uow.today - dt.timedelta(days=14)).isoformat()
    waiting = uow.connection.exec_driver_sql(
        "SELECT id FROM quotation WHERE stored_state = 'sent' AND date >= ? AND date < ?",
        (since, uow.today.isoformat()),
    ).scalars()
    for quotation in list(waiting):
        roll = chance.random()
        if roll < 0.075:
            made = quotations.order(uow, quotation)
            if past > 2 or chance.random() < 0.7:
                _confirm(uow, made.id or 0)
        elif roll < 0.1:
            quotations.decline(uow, quotation, chance.choice(("price", "delivery time", "budget")))


def _confirm(uow: UnitOfWork, order: int) -> None:
    """Confirm where the stock allows it; the rest stays a draft, as it would."""
    try:
        orders.confirm(uow, order)
    except DomainError:
        return
