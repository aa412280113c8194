"""Unsaved typing on disk, so that it survives a crash: one small JSON file per open record."""

import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple


class Draft(NamedTuple):
    """What was typed into one record: `name` is unique, `content` plain values."""

    name: str
    kind: str
    key: str
    title: str
    content: dict[str, Any]


class Drafts:
    """The drafts of one person on one database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, name: str) -> Path:
        return self.folder / (re.sub(r"[^\w.-]+", "_", name) + ".json")

    def save(self, draft: Draft) -> None:
        """Write a draft, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = json.dumps(draft._asdict(), ensure_ascii=False)
        write_atomically(self._path(draft.name), text)

    def discard(self, name: str) -> None:
        """Forget a draft that was saved or given up."""
        self._path(name).unlink(missing_ok=True)

    def all(self) -> list[Draft]:
        """Every draft that was left behind, oldest first."""
        if not self.folder.is_dir():
            return []
        paths = sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
        return [draft for draft in map(_read, paths) if draft]


def _read(path: Path) -> Draft | None:
    with suppress(OSError, ValueError, TypeError):
        return Draft(**json.loads(path.read_text(encoding="utf-8")))
    return None


def write_atomically(path: Path, text: str) -> None:
    """Replace a file by one that is complete on disk."""
    part = path.with_name(path.name + ".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
