"""The page where stock is booked: a product with what lies where and its moves, and counting."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from models.values.records import Change
from models.values.stock import MOVE_REASONS
from resources.languages import marked as _
from ui.catalogue import TITLE
from ui.catalogue.booking import WAYS, Booking
from ui.catalogue.counting import Counting
from ui.catalogue.lines import Heading, LinesModel, Shown
from ui.kit import actions, tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import name, on_language, say, tr
from ui.system.rows_table import RowsTable
from ui.widgets.lookup import LinkEdit
from ui.widgets.parts import button, column, label, row

_LEVELS = (
    Heading(_("Warehouse"), 0.40), Heading(_("Lot"), 0.35),
    Heading(_("On hand"), 0.25, is_figure=True),
)  # fmt: skip
_MOVES = (
    Heading(_("Date"), 0.18), Heading(_("Reason"), 0.17), Heading(_("Warehouse"), 0.13),
    Heading(_("Lot"), 0.13), Heading(_("Quantity"), 0.13, is_figure=True),
    Heading(_("Note"), 0.26),
)  # fmt: skip
_KEYS = {"receive": "Alt+1", "adjust": "Alt+2", "transfer": "Alt+3", "scrap": "Alt+4"}
_STEPS = {
    "receive": _("Receive stock"), "adjust": _("Adjust stock"),
    "transfer": _("Move stock to another warehouse"), "scrap": _("Scrap stock"),
}  # fmt: skip


class StockPage(QWidget):
    """Booking (0) and counting (1), side by side as views."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.product = LinkEdit(desk.app.listing, "product")
        self.booking, self.counting = Booking(desk), Counting(desk)
        self.levels, self.moves = LinesModel(_LEVELS), LinesModel(_MOVES)
        self.figures = label(role="soft", wrap=True)
        self._stack = QStackedWidget()
        self.views = [self._chip(at, words) for at, words in enumerate((_("Book"), _("Count")))]
        self._build()
        self._add_actions()
        self.product.chosen.connect(self._chosen)
        self.booking.booked.connect(self.load)
        desk.feed.changed.connect(self._on_changes)
        on_language(self.load)

    # Building

    def _chip(self, at: int, words: str) -> QPushButton:
        chip = button(words, lambda: self.show_view(at), role="chip")
        chip.setCheckable(True)
        chip.setAutoExclusive(True)
        chip.setChecked(at == 0)
        return chip

    def _build(self) -> None:
        self._stack.addWidget(self._book_view())
        self._stack.addWidget(self.counting)
        layout = column(gap=tokens.MEDIUM, margin=tokens.LARGE)
        layout.addLayout(row(label(TITLE, "title"), 1))
        layout.addLayout(row(*self.views, 1))
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)

    def _book_view(self) -> QWidget:
        name(self.product, _("Product"))
        say(self.product, "setPlaceholderText", _("Which product? Type a part of its name or SKU"))
        left = column(self.product, self.figures, self.booking, 1, gap=tokens.MEDIUM)
        right = column(gap=tokens.SMALL)
        for words, model, headings, share in (
            (_("Where it lies"), self.levels, _LEVELS, 1), (_("Moves"), self.moves, _MOVES, 2),
        ):  # fmt: skip
            right.addWidget(label(words, "section"))
            table = RowsTable(model, words, [each.part for each in headings])
            right.addWidget(table, share)
        view = QWidget()
        both = row(gap=tokens.LARGE)
        both.addLayout(left, 2)
        both.addLayout(right, 3)
        view.setLayout(both)
        return view

    def _add_actions(self) -> None:
        for way in WAYS:
            step = actions.add(self, f"stock.{way}", _STEPS[way], partial(self.start, way),
                               _KEYS[way], context="form")  # fmt: skip
            actions.offer(self.desk, "stock.change", step)
            if way == "scrap":
                actions.offer(self.desk, "deliveries.change", step)
        actions.add(self, "stock.count", _("Count stock"), lambda: self.show_view(1), "Alt+5",
                    icon="ph.check-square", context="form")  # fmt: skip

    # Showing

    def show_view(self, at: int) -> None:
        """Show booking (0) or counting (1)."""
        self.views[at].setChecked(True)
        self._stack.setCurrentIndex(at)

    def start(self, way: str) -> None:
        """Begin a booking of this way."""
        self.show_view(0)
        self.booking.show_way(way)
        (self.booking.quantity if self.booking.product else self.product).setFocus()

    def open_product(self, product: int, values: Mapping[str, Any] | None = None) -> None:
        """Show a product by its id; with values begin its receipt (see `Booking.fill`)."""
        self.show_view(0)
        self.booking.product = product
        if values is not None:
            self.booking.fill(values)
            self.booking.show_way("receive")
            self.booking.quantity.setFocus()
            self.booking.quantity.selectAll()
        self.load()

    def _chosen(self, find: Any) -> None:
        self.booking.product = int(find[0]) if find else 0
        self.load()
        if find:
            self.booking.quantity.setFocus()

    def load(self) -> None:
        """Read the product of now: its figures, what lies where, its moves."""
        app, product = self.desk.app, self.booking.product
        if not product:
            self._show(None)
            return

        def work() -> Any:
            from controllers.catalogue import stocking

            def read(uow: Any) -> Any:
                goods = stocking.find_product(uow, product)
                return goods, stocking.levels(uow, goods["sku"]), stocking.moves(uow, product)

            return app.read(read)

        tasks.run(work, self._show, self._not_there, key=(id(self), "product"), owner=self)

    def _not_there(self, error: Exception) -> None:
        self.booking.product = 0
        self._show(None)
        self.booking.refuse(error)

    def _show(self, found: Any) -> None:
        if found is None:
            self.levels.take(())
            self.moves.take(())
            self.figures.setText(tr(_("Choose a product to see what lies where.")))
            return
        goods, levels, moves = found
        style = self.desk.style
        self.product.set_find((goods["id"], goods["sku"], goods["name"]))
        self.booking.show_product(goods["id"], goods["tracking"] or "none")
        free = (goods["stock"] or 0) - (goods["reserved"] or 0)
        self.figures.setText(tr(
            _("{sku}: {stock} {unit} on hand, {reserved} held for orders, {free} free"),
            sku=goods["sku"], stock=style.number(goods["stock"] or 0), unit=goods["unit"] or "",
            reserved=style.number(goods["reserved"] or 0), free=style.number(free),
        ))  # fmt: skip
        self.levels.take([
            Shown((each["warehouse"], each["lot"], style.number(each["quantity"])))
            for each in levels
        ])  # fmt: skip
        self.moves.take([self._move(each) for each in moves])

    def _move(self, each: dict[str, Any]) -> Shown:
        style = self.desk.style
        told = " · ".join(filter(None, (each["note"], each["who"])))
        sign = "+" if each["quantity"] > 0 else ""
        return Shown(
            (style.day(each["date"]), tr(MOVE_REASONS[each["reason"]]), each["warehouse"],
             each["lot"], sign + style.number(each["quantity"]), told)
        )  # fmt: skip

    def _on_changes(self, changes: Sequence[Change]) -> None:
        own = self.booking.product
        if own and any(each.concerns("product", own) for each in changes):
            self.load()

    def setFocus(self, *_reason: object) -> None:
        self.product.setFocus()
