"""Files that appear whole or not at all: written beside their place, then moved there."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

Progress = Callable[[int], bool]
"""Told the rows written so far; answers False to stop."""

EVERY = 5_000
"""Rows between two calls of a Progress."""


class Cancelled(Exception):  # noqa: N818 - it is no error
    """The person asked to stop; no file was left and an older one stays as it was."""


@contextmanager
def whole_file(target: Path | BinaryIO) -> Iterator[BinaryIO]:
    """A file to write to that takes the target's place only when the block ends well.

    A stream gets the content at the end, at once. Raises OSError as the system does.
    """
    if isinstance(target, Path):
        yield from _beside(target)
        return
    with tempfile.TemporaryFile() as file:
        yield file
        file.seek(0)
        shutil.copyfileobj(file, target)


def _beside(target: Path) -> Iterator[BinaryIO]:
    draft = target.with_name(f".{target.name}.{token_hex(4)}.tmp")
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """Make the new name itself durable, where the system knows how."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class Counter:
    """Counts rows and asks, now and then, whether to go on."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._asked = 0
        self.rows = 0

    def add(self, rows: int) -> None:
        """Count rows; raises Cancelled when the answer is to stop."""
        self.rows += rows
        if self.rows - self._asked >= EVERY:
            self.ask()

    def ask(self) -> None:
        """Ask now; raises Cancelled when the answer is to stop."""
        self._asked = self.rows
        if self._progress is not None and not self._progress(self.rows):
            raise Cancelled
