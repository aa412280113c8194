"""`test`, `check` and `translations`: what developers run on the project itself."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

QUICK = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy",)),
)

_COMPILES_ANEW = "PYTHONDONTWRITEBYTECODE"


def _environment() -> dict[str, str]:
    """Without a screen, and with compiled files kept: to compile all tests in each of several
    processes takes longer than many of them."""
    kept = {name: value for name, value in os.environ.items() if name != _COMPILES_ANEW}
    return kept | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(PROJECT)}


def _run(words: Sequence[str]) -> int:
    return subprocess.call([sys.executable, "-m", *words], cwd=PROJECT, env=_environment())


def test(words: Sequence[str]) -> int:
    """The whole suite on all cores; further words go to pytest."""
    spread = [] if any(word.startswith(("-n", "-p", "--pdb")) for word in words) else ["-n", "auto"]
    return _run(["pytest", *spread, *words])


def check() -> int:
    """Everything that is quick; the exit status of the first that fails."""
    start = time.monotonic()
    marks = "not slow and not performance and not long"
    for name, words in (*QUICK, ("tests", ("pytest", "-n", "auto", "-m", marks))):
        status = _run(words)
        if status:
            print(f"error: {name} failed", file=sys.stderr)
            return status
    print(f"All checks passed in {time.monotonic() - start:.0f} s.", file=sys.stderr)
    return 0


def translate() -> int:
    """Merge new texts into the catalogues, compile them, and list what has no wording yet."""
    from ui.terminal import translations

    missing = translations.update()
    for language, texts in missing.items():
        for text in texts:
            print(f"{language}: {text}")
    return 1 if any(missing.values()) else 0
