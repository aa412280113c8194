"""Delivery notes, return notes and pick lists on paper."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from reports.documents.data import TotalLine
from reports.documents.delivery import render_delivery_note, render_pick_list, render_return_note
from tests.reports.forms_for_tests import delivery_note, form, pick_list

Pages = Callable[[bytes], list[str]]


def test_a_delivery_note_says_how_the_goods_travel(pages: Pages) -> None:
    note = delivery_note(
        1, carrier="JNE", driver="Asep", vehicle="B 9123 KXA", tracking="JT-889", packages="6 koli"
    )
    text = pages(render_delivery_note(note))[0]
    wanted = (
        "Gudang Cikarang",
        "SO-44",
        "PO-7781",
        "JNE",
        "Asep",
        "B 9123 KXA",
        "JT-889",
        "6 koli",
    )
    assert [word for word in wanted if word not in text] == []


def test_prices_are_shown_only_where_asked_for(pages: Pages) -> None:
    totals = (TotalLine("Total", Decimal(810_000), strong=True),)
    bare = delivery_note(2, decimals=0, totals=totals)
    assert "135.000" not in pages(render_delivery_note(bare))[0]
    text = pages(render_delivery_note(replace(bare, is_priced=True)))[0]
    assert all(word in text for word in ("45.000", "135.000", "Rp810.000", "Harga Satuan (Rp)"))


def test_quantities_are_printed_as_given(pages: Pages) -> None:
    line = delivery_note(1).lines[0]
    odd = replace(line, ordered=Decimal("7.25"), delivered=Decimal("1.5"), remaining=Decimal(99))
    text = pages(render_delivery_note(delivery_note(0, lines=(odd,))))[0]
    assert all(figure in text for figure in ("7,25", "1,5", "99"))


def test_a_column_without_any_figure_is_left_out(pages: Pages) -> None:
    line = replace(delivery_note(1).lines[0], ordered=None, remaining=None)
    text = pages(render_delivery_note(delivery_note(0, lines=(line,))))[0]
    assert "Dipesan" not in text
    assert "Sisa" not in text


def test_lots_and_serials_stand_under_their_goods(pages: Pages) -> None:
    line = replace(delivery_note(1).lines[0], lot="SN-1, SN-2")
    text = pages(render_delivery_note(delivery_note(0, lines=(line,))))[0]
    assert "Lot/seri: SN-1, SN-2" in text


def test_a_return_note_gives_its_reasons(pages: Pages) -> None:
    line = replace(delivery_note(1).lines[0], reason="basah")
    note = delivery_note(0, lines=(line,), reason="Rusak di jalan", invoice="INV-12")
    text = pages(render_return_note(note))[0]
    wanted = ("Alasan: basah", "Rusak di jalan", "INV-12", "Dikembalikan")
    assert [word for word in wanted if word not in text] == []


def test_every_line_of_a_pick_list_has_a_box_to_tick(pages: Pages) -> None:
    text = pages(render_pick_list(pick_list(5, head=form(party=None))))[0]
    assert text.count("\N{BALLOT BOX}") == 5
    assert all(word in text for word in ("A-004", "L4", "Gudang Utama"))
