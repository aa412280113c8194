"""What a report is asked: by which dimensions, which days, which currency, narrowed to what."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from models.values.errors import DomainError
from resources.languages import marked as _
from ui.insight.periods import PERIODS, period
from ui.kit import errors, tokens
from ui.kit.desk import Desk
from ui.kit.language import language, name, on_language, say, tr
from ui.widgets.flow import FlowLayout
from ui.widgets.lookup import LookupEdit
from ui.widgets.parts import button, column, label, set_property

if TYPE_CHECKING:
    from controllers.insight.reports import ReportInfo
    from controllers.insight.sales import SalesOptions

DIMENSIONS = {
    "customer": _("Customer"), "product": _("Product"), "category": _("Category"),
    "owner": _("Salesperson"), "team": _("Team"), "territory": _("Territory"),
    "month": _("Month"), "year": _("Year"), "channel": _("Channel"),
}  # fmt: skip

FILTERS = {
    "account": _("Customer"), "product": _("Product"), "category": _("Category"),
    "owner": _("Salesperson"), "team": _("Team"), "territory": _("Territory"),
    "country": _("Country"), "city": _("City"),
}  # fmt: skip


class Labelled(QWidget):
    """A control with its name above and what is wrong with it below."""

    def __init__(self, title: str, control: QWidget) -> None:
        super().__init__()
        self.control = control
        heading = label(title, "heading")
        heading.setBuddy(control)
        self._problem = label(role="problem", wrap=True)
        self._problem.setMinimumWidth(2 * tokens.LOGO)
        self._problem.hide()
        name(control, title)
        self.setLayout(column(heading, control, self._problem, gap=tokens.TINY))

    @property
    def problem(self) -> str:
        """What is wrong; "" where nothing is."""
        return self._problem.text()

    def set_problem(self, text: str) -> None:
        """Say what is wrong; "" takes it away."""
        set_property(self.control, "wrong", "true" if text else "")
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self.control.setAccessibleDescription(text)


class Options(QFrame):
    """All questions in one row; every answer asks for the report anew."""

    asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._info: ReportInfo | None = None
        self.filters: list[tuple[str, str, str]] = []
        self.first, self.second, self.period = QComboBox(), QComboBox(), QComboBox()
        self.since, self.until, self.currency = QLineEdit(), QLineEdit(), QComboBox()
        self.filter, self.value = QComboBox(), LookupEdit(self._search)
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(0)
        self._asking.timeout.connect(self.asked)
        self._build()
        on_language(self.reword)
        self._connect()

    def _build(self) -> None:
        self.fields = {
            "by": Labelled(_("By"), self.first), "across": Labelled(_("Across"), self.second),
            "period": Labelled(_("Period"), self.period),
            "since": Labelled(_("From"), self.since), "until": Labelled(_("To"), self.until),
            "currency": Labelled(_("Currency"), self.currency),
            "filters": Labelled(_("Only"), self.filter), "value": Labelled(_("Which"), self.value),
        }  # fmt: skip
        for box in (self.first, self.second, self.period, self.filter):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for line in (self.since, self.until):
            line.setFixedWidth(tokens.LOGO + tokens.LARGE)
            say(line, "setPlaceholderText", _("any day"))
        say(self.value, "setPlaceholderText", _("Type to find"))
        self.value.setFixedWidth(tokens.LOGO + 2 * tokens.HUGE)
        self.currency.setEditable(True)
        self.currency.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.currency.setFixedWidth(tokens.LOGO)
        row = QWidget()
        flow = FlowLayout(row, tokens.MEDIUM)
        for each in self.fields.values():
            flow.addWidget(each)
        self._chips = QWidget()
        self._chips_place = FlowLayout(self._chips)
        self._chips.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.LARGE, tokens.MEDIUM, tokens.LARGE, tokens.MEDIUM)
        layout.setSpacing(tokens.SMALL)
        layout.addWidget(row)
        layout.addWidget(self._chips)

    def _connect(self) -> None:
        for box in (self.first, self.second):
            box.currentIndexChanged.connect(self.ask)
        self.period.currentIndexChanged.connect(self._on_period)
        for line in (self.since, self.until):
            line.textEdited.connect(self._on_days)
            line.editingFinished.connect(self.ask)
        self.currency.activated.connect(self.ask)
        edit = self.currency.lineEdit()
        if edit is not None:
            edit.editingFinished.connect(self.ask)
        self.filter.currentIndexChanged.connect(lambda _at: self.value.set_find(None))
        self.value.chosen.connect(self._on_value)

    # What there is to choose

    def set_report(self, info: "ReportInfo") -> None:
        """Ask what this report can be asked."""
        self._info = info
        self.filters = [each for each in self.filters if each[0] in info.filters]
        self.reword()
        self._show_chips()
        self.fields["by"].setVisible(bool(info.dimensions))
        self.fields["across"].setVisible(info.crossed)
        self.fields["currency"].setVisible(info.one_currency)

    def set_currencies(self, codes: Sequence[str]) -> None:
        """Offer the currencies there are sums in."""
        self.currency.blockSignals(True)
        now = self.currency.currentText()
        self.currency.clear()
        self.currency.addItems(list(codes))
        self.currency.setEditText(now or (codes[0] if codes else ""))
        self.currency.blockSignals(False)

    def reword(self) -> None:
        """Fill the boxes in the language of the screen, keeping what is chosen."""
        info = self._info
        by = info.dimensions if info else ()
        usual = "month" if "month" in by else next(iter(by), "")
        _fill(self.first, {each: DIMENSIONS.get(each, each) for each in by}, usual)
        crossed = {each: DIMENSIONS.get(each, each) for each in by} if info and info.crossed else {}
        _fill(self.second, {"": _("Nothing")} | crossed, "")
        _fill(self.period, PERIODS, "twelve_months")
        known = info.filters if info else ()
        _fill(self.filter, {each: FILTERS[each] for each in known if each in FILTERS}, "")
        if not self.since.isModified() and not self.until.isModified():
            self._write_days()
        for each in self.fields.values():
            each.updateGeometry()

    # Answers

    def ask(self, *_what: object) -> None:
        """Ask for the report once the hand rests."""
        self._asking.start()

    def _on_period(self, _at: int) -> None:
        if self.period.currentData() != "own":
            self._write_days()
        self.ask()

    def _write_days(self) -> None:
        days = period(self.period.currentData() or "ever", self._desk.app.clock().date())
        for line, day in zip((self.since, self.until), days, strict=True):
            line.setText(self._desk.style.day(day) if day else "")

    def _on_days(self, _text: str) -> None:
        self.period.blockSignals(True)
        self.period.setCurrentIndex(self.period.findData("own"))
        self.period.blockSignals(False)

    def options(self) -> "SalesOptions":
        """The answers; DomainError with its field for one that cannot be."""
        from controllers.insight.sales import SalesOptions

        self.clear_problems()
        chosen = (self.first.currentData(), self.second.currentData())
        by = tuple(dict.fromkeys(each for each in chosen if each))
        if len(by) == 1 and all(chosen):
            raise DomainError(_("Choose another one, or Nothing."), field="across")
        return SalesOptions(
            by if self._info and self._info.dimensions else (),
            self._day(self.since, "since"),
            self._day(self.until, "until"),
            self.currency.currentText().strip() if self._info and self._info.one_currency else "",
            tuple((field, key) for field, key, _title in self.filters),
            language(),
        )

    def _day(self, line: QLineEdit, field: str) -> dt.date | None:
        text = line.text().strip()
        return self._desk.style.parse_day(text, field) if text else None

    def clear_problems(self) -> None:
        """Nothing is wrong any more."""
        for each in self.fields.values():
            each.set_problem("")

    def show_problem(self, error: DomainError) -> bool:
        """Show a refusal at its field; False where it has none here."""
        found = self.fields.get(error.field)
        if found is not None and not found.isHidden():
            found.set_problem(errors.text_of(error))
        return found is not None

    # Filters

    def _search(self, text: str) -> Any:
        """Called in the background."""
        from controllers.insight.filtering import filter_values

        field = self.filter.currentData()
        return self._desk.app.read(filter_values, field, text) if field else []

    def _on_value(self, find: Any) -> None:
        if find is None:
            return
        self.add_filter(self.filter.currentData(), str(find[1]), str(find[2]))
        QTimer.singleShot(0, self, partial(self.value.set_find, None))

    def add_filter(self, field: str, key: str, title: str) -> None:
        """Narrow the report; one value a field."""
        self.filters = [each for each in self.filters if each[0] != field]
        self.filters.append((field, key, title))
        self._show_chips()
        self.ask()

    def _remove(self, field: str) -> None:
        self.filters = [each for each in self.filters if each[0] != field]
        self._show_chips()
        self.ask()
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_chips(self) -> None:
        while item := self._chips_place.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for field, _key, title in self.filters:
            words = f"{tr(FILTERS[field])}: {title}  ✕"
            chip = button("", partial(self._remove, field), role="chip")
            chip.setText(words)
            chip.setAccessibleName(tr(_("Remove filter {words}"), words=words))
            self._chips_place.addWidget(chip)
        self._chips.setVisible(bool(self.filters))


def _fill(box: QComboBox, choices: dict[str, str], usual: str) -> None:
    """Offer choices, keeping what is chosen, without telling anybody."""
    now = box.currentData()
    box.blockSignals(True)
    box.clear()
    for code, words in choices.items():
        box.addItem(tr(words), code)
    at = box.findData(now if now in choices else usual)
    box.setCurrentIndex(max(0, at) if choices else -1)
    box.blockSignals(False)
