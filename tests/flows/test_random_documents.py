"""Thousands of random quotations: what is edited, stored and printed agrees."""

import io
import random
from dataclasses import replace
from decimal import Decimal

import pytest
from pypdf import PdfReader

from controllers.catalogue.taxes import preset
from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import quotation_json, quotations
from controllers.documents.handover import rendered
from models.rules.pricing import price_document
from models.values.documents import ITEM, NOTE, SECTION, Draft, Line
from models.values.formatting import Style
from models.values.money import currency_decimals
from tests.builders import a_company, a_draft, a_line

pytestmark = pytest.mark.long

DOCUMENTS = 20_000
PRINTED_EVERY = 100
TAXES = ("none", "ppn", "ppn_effective", "ppn_included", "ppn_luxury", "gst", "sst_service")
CURRENCIES = ("IDR", "MYR", "SGD", "BHD")
CLASSES = ("standard", "service", "luxury", "exempt", "reduced")


def _figure(chance: random.Random, most: int, decimals: int) -> Decimal:
    return Decimal(chance.randrange(1, most * 10**decimals)).scaleb(-decimals)


def _line(chance: random.Random, template: Line, decimals: int) -> Line:
    kind = chance.choices((ITEM, SECTION, NOTE), (8, 1, 1))[0]
    if kind != ITEM:
        return Line(kind, description="Part")
    price = _figure(chance, 5_000_000, decimals)
    return Line(
        ITEM, description="Goods", quantity=_figure(chance, 400, chance.choice((0, 0, 2))),
        unit_price=price, pinned=True, tax_class=chance.choice(CLASSES),
        discount_percent=chance.choice((Decimal(0), _figure(chance, 60, 2))),
        optional=chance.random() < 0.1, cost=template.cost,
    )  # fmt: skip


def _draft(chance: random.Random, plain: Draft, template: Line) -> Draft:
    currency = chance.choice(CURRENCIES)
    decimals = currency_decimals(currency)
    lines = tuple(_line(chance, template, decimals) for _each in range(chance.randrange(1, 14)))
    return replace(
        plain, currency=currency, price_list="", tax=chance.choice(TAXES), lines=lines,
        language=chance.choice(("id", "ms", "en")),
        discount_percent=chance.choice((Decimal(0), _figure(chance, 40, 2))),
    )  # fmt: skip


def _agree(uow: UnitOfWork, draft: Draft, printed: bool) -> str:
    """The first disagreement of a document, "" where all figures agree."""
    wanted = price_document(draft, preset(uow, draft.tax, draft.date)).totals
    made = quotations.new(uow, draft)
    answer = quotation_json.answer(uow, quotations.shown(uow, made.id or 0))
    stored = {name: Decimal(answer[name]) for name in ("subtotal", "discount", "total")}
    if stored != {"subtotal": wanted.subtotal, "discount": wanted.discount, "total": wanted.total}:
        return f"stored {stored}, editor {wanted}"
    taxes = sum((Decimal(each["amount"]) for each in answer["taxes"]), Decimal(0))
    if wanted.net + taxes + wanted.rounding != wanted.total:
        return f"parts {wanted.net} + {taxes} + {wanted.rounding}, total {wanted.total}"
    if printed:
        document = quotations.document(uow, made.id or 0)
        reader = PdfReader(io.BytesIO(rendered(document)))
        text = "".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ")
        figure = Style.of(document.language).number(wanted.total, document.decimals)
        if figure not in text or document.words[:40] not in " ".join(text.split()):
            return f"{figure} or “{document.words}” is not printed"
    return ""


def test_twenty_thousand_random_quotations_agree_everywhere(app: App) -> None:
    a_company(app)
    plain, template = a_draft(app), a_line(app)
    chance = random.Random(2_026)
    for at in range(DOCUMENTS):
        draft = _draft(chance, plain, template)
        found = app.write(_agree, draft, at % PRINTED_EVERY == 0)
        assert found == "", (at, draft)
