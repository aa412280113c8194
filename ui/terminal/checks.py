"""`test`, `check` and `translations`: what developers run on the project itself."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parents[2]

QUICK = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy",)),
)

_QUICK_TESTS = (
    "pytest", "-n", "auto", "-m", "not slow and not performance and not long",
    "--ignore=tests/performance",
)  # fmt: skip

_COMPILES_ANEW = "PYTHONDONTWRITEBYTECODE"


def _environment() -> dict[str, str]:
    """Without a screen, and with compiled files kept: to compile all tests in each of several
    processes takes longer than many of them."""
    kept = {name: value for name, value in os.environ.items() if name != _COMPILES_ANEW}
    return kept | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(PROJECT)}


_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder made there is its maker's alone

_ROOM = 1 << 30
"""Bytes; the files of the quick tests take a tenth of it."""


def _folder() -> str | None:
    """Where the quick tests keep their files: in memory where there is room, since thousands of
    commits wait for the disk else; None for the usual place.
    """
    has_room = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM
    return str(_MEMORY) if has_room else None


def _run(words: Sequence[str]) -> int:
    return subprocess.call([sys.executable, "-m", *words], cwd=PROJECT, env=_environment())


def test(words: Sequence[str]) -> int:
    """The whole suite on all cores; further words go to pytest."""
    spread = [] if any(word.startswith(("-n", "-p", "--pdb")) for word in words) else ["-n", "auto"]
    return _run(["pytest", *spread, *words])


def check() -> int:
    """Everything that is quick; the exit status of the first that fails."""
    start = time.monotonic()
    for name, words in QUICK:
        if status := _run(words):
            return _failed(name, status)
    with TemporaryDirectory(prefix="saudagar-", dir=_folder()) as folder:
        if status := _run([*_QUICK_TESTS, f"--basetemp={folder}/tests"]):
            return _failed("tests", status)
    print(f"All checks passed in {time.monotonic() - start:.0f} s.", file=sys.stderr)
    return 0


def _failed(name: str, status: int) -> int:
    print(f"error: {name} failed", file=sys.stderr)
    return status


def translate() -> int:
    """Merge new texts into the catalogues, compile them, and list what has no wording yet."""
    from ui.terminal import translations

    missing = translations.update()
    for language, texts in missing.items():
        for text in texts:
            print(f"{language}: {text}")
    return 1 if any(missing.values()) else 0
