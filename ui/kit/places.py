"""Which database the window opens: the shared one that was chosen last, and those before it."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from ui.kit.drafts import write_atomically
from ui.kit.preferences import folder

MOST = 6
"""How many shared databases are remembered."""


class Places:
    """Kept in one file of the person's configuration folder; addresses without passwords."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or folder() / "places.json"
        stored = self._stored()
        self.current: str = str(stored.get("current", ""))
        """The shared database opened at the next start; "" for this computer's own."""
        self.person: str = str(stored.get("person", ""))
        """Who worked here last; their look dresses what is shown before somebody signs in."""
        recent = stored.get("recent", [])
        self.recent: list[str] = [str(each) for each in recent] if isinstance(recent, list) else []
        reports = stored.get("reports", {})
        self._reports = dict(reports) if isinstance(reports, dict) else {}

    def _stored(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return found if isinstance(found, dict) else {}
        return {}

    def reports_of(self, url: str) -> str:
        """The copy that reports of a shared database are read from; "" where there is none."""
        return str(self._reports.get(url, ""))

    def choose(self, url: str, person: str, reports: str = "") -> None:
        """Open this one from now on, "" for this computer's own database."""
        self.current, self.person = url, person
        self._reports.pop(url, None)
        if reports:
            self._reports[url] = reports
        if url:
            others = [each for each in self.recent if each != url]
            self.recent = [url, *others][:MOST]
        self._save()

    def forget(self, url: str) -> None:
        """Leave an address out of those that are offered."""
        self.recent = [each for each in self.recent if each != url]
        self.current = "" if self.current == url else self.current
        self._reports.pop(url, None)
        self._save()

    def _save(self) -> None:
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            kept = {"current": self.current, "person": self.person, "recent": self.recent,
                    "reports": self._reports}  # fmt: skip
            write_atomically(self._path, json.dumps(kept, indent=1, ensure_ascii=False))
