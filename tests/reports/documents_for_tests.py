"""Quotations of any length for the tests of paper."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO

from reports.documents.data import DocumentLine, Letterhead, Party, SalesDocument, TotalLine

NAMES = (
    "Kertas A4 80 gsm, rim 500 lembar",
    "Tinta Epson 664 hitam 70 ml",
    "Pompa sentrifugal stainless 3 phase 7,5 kW dengan panel kontrol dan sensor tekanan air",
    "Pencetak L15150 + pemasangan",
    "Servis tahunan pencetak (on-site)",
)
UNITS = ("rim", "btl", "set", "unit", "thn")


@cache
def logo() -> bytes:
    """A PNG of 600 by 180 pixels."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (600, 180), "white")
    draw = ImageDraw.Draw(picture)
    for step in range(0, 600, 3):
        draw.line((step, 0, step // 2, 180), fill=(15, 110 - step // 10, step % 255))
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def line(at: int) -> DocumentLine:
    """One ordinary line; every fifth has a long description."""
    quantity, price = Decimal(1 + at * 7 % 40), Decimal(12_500 * (1 + at % 9))
    return DocumentLine(
        number=str(at + 1),
        description=NAMES[at % 5],
        quantity=quantity,
        unit=UNITS[at % 5],
        unit_price=price,
        discount="5%" if at % 4 == 1 else "",
        amount=quantity * price,
    )


def quotation(count: int = 3, **changes: object) -> SalesDocument:
    """An Indonesian quotation of so many lines."""
    lines = tuple(map(line, range(count)))
    total = sum((item.amount or Decimal(0) for item in lines), Decimal(0))
    document = SalesDocument(
        kind="quotation",
        language="id",
        date=date(2026, 3, 14),
        letterhead=Letterhead(
            "PT Sumber Kertas Utama", ("Jl. Gajah Mada 18", "Jakarta 10130"), logo=logo()
        ),
        party=Party("PT Percetakan Melati", "Ibu Siti", ("Jl. Raya Bekasi Km 27",)),
        lines=lines,
        totals=(TotalLine("Subtotal", total), TotalLine("Total", total, strong=True)),
        currency="IDR",
        decimals=0,
        number="012/SPH/SKU/III/2026",
        place="Jakarta",
        words="Satu juta rupiah",
        signer_name="Budi Santoso",
    )
    return replace(document, **changes)  # type: ignore[arg-type]
