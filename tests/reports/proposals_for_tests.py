"""Proposals, and the files of others that go into them, for the tests of paper."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from reports.documents.proposal.data import (
    Cover,
    Enclosure,
    Illustration,
    ProposalDocument,
    Section,
    Stationery,
)
from tests.reports.documents_for_tests import quotation

A4 = (595.0, 842.0)

TEXT = """Kami menawarkan pasokan kertas dan pencetak untuk kantor pusat dan tiga cabang.

- Setiap minggu, langsung ke gudang Bapak/Ibu di Bekasi
- Teknisi di tempat dalam 24 jam
- Harga tetap selama satu tahun

Kami siap menjawab setiap pertanyaan."""


def foreign_pdf(*names: str, sizes: Sequence[tuple[float, float]] = (A4,), turn: int = 0) -> bytes:
    """A PDF by another program: a page for each name, in the sizes given by turns."""
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    for at, name in enumerate(names):
        width, height = sizes[at % len(sizes)]
        canvas.setPageSize((width, height))
        canvas.setFont("Helvetica", min(24, width / 12))
        canvas.drawString(width * 0.1, height * 0.8, name)
        canvas.rect(width * 0.05, height * 0.05, width * 0.9, height * 0.9)
        canvas.showPage()
    canvas.save()
    return turned(file.getvalue(), turn) if turn else file.getvalue()


def turned(content: bytes, turn: int) -> bytes:
    """The file with every page turned clockwise by so many degrees."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    for page in writer.pages:
        page.rotate(turn)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


@cache
def photo(width: int = 800, height: int = 450, kind: str = "JPEG") -> bytes:
    """A picture with something on it."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (width, height), (40, 110, 100))
    draw = ImageDraw.Draw(picture)
    for x in range(0, width, 40):
        draw.line((x, 0, width - x, height), fill=(200, x * 255 // width, 100), width=6)
    file = BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def stationery(pages: int = 2) -> Stationery:
    names = [f"Kop surat {at}" for at in range(1, pages + 1)]
    return Stationery(foreign_pdf(*names), "kop.pdf")


def proposal(language: str = "id", page_size: str = "A4", **changes: Any) -> ProposalDocument:
    """A proposal with one of everything but stationery."""
    whole = ProposalDocument(
        quotation=replace(
            quotation(12), language=language, page_size=page_size, title="Daftar harga"
        ),
        cover=Cover(
            "Pengadaan 2026", "Kantor pusat dan cabang", Illustration(photo(), "sampul.jpg")
        ),
        letter="Surat pembuka kami.",
        sections=(
            Section("Tentang kami", TEXT, (Illustration(photo(600, 200, "PNG"), "gudang.png"),)),
            Section("Cara kerja", TEXT),
            Section("Referensi", TEXT, on_new_page=True),
        ),
        product_sheets=(
            Enclosure("Pencetak L15150", foreign_pdf("Lembar satu", "Lembar dua")),
            Enclosure("Kertas A4", photo()),
        ),
        terms="Ketentuan umum kami.\n\n" + TEXT,
        appendices=(Enclosure("Sertifikat", foreign_pdf("Piagam")),),
    )
    return replace(whole, **changes)


def bare(**changes: Any) -> ProposalDocument:
    """A quotation and nothing else but what is asked for."""
    return replace(ProposalDocument(quotation(2), has_contents=False), **changes)
