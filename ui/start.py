"""Opens the window on a database: the one door into everything that draws."""

import gc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from controllers.core.app import App


def open_window(
    database: "Path | str | App | None" = None,
    user: str = "",
    words: str | None = None,
    on_painted: Callable[[], object] | None = None,
    reports: str = "",
) -> int:
    """Show the window until it is closed; answers the exit status.

    `database` is a file, its URL or an open program; `on_painted` is called after the first paint;
    `reports` is the address of a copy that reports are read from.

    The collector of garbage rests until the first paint: there is none yet, and looking for it
    in everything that is loaded takes a tenth of that time.
    """
    gc.disable()
    from ui.kit import quick_imports

    quick_imports.install()
    from ui.shell import launch

    return launch.open_window(database, user, words, on_painted, reports)
