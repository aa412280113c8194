"""A small history of orders: two customers, two categories, two currencies, one unknown cost."""

from pathlib import Path
from tempfile import TemporaryDirectory

from controllers.core import records
from controllers.core.app import App
from controllers.documents import quotations
from controllers.system import imports
from tests.builders import a_company, a_product, a_sent_quotation, an_account, an_item

ROWS = """number,account,date,product,description,quantity,unit_price,discount,currency,owner
S1,ALFKI,2026-09-10,PUMP12,,2,5000,10,IDR,sari
S1,ALFKI,2026-09-10,FAN1,,1,1000,0,IDR,sari
S2,ALFKI,2026-10-02,PUMP12,,1,5000,0,IDR,sari
S3,BETA,2026-10-31,,Installation,3,700,0,IDR,budi
S4,BETA,2026-10-31,FAN1,,4,250.50,0,MYR,budi
S5,BETA,2025-12-31,FAN1,,10,1000,0,IDR,budi
"""


def a_business(app: App) -> None:
    """Five imported orders (no tax) and a draft that counts for nothing."""
    a_company(app)
    for name, team in (("sari", "West"), ("budi", "East")):
        app.write(records.create, "user", {"name": name, "full_name": name.title(), "team": team})
    an_account(app, "BETA", name="Beta Toko", territory="North", city="Ipoh", country="MY")
    app.write(records.change, "product", "PUMP12", {"category": "Pumps", "cost": "3000"})
    app.write(records.change, "product", "FAN1", {"category": "Fans", "cost": "600"})
    a_product(app, "UNUSED", category="Never")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "orders.csv"
        path.write_text(ROWS, encoding="utf-8")
        request = imports.Request("order", path, map={"discount": "discount_percent"})
        outcome = imports.import_file(app, request)
    assert (outcome.created, outcome.rejected) == (5, 0), outcome.reasons
    app.write(quotations.order, a_sent_quotation(app, an_item("999999")).number)
