"""The window on a million customers: first paint, frames, memory, references."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QLabel

from tests.performance.big_database import ROWS, big_database

pytestmark = pytest.mark.performance

PROJECT = Path(__file__).parents[2]

BARE = """
import os, sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.process_time(), int(open('/proc/self/statm').read().split()[1]) * 4096)
        sys.stdout.flush()
        os._exit(0)
program = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
program.exec()
"""

OURS = """
import os, sys, time
import main
main.bootstrap()
from ui.terminal import display, run
options = run._options_alone(sys.argv[1:])
assert options and not display.missing_display()
from ui import start
def painted():
    print(time.process_time(), int(open('/proc/self/statm').read().split()[1]) * 4096)
    sys.stdout.flush()
    os._exit(0)
start.open_window(options['--database'], options['--user'], None, painted)
"""
"""What `main.py --database … --user …` does, step by step, until the first paint."""


def run(source: str, folder: Path, *words: str) -> tuple[float, int]:
    unset = ("PYTHONDONTWRITEBYTECODE",)
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(folder / "cache"),
        "XDG_CONFIG_HOME": str(folder),
    }
    done = subprocess.run(
        [sys.executable, "-c", source, *words],
        cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    seconds, size = done.stdout.split()
    return float(seconds), int(size)


def test_the_first_paint_comes_soon_and_small(tmp_path: Path) -> None:
    (tmp_path / "saudagar").mkdir()
    kept = {"place": "account", "geometry": [0, 0, 1366, 768]}
    (tmp_path / "saudagar" / "sari.json").write_text(json.dumps(kept))
    words = (f"--database=sqlite:///{big_database()}", "--user", "sari")
    for source, more in ((BARE, ()), (OURS, words)):
        run(source, tmp_path, *more)
    pairs = [(run(BARE, tmp_path), run(OURS, tmp_path, *words)) for _round in range(15)]
    ratio = statistics.median(ours[0] / bare[0] for bare, ours in pairs)
    size = statistics.median(ours[1] for _bare, ours in pairs) / 2**20
    sys.stderr.write(f"\nfirst paint {ratio:.2f} x bare window, {size:.1f} MB\n")
    assert ratio <= 1.6
    assert size <= 70


@pytest.fixture(scope="module")
def page() -> Iterator[object]:
    """The list of a million customers, painted."""
    from controllers.core.app import App
    from models.storage.sqlite import SqliteDatabase
    from ui.kit import tasks, theme
    from ui.kit.desk import Desk
    from ui.kit.drafts import Drafts
    from ui.kit.feed import Feed
    from ui.kit.preferences import Preferences
    from ui.widgets.record_list.page import ListPage

    program = QApplication.instance() or QApplication([])
    theme.install(program, "light")
    app = App(SqliteDatabase(big_database()), "sari")
    preferences = Preferences(None)
    preferences.set("panel", False)
    desk = Desk(app, preferences, Feed(app), Drafts(Path("/nonexistent")))
    small, made = (painted_list(ListPage(desk, kind)) for kind in ("contact", "account"))
    yield made
    until(tasks.tasks().is_idle)
    small.close()
    made.close()
    desk.feed.stop()
    tasks.tasks().stop()
    app.close()


def painted_list(made: object) -> object:
    """A list with all that it needs, and the memory it took: for the first one fonts, keys and
    Qt's own names too, for the next what is its own."""
    from ui.kit import tasks

    made.resize(1178, 660)
    before = memory()
    made.start(now=True)
    made.show()
    made.settle()
    until(lambda: made.model.is_complete and tasks.tasks().is_idle())
    made.list_memory = memory() - before
    return made


def memory() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(done: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        wait(5)
    assert done()


def frames(
    step: Callable[[int], object], rounds: int, repaint: Callable[[], object]
) -> list[float]:
    """Milliseconds of the GUI thread for each step with its repaint."""
    spent = []
    for at in range(rounds):
        start = time.perf_counter()
        step(at)
        repaint()
        spent.append((time.perf_counter() - start) * 1000)
        wait(25)
    return spent


def told(name: str, spent: list[float]) -> None:
    sys.stderr.write(
        f"\n{name}: median {statistics.median(spent):.1f} ms, most {max(spent):.1f} ms\n"
    )


def test_a_million_rows_scroll_within_a_frame(page: object) -> None:
    table = page.table
    bar = table.verticalScrollBar()
    spent = frames(
        lambda at: bar.setValue(at * bar.pageStep()), 60, table.viewport().repaint
    )  # fmt: skip
    told("scroll a page", spent)
    assert page.model.rowCount() == ROWS
    assert statistics.median(spent) <= 16


def test_jumps_never_take_long_and_end_with_rows(page: object) -> None:
    table = page.table
    bar = table.verticalScrollBar()
    spent = frames(
        lambda at: bar.setValue((at * 7_919_317) % bar.maximum()), 60, table.viewport().repaint
    )
    told("jump", spent)
    until(lambda: bool(page.model.text(table.rowAt(0), 1)))
    assert max(spent) <= 25


def test_a_key_in_the_search_costs_no_frame(page: object) -> None:
    text = "sinar maju"
    spent = frames(
        lambda at: (page.search.setText(text[: at + 1]), page._on_search(text[: at + 1])),
        len(text),
        page.table.viewport().repaint,
    )
    told("key in the search", spent)
    page.clear_search()
    until(lambda: page.model.is_complete and page.model.rowCount() == ROWS)
    assert statistics.median(spent) <= 16


def test_select_all_costs_no_frame(page: object) -> None:
    spent = frames(lambda _at: page.table.selectAll(), 5, page.table.viewport().repaint)
    told("select all", spent)
    assert page.table.selected_count() == ROWS
    assert statistics.median(spent) <= 16


def test_a_million_rows_take_little_memory(page: object) -> None:
    sys.stderr.write(f"\nlist of {ROWS:,}: {page.list_memory:.0f} MB\n")
    assert page.list_memory <= 30


def test_references_of_none_stay_flat_over_a_million_calls(page: object) -> None:
    label = QLabel()
    before = sys.getrefcount(None)
    for _call in range(1_000_000):
        label.setText("x")
    assert abs(sys.getrefcount(None) - before) < 1_000
