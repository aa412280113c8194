"""Delivery notes, statements, letters, receipts and count sheets for the tests of paper."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from reports.documents.counting import CountLine, CountSheet
from reports.documents.data import Letterhead, Party
from reports.documents.delivery import DeliveryLine, DeliveryNote, PickLine, PickList
from reports.documents.forms import Form
from reports.documents.receipt import Receipt
from reports.documents.reminder import OverdueInvoice, Reminder
from reports.documents.statement import Ageing, Movement, Statement


def form(**changes: object) -> Form:
    """The head of an Indonesian form to a customer."""
    head = Letterhead("PT Sumber Kertas", ("Jl. Gajah Mada 18",), bank_lines=("BCA 123",))
    party = Party("PT Percetakan Melati", "Ibu Siti", ("Jl. Raya Bekasi Km 27",))
    made = Form("id", date(2026, 3, 14), head, party, "A/0101", signer_name="Budi Santoso")
    return replace(made, **changes)  # type: ignore[arg-type]


def delivery_note(count: int = 3, *, head: Form | None = None, **changes: object) -> DeliveryNote:
    """A delivery note of so many lines, all of them partly delivered."""
    lines = tuple(
        DeliveryLine(
            f"Kertas A4 jenis {at}",
            Decimal(3),
            str(at + 1),
            unit="rim",
            ordered=Decimal(5),
            remaining=Decimal(2),
            unit_price=Decimal(45000),
            amount=Decimal(135000),
        )
        for at in range(count)
    )
    made = DeliveryNote(head or form(), lines, ("Gudang Cikarang",), "SO-44", "PO-7781")
    return replace(made, **changes)  # type: ignore[arg-type]


def pick_list(count: int = 3, *, head: Form | None = None) -> PickList:
    """A pick list of so many lines."""
    lines = tuple(
        PickLine(f"Kertas {at}", Decimal(at + 1), "rim", f"A-{at:03d}", f"L{at}")
        for at in range(count)
    )
    return PickList(head or form(party=None), lines, "Gudang Utama", "SO-44")


def statement(count: int = 3, *, head: Form | None = None, **changes: object) -> Statement:
    """An account with so many invoices."""
    moves = tuple(
        Movement(date(2026, 2, 3), f"INV-{at}", Decimal(1000 + at), charge=Decimal("12345.67"))
        for at in range(count)
    )
    ageing = Ageing(Decimal(11), Decimal(22), Decimal(33), Decimal(44), Decimal(55))
    made = Statement(
        head or form(),
        date(2026, 1, 1),
        date(2026, 3, 31),
        Decimal(777),
        moves,
        Decimal(999),
        ageing,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def reminder(level: int = 1, count: int = 2, *, head: Form | None = None) -> Reminder:
    """A letter of a level about so many invoices."""
    invoices = tuple(
        OverdueInvoice(
            f"INV-{at}", date(2026, 1, 5), date(2026, 2, 4), 38, Decimal(1500), Decimal(500)
        )
        for at in range(count)
    )
    return Reminder(
        head or form(),
        level,
        invoices,
        Decimal("1000.5"),
        date(2026, 3, 28),  # type: ignore[arg-type]
    )


def receipt(*, head: Form | None = None, **changes: object) -> Receipt:
    """A receipt over Rp6,815,000."""
    made = Receipt(
        head or form(), Decimal(6_815_000), "Enam juta rupiah", "Faktur INV-12", decimals=0
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def count_sheet(count: int = 3, *, head: Form | None = None, is_blind: bool = True) -> CountSheet:
    """A count sheet of so many lines."""
    lines = tuple(
        CountLine(f"KRT-{at}", f"Kertas {at}", "rim", f"A-{at:03d}", "", Decimal(4321 + at))
        for at in range(count)
    )
    return CountSheet(head or form(party=None), "Gudang Utama", lines, is_blind)
