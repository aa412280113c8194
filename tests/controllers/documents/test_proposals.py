"""What goes around a quotation: kept with it, taken along, printed, sent and archived."""

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from sqlalchemy import text

from controllers.core import records
from controllers.core.app import App
from controllers.documents import (
    attachments,
    bilingual,
    handover,
    preview,
    proposal_json,
    proposals,
    quotations,
    revisions,
)
from controllers.documents.proposals import Around
from controllers.system import settings
from models.values.documents import Draft
from models.values.errors import ConflictError, DomainError, NotFoundError
from models.values.proposals import NOTHING, Part, Proposal
from models.values.settings import Settings
from reports.documents.data import SalesDocument
from reports.documents.proposal.data import ProposalDocument
from tests.builders import a_draft, a_line, a_quotation, a_sent_quotation, an_item
from tests.paper import texts_of
from tests.reports.proposals_for_tests import foreign_pdf, photo, written
from tests.reports.test_pictures import png_that_claims

WHOLE = {
    "cover": {"title": "Pengadaan 2026", "text": "Kantor pusat"},
    "letter": "Dengan senang hati kami menawarkan.",
    "sections": [{"block": "ABOUT"}, {"title": "Cara kerja", "text": "Cepat."}],
    "terms": "Ketentuan kami.",
    "appendices": [{"title": "Piagam", "files": ["piagam.pdf"]}],
}


def a_block(app: App, code: str = "ABOUT", **values: Any) -> int:
    plain = {"code": code, "title": "Tentang kami", "text": "Sejak 1998.", "language": "id"}
    return app.write(records.create, "text_block", plain | values).id


def a_proposal(
    app: App, values: Mapping[str, Any] = WHOLE, files: Mapping[str, bytes] | None = None
) -> Draft:
    """A draft with a proposal around it."""
    draft = a_quotation(app, a_line(app, quantity="2"))
    a_block(app)
    given = {"piagam.pdf": foreign_pdf("Piagam ISO")} if files is None else files
    app.write(proposals.keep, draft.id or 0, proposal_json.read(values), given)
    return draft


def words(content: bytes) -> str:
    return "\n".join(texts_of(content))


def locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(foreign_pdf("x"))))
    writer.encrypt("secret")
    return written(writer)


def scripted_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(foreign_pdf("x"))))
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    return written(writer)


def test_a_proposal_is_printed_with_all_its_parts_in_order(app: App) -> None:
    draft = a_proposal(app)
    said = words(handover.pdf_of(app, "quotation", draft.id or 0))
    parts = ("Pengadaan 2026", "Dengan senang hati", "Sejak 1998.", "Cepat.", "Pump PUMP12",
             "Ketentuan kami.", "Piagam ISO")  # fmt: skip
    places = [said.index(each) for each in parts]
    assert places == sorted(places)


def test_what_is_kept_is_shown_as_it_was_given(app: App) -> None:
    draft = a_proposal(app)
    shown = app.read(proposals.shown, draft.id or 0)
    assert shown["files"] == ["piagam.pdf"]
    assert proposal_json.read(shown) == proposal_json.read(WHOLE)


def test_a_quotation_without_proposal_is_printed_alone(app: App) -> None:
    draft = a_quotation(app)
    assert app.read(proposals.of_quotation, draft.id or 0) == NOTHING
    assert isinstance(app.read(proposals.document, draft.id or 0), SalesDocument)


def test_a_part_of_the_library_may_be_reworded_for_one_proposal(app: App) -> None:
    draft = a_proposal(app, {"sections": [{"block": "ABOUT", "text": "Sejak 1999."}]})
    made = app.read(proposals.document, draft.id or 0)
    assert isinstance(made, ProposalDocument)
    (section,) = made.sections
    assert (section.heading, section.text) == ("Tentang kami", "Sejak 1999.")


def test_sheets_of_the_offered_products_are_bound_in(app: App) -> None:
    pump = app.read(records.show, "product", "PUMP12").id
    fan = app.read(records.show, "product", "FAN1").id
    for product in (pump, fan):
        sheet = foreign_pdf(f"Lembar {product}")
        app.write(attachments.add, "product", product, "lembar.pdf", sheet, "sheet")
    draft = a_proposal(app, {"product_sheets": True})
    made = app.read(proposals.document, draft.id or 0)
    assert isinstance(made, ProposalDocument)
    assert [each.title for each in made.product_sheets] == ["Pump PUMP12"]


