"""What a person chose for themselves: look, language, number style, columns, window, tabs."""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from models.values.formatting import Style
from ui.kit.drafts import write_atomically

DEFAULTS: dict[str, Any] = {
    "theme": "system",
    "language": "",
    "number_style": "",
    "density": "normal",
    "zoom": 100,
    "rail_narrow": False,
    "panel": True,
    "hide_restricted": False,
    "geometry": [],
    "maximised": False,
    "place": "",
    "tabs": [],
    "backup_later": [],
    "lists": {},
}


def folder() -> Path:
    """The person's configuration folder.

    On Linux the rule is one line; the library that knows the other systems takes longer to load
    than the preferences to read.
    """
    if sys.platform.startswith("linux"):
        return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config", "saudagar")
    import platformdirs

    return Path(platformdirs.user_config_dir("saudagar", appauthor=False))


class Preferences(QObject):
    """Values by name, kept in one JSON file; writing waits half a second for more to come."""

    changed = Signal(str)

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._values = DEFAULTS | self._stored()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(500)
        self._timer.timeout.connect(self.save)

    @classmethod
    def of(cls, person: str) -> "Preferences":
        """The preferences of a person on this computer."""
        return cls(folder() / f"{person or 'me'}.json")

    @property
    def is_new(self) -> bool:
        """Whether this person chose nothing yet on this computer."""
        return self._path is not None and not self._path.exists()

    def look_like(self, other: "Preferences") -> None:
        """Begin with the look of somebody who worked here before."""
        for name in ("theme", "language", "number_style", "density", "zoom"):
            self.set(name, other[name])

    @property
    def folder(self) -> Path:
        """Where drafts and logs of this person stand."""
        return self._path.parent if self._path else folder()

    def _stored(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            stored = json.loads(self._path.read_text(encoding="utf-8")) if self._path else {}
            return stored if isinstance(stored, dict) else {}
        return {}

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def set(self, name: str, value: Any) -> None:
        """Choose something; it is on disk half a second later."""
        if self._values.get(name) == value:
            return
        self._values[name] = value
        self._timer.start()
        self.changed.emit(name)

    def of_list(self, kind: str) -> dict[str, Any]:
        """Columns, widths and views chosen for the list of a kind."""
        found = self._values["lists"].get(kind, {})
        return dict(found) if isinstance(found, dict) else {}

    def set_of_list(self, kind: str, **values: Any) -> None:
        """Choose something for the list of a kind."""
        self.set("lists", self._values["lists"] | {kind: self.of_list(kind) | values})

    def style(self) -> Style:
        """How this person reads figures and days, in the language of the screen."""
        language = self._values["language"] or "en"
        signs = Style.of(self._values["number_style"] or language)
        return Style(language, signs.decimal, signs.group, signs.date_order)

    def save(self) -> None:
        """Write now."""
        self._timer.stop()
        if self._path is None:
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, json.dumps(self._values, indent=1, ensure_ascii=False))
