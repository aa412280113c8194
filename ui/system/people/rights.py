"""What each role may do, to read: the declared table of permissions, in words."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from models.values.permissions import PERMISSIONS, SCOPES, Scope, scope
from models.values.roles import ROLES
from resources.languages import marked as _
from ui.insight.cells import TONE, strong
from ui.kit import tokens
from ui.kit.language import tr
from ui.system.rows_table import RowsTable
from ui.widgets.parts import column, label

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)
_TONES = {Scope.NONE: "soft", Scope.ALL: "good"}


class RightsModel(QAbstractTableModel):
    """A row for each permission, a column for each role; `own` is the role of who looks."""

    def __init__(self) -> None:
        super().__init__()
        self.own = ""
        self._permissions = tuple(PERMISSIONS)
        self._roles = tuple(role for role, _label in ROLES)

    def mark(self, role: str) -> None:
        """Let the column of a role stand out."""
        self.own = role
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def rowCount(self, parent: _Index = _NONE) -> int:
        return len(self._permissions)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 1 + len(self._roles)

    def scope_at(self, index: _Index) -> Scope:
        """How far the permission of a cell goes."""
        return scope(self._roles[index.column() - 1], self._permissions[index.row()])

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        permission = PERMISSIONS[self._permissions[index.row()]]
        if role == _ROLE.TextAlignmentRole:
            return _MIDDLE if index.column() else _LEFT
        if index.column() == 0:
            return tr(permission) if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole) else None
        found = self.scope_at(index)
        if role == _ROLE.DisplayRole:
            return "–" if found is Scope.NONE else tr(SCOPES[found])
        if role in (_ROLE.AccessibleTextRole, _ROLE.ToolTipRole):
            who = tr(dict(ROLES)[self._roles[index.column() - 1]])
            return f"{who} · {tr(permission)}: {tr(SCOPES[found])}"
        if role == _ROLE.FontRole and self._roles[index.column() - 1] == self.own:
            return strong()
        return _TONES.get(found, "info") if role == TONE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.TextAlignmentRole:
            return _MIDDLE if section else _LEFT
        if role != _ROLE.DisplayRole:
            return None
        words = tr(ROLES[section - 1][1]) if section else tr(_("Permission"))
        return words.replace(" ", "\n", 1) if section else words


class RightsTable(RowsTable):
    """The table; the roles share the width."""

    def __init__(self, model: RightsModel) -> None:
        super().__init__(model, _("What each role may do"))

    def dress(self) -> None:
        super().dress()
        self.fit()

    def fit(self) -> None:
        """Show every word whole; all columns share what is over, the first gives what is missing,
        down to two thirds.
        """
        columns = self.model().columnCount()
        natural = [self._natural(at) for at in range(columns)]
        rest = self.viewport().width() - sum(natural)
        natural[0] -= min(max(0, -rest), natural[0] // 3)
        spare = max(0, rest) // columns
        for at, wide in enumerate(natural):
            self.setColumnWidth(at, wide + spare)

    def _natural(self, column: int) -> int:
        metrics, model = self.fontMetrics(), self.model()
        texts = [str(model.index(row, column).data()) for row in range(model.rowCount())]
        wide = max(map(metrics.horizontalAdvance, texts)) + 2 * tokens.SMALL + tokens.TINY
        header = self.horizontalHeader().sectionSizeFromContents(column).width()
        return max(wide, header)


class RightsView(QWidget):
    """The table with what its words mean."""

    def __init__(self) -> None:
        super().__init__()
        self.model = RightsModel()
        self.table = RightsTable(self.model)
        words = label(
            _("Own: what the person owns. Team: what somebody of the person's team owns. "
              "Territory: what lies in the person's territory. Who has which role is decided under "
              "People; what a role may do comes with the program."),
            "soft", wrap=True,
        )  # fmt: skip
        layout = column(words, gap=tokens.MEDIUM)
        layout.addWidget(self.table, 1)
        self.setLayout(layout)
