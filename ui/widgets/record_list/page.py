"""The list of one kind of record with everything around it: search, views, filters, panel."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from controllers.core.catalogue import KINDS
from models.values.records import Change, Filter, ListQuery
from resources.languages import marked as _
from ui.kit import tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import name, on_language
from ui.widgets.parts import button, card, column, label, row
from ui.widgets.record_list import columns
from ui.widgets.record_list.model import ListModel
from ui.widgets.record_list.search_box import search_box
from ui.widgets.record_list.summary import summary
from ui.widgets.record_list.table import RecordTable
from ui.widgets.record_list.views import ViewChips

if TYPE_CHECKING:
    from ui.widgets.record_list.empty import EmptyList
    from ui.widgets.record_list.filters import FilterChips
    from ui.widgets.record_list.panel import DetailPanel


class ListPage(QWidget):
    """One workspace: the list of a kind."""

    told = Signal(str)
    """Count, selection and sums, for the status bar."""

    def __init__(
        self, desk: Desk, kind: str, parent: QWidget | None = None, *, can_make: bool = True
    ) -> None:
        super().__init__(parent)
        self.desk, self.kind, self.can_make = desk, KINDS[kind], can_make
        self.model = ListModel(desk, kind)
        self.status = ""
        self._sums: dict[str, dict[str, int]] = {}
        self._is_stale = False
        self._has_actions = False
        self._sized: list[str] = []
        self._panel: DetailPanel | None = None
        self._room: QWidget | None = None
        self._chips: FilterChips | None = None
        self.empty: EmptyList | None = None
        self._build()
        self._connect()

    # Building

    def _build(self) -> None:
        left = self._left_side()
        layout = column(gap=tokens.SMALL)
        left.setLayout(layout)
        self.search = search_box()
        layout.addLayout(self._toolbar())
        self.views = ViewChips(self.desk, self.kind, left)
        layout.addLayout(self._views_line())
        self._chips_place = column()
        layout.addLayout(self._chips_place)
        layout.addSpacing(tokens.TINY)
        self.table = RecordTable(self.model, left)
        name(self.table, self.kind.plural)
        layout.addWidget(self.table, 1)

    def _left_side(self) -> QWidget:
        """Where the list stands, with room for the panel beside it."""
        self.split = QSplitter()
        self.split.setHandleWidth(tokens.LARGE)
        self.split.setChildrenCollapsible(False)
        self.setLayout(column(self.split, margin=tokens.LARGE))
        return QWidget(self.split)

    def _views_line(self) -> QtWidgets.QHBoxLayout:
        line = row()
        line.addWidget(self.views, 1)
        if self.kind.name in ("payment", "stock_level", "supply"):
            from ui.widgets.record_list.ways import way_button

            line.addWidget(way_button(self), 0, QtCore.Qt.AlignmentFlag.AlignTop)
        return line

    def _toolbar(self) -> QtWidgets.QHBoxLayout:
        self._filter_button = button(_("Filter"), self.open_filter, icon="ph.funnel-simple")
        self._columns_button = button(_("Columns"), self.open_columns, icon="ph.columns")
        self._export_button = button(_("Export"), self.open_export, icon="ph.download-simple")
        line = row(
            label(self.kind.plural, "title"),
            self.search,
            self._filter_button,
            self._columns_button,
            self._export_button,
        )
        line.insertSpacing(1, tokens.MEDIUM)
        line.setStretch(2, 1)
        line.insertStretch(3, 0)
        return line

    def _connect(self) -> None:
        self.search.textEdited.connect(self._on_search)
        self.views.chosen.connect(self.show_query)
        self.table.opened.connect(self._open)
        self.table.peeked.connect(self.toggle_panel)
        self.table.typed.connect(self._on_typed)
        self.table.moved.connect(self._on_moved)
        self.table.selected.connect(self._tell)
        self.table.widths_chosen.connect(self._keep_widths)
        self.table.horizontalHeader().sectionClicked.connect(self._on_header)
        self.model.arrived.connect(self._on_arrived)
        self.model.counted.connect(self._on_counted)
        self.model.renewed.connect(self._on_moved)
        self.desk.feed.changed.connect(self._on_changes)
        on_language(self._reword)

    # Showing

    def usual_query(self) -> ListQuery:
        """The list as this person left it: columns and order, nothing left out."""
        kept = self.desk.preferences.of_list(self.kind.name)
        hidden = self.desk.hides_cost
        known = columns.possible(self.kind, hide_restricted=hidden)
        usual = columns.usual(self.kind)
        chosen = tuple(each for each in kept.get("columns", usual) if each in known)
        sort = str(kept.get("sort", ""))
        sort = sort if sort.lstrip("-") in self.kind.by_name else ""
        return ListQuery(self.kind.name, chosen or usual, sort=sort)

    def start(self, *, now: bool = False) -> None:
        """Show the list for the first time; `now` for the first paint of the program."""
        if now:
            self._keep_room()
            self.model.ask_now(self.usual_query())
        else:
            self.model.ask(self.usual_query())
            self.settle()

    def settle(self) -> None:
        """What can wait until the list was painted: keys, all ids, views, panel."""
        self._add_actions()
        self.search.installEventFilter(self)
        self.add_panel()
        self.model.settle()
        self.views.load()

    def _add_actions(self) -> None:
        from ui.widgets.record_list.keys import add_actions

        if not self._has_actions:
            self._has_actions = True
            add_actions(self)

    def show_query(self, query: ListQuery) -> None:
        """Narrow the list, or show it in another order."""
        query = query._replace(columns=query.columns or self.model.query.columns)
        if self.search.text() != query.search:
            self.search.setText(query.search)
        self.views.mark(query)
        self._show_chips(query)
        self.model.ask(query)

    def _change(self, **parts: Any) -> None:
        self.show_query(self._asked()._replace(**parts))

    def _asked(self) -> ListQuery:
        return self.model.query._replace(search=self.search.text())

    def _on_search(self, text: str) -> None:
        self._change(search=text)

    def _on_header(self, section: int) -> None:
        field = self.model.fields[section].name
        now = self.model.query.sort or self.kind.sort
        sort = f"-{field}" if now == field else field
        self.desk.preferences.set_of_list(self.kind.name, sort=sort)
        self._change(sort=sort)

    def _on_arrived(self) -> None:
        self._set_widths()
        self.views.mark(self._asked())
        self._say_what_to_do()
        self._tell()
        if self.model.rowCount():
            self.table.go_to(0)
        else:
            self._on_moved()

    def _set_widths(self) -> None:
        shown = list(self.model.query.columns)
        kept = self.desk.preferences.of_list(self.kind.name).get("widths", {})
        if self._sized == shown:
            return
        self._sized = shown
        natural = self.table.natural_widths()
        chosen = all(each in kept for each in shown)
        widths = [kept.get(each, wide) for each, wide in zip(shown, natural, strict=True)]
        self.table.set_widths([int(each) for each in widths], chosen=chosen)

    def _keep_widths(self) -> None:
        names = [field.name for field in self.model.fields]
        kept = self.desk.preferences.of_list(self.kind.name).get("widths", {})
        widths = {each: self.table.columnWidth(at) for at, each in enumerate(names)}
        self.desk.preferences.set_of_list(self.kind.name, widths=kept | widths)

    def _say_what_to_do(self) -> None:
        if self.empty is not None or not self.model.rowCount():
            from ui.widgets.record_list.empty import EmptyList

            self.empty = self.empty or EmptyList(self, self.table)
            self.empty.update_text()

    # Count and sums

    def _on_counted(self, _count: int) -> None:
        self._say_what_to_do()
        self._tell()
        listing, query = self.desk.app.listing, self.model.query
        if any(field.summed for field in self.model.fields):
            tasks.run(
                lambda: listing.sums(query), self._take_sums, key=(id(self), "sums"), owner=self
            )

    def _take_sums(self, sums: dict[str, dict[str, int]]) -> None:
        self._sums = sums
        self._tell()

    def _tell(self) -> None:
        self.status = summary(self.model, self.table.selected_count(), self._sums)
        self.told.emit(self.status)

    # Panel

    def toggle_panel(self) -> None:
        """Show or hide the panel beside the list."""
        shown = self._panel is not None and not self._panel.isHidden()
        self.desk.preferences.set("panel", not shown)
        if shown and self._panel:
            self._panel.hide()
        else:
            self._show_panel()

    def add_panel(self) -> None:
        """Show the panel where this person has it."""
        if self.desk.preferences["panel"] and self._panel is None:
            self._show_panel()

    def _keep_room(self) -> None:
        """An empty card where the panel will be, so that nothing moves when it comes."""
        if self.desk.preferences["panel"]:
            room = card()
            room.setMinimumWidth(tokens.PANEL_LEAST)
            self._place_beside(room)
            self._room = room

    def _show_panel(self) -> None:
        from ui.widgets.record_list.panel import DetailPanel

        if self._panel is None:
            self._panel = DetailPanel(self.desk, self.kind.name)
            self._place_beside(self._panel)
        self._panel.show()
        self._on_moved()

    def _place_beside(self, beside: QWidget) -> None:
        """Put the panel beside the list; the list takes what the window grows by."""
        if self._room is not None:
            self.split.replaceWidget(1, beside)
            self._room.deleteLater()
            self._room = None
            return
        self.split.addWidget(beside)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([max(self.width() - tokens.PANEL, tokens.PANEL), tokens.PANEL])

    def _on_moved(self) -> None:
        if self._panel is not None and not self._panel.isHidden():
            current = self.table.current_id() if self.model.rowCount() else None
            if current != self._panel.record_id:
                self._panel.show_record(current)

    # Doing

    def _open(self, record_id: int) -> None:
        self.desk.open_record(self.kind.name, record_id)

    def neighbour(self, record_id: int, step: int) -> int | None:
        """The record before or after another one in this list."""
        at = self.model.row_of(record_id)
        return None if at is None else self.model.record_id(at + step)

    def focus_search(self) -> None:
        """Put the cursor into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def _on_typed(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + text)
        self._on_search(self.search.text())

    def open_filter(self) -> None:
        """Ask for a condition."""
        from ui.widgets.record_list.filters import FilterPopup

        popup = FilterPopup(self.desk, self.kind, self)
        popup.setAttribute(QtCore.Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.made.connect(self._add_filter)
        popup.open_below(self._filter_button)

    def _add_filter(self, condition: Filter) -> None:
        self._change(filters=(*self._asked().filters, condition))

    def _remove_filter(self, condition: Filter) -> None:
        self._change(filters=tuple(e for e in self._asked().filters if e is not condition))

    def _show_chips(self, query: ListQuery) -> None:
        if self._chips is None:
            if not query.filters:
                return
            from ui.widgets.record_list.filters import FilterChips

            self._chips = FilterChips(self.desk, self.kind)
            self._chips.removed.connect(self._remove_filter)
            self._chips_place.addWidget(self._chips)
        self._chips.show_filters(query.filters)

    def clear_search(self) -> None:
        """Show everything again."""
        self.search.clear()
        self.show_query(self.usual_query())

    def open_columns(self) -> None:
        """Let the person choose columns."""
        from ui.widgets.record_list.column_menu import open_menu

        hidden = self.desk.hides_cost
        names = columns.possible(self.kind, hide_restricted=hidden)
        open_menu(
            self.kind, self.model.query.columns, names, self._columns_button, self._set_columns
        )

    def _set_columns(self, chosen: Sequence[str]) -> None:
        self.desk.preferences.set_of_list(self.kind.name, columns=list(chosen))
        self._change(columns=tuple(chosen))

    def open_export(self) -> None:
        """Offer the forms of export."""
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        menu.setAttribute(QtCore.Qt.WidgetAttribute.WA_DeleteOnClose)
        wanted = ("list.excel", "list.csv", "list.copy")
        found: list[QtGui.QAction] = [*self.actions(), *self.table.actions()]
        menu.addActions([each for each in found if each.objectName() in wanted])
        menu.popup(self._export_button.mapToGlobal(self._export_button.rect().bottomLeft()))

    # Changes elsewhere

    def _on_changes(self, changes: Sequence[Change]) -> None:
        if any(each.concerns("saved_view") for each in changes):
            self.views.load()
        if not any(each.concerns(self.kind.name) for each in changes):
            return
        self._is_stale = True
        if self.isVisible():
            self.freshen()

    def freshen(self) -> None:
        """Fetch anew what changed while the list was out of sight."""
        if not self._is_stale:
            return
        self._is_stale = False
        self.model.refresh()
        if self._panel is not None:
            self._panel.show_record(self.table.current_id())

    def _reword(self) -> None:
        self.table.retitle()
        if self.model.fields:
            self._sized = []
            self.model.ask(self._asked())

    def eventFilter(self, watched: QObject, event: QtCore.QEvent) -> bool:
        if watched is self.search and isinstance(event, QtGui.QKeyEvent):
            return event.type() == event.Type.KeyPress and self._search_key(event.key())
        return False

    def _search_key(self, key: int) -> bool:
        keys = QtCore.Qt.Key
        if key in (keys.Key_Down, keys.Key_Return, keys.Key_Enter):
            self.table.setFocus()
            return True
        if key == keys.Key_Escape and self.search.text():
            self._change(search="")
            return True
        return False
