"""A backup from the window: in the background, with its progress and a way to give up."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from resources.languages import marked as _
from ui.kit import errors, tasks
from ui.kit.language import tr
from ui.kit.toasts import toast

if TYPE_CHECKING:
    from pathlib import Path

    from controllers.core.app import App


def back_up(app: "App", owner: QObject, then: Callable[[], object] | None = None) -> tasks.Task:
    """Write today's backup into the chosen folder and say where it is."""

    def work(task: tasks.Task) -> "Path":
        from controllers.system import backups

        return backups.back_up(app, task.progress)

    def done(path: "Path") -> None:
        toast(tr(_("Backed up and verified: {path}"), path=path))
        if then:
            then()

    return tasks.job(tr(_("Backing up")), work, done, errors.show, owner=owner)
