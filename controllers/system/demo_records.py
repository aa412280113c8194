"""The demo's people, goods, price lists, customers and contacts."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from controllers.core import records
from controllers.core.unit_of_work import UnitOfWork
from controllers.system import demo_fulfilment
from resources import demo_words as words

RATES = {"IDR": Decimal(1), "MYR": Decimal(3_650), "SGD": Decimal(12_200)}
"""Rupiah for one unit of a currency, only to make believable prices."""

MARK_UP = {"Paper": "1.22", "Ink and toner": "1.35", "Services": "1.9"}


@dataclass
class Stage:
    """What the demo's days play with."""

    accounts: list[tuple[str, str, int]] = field(default_factory=list)
    """Code, owner and how often it buys (1 seldom to 5 often)."""
    products: list[tuple[int, bool, Decimal]] = field(default_factory=list)
    """Id, whether it is a service, list price in rupiah."""


def make(uow: UnitOfWork, chance: Random, rows: int) -> Stage:
    """Everything that stands before the first day."""
    stage = Stage()
    demo_fulfilment.places(uow)
    _people(uow)
    _price_lists(uow)
    _products(uow, chance, stage)
    _prices(uow)
    for at in range(rows):
        country = chance.choices(("ID", "MY", "SG"), (6, 3, 1))[0]
        _account(uow, chance, stage, country, at)
    return stage


def _people(uow: UnitOfWork) -> None:
    for name, full_name, role, team, title in words.TEAM:
        values = {
            "name": name, "full_name": full_name, "role": role, "team": team,
            "job_title": title, "email": f"{name}@sumberkertas.example",
        }  # fmt: skip
        if name == uow.user:
            values.pop("name")
            records.change(uow, "user", name, values)
        else:
            records.create(uow, "user", values)


def _price_lists(uow: UnitOfWork) -> None:
    for country in words.COUNTRIES.values():
        values = {"name": country["price_list"], "currency": country["currency"]}
        records.create(uow, "price_list", values)


def _products(uow: UnitOfWork, chance: Random, stage: Stage) -> None:
    for category, prefix, in_id, in_ms, in_en, unit, base, variants in words.GOODS:
        for at, variant in enumerate(variants, 1):
            price = Decimal(base * chance.randrange(70, 190) // 10_000 * 100 or 500)
            cost = (price / Decimal(MARK_UP.get(category, "1.28"))).quantize(Decimal(1))
            service = category == "Services"
            values: dict[str, Any] = {
                "sku": f"{prefix}-{at:02}", "name": f"{in_en} {variant}",
                "name_id": f"{in_id} {_said(variant, 0)}",
                "name_ms": f"{in_ms} {_said(variant, 1)}",
                "unit": unit, "category": category, "list_price": price, "cost": cost,
                "currency": "IDR", "tax_class": "service" if service else "standard",
                "stocked": not service, "stock": 0 if service else chance.randrange(200, 4_000),
                "units": "box = 5" if unit == "ream" else "dozen = 12" if unit == "pcs" else None,
                "barcode": f"899{chance.randrange(10**9, 10**10)}",
            }  # fmt: skip
            made = records.create(uow, "product", values)
            stage.products.append((made.id or 0, service, price))


def _said(variant: str, language: int) -> str:
    """A variant in Indonesian (0) or Malay (1)."""
    for english in sorted(words.SAID, key=len, reverse=True):
        variant = variant.replace(english, words.SAID[english][language])
    return variant


def _prices(uow: UnitOfWork) -> None:
    """Dealers get a discount in rupiah; abroad every product has a price from its cost."""
    rupiah = words.COUNTRIES["ID"]["price_list"]
    records.create(uow, "price", {"price_list": rupiah, "discount_percent": "5"})
    for category, minimum, percent in (
        ("Paper", 50, "8"), ("Paper", 200, "12"), ("Ink and toner", 20, "9"), ("Filing", 100, "10"),
    ):  # fmt: skip
        records.create(uow, "price", {
            "price_list": rupiah, "category": category, "minimum_quantity": minimum,
            "discount_percent": percent,
        })  # fmt: skip
    products = uow.connection.exec_driver_sql("SELECT sku, list_price FROM product").all()
    for country in ("MY", "SG"):
        known = words.COUNTRIES[country]
        rate = RATES[str(known["currency"])]
        for sku, scaled in products:
            price = (Decimal(scaled) / 10_000 / rate * Decimal("1.12")).quantize(Decimal("0.05"))
            values = {"price_list": known["price_list"], "product": sku,
                      "price": max(price, Decimal("0.05"))}  # fmt: skip
            records.create(uow, "price", values)


def _account(uow: UnitOfWork, chance: Random, stage: Stage, country: str, at: int) -> None:
    known: dict[str, Any] = words.COUNTRIES[country]
    city, province, zone = chance.choice(known["cities"])
    name = chance.choice(known["shapes"]).format(
        a=chance.choice(words.FIRST), b=chance.choice(words.SECOND), c=chance.choice(words.THIRD)
    )
    code = f"{country}{at + 1:05}"
    owner = chance.choice(words.OWNERS[country])
    host = re.sub(r"[^a-z]+", "", name.lower())[:18]
    records.create(uow, "account", {
        "code": code, "name": name, "address": _street(chance, known), "city": city,
        "province": province or None, "postcode": f"{zone}{chance.randrange(100, 999)}",
        "country": country, "phone": _phone(chance, known["phone"]),
        "email": f"office@{host}.example", "currency": known["currency"],
        "price_list": known["price_list"], "language": known["language"], "tax": known["tax"],
        "payment_term": chance.choice(("net14", "net30", "net30", "cash", "net45")),
        "credit_limit": _limit(chance, str(known["currency"])),
        "owner": owner, "territory": city,
        "tags": chance.choice(("dealer", "dealer, priority", "school", "office", None)),
        "legal_form": next((form for form in ("PT", "CV", "UD", "Koperasi", "Yayasan")
                            if name.startswith(form + " ")), None),
    })  # fmt: skip
    stage.accounts.append((code, owner, chance.choice((1, 1, 2, 2, 3, 5))))
    for _each in range(chance.choice((1, 1, 2))):
        _contact(uow, chance, code, country, host)


def _contact(uow: UnitOfWork, chance: Random, account: str, country: str, host: str) -> None:
    name = chance.choice(words.PEOPLE[country])
    known: dict[str, Any] = words.COUNTRIES[country]
    records.create(uow, "contact", {
        "name": name, "account": account, "role": chance.choice(words.ROLES[country]),
        "phone": _phone(chance, known["phone"]),
        "email": f"{name.split()[0].lower()}@{host}.example", "language": known["language"],
        "birthday": f"19{chance.randrange(65, 99)}-{chance.randrange(1, 13):02}-"
                    f"{chance.randrange(1, 29):02}",
    })  # fmt: skip


def _street(chance: Random, known: dict[str, Any]) -> str:
    return str(chance.choice(known["streets"])).format(
        s=chance.choice(words.STREETS), n=chance.randrange(1, 180), f=chance.randrange(1, 9)
    )


def _phone(chance: Random, shape: str) -> str:
    return shape.format(
        p=chance.choice(("12", "13", "21", "52")), q=chance.choice("2379"),
        d=chance.randrange(10), d3=chance.randrange(200, 999), d4=chance.randrange(1000, 9999),
    )  # fmt: skip


def _limit(chance: Random, currency: str) -> Decimal:
    return (Decimal(chance.randrange(10, 400)) * 1_000_000 / RATES[currency]).quantize(Decimal(1))
