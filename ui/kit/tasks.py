"""Work in the background: one lane for writes, in order, one for files, and a pool for reads.

`run` reads, `write` writes, `file` writes files, `job` does long work with progress and cancel.
Answers arrive on the GUI thread. Of several reads with the same key only the newest is answered; an
answer whose owner is gone is dropped. A read that failed because the database is away is said to
have failed once, and is asked again when it is back.
"""

import sys
import threading
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from models.values.errors import OutageError

if TYPE_CHECKING:
    from queue import SimpleQueue

T = TypeVar("T")
Failed = Callable[[Exception], object]

READERS = 3

_TURN = 0.001
"""Seconds after which background work lets the window go first."""


class Cancelled(Exception):  # noqa: N818 - no error: a person asked for it
    """Raised inside a job by `Task.progress` once it was cancelled."""


class Task:
    """One piece of work. Long work calls `progress`, which also notices a cancel."""

    def __init__(
        self,
        work: Callable[[], Any],
        on_done: Callable[[Any], object] | None,
        on_error: Failed | None,
        key: Hashable,
        owner: QObject | None,
    ) -> None:
        self.work = work
        self.on_done = on_done
        self.on_error = on_error
        self.key = key
        self.owner = owner
        self.title = ""
        self.repeats = False
        """Whether it is asked again once the database is back."""
        self.done = 0
        self.total = 0
        self.is_cancelled = False

    def cancel(self) -> None:
        """Give up at once: the answer, if there comes one, is dropped."""
        self.is_cancelled = True

    def is_wanted(self) -> bool:
        """Whether anybody still waits for the answer."""
        return not self.is_cancelled

    def progress(self, done: int, total: int = 0) -> None:
        """Tell how far the work is; raises Cancelled when it was given up."""
        if self.is_cancelled:
            raise Cancelled
        self.done, self.total = done, total


