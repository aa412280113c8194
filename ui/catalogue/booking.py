"""The card in which stock is received, adjusted, moved and scrapped."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from models.values.errors import DomainError
from models.values.fields import Field, FieldKind
from models.values.parsing import parse
from resources.languages import marked as _
from ui.kit import actions, errors, tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import name, say, tr
from ui.kit.toasts import toast
from ui.widgets.lookup import LinkEdit
from ui.widgets.parts import button, column, label, row

WAYS = ("receive", "adjust", "transfer", "scrap")
_WORDS = {
    "receive": (_("Receive"), _("Book the receipt"), "ph.download-simple"),
    "adjust": (_("Adjust"), _("Set the quantity"), "ph.pencil-simple"),
    "transfer": (_("Transfer"), _("Move it"), "ph.arrows-left-right"),
    "scrap": (_("Scrap"), _("Book it out"), "ph.trash"),
}
"""By way: its chip, its button and its icon."""

_FIELDS = {
    "receive": ("quantity", "warehouse", "supply", "cost", "lots", "note"),
    "adjust": ("quantity", "warehouse", "lots", "note"),
    "transfer": ("quantity", "warehouse", "target", "lots", "note"),
    "scrap": ("quantity", "warehouse", "lots", "note"),
}
_QUANTITY = Field("quantity", _("Quantity"), FieldKind.QUANTITY)
_COST = Field("unit_cost", _("Cost of one"), FieldKind.MONEY)


class Booking(QFrame):
    """One product, one way; `booked` tells that it is done."""

    booked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.product = 0
        self.tracking = "none"
        self.way = "receive"
        self.setProperty("role", "card")
        listing = desk.app.listing
        self.quantity, self.cost, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.warehouse, self.target = LinkEdit(listing, "warehouse"), LinkEdit(listing, "warehouse")
        self.supply = LinkEdit(listing, "supply")
        self.lots = QPlainTextEdit()
        self.problem = label(role="problem", wrap=True)
        self.chips = {way: self._chip(way) for way in WAYS}
        self.go = button("", self.book, role="primary")
        self.surplus = button(_("Book the surplus too"), self.book_surplus, icon="ph.plus")
        self._boxes: dict[str, QWidget] = {}
        self._captions: dict[str, QWidget] = {}
        self._build()
        actions.offer(desk, "stock.change", self.go, self.surplus, *self.chips.values())
        book = actions.add(self, "stock.book", _("Book what is typed"), self.book, "Ctrl+Return",
                           icon="ph.check", context="form")  # fmt: skip
        actions.offer(desk, "stock.change", book)
        self.show_way("receive")

    def _chip(self, way: str) -> QPushButton:
        words, _go, icon = _WORDS[way]
        chip = button(words, lambda: self.show_way(way), role="chip", icon=icon)
        chip.setCheckable(True)
        chip.setAutoExclusive(True)
        return chip

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.LARGE)
        grid.setVerticalSpacing(tokens.TINY)
        for line, at, key, words, control in (
            (0, 0, "quantity", _("Quantity"), self.quantity),
            (0, 1, "cost", _("Cost of one"), self.cost),
            (2, 0, "warehouse", _("Warehouse"), self.warehouse),
            (2, 1, "target", _("To warehouse"), self.target),
            (2, 1, "supply", _("Expected receipt"), self.supply),
            (4, 0, "note", _("Note"), self.note),
        ):
            self._place(grid, line, at, key, words, control, wide=2 if key == "note" else 1)
        self._place(grid, 6, 0, "lots", _("Lots or serial numbers"), self.lots, wide=2)
        say(self.lots, "setPlaceholderText", _("One in a line: LOT = 12, or a serial number"))
        self.lots.setTabChangesFocus(True)
        self.lots.setFixedHeight(self.lots.fontMetrics().height() * 5)
        self.quantity.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.cost.setAlignment(Qt.AlignmentFlag.AlignRight)
        for each in (self.quantity, self.cost, self.note):
            each.returnPressed.connect(self.book)
        layout = column(gap=tokens.MEDIUM, margin=tokens.LARGE)
        layout.addLayout(row(*self.chips.values(), 1))
        layout.addLayout(grid)
        layout.addWidget(self.problem)
        layout.addLayout(row(1, self.surplus, self.go))
        self.problem.hide()
        self.surplus.hide()
        self.setLayout(layout)

    def _place(
        self, grid: QGridLayout, line: int, at: int, key: str, words: str, control: QWidget,
        *, wide: int = 1,
    ) -> None:  # fmt: skip
        caption = label(words, "heading")
        caption.setBuddy(control)
        name(control, words)
        grid.addWidget(caption, line, at, 1, wide)
        grid.addWidget(control, line + 1, at, 1, wide)
        grid.setColumnStretch(at, 1)
        self._boxes[key], self._captions[key] = control, caption

    # Showing

    def show_way(self, way: str) -> None:
        """Ask for what this way needs."""
        self.way = way
        self.chips[way].setChecked(True)
        say(self.go, "setText", _WORDS[way][1])
        name(self.go, _WORDS[way][1])
        for key in self._boxes:
            self._set_shown(key, key in self._wanted())
        self._forget_problem()

    def _wanted(self) -> tuple[str, ...]:
        hidden = {"lots"} if self.tracking == "none" else set()
        if self.desk.hides_cost:
            hidden.add("cost")
        return tuple(each for each in _FIELDS[self.way] if each not in hidden)

    def _set_shown(self, key: str, shown: bool) -> None:
        self._boxes[key].setVisible(shown)
        self._captions[key].setVisible(shown)

    def show_product(self, product: int, tracking: str) -> None:
        """Book moves of this product from now on."""
        self.product, self.tracking = product, tracking
        self.show_way(self.way)

    def fill(self, values: Mapping[str, Any]) -> None:
        """What is known of a receipt already: warehouse, supply, quantity, lot."""
        self.clear()
        self.warehouse.set_key(values.get("warehouse", ""))
        self.supply.set_key(values.get("supply", ""))
        quantity = values.get("quantity")
        self.quantity.setText("" if quantity is None else self.desk.style.number(quantity))
        self.lots.setPlainText(values.get("lot", ""))

    def _forget_problem(self) -> None:
        self.problem.hide()
        self.surplus.hide()

    def clear(self) -> None:
        """Begin the next booking; the warehouses stay."""
        for each in (self.quantity, self.cost, self.note):
            each.clear()
        self.supply.set_find(None)
        self.lots.clear()
        self._forget_problem()

    # Booking

    def book_surplus(self) -> None:
        """Book what came although it is more than was expected."""
        self.book(surplus=True)

    def book(self, *, surplus: bool = False) -> None:
        """Check what was typed and book it; a refusal stands below the fields."""
        if not self.go.isEnabled():
            return
        if not self.product:
            self.refuse(DomainError(_("Choose a product first.")))
            return
        try:
            work = self._work(surplus=surplus)
        except DomainError as error:
            self.refuse(error)
            return
        self.go.setEnabled(False)
        tasks.write(work, self._done, self.refuse, owner=self)

    def _work(self, *, surplus: bool) -> Callable[[], Any]:
        app, product, way = self.desk.app, self.product, self.way
        quantity = self._figure(self.quantity, _QUANTITY)
        place, note = self.warehouse.key, self.note.text().strip()
        lots = self._lots()
        cost = self._figure(self.cost, _COST) if "cost" in self._wanted() else None
        supply, target = self.supply.key, self.target.key

        def receive() -> Any:
            from controllers.catalogue import stocking

            return app.write(stocking.receive, product, quantity, place, cost, lots,
                             supply=supply, surplus=surplus, note=note)  # fmt: skip

        def adjust() -> Any:
            from controllers.catalogue import stocking

            lot = next(iter(lots), "")
            return app.write(stocking.adjust, product, quantity=quantity, warehouse=place,
                             lot=lot, note=note)  # fmt: skip

        def transfer() -> Any:
            from controllers.catalogue import stocking

            return app.write(stocking.transfer, product, quantity, source=place, target=target,
                             lots=lots, note=note)  # fmt: skip

        def scrap() -> Any:
            from controllers.catalogue import stocking

            return app.write(stocking.scrap, product, quantity, place, lots, note=note)

        ways = {"receive": receive, "adjust": adjust, "transfer": transfer, "scrap": scrap}
        return ways[way]

    def _figure(self, box: QLineEdit, field: Field) -> Decimal | None:
        value: Decimal | None = parse(field, box.text(), self.desk.style)
        return value

    def _lots(self) -> Sequence[str] | dict[str, Decimal]:
        if "lots" not in self._wanted():
            return ()
        lines = [each.strip() for each in self.lots.toPlainText().splitlines() if each.strip()]
        if not any("=" in each for each in lines):
            return tuple(lines)
        lots: dict[str, Decimal] = {}
        for each in lines:
            lot, _sign, text = (part.strip() for part in each.rpartition("="))
            if not lot or lot in lots or not text:
                message = _("“{text}” is no lot; write LOT = quantity, each lot once.")
                raise DomainError(message, field="lots", text=each)
            lots[lot] = parse(_QUANTITY, text, self.desk.style)
        return lots

    def _done(self, booked: Any) -> None:
        self.go.setEnabled(True)
        self.clear()
        style = self.desk.style
        told = tr(_("{sku}: {stock} on hand, {free} free."), sku=booked.sku,
                  stock=style.number(booked.stock),
                  free=style.number(booked.stock - booked.reserved))  # fmt: skip
        served = sum(each.units > 0 for each in booked.shares)
        lost = sum(each.units < 0 for each in booked.shares)
        if served:
            told += " " + tr(_("{count} orders that waited were served."), count=served)
        if lost:
            told += " " + tr(_("{count} orders wait again."), count=lost)
        toast(told)
        self.booked.emit()
        self.quantity.setFocus()

    def refuse(self, error: Exception) -> None:
        """Say why nothing was booked."""
        self.go.setEnabled(True)
        if not isinstance(error, DomainError):
            errors.show(error)
            return
        self.problem.setText(errors.text_of(error))
        self.problem.show()
        self.surplus.setVisible(error.field == "surplus")
        fields = {"lots": self.lots, "note": self.note, "warehouse": self.warehouse,
                  "target": self.target, "supply": self.supply,
                  "surplus": self.surplus}  # fmt: skip
        fields.get(error.field, self.quantity).setFocus()
