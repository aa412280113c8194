"""The top of a document's page: its number, its way, and what can be done with it now."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from models.values.documents import Draft
from resources.languages import marked as _
from ui.documents.steps import StepBar
from ui.kit import icons, tokens
from ui.kit.language import tr
from ui.widgets.parts import button, clear, icon_button, label, row


class Step(NamedTuple):
    """Something to do with the document, as a button or menu entry."""

    label: str
    slot: Callable[[], object]
    icon: str
    is_next: bool = False
    """The one that Ctrl+Enter does."""
    writes: bool = True
    """Whether it leads to a use case that changes the document, and so asks for the right to."""
    right: str = "documents.change"
    """The permission of what it leads to."""


def offered(steps: Sequence[Step], may: Callable[[str], bool]) -> list[Step]:
    """The steps that a person may take."""
    return [each for each in steps if not each.writes or may(each.right)]


class TopLine(QWidget):
    """One line; its buttons change with the state."""

    def __init__(self, kind: str, open_linked: Callable[[], object]) -> None:
        super().__init__()
        self._number = label(role="title")
        self._revision = label(role="soft")
        self.steps = StepBar(kind)
        self._linked = button("", open_linked, icon="ph.arrow-square-out", role="link")
        self._linked.hide()
        self._buttons = row()
        self._next: tuple[QPushButton, str] | None = None
        self._others: list[tuple[QPushButton, str]] = []
        self._line = row(self._number, self._revision, self.steps, self._linked, 1)
        self._line.setSpacing(tokens.MEDIUM)
        self._line.addLayout(self._buttons)
        self.setLayout(self._line)

    def show_draft(self, title: str, draft: Draft, linked: str) -> None:
        """Show another document, or another state of it."""
        self._number.setText(draft.number or title.partition(" · ")[0])
        revision = tr(_("revision {number}"), number=draft.revision) if draft.revision > 1 else ""
        self._revision.setText(revision)
        self._revision.setVisible(bool(revision))
        self.steps.set_state(draft.state)
        self._linked.setVisible(bool(linked))
        text = tr(_("Order")) if draft.kind == "quotation" else tr(_("Quotation"))
        self._linked.setText(f"{text}  F2")
        self._linked.setToolTip(linked)
        self._linked.setAccessibleName(f"{text} {linked}")

    def show_amendment(self, number: int) -> None:
        """Say beside an order's number which amendment of it this is; nothing for 0."""
        self._revision.setText(tr(_("amendment {number}"), number=number) if number else "")
        self._revision.setVisible(bool(number))
        self._fit()

    def show_steps(self, steps: Sequence[Step], menu: Callable[[], Sequence[Step]]) -> None:
        """Buttons for the steps, and a menu of the others."""
        clear(self._buttons)
        self._next, self._others = None, []
        more = icon_button("ph.dots-three", _("More"), lambda: open_menu(more, menu()))
        self._buttons.addWidget(more)
        for step in steps:
            made = _step_button(step)
            self._buttons.addWidget(made)
            made.show()  # the layout would show it a turn later, and count it for nothing till then
            if step.is_next:
                self._next = (made, tr(step.label))
            else:
                self._others.append((made, tr(step.label)))
        QTimer.singleShot(0, self, self._fit)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Name the next step's key and word every button, as far as there is room for it."""
        shorter = [(made, "") for made, _text in self._others]
        for made, text in self._others:
            made.setText(text)
        if self._next is not None:
            made, text = self._next
            made.setText(f"{text}   Ctrl+Enter")
            shorter.insert(0, self._next)
        for made, text in shorter:
            if self._has_room():
                return
            made.setText(text)

    def _has_room(self) -> bool:
        for made in self.findChildren(QPushButton):
            made.ensurePolished()
        self._buttons.invalidate()
        self._line.invalidate()
        return self._line.sizeHint().width() + tokens.LARGE <= self.width()

    def below(self, text: str) -> QPoint:
        """The place for a menu under a button."""
        found = (each for each in self.findChildren(QPushButton)
                 if each.accessibleName() == tr(text) and each.isVisible())  # fmt: skip
        place = next(found, self)
        return place.mapToGlobal(place.rect().bottomLeft())


def _step_button(step: Step) -> QPushButton:
    role = "primary" if step.is_next else ""
    tone = "on_accent" if step.is_next else "soft"
    made = button(step.label, step.slot, icon=step.icon, role=role, tone=tone)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setToolTip("Ctrl+Enter" if step.is_next else tr(step.label))
    return made


def open_menu(owner: QWidget, steps: Sequence[Step], place: QPoint | None = None) -> None:
    """Offer steps in a menu below a widget, or elsewhere."""
    menu = QMenu(owner)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for step in steps:
        action = menu.addAction(icons.icon(step.icon), tr(step.label))
        action.triggered.connect(lambda _on=False, slot=step.slot: slot())
    menu.popup(place or owner.mapToGlobal(owner.rect().bottomLeft()))
