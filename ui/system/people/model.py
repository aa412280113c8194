"""People as rows of a table, and how each can sign in."""

from typing import Any

from PySide6.QtCore import Qt

from controllers.system.people import Person
from models.values.roles import ROLES
from resources.languages import marked as _
from ui.insight.cells import TONE, strong
from ui.kit.language import tr
from ui.widgets import pills
from ui.widgets.headed_model import NONE, HeadedModel, Index

_ROLE = Qt.ItemDataRole

HEADINGS = (_("Name"), _("Full name"), _("Role"), _("Team"), _("Territory"), _("State"))
PARTS = (0.14, 0.24, 0.17, 0.14, 0.13, 0.18)
_STATE = len(HEADINGS) - 1

_STATES = {
    "disabled": (_("Disabled"), "ph.prohibit", "quiet"),
    "here": (_("Signed in now"), "ph.user-circle", "good"),
    "login": (_("Can sign in"), "ph.key", "info"),
    "none": (_("No login"), "ph.minus-circle", "warn"),
    "active": (_("Active"), "ph.check", "good"),
}
"""By state: the word, the icon and the tone."""


def state_of(person: Person, *, shared: bool) -> str:
    """The state of a person; logins count only on a shared database."""
    if person.is_disabled:
        return "disabled"
    if not shared:
        return "active"
    return ("here" if person.is_here else "login") if person.has_login else "none"


def role_of(person: Person) -> str:
    """The role of a person in words."""
    return tr(dict(ROLES).get(person.role, person.role))


class PeopleModel(HeadedModel):
    """Everybody; `shared` tells whether people sign in."""

    def __init__(self, *, shared: bool) -> None:
        super().__init__(HEADINGS)
        self.shared = shared
        self.people: list[Person] = []

    def take(self, people: list[Person]) -> None:
        """Show other people."""
        self.beginResetModel()
        self.people = people
        self.endResetModel()

    def rowCount(self, parent: Index = NONE) -> int:
        return len(self.people)

    def text(self, person: Person, at: int) -> str:
        """One cell as it is shown."""
        if at == _STATE:
            return tr(_STATES[state_of(person, shared=self.shared)][0])
        shown = (person.name, person.full_name, role_of(person), person.team, person.territory)
        return shown[at]

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        person, at = self.people[index.row()], index.column()
        if role == _ROLE.DecorationRole and at == _STATE:
            return _pill(state_of(person, shared=self.shared))
        if role == _ROLE.DisplayRole:
            return "" if at == _STATE else self.text(person, at)
        if role in (_ROLE.AccessibleTextRole, _ROLE.ToolTipRole):
            return self.text(person, at)
        if role == _ROLE.FontRole and at == 0:
            return strong()
        if role == TONE and person.is_disabled:
            return "soft"
        return self.alignment(at) if role == _ROLE.TextAlignmentRole else None


def _pill(state: str) -> Any:
    word, icon, tone = _STATES[state]
    return pills.in_cell(tr(word), icon, tone)
