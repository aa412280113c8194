"""A demo database: a year of a stationer's business in Indonesia, Malaysia and Singapore.

Made by the same use cases people work with, from a fixed seed: one day and one size give one
database, to the last figure.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from controllers.core.app import App
from controllers.documents import handover
from controllers.insight import reports
from controllers.insight.sales import SalesOptions
from controllers.system import backups, demo_business, demo_fulfilment, demo_records, opening
from models.storage.sqlite import path_of
from models.values.settings import Settings

SEED = 1971
ROWS = 400
DAYS = 365

COMPANY = Settings(
    company="PT Sumber Kertas Utama",
    short_name="SKU",
    country="ID",
    currency="IDR",
    tax="ppn",
    language="id",
    address="Jalan Kenanga Raya No. 63\nJakarta 10130",
    phone="+62 21 5550 1971",
    email="penjualan@sumberkertas.example",
    website="sumberkertas.example",
    tax_number="0012 3456 7890 1000",
    bank="Bank Nusa Persada 123-00-4567890 a.n. PT Sumber Kertas Utama",
    place="Jakarta",
    price_list="Dealer Indonesia",
)


@dataclass(frozen=True)
class Made:
    """A demo database and the papers written from it."""

    database: Path
    files: tuple[Path, ...]


class _Calendar:
    """The clock of the demo: stands on the day that is being played."""

    def __init__(self, today: dt.date) -> None:
        self.day = today

    def __call__(self) -> dt.datetime:
        return dt.datetime.combine(self.day, dt.time(9, 30), dt.UTC)


def make(url: str, rows: int, out: Path | None, say: Callable[[str], None]) -> Made:
    """A new demo database with its papers in `out`; an earlier demo there is replaced.

    Without a URL it stands in the user's data folder. DomainError where a file in the way is no
    demo of ours.
    """
    path = path_of(url) if url else opening.default_path("demo.db")
    remove_demo(path)
    say(f"Making {path} …")
    calendar = _Calendar(dt.datetime.now().astimezone().date())
    app = opening.create_app(path, "sari", COMPANY, calendar)
    try:
        fill(app, rows, calendar.day, calendar)
        app.write(backups.choose, "", 0)
        return Made(path, tuple(papers(app, out or path.parent / "demo")))
    finally:
        app.close()


def remove_demo(path: Path) -> None:
    """Take an earlier demo away; DomainError for any other file."""
    from models.values.errors import DomainError
    from resources.languages import marked as _

    if not path.exists():
        return
    app = opening.open_app(path, "sari")
    company = app.read(lambda uow: uow.settings.company)
    app.close()
    if company != COMPANY.company:
        message = _("{path} is no demo database; name another file with --database.")
        raise DomainError(message, path=path)
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def fill(
    app: App,
    rows: int = ROWS,
    today: dt.date | None = None,
    calendar: _Calendar | None = None,
) -> None:
    """Fill an empty database: people, goods, prices, customers, then a year day by day."""
    chance = Random(SEED)
    last = today or app.clock().date()
    calendar = calendar or _Calendar(last)
    calendar.day = last - dt.timedelta(days=DAYS)
    usual, app.clock = app.clock, calendar
    try:
        stage = app.write(demo_records.make, chance, rows)
        for past in range(DAYS, -1, -1):
            calendar.day = last - dt.timedelta(days=past)
            if calendar.day.weekday() < 6:
                app.write(demo_business.day, chance, stage, past)
        app.write(demo_fulfilment.rules)
    finally:
        app.clock = usual
        calendar.day = last


def papers(app: App, folder: Path) -> list[Path]:
    """A quotation and an order confirmation as PDF, and a sales workbook; answers the files."""
    folder.mkdir(parents=True, exist_ok=True)
    number = app.read(demo_business.newest, "quotation", "stored_state", "sent")
    order = app.read(demo_business.newest, "order", "state", "confirmed")
    files = [folder / "quotation.pdf", folder / "order-confirmation.pdf", folder / "sales.xlsx"]
    handover.save_pdf(app, "quotation", number, files[0])
    handover.save_pdf(app, "order", order, files[1])
    reports.run(app, "sales", files[2], SalesOptions(by=("category", "month")))
    return files
