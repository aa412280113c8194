"""The ZIP package around a workbook."""

import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest

from reports.kit import package
from reports.kit.package import Package


def packed() -> BytesIO:
    file = BytesIO()
    made = Package(file)
    with made.part("long/näme.xml") as part:
        for at in range(1_000):
            part.write(b"%d;" % at)
    made.add("short.xml", b"x")
    made.add("empty.xml", b"")
    made.close()
    return file


def check() -> None:
    with ZipFile(packed()) as read:
        assert read.testzip() is None
        assert read.namelist() == ["long/näme.xml", "short.xml", "empty.xml"]
        assert read.read("long/näme.xml").count(b";") == 1_000
        assert read.read("empty.xml") == b""
        assert read.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_every_program_can_unpack_it() -> None:
    check()


def test_it_works_without_the_fast_compressor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "fast", zlib)
    check()


def test_more_than_four_gigabytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "_LARGEST", 1_000)
    with pytest.raises(ValueError, match="four gigabytes"):
        packed()
