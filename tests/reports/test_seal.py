"""The QR code on a quotation."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from reports.documents.sales import render_pdf
from tests.reports.documents_for_tests import quotation

Pages = Callable[[bytes], list[str]]

SEAL = "012/SPH/SKU/III/2026 IDR 12.062.500 sha256:" + "0f" * 32


def read_by_phone(content: bytes, folder: Path) -> str:
    """What a barcode reader sees on the pages, at 200 dots an inch."""
    if not (shutil.which("pdftoppm") and shutil.which("zbarimg")):
        pytest.skip("pdftoppm (poppler-utils) and zbarimg (zbar-tools) are needed to read the code")
    (folder / "paper.pdf").write_bytes(content)
    subprocess.run(["pdftoppm", "-r", "200", "-png", "paper.pdf", "paper"], cwd=folder, check=True)
    pictures = sorted(folder.glob("*.png"))
    command = ["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", *map(str, pictures)]
    return subprocess.run(command, capture_output=True, check=False).stdout.decode().strip()


@pytest.mark.slow
@pytest.mark.parametrize("text", [SEAL, "A", "x" * 600, "Toko “Åse” 北京 €5"])
def test_the_code_is_read_as_it_was_given(text: str, tmp_path: Path) -> None:
    assert read_by_phone(render_pdf(quotation(3, seal_text=text)), tmp_path) == text


def test_the_code_stands_beside_the_signature(pages: Pages) -> None:
    for count in (1, 14, 18, 22, 40):
        texts = pages(render_pdf(quotation(count, seal_text=SEAL)))
        assert "Periksa keaslian" in next(text for text in texts if "Budi Santoso" in text)


def test_a_quotation_without_a_seal_has_no_code(pages: Pages) -> None:
    assert "Periksa keaslian" not in pages(render_pdf(quotation(1)))[0]


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="QR code holds"):
        render_pdf(quotation(1, seal_text="é" * 1_200))
