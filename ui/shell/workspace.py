"""The workspace: one page per entry of the rail, and a tab for every open record, never twice."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from resources.languages import marked as _
from ui.kit import icons, tokens
from ui.kit.language import language, name, tr
from ui.kit.page import RecordPage
from ui.widgets.parts import card, icon_button, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox


class Workspace(QWidget):
    """Holds the pages; the first tab is the workspace the rail shows."""

    shown = Signal(object)
    """Another page is shown."""
    dirty_changed = Signal(int)
    """How many pages hold unsaved typing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.stack = QStackedWidget(self)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setProperty("elideMode", "ElideRight")
        self.tabs.setUsesScrollButtons(True)
        name(self.tabs, _("Open records"))
        self._home: QWidget | None = None
        self._pages: list[QWidget | None] = [None]
        self._homes: dict[str, QWidget] = {}
        self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._show)
        self._frame = card("bar")
        strip = row(self.tabs, 1)
        strip.setContentsMargins(tokens.SMALL, 0, tokens.SMALL, 0)
        self._frame.setLayout(strip)
        self._frame.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._frame)
        layout.addWidget(self.stack, 1)

    # Homes

    def home(self, wanted: str) -> QWidget | None:
        """The page of a workspace, where it was opened before."""
        return self._homes.get(wanted)

    def add_home(self, wanted: str, page: QWidget) -> None:
        """Keep the page of a workspace."""
        self._homes[wanted] = page
        self.stack.addWidget(page)

    def show_home(self, wanted: str, title: str) -> None:
        """Show a workspace in the first tab."""
        self._home = self._homes[wanted]
        self._pages[0] = self._home
        self.tabs.setTabText(0, title)
        if self.tabs.currentIndex() == 0:
            self._show(0)
        else:
            self.tabs.setCurrentIndex(0)

    def retitle_home(self, title: str) -> None:
        """Word the first tab anew."""
        self.tabs.setTabText(0, title)

    # Records

    @property
    def record_pages(self) -> list[RecordPage]:
        """Every open record."""
        return [each for each in self._pages if isinstance(each, RecordPage)]

    def page_of(self, kind: str, record_id: int | None) -> RecordPage | None:
        """The page that shows a record already."""
        same = (p for p in self.record_pages if (p.kind, p.record_id) == (kind, record_id))
        return next(same, None) if record_id is not None else None

    def open(self, page: RecordPage, icon: str) -> None:
        """Show a record in a tab of its own."""
        self._pages.append(page)
        self.stack.addWidget(page)
        at = self.tabs.addTab(icons.icon(icon), "")
        close = icon_button("ph.x", _("Close tab"), lambda: self.close_page(page))
        self.tabs.setTabButton(at, QTabBar.ButtonPosition.RightSide, close)
        page.titled.connect(lambda: self._retitle(page))
        page.closed.connect(lambda: self.close_page(page))
        self._retitle(page)
        self._frame.show()
        self.tabs.setCurrentIndex(at)
        page.start_work()

    def show_page(self, page: RecordPage) -> None:
        """Bring an open record to the front."""
        self.tabs.setCurrentIndex(self._pages.index(page))

    def _retitle(self, page: RecordPage) -> None:
        if page not in self._pages:
            return
        at = self._pages.index(page)
        mark = "● " if page.is_dirty else ""
        self.tabs.setTabText(at, mark + page.title)
        self.tabs.setTabToolTip(at, page.title)
        self.dirty_changed.emit(sum(each.is_dirty for each in self.record_pages))
        if page is self.current():
            self.shown.emit(page)

    def current(self) -> QWidget | None:
        """The page in front."""
        return self.stack.currentWidget()

    def _show(self, at: int) -> None:
        page = self._pages[at] if 0 <= at < len(self._pages) else None
        if page is not None:
            self.stack.setCurrentWidget(page)
            self.shown.emit(page)

    def step(self, by: int) -> None:
        """Show the tab beside."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())

    # Closing

    def close_current(self) -> None:
        """Close the record in front."""
        page = self.current()
        if isinstance(page, RecordPage):
            self.close_page(page)

    def close_page(self, page: RecordPage) -> None:
        """Close a record; unsaved typing is asked about first."""
        if not page.is_dirty:
            self._remove(page)
            return
        question = close_question(self, page)
        question.buttonClicked.connect(lambda chosen: self._closed(page, question, chosen))
        question.open()

    def _closed(self, page: RecordPage, question: "QMessageBox", chosen: object) -> None:
        role = question.buttonRole(chosen)  # type: ignore[arg-type]
        roles = type(role)
        if role == roles.AcceptRole:
            page.save(lambda: self._remove(page))
        elif role == roles.DestructiveRole:
            page.give_up()
            self._remove(page)

    def _remove(self, page: RecordPage) -> None:
        if page not in self._pages:
            return
        at = self._pages.index(page)
        was_shown = self.tabs.currentIndex() == at
        del self._pages[at]
        self.tabs.blockSignals(True)
        self.tabs.removeTab(at)
        self.tabs.blockSignals(False)
        self.stack.removeWidget(page)
        page.deleteLater()
        self._frame.setVisible(len(self._pages) > 1)
        if was_shown:
            self._show(self.tabs.currentIndex())
        self.dirty_changed.emit(sum(each.is_dirty for each in self.record_pages))


def close_question(parent: QWidget, page: RecordPage) -> "QMessageBox":
    """Asks before typing would be lost, in our own words."""
    from PySide6.QtWidgets import QMessageBox

    question = QMessageBox(parent)
    question.setObjectName(f"close-{language()}")
    question.setWindowTitle("Saudagar")
    question.setText(tr(_("“{title}” has changes that are not saved.")).format(title=page.title))
    role = QMessageBox.ButtonRole
    save = question.addButton(tr(_("Save")), role.AcceptRole)
    question.addButton(tr(_("Discard changes")), role.DestructiveRole)
    question.addButton(tr(_("Go on editing")), role.RejectRole)
    question.setDefaultButton(save)
    return question