def test_stationery_and_pictures_come_from_their_blocks(app: App) -> None:
    paper = a_block(app, "KOP", purpose="stationery")
    app.write(attachments.add, "text_block", paper, "kop.pdf", foreign_pdf("Kop surat"), "sheet")
    a_block(app, "FOTO", purpose="picture", picture=photo())
    draft = a_proposal(app, {"stationery": {"block": "KOP"}, "sections": [{"block": "FOTO"}]})
    made = app.read(proposals.document, draft.id or 0)
    assert isinstance(made, ProposalDocument)
    assert made.stationery is not None
    assert made.stationery.name == "kop.pdf"
    assert [each.content for each in made.sections[0].pictures] == [photo()]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("sandi.pdf", locked_pdf(), "sandi.pdf is protected by a password"),
        ("rusak.pdf", b"%PDF-1.7 half a file", "rusak.pdf is not a readable PDF"),
        ("skrip.pdf", scripted_pdf(), "skrip.pdf contains a script"),
        ("gambar.png", b"\x89PNG\r\n", "gambar.png is neither a PDF nor a readable"),
        ("kosong.pdf", b"", "kosong.pdf is empty"),
    ],
    ids=["encrypted", "broken", "active", "picture", "empty"],
)
def test_a_file_that_cannot_be_printed_is_refused_when_it_is_put_there(
    app: App, name: str, content: bytes, why: str
) -> None:
    with pytest.raises(DomainError, match=why):
        a_proposal(app, {"appendices": [{"files": [name]}]}, {name: content})
    assert app.database.fetch("SELECT count(*) FROM proposal")[0][0] == 0
    assert app.database.fetch("SELECT count(*) FROM attachment")[0][0] == 0


def test_a_picture_of_too_many_pixels_is_refused(app: App) -> None:
    with pytest.raises(DomainError, match="megapixels; make it smaller than 50"):
        a_proposal(
            app, {"sections": [{"files": ["a.png"]}]}, {"a.png": png_that_claims(25_000, 20_000)}
        )


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"sections": [{"block": "NONE"}]}, "There is no text block “NONE”"),
        ({"sections": [{"files": ["x.png"]}]}, "has no file “x.png”"),
        ({"sections": [{"files": ["piagam.pdf"]}]}, "is a PDF; put it among the appendices"),
        ({"appendices": [{"title": "ISO"}]}, "The appendix “ISO” has no file"),
        ({"stationery": {"block": "ABOUT"}}, "has no PDF"),
    ],
)
def test_a_part_that_names_what_is_not_there_is_refused(
    app: App, values: dict[str, Any], why: str
) -> None:
    with pytest.raises(DomainError, match=why):
        a_proposal(app, values)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"covr": {}}, "“covr” is no part of a proposal; there are cover"),
        ({"sections": "x"}, "“sections” must be a list"),
        ({"sections": [3]}, r"sections\[1\]: “sections” must be a text"),
        ({"letter": {"text": 3}}, "“text” must be a text"),
        ({"contents": "yes"}, "must be true or false"),
        ({"second_language": "fr"}, "“fr” is no language"),
        ({"translations": ["x"]}, "must be an object of texts"),
        ({"appendices": [{"files": "a.pdf"}]}, "must be a list of file names"),
    ],
)
def test_plain_values_of_another_form_are_refused(values: dict[str, Any], why: str) -> None:
    with pytest.raises(DomainError, match=why):
        proposal_json.read(values)


def test_sending_archives_the_proposal_and_nothing_changes_it_later(app: App) -> None:
    draft = a_proposal(app)
    sent = app.write(handover.issue, draft.id or 0, by_mail=False)
    kept = app.read(handover.archived, "quotation", sent.id or 0) or b""
    assert sent.number in words(kept)
    assert "Piagam ISO" in words(kept)
    app.write(records.change, "text_block", "ABOUT", {"text": "Sejak 2020."})
    assert handover.pdf_of(app, "quotation", sent.number) == kept
    with pytest.raises(DomainError, match="make a revision"):
        app.write(proposals.keep, sent.number, NOTHING)


def test_a_quotation_whose_proposal_cannot_be_printed_is_not_sent(app: App) -> None:
    draft = a_proposal(app)
    with app.database.writing() as connection:
        connection.execute(text("UPDATE text_block SET text = 'no font has \U000105c0'"))
    with pytest.raises(DomainError, match="No font here has"):
        app.write(handover.issue, draft.id or 0, by_mail=False)
    assert app.read(quotations.show, draft.id or 0).state == "draft"


def test_the_plain_quotation_is_printed_on_request(app: App, tmp_path: Path) -> None:
    draft = a_proposal(app)
    handover.save_pdf(app, "quotation", draft.id or 0, tmp_path / "a.pdf", is_plain=True)
    said = words((tmp_path / "a.pdf").read_bytes())
    assert "Pump PUMP12" in said
    assert "Piagam ISO" not in said


