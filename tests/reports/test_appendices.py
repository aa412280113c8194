"""Pages of other PDF files in a proposal: taken in whole, or refused by name."""

import random
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from reports.documents.proposal.assembling import render_pdf
from reports.documents.proposal.data import Enclosure
from reports.documents.proposal.received import AppendixProblem
from tests.reports.proposals_for_tests import A4, bare, foreign_pdf, stationery, written

Pages = Callable[[bytes], list[str]]

SIZES = ((1191.0, 842.0), (200.0, 150.0), (612.0, 792.0), (2384.0, 3370.0), (40.0, 30.0))


def with_appendix(content: bytes, title: str = "brosur.pdf") -> bytes:
    """A short proposal with a file as its only appendix."""
    return render_pdf(bare(appendices=(Enclosure(title, content),)))


def changed(change: Callable[[PdfWriter], object], content: bytes = b"") -> bytes:
    """A PDF by another program after a change."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content or foreign_pdf("Brosur"))))
    change(writer)
    return written(writer)


def named(**entries: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


# Whole


def test_pages_of_any_size_keep_it_and_are_numbered(pages: Pages) -> None:
    content = with_appendix(foreign_pdf(*"ABCDE", sizes=SIZES))
    boxes = [page.mediabox for page in PdfReader(BytesIO(content)).pages[1:]]
    assert [(float(box.width), float(box.height)) for box in boxes] == list(SIZES)
    for at, text in enumerate(pages(content)[1:], 2):
        assert "ABCDE"[at - 2] in text
        assert f"Halaman {at} dari 6" in text


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_stay_turned_and_their_number_is_upright(turn: int) -> None:
    page = PdfReader(BytesIO(with_appendix(foreign_pdf("Denah", turn=turn)))).pages[1]
    angles: dict[str, tuple[float, float]] = {}

    def visit(text: str, page_matrix: list[float], matrix: list[float], *_: object) -> None:
        a, b = matrix[0], matrix[1]
        c, d = page_matrix[0], page_matrix[1]
        angles[text.strip()[:7]] = (round(a * c - b * d, 2), round(a * d + b * c, 2))

    page.extract_text(visitor_text=visit)
    assert page.rotation == turn
    assert angles["Halaman"] == {90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]


def test_what_is_cropped_away_stays_away() -> None:
    def crop(writer: PdfWriter) -> None:
        writer.pages[0].cropbox.lower_left = (100, 200)
        writer.pages[0].cropbox.upper_right = (400, 500)

    page = PdfReader(BytesIO(with_appendix(changed(crop)))).pages[1]
    assert list(map(float, page.mediabox)) == [100, 200, 400, 500]


def test_what_an_appendix_leaves_unset_does_not_reach_what_is_written_over_it() -> None:
    def unbalance(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(b"q q 0.1 0 0 0.1 9000 9000 cm BT /F1 9 Tf (Miring) Tj ET")
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    page = PdfReader(BytesIO(with_appendix(changed(unbalance)))).pages[1]
    code = page.get_contents().get_data()  # type: ignore[union-attr]
    assert b"9000" not in code
    assert code.count(b"q ") == code.count(b"Q")


def test_remarks_are_drawn_and_links_into_the_web_stay_links(pages: Pages) -> None:
    def remark(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(b"BT /F1 12 Tf (Disetujui) Tj ET")
        stream.update(
            named(
                Type=NameObject("/XObject"), Subtype=NameObject("/Form"),
                BBox=ArrayObject(map(FloatObject, (0, 0, 100, 20))),
                Resources=writer.pages[0]["/Resources"],
            )
        )  # fmt: skip
        note = FreeText(text="Disetujui", rect=(100, 100, 200, 120))
        note[NameObject("/AP")] = named(N=writer._add_object(stream))
        writer.add_annotation(0, note)
        writer.add_uri(0, "https://contoh.co.id/a?b=(c)", (50, 50, 90, 70))

    content = with_appendix(changed(remark))
    (link,) = PdfReader(BytesIO(content)).pages[1]["/Annots"]
    assert "Disetujui" in pages(content)[1]
    assert link.get_object()["/A"]["/URI"] == "https://contoh.co.id/a?b=(c)"


def test_layers_that_are_off_stay_off() -> None:
    def layer(writer: PdfWriter) -> None:
        groups = [
            writer._add_object(named(Type=NameObject("/OCG"), Name=TextStringObject(name)))
            for name in ("Denah", "Coretan")
        ]
        resources = writer.pages[0]["/Resources"]
        resources[NameObject("/Properties")] = named(A=groups[0], B=groups[1])
        usual = named(OFF=ArrayObject([groups[1]]))
        writer.root_object[NameObject("/OCProperties")] = named(OCGs=ArrayObject(groups), D=usual)

    root = PdfReader(BytesIO(with_appendix(changed(layer)))).root_object
    assert len(root["/OCProperties"]["/OCGs"]) == 2
    assert [group.get_object()["/Name"] for group in root["/OCProperties"]["/D"]["/OFF"]] == [
        "Coretan"
    ]


def test_what_pages_share_is_in_the_file_once() -> None:
    one, many = (with_appendix(foreign_pdf(*["Sama"] * count)) for count in (1, 30))
    fonts = [content.count(b"/Helvetica") for content in (one, many)]
    assert fonts[0] == fonts[1]


def test_equal_appendices_give_equal_bytes() -> None:
    content = foreign_pdf("A", "B", turn=90)
    assert with_appendix(content) == with_appendix(bytes(bytearray(content)))


def test_another_appendix_gives_another_identifier() -> None:
    ids = [PdfReader(BytesIO(with_appendix(foreign_pdf(name)))).trailer["/ID"][0] for name in "AB"]
    assert ids[0] != ids[1]


# Refused


def script(writer: PdfWriter) -> None:
    action = named(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert('halo')"))
    writer.root_object[NameObject("/OpenAction")] = action


def attachment(writer: PdfWriter) -> None:
    writer.add_attachment("faktur.exe", b"MZ")


def launch(writer: PdfWriter) -> None:
    action = named(S=NameObject("/Launch"), F=TextStringObject("cmd.exe"))
    writer.root_object[NameObject("/OpenAction")] = action


def script_behind_references(writer: PdfWriter) -> None:
    kind = writer._add_object(NameObject("/JavaScript"))
    action = named(S=kind, Js=TextStringObject("x"))
    link = named(Type=NameObject("/Annot"), Subtype=NameObject("/Link"), A=action)
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])


def events_of_a_page(writer: PdfWriter) -> None:
    writer.pages[0][NameObject("/AA")] = named(O=named(S=NameObject("/Named")))


def film(writer: PdfWriter) -> None:
    note = named(Type=NameObject("/Annot"), Subtype=NameObject("/RichMedia"))
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])


def content_elsewhere(writer: PdfWriter) -> None:
    stream = DecodedStreamObject()
    stream[NameObject("/F")] = TextStringObject("/etc/passwd")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)


def form_that_writes_itself(writer: PdfWriter) -> None:
    form = named(XFA=ArrayObject(), NeedAppearances=BooleanObject(True))
    writer.root_object[NameObject("/AcroForm")] = form


def password(writer: PdfWriter) -> None:
    writer.encrypt("rahasia", algorithm="AES-256")


def password_for_changes_only(writer: PdfWriter) -> None:
    writer.encrypt("", "rahasia", algorithm="AES-256")


def no_pages(writer: PdfWriter) -> None:
    writer.root_object["/Pages"][NameObject("/Kids")] = ArrayObject()
    writer.root_object["/Pages"][NameObject("/Count")] = NumberObject(0)


def page_without_room(writer: PdfWriter) -> None:
    writer.pages[0][NameObject("/MediaBox")] = ArrayObject(map(NumberObject, (0, 0, 0, 842)))


REFUSED = [
    (script, "active"), (launch, "active"), (script_behind_references, "active"),
    (events_of_a_page, "active"), (content_elsewhere, "active"),
    (form_that_writes_itself, "active"), (attachment, "embedded"), (film, "embedded"),
    (password, "encrypted"), (password_for_changes_only, "encrypted"),
    (page_without_room, "unreadable"), (no_pages, "empty"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "reason"), REFUSED)
def test_what_may_harm_is_refused_by_name(change: Callable[[PdfWriter], None], reason: str) -> None:
    with pytest.raises(AppendixProblem, match=r"'brosur\.pdf'") as refused:
        with_appendix(changed(change))
    assert (refused.value.name, refused.value.reason) == ("brosur.pdf", reason)


BROKEN = (
    b"%PDF-1.7", b"%PDF-1.7\n%%EOF", foreign_pdf("A")[:300],
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
)  # fmt: skip


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_file_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(AppendixProblem, match=r"'brosur\.pdf'"):
        with_appendix(content)


def test_a_file_of_another_kind_is_refused_as_a_picture_would_be() -> None:
    with pytest.raises(ValueError, match=r"'brosur\.docx' is not a readable PNG or JPEG"):
        with_appendix(b"PK\x03\x04", "brosur.docx")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_file_is_taken_or_refused_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(25):
        content = bytearray(foreign_pdf("A", "B", sizes=(A4,)))
        for _ in range(chance.randrange(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            outcome = with_appendix(bytes(content))
        except AppendixProblem as problem:
            outcome = str(problem).encode()
        except ValueError as problem:
            assert not content.startswith(b"%PDF-")
            outcome = str(problem).encode()
        assert outcome.startswith((b"%PDF", b"The file 'brosur.pdf'", b"The picture"))


def test_stationery_on_its_side_lies_upright_in_the_middle() -> None:
    from reports.documents.proposal.binding import _fitting
    from reports.documents.proposal.received import received_pages

    (page,) = received_pages(foreign_pdf("Kop", sizes=((842.0, 595.0),), turn=90), "kop.pdf")
    a, b, c, d, e, f = _fitting(page, 595, 842)
    corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in ((0, 0), (842, 595))]
    assert [(round(x), round(y)) for x, y in corners] == [(0, 842), (595, 0)]


def test_letter_paper_carries_a4_stationery(pages: Pages) -> None:
    whole = bare(stationery=stationery(1))
    whole = replace(whole, quotation=replace(whole.quotation, page_size="Letter"))
    content = render_pdf(whole)
    assert PdfReader(BytesIO(content)).pages[0].mediabox.width == 612
    assert "Kop surat 1" in pages(content)[0]
