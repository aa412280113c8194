"""What stands between the choices and the preview of an import: doubts, problems, the result."""

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from models.values.errors import DomainError
from models.values.formatting import Style
from resources.languages import marked as _
from ui.kit import errors, tokens
from ui.kit.language import tr
from ui.widgets.parts import button, column, icon_label, label, row

if TYPE_CHECKING:
    from controllers.system.imports.previewing import Doubt

ORDERS = {"dmy": _("day, month, year"), "mdy": _("month, day, year"), "ymd": _("year, month, day")}
MARKS = {",": _("decimal comma"), ".": _("decimal point")}


def notice(tone: str, icon: str) -> tuple[QFrame, "QFrame"]:
    """A frame in a tone with its icon; answers the frame and the place for its texts."""
    made, inside = QFrame(), QFrame()
    made.setProperty("tone", tone)
    layout = row(icon_label(icon, tone), inside, gap=tokens.SMALL)
    layout.setContentsMargins(tokens.MEDIUM, tokens.SMALL, tokens.MEDIUM, tokens.SMALL)
    layout.setStretch(1, 1)
    made.setLayout(layout)
    return made, inside


def doubt_notice(doubt: "Doubt", decide: Callable[[str, str], None], style: Style) -> QFrame:
    """Both readings of a column, a button for each."""
    made, inside = notice("warn", "ph.question")
    words = label(role="strong", wrap=True)
    words.setText(tr(_("Column “{name}” can be read two ways."), name=doubt.heading))
    layout = column(words, gap=tokens.TINY)
    names = MARKS if doubt.option == "decimals" else ORDERS
    for value, readings in doubt.readings:
        told = "  ·  ".join(f"{cell}  =  {_meant(meant, style)}" for cell, meant in readings)
        text = label(wrap=True)
        text.setText(told)
        take = button("", partial(decide, doubt.option, value))
        take.setText(tr(names[value]))
        take.setAccessibleName(f"{doubt.heading}: {tr(names[value])}")
        line = row(take, text, gap=tokens.MEDIUM)
        line.setStretch(1, 1)
        layout.addLayout(line)
    inside.setLayout(layout)
    return made


def _meant(text: str, style: Style) -> str:
    """A reading as this person writes figures and days."""
    with suppress(ValueError):
        return style.day(dt.date.fromisoformat(text))
    with suppress(ArithmeticError):
        return style.number(Decimal(text))
    return text


def problem_notice(problem: DomainError) -> QFrame:
    """What must be put right before anything can be imported."""
    made, inside = notice("bad", "ph.warning-circle")
    words = label(wrap=True)
    words.setText(errors.text_of(problem))
    inside.setLayout(column(words))
    return made


def result_notice(text: str, buttons: Sequence[tuple[str, str, Callable[[], object]]]) -> QFrame:
    """What an import did, and what can follow: text, icon and slot of each button."""
    made, inside = notice("info", "ph.check-circle")
    words = label(role="strong", wrap=True)
    words.setText(text)
    layout = row(words, gap=tokens.SMALL)
    layout.setStretch(0, 1)
    for each, icon, slot in buttons:
        layout.addWidget(button(each, slot, icon=icon))
    inside.setLayout(layout)
    return made
