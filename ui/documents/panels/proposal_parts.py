"""The parts of a proposal as a list: in the order of the kinds, moved within their own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView

from models.values.proposals import Part, Proposal
from resources.languages import marked as _
from ui.kit import theme, tokens
from ui.kit.language import name, tr

KINDS = {
    "cover": _("Cover page"),
    "letter": _("Cover letter"),
    "section": _("Section"),
    "terms": _("Terms"),
    "appendix": _("Appendix"),
    "stationery": _("Stationery"),
}
"""In the order they are printed; stationery lies under all of them."""

_SINGLE = ("cover", "letter", "terms", "stationery")
_ROWS = 6


class Placed(NamedTuple):
    """A part and what it is used as."""

    kind: str
    part: Part

    def part_with(self, **values: Any) -> "Placed":
        """The same with other values of its part."""
        return self._replace(part=replace(self.part, **values))


def placed(proposal: Proposal) -> list[Placed]:
    """The parts of a proposal in the order they are printed."""
    many = {"section": proposal.sections, "appendix": proposal.appendices}
    single = {kind: getattr(proposal, kind) for kind in _SINGLE}
    return [
        Placed(kind, part)
        for kind in KINDS
        for part in many.get(kind, (single.get(kind),))
        if part is not None
    ]


def put_together(parts: Iterable[Placed], before: Proposal, **values: Any) -> Proposal:
    """A proposal of these parts; what a list does not show stays as it was."""
    listed = list(parts)
    single: dict[str, Any] = {
        kind: next((each.part for each in listed if each.kind == kind), None) for kind in _SINGLE
    }
    return replace(
        before,
        sections=tuple(each.part for each in listed if each.kind == "section"),
        appendices=tuple(each.part for each in listed if each.kind == "appendix"),
        **single,
        **values,
    )


class PartList(QListView):
    """The parts, one in a row; arrows go from one to the next."""

    moved = Signal()
    """Another part is chosen, or the chosen one is another."""
    changed = Signal()
    """A part came, went, moved, or says something else."""

    def __init__(self, parts: Sequence[Placed], titles: Mapping[str, str]) -> None:
        super().__init__()
        self._parts, self._titles = list(parts), titles
        self._shown = QStandardItemModel(self)
        self.setModel(self._shown)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        name(self, _("Parts of the proposal"))
        self.setFixedHeight(theme.row_height(self) * _ROWS)
        self._fill(0)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.moved.emit())

    def sizeHint(self) -> QSize:
        return QSize(tokens.PANEL, theme.row_height(self) * _ROWS)

    def all(self) -> list[Placed]:
        """The parts in their order."""
        return list(self._parts)

    def chosen(self) -> Placed | None:
        """The part the cursor is on."""
        at = self.currentIndex().row()
        return self._parts[at] if 0 <= at < len(self._parts) else None

    def _fill(self, at: int) -> None:
        self._shown.clear()
        for each in self._parts:
            item = QStandardItem(self.text_of(each))
            item.setSizeHint(QSize(0, theme.row_height(self)))
            self._shown.appendRow(item)
        if self._parts:
            self.setCurrentIndex(self._shown.index(min(at, len(self._parts) - 1), 0))
        self.moved.emit()

    def text_of(self, each: Placed) -> str:
        """How a part is named: its kind, its title or what it begins with, and its files."""
        part = each.part
        begins = part.text.partition("\n")[0][:40]
        said = part.title or self._titles.get(part.block, part.block) or begins
        return "  ·  ".join(filter(None, (tr(KINDS[each.kind]), said, ", ".join(part.files))))

    def add(self, new: Placed) -> None:
        """Put a part after those of its kind; where there can be only one, in its place."""
        if new.kind in _SINGLE:
            self._parts = [each for each in self._parts if each.kind != new.kind]
        order = list(KINDS)
        before = [each for each in self._parts if order.index(each.kind) <= order.index(new.kind)]
        self._parts.insert(len(before), new)
        self._fill(len(before))
        self.changed.emit()

    def change(self, new: Placed) -> None:
        """Another part in the place of the chosen one."""
        at = self.currentIndex().row()
        if 0 <= at < len(self._parts) and self._parts[at] != new:
            self._parts[at] = new
            self._shown.item(at).setText(self.text_of(new))
            self.changed.emit()

    def take_out(self) -> None:
        """Take the chosen part out."""
        at = self.currentIndex().row()
        if 0 <= at < len(self._parts):
            del self._parts[at]
            self._fill(at)
            self.changed.emit()

    def shift(self, by: int) -> None:
        """Move the chosen part among those of its kind."""
        at = self.currentIndex().row()
        to = at + by
        inside = all(0 <= each < len(self._parts) for each in (at, to))
        if inside and self._parts[at].kind == self._parts[to].kind:
            self._parts[at], self._parts[to] = self._parts[to], self._parts[at]
            self._fill(to)
            self.changed.emit()
