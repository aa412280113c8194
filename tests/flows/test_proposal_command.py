"""Proposals, bundles and many papers at once through the command line."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from controllers.documents import signing
from tests.flows.test_command_line import Command, command, ready
from tests.memory_keyring import only_in_memory
from tests.reports.certificates import PASSWORD, pkcs12
from tests.reports.proposals_for_tests import foreign_pdf

__all__ = ["command", "ready"]

pytestmark = pytest.mark.slow


def written(folder: Path, value: Any) -> str:
    path = folder / "value.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return str(path)


def pages(path: Path) -> list[str]:
    return [each.extract_text() for each in PdfReader(BytesIO(path.read_bytes())).pages]


@pytest.fixture
def quotation(ready: Command, tmp_path: Path) -> str:
    lines = [{"product": "SKU-1", "quantity": "2"}]
    made = ready("quotation", "new", written(tmp_path, {"account": "TOKO", "lines": lines}))
    return str(made["id"])


def test_a_proposal_goes_out_in_the_place_of_the_quotation(
    ready: Command,
    quotation: str,
    tmp_path: Path,
) -> None:
    (tmp_path / "iso.pdf").write_bytes(foreign_pdf("Sertifikat ISO"))
    values = {"letter": "Dengan hormat.", "appendices": [{"files": ["iso.pdf"]}]}
    shown = ready("proposal", "set", quotation, written(tmp_path, values))
    assert shown["files"] == ["iso.pdf"]
    assert ready("proposal", "show", quotation) == shown
    (tmp_path / "iso.pdf").unlink()
    assert ready("proposal", "set", quotation, written(tmp_path, shown)) == shown
    sent = ready("quotation", "send", quotation, "--no-mail")
    whole, plain = tmp_path / "whole.pdf", tmp_path / "plain.pdf"
    ready("quotation", "pdf", sent["number"], str(whole))
    ready("quotation", "pdf", sent["number"], str(plain), "--plain")
    assert "Sertifikat ISO" in pages(whole)[-1]
    assert len(pages(plain)) == 1
    refused = ready("proposal", "set", sent["number"], written(tmp_path, {}), status=1)
    assert "make a revision of it" in refused


def test_a_proposal_is_signed_on_request(
    ready: Command,
    quotation: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused = ready("proposal", "pdf", quotation, str(tmp_path / "a.pdf"), "--sign", status=1)
    assert "name its file under Settings" in refused
    monkeypatch.setenv(signing.VARIABLE, PASSWORD)
    (tmp_path / "maju.p12").write_bytes(pkcs12())
    _use_certificate(tmp_path / "day.db", str(tmp_path / "maju.p12"))
    with only_in_memory():
        ready("proposal", "pdf", quotation, str(tmp_path / "a.pdf"), "--sign")
    assert b"/ByteRange" in (tmp_path / "a.pdf").read_bytes()


def _use_certificate(database: Path, file: str) -> None:
    from dataclasses import replace

    from controllers.system import settings
    from controllers.system.opening import open_app

    app = open_app(f"sqlite:///{database}", "sari")
    app.write(settings.save, replace(app.read(settings.load), certificate=file))
    app.close()


def test_a_product_sheet_is_attached_and_bound_in(
    ready: Command, quotation: str, tmp_path: Path
) -> None:
    (tmp_path / "sheet.pdf").write_bytes(foreign_pdf("Lembar SKU-1"))
    ready("attach", "product", "SKU-1", str(tmp_path / "sheet.pdf"))
    ready("proposal", "set", quotation, written(tmp_path, {"product_sheets": True}))
    ready("proposal", "pdf", quotation, str(tmp_path / "a.pdf"))
    assert "Lembar SKU-1" in pages(tmp_path / "a.pdf")[-1]
    (tmp_path / "sheet.pdf").write_bytes(b"%PDF-1.7")
    refused = ready("attach", "product", "SKU-1", str(tmp_path / "sheet.pdf"), status=1)
    assert "sheet.pdf is not a readable PDF" in refused


def test_a_bundle_is_named_in_a_line(ready: Command, tmp_path: Path) -> None:
    product = {"sku": "PC-SET", "name": "Set", "components": "SKU-1\nSKU-2 = 2",
               "configuration": "RAM16: 16 GB; +750000"}  # fmt: skip
    ready("new", "product", written(tmp_path, product))
    line = {"bundle": "PC-SET", "options": ["RAM16"]}
    made = ready("quotation", "new", written(tmp_path, {"account": "TOKO", "lines": [line]}))
    assert made["subtotal"] == "5840000.00"
    line = {"bundle": "PC-SET", "options": ["RAM64"]}
    values = written(tmp_path, {"account": "TOKO", "lines": [line]})
    assert "no option “RAM64”; there are RAM16" in ready("quotation", "new", values, status=1)


def test_many_papers_are_one_file(
    ready: Command,
    quotation: str,
    tmp_path: Path,
) -> None:
    path = tmp_path / "all.pdf"
    answer = ready("print", "quotation", str(path), quotation, quotation)
    assert answer["documents"] == 2
    assert len(pages(path)) == 2
    assert "99" in ready("print", "order", str(path), "99", status=1)
