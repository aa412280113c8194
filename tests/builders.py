"""Builders: records and documents for tests, each with sensible values that a test may override."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from controllers.catalogue.taxes import install_presets
from controllers.core import records
from controllers.core.app import App
from controllers.documents import drafting, quotations
from models.values.documents import ITEM, PRODUCT, Draft, Line
from models.values.record import Record

D = Decimal


def an_account(app: App, code: str = "ALFKI", **values: Any) -> Record:
    return app.write(
        records.create, "account", {"code": code, "name": "Alfreds Futterkiste", **values}
    )


def a_contact(app: App, account: str = "ALFKI", code: str = "maria", **values: Any) -> Record:
    plain = {
        "code": code,
        "account": account,
        "name": "Maria Anders",
        "email": "maria@alfki.example",
    }
    return app.write(records.create, "contact", plain | values)


def a_product(app: App, sku: str = "PUMP12", **values: Any) -> Record:
    plain = {
        "sku": sku, "name": f"Pump {sku}", "list_price": D(5_150_000), "cost": D(4_000_000),
        "stock": D(100), "units": "box = 12",
    }  # fmt: skip
    return app.write(records.create, "product", plain | values)


def a_price_list(app: App, name: str = "Dealers", currency: str = "IDR", **values: Any) -> Record:
    return app.write(records.create, "price_list", {"name": name, "currency": currency, **values})


def a_price(app: App, price_list: str = "Dealers", **values: Any) -> Record:
    return app.write(records.create, "price", {"price_list": price_list, **values})


def a_company(app: App) -> App:
    """Taxes, a customer with a contact, a price list and two products, ready for quotations."""
    app.write(install_presets)
    a_price_list(app)
    an_account(app, price_list="Dealers", currency="IDR", language="id", tax="ppn")
    a_contact(app)
    a_product(app)
    a_product(app, "FAN1", list_price=D(1_000_000), cost=D(600_000), stock=D(5))
    a_price(app, product="PUMP12", minimum_quantity=D(10), price=D(4_890_000))
    return app


def a_line(app: App, sku: str = "PUMP12", quantity: str = "1", **values: Any) -> Line:
    product = app.read(records.show, "product", sku)
    line = Line(
        PRODUCT, product=product.id, sku=sku, description=product.title, quantity=D(quantity)
    )
    return replace(line, **{"unit": str(product.values["unit"])} | values)


def an_item(price: str = "750000", quantity: str = "1", **values: Any) -> Line:
    line = Line(ITEM, description="Installation on site", quantity=D(quantity), unit_price=D(price))
    return replace(line, **values)


def a_draft(app: App, *lines: Line, account: str = "ALFKI", **values: Any) -> Draft:
    """An unsaved quotation with one pump unless lines are given."""
    draft = app.read(drafting.new_draft, account)
    return replace(draft, lines=lines or (a_line(app),), **values)


def a_quotation(app: App, *lines: Line, **values: Any) -> Draft:
    """A saved quotation, still a draft."""
    return app.write(quotations.new, a_draft(app, *lines, **values))


def a_sent_quotation(app: App, *lines: Line, **values: Any) -> Draft:
    draft = a_quotation(app, *lines, **values)
    return app.write(quotations.send, draft.id or 0)