class Tasks(QObject):
    """Lives on the GUI thread and hands every answer over there."""

    answered = Signal(object, object, object)
    jobs_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._reads: SimpleQueue[Task | None]
        self._writes: SimpleQueue[Task | None]
        self._files: SimpleQueue[Task | None]
        self._missed: list[Task] = []
        self._unsaved: set[Task] = set()
        self._newest: dict[Hashable, Task] = {}
        self._open = 0
        self._threads: list[threading.Thread] = []
        self.jobs: list[Task] = []
        self.failed: Failed = _unhandled
        self._ticker = QTimer(self)
        self._ticker.setInterval(100)
        self._ticker.timeout.connect(self.jobs_changed)
        self.answered.connect(self._answer)

    def add(self, task: Task) -> Task:
        """Queue a read."""
        self._begin(task)
        self._reads.put(task)
        return task

    def add_write(self, task: Task) -> Task:
        """Queue a write after those before."""
        self._begin(task)
        self._unsaved.add(task)
        self._writes.put(task)
        return task

    def add_file(self, task: Task) -> Task:
        """Queue the writing of a file after those before."""
        self._begin(task)
        self._files.put(task)
        return task

    def _begin(self, task: Task) -> None:
        if not self._threads:
            self._start()
        if task.key is not None:
            before = self._newest.get(task.key)
            if before:
                before.cancel()
            self._newest[task.key] = task
        self._open += 1

    def add_job(self, task: Task) -> Task:
        """Queue long work that shows in the status bar, on a thread of its own."""
        self._open += 1
        self.jobs.append(task)
        self._ticker.start()
        self.jobs_changed.emit()
        threading.Thread(target=self._do, args=(task,), daemon=True).start()
        return task

    def _start(self) -> None:
        from queue import SimpleQueue

        sys.setswitchinterval(_TURN)
        self._reads, self._writes, self._files = SimpleQueue(), SimpleQueue(), SimpleQueue()
        lanes = [self._reads] * READERS + [self._writes, self._files]
        for lane in lanes:
            thread = threading.Thread(target=self._serve, args=(lane,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, lane: "SimpleQueue[Task | None]") -> None:
        while (task := lane.get()) is not None:
            self._do(task)

    def _do(self, task: Task) -> None:
        answer: Any = None
        error: Exception | None = None
        if not (task.is_cancelled and task.key is not None):
            try:
                answer = task.work()
            except Cancelled:
                task.is_cancelled = True
            except Exception as caught:
                error = caught
        try:
            self.answered.emit(task, answer, error)
        except RuntimeError:
            return  # the program ends

    @Slot(object, object, object)
    def _answer(self, task: Task, answer: Any, error: Exception | None) -> None:
        self._open -= 1
        self._forget(task)
        if task.is_cancelled or (task.owner is not None and not isValid(task.owner)):
            return
        if task.repeats and isinstance(error, OutageError):
            self._missed.append(task)
            self.failed(error)
        elif error is not None:
            (task.on_error or self.failed)(error)
        elif task.on_done:
            task.on_done(answer)

    def _forget(self, task: Task) -> None:
        if self._newest.get(task.key) is task:
            del self._newest[task.key]
        self._unsaved.discard(task)
        if task in self.jobs:
            self.jobs.remove(task)
            self.jobs_changed.emit()
            if not self.jobs:
                self._ticker.stop()

    def repeat(self) -> None:
        """The database is back: ask again what nobody asked anew meanwhile."""
        missed, self._missed = self._missed, []
        for task in {task.key or id(task): task for task in missed}.values():
            is_alive = task.owner is None or isValid(task.owner)
            if is_alive and task.is_wanted() and task.key not in self._newest:
                self.add(task)

    def unsaved(self) -> int:
        """How many writes are not done yet."""
        return len(self._unsaved)

    def is_idle(self) -> bool:
        """Whether nothing runs and nothing waits."""
        return self._open == 0

    def abandon_writes(self) -> None:
        """Forget the writes that did not begin yet."""
        while self._threads and not self._writes.empty():
            task = self._writes.get()
            if task is not None:
                self._open -= 1
                self._unsaved.discard(task)

    def stop(self) -> None:
        """End the lanes once their work is done; later work starts them anew."""
        self._missed.clear()
        for _reader in range(READERS if self._threads else 0):
            self._reads.put(None)
        if self._threads:
            self._writes.put(None)
            self._files.put(None)
        for thread in self._threads:
            thread.join(10)
        self._threads.clear()


def _unhandled(error: Exception) -> None:
    raise error


_tasks: list[Tasks] = []


def tasks() -> Tasks:
    """The lanes of this program."""
    if not _tasks or not isValid(_tasks[0]):
        _tasks[:] = [Tasks()]
    return _tasks[0]


def run(
    work: Callable[[], T],
    on_done: Callable[[T], object] | None = None,
    on_error: Failed | None = None,
    *,
    key: Hashable = None,
    owner: QObject | None = None,
    repeats: bool = True,
) -> Task:
    """Read in the background; `on_done` gets the answer, `on_error` the exception.

    What fails because the database is away is asked again when it is back, unless it is not to be.
    """
    task = Task(work, on_done, on_error, key, owner)
    task.repeats = repeats
    return tasks().add(task)


def write(
    work: Callable[[], T],
    on_done: Callable[[T], object] | None = None,
    on_error: Failed | None = None,
    *,
    owner: QObject | None = None,
) -> Task:
    """Write in the background, after every write asked for before."""
    return tasks().add_write(Task(work, on_done, on_error, None, owner))


def file(work: Callable[[], object], *, owner: QObject | None = None) -> Task:
    """Write a file in the background, after every one asked for before: no server holds it up."""
    return tasks().add_file(Task(work, None, None, None, owner))


def job(
    title: str,
    work: Callable[[Task], T],
    on_done: Callable[[T], object] | None = None,
    on_error: Failed | None = None,
    *,
    owner: QObject | None = None,
) -> Task:
    """Long work with a title in the status bar; `work` gets its task for progress and cancel."""
    task = Task(lambda: None, on_done, on_error, None, owner)
    task.title = title
    task.work = lambda: work(task)
    return tasks().add_job(task)
