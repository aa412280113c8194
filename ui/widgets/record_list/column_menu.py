"""Lets a person choose the columns of a list, and their order."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QWidget, QWidgetAction

from models.values.fields import RecordKind
from resources.languages import marked as _
from ui.kit import tokens
from ui.kit.language import name, tr
from ui.widgets.parts import button, column, label
from ui.widgets.record_list.columns import usual


class ColumnList(QListWidget):
    """A tick for each column; dragging or Alt+Up and Alt+Down sets their order."""

    def __init__(self, kind: RecordKind, shown: tuple[str, ...], names: list[str]) -> None:
        super().__init__()
        name(self, _("Columns"))
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        rest = [each for each in names if each not in shown]
        for each in [*(one for one in shown if one in names), *rest]:
            item = QListWidgetItem(tr(kind[each].label))
            item.setData(Qt.ItemDataRole.UserRole, each)
            on = Qt.CheckState.Checked if each in shown else Qt.CheckState.Unchecked
            item.setCheckState(on)
            self.addItem(item)

    def chosen(self) -> tuple[str, ...]:
        """The ticked columns in their order."""
        items = [self.item(at) for at in range(self.count())]
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )

    def keyPressEvent(self, event: object) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(event.key())  # type: ignore[attr-defined]
        if step and event.modifiers() == Qt.KeyboardModifier.AltModifier:  # type: ignore[attr-defined]
            self._move(step)
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]

    def _move(self, step: int) -> None:
        at = self.currentRow()
        if 0 <= at + step < self.count():
            self.insertItem(at + step, self.takeItem(at))
            self.setCurrentRow(at + step)


def open_menu(
    kind: RecordKind,
    shown: tuple[str, ...],
    names: list[str],
    below: QWidget,
    take: Callable[[tuple[str, ...]], None],
) -> QMenu:
    """Let a person choose; `take` gets the columns once the menu closes."""
    menu = QMenu(below)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    chooser = ColumnList(kind, shown, names)
    rows = min(chooser.count(), 14)
    chooser.setFixedHeight(rows * chooser.sizeHintForRow(0) + tokens.MEDIUM)
    page = QWidget()

    def reset() -> None:
        menu.close()
        take(usual(kind))

    page.setLayout(
        column(
            label(_("Columns"), "heading"),
            chooser,
            label(_("Drag, or Alt+Up and Alt+Down, to set their order."), "caption", wrap=True),
            button(_("Usual columns"), reset, role="link"),
            margin=tokens.MEDIUM,
        )
    )
    action = QWidgetAction(menu)
    action.setDefaultWidget(page)
    menu.addAction(action)
    name(menu, _("Columns"))

    def closed() -> None:
        chosen = chooser.chosen()
        if chosen and chosen != shown:
            take(chosen)

    menu.aboutToHide.connect(closed)
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
    chooser.setFocus()
    return menu
