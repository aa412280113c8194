"""A calendar below a field, worked with arrows, Page Up, Page Down, Enter and Esc."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout, QWidget

from resources.languages import marked as _
from ui.kit.language import language, name


def open_calendar(field: QWidget, day: dt.date | None, take: Callable[[dt.date], object]) -> QFrame:
    """Show a month; `take` gets the chosen day."""
    popup = QFrame(field, Qt.WindowType.Popup)
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    popup.setProperty("role", "popup")
    name(popup, _("Calendar"))
    calendar = QCalendarWidget()
    name(calendar, _("Calendar"))
    calendar.setLocale(QLocale(language()))
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    if day is not None:
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))

    def chosen(date: QDate) -> None:
        popup.close()
        take(dt.date(date.year(), date.month(), date.day()))

    calendar.activated.connect(chosen)
    calendar.clicked.connect(chosen)
    layout = QVBoxLayout(popup)
    layout.setContentsMargins(1, 1, 1, 1)
    layout.addWidget(calendar)
    popup.move(field.mapToGlobal(QPoint(0, field.height() + 2)))
    popup.show()
    calendar.setFocus()
    return popup