def test_a_revision_and_a_copy_take_the_proposal_along(app: App) -> None:
    sent = app.write(handover.issue, a_proposal(app).id or 0, by_mail=False)
    for use_case in (revisions.revise, quotations.copy):
        made = app.write(use_case, sent.number)
        assert app.read(proposals.of_quotation, made.id or 0) == proposal_json.read(WHOLE)
        assert "Piagam ISO" in words(handover.pdf_of(app, "quotation", made.id or 0))
        sent = app.write(quotations.send, made.id or 0)


def test_a_preview_shows_what_is_not_kept(app: App) -> None:
    draft = a_proposal(app)
    around = Around(Proposal(letter=Part(text="Halo.")), {})
    content = preview.preview(app, draft, around)
    assert "Halo." in words(content)
    assert app.read(proposals.of_quotation, draft.id or 0) == proposal_json.read(WHOLE)


def test_what_somebody_kept_meanwhile_is_not_overwritten(app: App) -> None:
    draft = a_proposal(app)
    with pytest.raises(ConflictError, match="meanwhile; keep yours or take theirs"):
        app.write(proposals.keep, draft.id or 0, NOTHING, before=Proposal(second_language="en"))
    assert app.read(proposals.of_quotation, draft.id or 0) == proposal_json.read(WHOLE)
    app.write(proposals.keep, draft.id or 0, NOTHING, before=proposal_json.read(WHOLE))
    assert app.read(proposals.of_quotation, draft.id or 0) == NOTHING


def test_a_quotation_that_is_not_there_is_named(app: App) -> None:
    with pytest.raises(NotFoundError, match="There is no"):
        app.read(proposals.shown, "Q-99")


# Two languages


def test_products_bear_their_names_of_the_catalogue_in_both_languages(app: App) -> None:
    app.write(records.change, "product", "PUMP12", {"name_id": "Pompa", "name": "Pump"})
    section = replace(an_item(), kind="section", description="Alat")
    draft = a_quotation(app, section, a_line(app, description="Pompa"), an_item(), tax="ppn")
    values = {"second_language": "en", "translations": {"Alat": "Tools"}}
    app.write(proposals.keep, draft.id or 0, proposal_json.read(values))
    made = app.read(quotations.document, draft.id or 0)
    assert made.second_language == "en"
    assert [(each.description, each.second_description) for each in made.lines] == [
        ("Alat", "Tools"), ("Pompa", "Pump"), ("Installation on site", ""),
        ("Subtotal Alat", "Subtotal Tools"),
    ]  # fmt: skip
    assert [each.second_label for each in made.totals][-1] == "Total"
    assert made.second_words.startswith("Indonesian Rupiah: Six Million")


def test_each_text_of_the_lines_is_offered_for_translation_once(app: App) -> None:
    app.write(records.change, "product", "PUMP12", {"name_id": "Pompa", "name": "Pump"})
    item = replace(an_item(), detail="Dengan garansi")
    draft = a_draft(app, a_line(app, description="Pompa"), item, an_item())
    assert app.read(bilingual.to_translate, draft, "en") == (
        ("Pompa", "Pump"), ("Installation on site", ""), ("Dengan garansi", ""),
    )  # fmt: skip


def test_what_is_typed_is_previewed_in_both_languages(app: App) -> None:
    draft = a_quotation(app)
    app.write(proposals.keep, draft.id or 0, Proposal(second_language="en"))
    typed = replace(draft, subject="Pompa baru")
    said = words(preview.preview(app, typed))
    assert "Pompa baru" in said
    assert "QUOTATION" in said


def test_the_language_of_the_quotation_is_no_second_one(app: App) -> None:
    draft = a_quotation(app)
    app.write(proposals.keep, draft.id or 0, Proposal(second_language="id"))
    assert app.read(quotations.document, draft.id or 0).second_language is None


# The seal


def test_the_seal_names_number_total_and_content(app: App) -> None:
    app.write(settings.save, Settings(company="PT Maju", seal=True))
    first, other = a_sent_quotation(app, an_item("1000")), a_sent_quotation(app, an_item("1000"))
    seals = [app.read(quotations.document, each.number).seal_text for each in (first, other)]
    name, total, mark = seals[0].split("\n")
    assert (name, total) == (first.number, "IDR 1110.00")
    assert len(mark) == 64
    assert seals[1].split("\n")[2] != mark
    assert app.read(quotations.document, first.number).seal_text == seals[0]


def test_a_draft_has_no_seal(app: App) -> None:
    app.write(settings.save, Settings(seal=True))
    assert app.read(quotations.document, a_quotation(app).id or 0).seal_text == ""
