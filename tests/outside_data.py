"""Real files that stand beside the project; tests that use them skip where they are absent."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"


def outside(*parts: str) -> Path:
    """A file or folder of the data beside the project."""
    path = FOLDER.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the data beside the project has no {'/'.join(parts)}")
    return path
