"""A file that is written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.values.errors import DomainError
from resources.languages import marked as _


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """A file beside `target`, readable by its owner alone, that takes its place at the end.

    It is on the disk before it does. DomainError where it cannot be written; then `target` is what
    it was.
    """
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise DomainError(
            _("The backup {path} could not be written ({reason}); nothing was replaced."),
            path=target,
            reason=error.strerror or error,
        ) from error
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            part.with_name(part.name + ending).unlink(missing_ok=True)
