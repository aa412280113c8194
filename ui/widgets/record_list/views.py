"""Saved views as chips above a list: everything, one's own, the archived, and named ones."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from models.values.fields import RecordKind
from models.values.records import Filter, ListQuery
from resources.languages import marked as _
from ui.kit import tasks
from ui.kit.desk import Desk
from ui.kit.language import tr
from ui.widgets.flow import GrowingFlow
from ui.widgets.parts import button

if TYPE_CHECKING:
    from controllers.system.views import View


class ViewChips(QWidget):
    """The row of views; the one that matches the list is marked."""

    chosen = Signal(object)
    """The query of the chosen view."""

    def __init__(self, desk: Desk, kind: RecordKind, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._kind = desk, kind
        self._query = ListQuery(kind.name, kind.listed)
        self._views: list[View] = []
        self._flow = GrowingFlow(self)
        self._chips: list[tuple[QPushButton, ListQuery]] = []
        self._rebuild()

    def _fixed(self) -> list[tuple[str, ListQuery]]:
        everything = ListQuery(self._kind.name)
        fixed = [(_("All"), everything)]
        if "owner" in self._kind.by_name and self._desk.app.user:
            mine = Filter("owner", "=", self._desk.app.user)
            fixed.append((_("Mine"), everything._replace(filters=(mine,))))
        fixed.append((_("Archived"), everything._replace(archived=True)))
        return fixed

    def load(self) -> None:
        """Fetch the saved views in the background."""
        app, kind = self._desk.app, self._kind.name

        def work() -> "list[View]":
            from controllers.system import views

            return app.read(views.views, kind)

        tasks.run(work, self._take, key=(id(self), "views"), owner=self)

    def _take(self, views: "list[View]") -> None:
        self._views = [*self._private(), *views]
        self._rebuild()

    def _private(self) -> "list[View]":
        from controllers.system.views import View

        own = self._desk.preferences.of_list(self._kind.name).get("views", {})
        return [View(each, self._kind.name, value, False) for each, value in own.items()]

    def _rebuild(self) -> None:
        while item := self._flow.takeAt(0):
            widget = item.widget()
            if widget:
                widget.deleteLater()
        self._chips = []
        for text, query in self._fixed():
            self._add(button(text, partial(self._choose, query), role="chip"), query)
        for view in self._views:
            self._add_view(view)
        self._save = button(_("Save view"), self._ask_name, icon="ph.plus", role="chip")
        self._flow.addWidget(self._save)
        self.mark(self._query)

    def _add(self, chip: QPushButton, query: ListQuery) -> None:
        chip.setCheckable(True)
        self._chips.append((chip, query))
        self._flow.addWidget(chip)

    def _add_view(self, view: "View") -> None:
        from ui.widgets.record_list.conditions import from_plain

        query = from_plain(self._kind, view.value)
        chip = button("", lambda: self._choose(query), role="chip")
        chip.setText(view.name)
        chip.setAccessibleName(view.name)
        chip.setContextMenuPolicy(QtCore.Qt.ContextMenuPolicy.CustomContextMenu)
        chip.customContextMenuRequested.connect(lambda at: self._menu(view, chip.mapToGlobal(at)))
        self._add(chip, query)

    def _choose(self, query: ListQuery) -> None:
        columns = query.columns or self._query.columns
        self.chosen.emit(query._replace(columns=columns, sort=query.sort or self._query.sort))

    def mark(self, query: ListQuery) -> None:
        """Mark the chip whose view the list shows."""
        self._query = query
        for chip, view in self._chips:
            same = (view.filters, view.archived, view.search) == (
                query.filters,
                query.archived,
                query.search,
            )
            chip.setChecked(same and (not view.columns or view.columns == query.columns))

    def _ask_name(self) -> None:
        from ui.widgets.record_list.save_view import SaveView

        question = SaveView(self._desk, self)
        question.named.connect(self._keep)
        question.open_below(self._save)

    def _keep(self, title: str, shared: bool) -> None:
        from controllers.system import views
        from ui.widgets.record_list.conditions import to_plain

        view = views.View(title, self._kind.name, to_plain(self._query), shared)
        if shared:
            app = self._desk.app
            tasks.write(lambda: app.write(views.save_view, view), self._kept, owner=self)
        else:
            self._set_private(self._own() | {title: view.value})
            self._kept(view)

    def _own(self) -> dict[str, dict[str, object]]:
        return dict(self._desk.preferences.of_list(self._kind.name).get("views", {}))

    def _set_private(self, own: dict[str, dict[str, object]]) -> None:
        self._desk.preferences.set_of_list(self._kind.name, views=own)

    def _kept(self, view: "View") -> None:
        from ui.kit.toasts import toast

        toast(tr(_("The view “{name}” is saved."), name=view.name))
        self.load()

    def _menu(self, view: "View", at: QPoint) -> None:
        from PySide6.QtWidgets import QMenu

        from ui.kit import actions

        menu = QMenu(self)
        menu.setAttribute(QtCore.Qt.WidgetAttribute.WA_DeleteOnClose)
        delete = menu.addAction(tr(_("Delete this view")))
        delete.triggered.connect(lambda: self._delete(view))
        if view.shared:
            actions.offer(self._desk, "views.share", delete)
        menu.popup(at)

    def _delete(self, view: "View") -> None:
        from controllers.system import views

        if not view.shared:
            own = self._own()
            own.pop(view.name, None)
            self._set_private(own)
            self.load()
            return
        app = self._desk.app

        def deleted(_answer: object) -> None:
            from ui.kit.toasts import toast

            undo = lambda: tasks.write(lambda: app.write(views.save_view, view), self._kept)  # noqa: E731
            toast(tr(_("The view “{name}” is deleted."), name=view.name), undo)
            self.load()

        tasks.write(lambda: app.write(views.delete_view, view), deleted, owner=self)
