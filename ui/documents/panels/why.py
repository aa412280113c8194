"""Why the line under the cursor costs what it does, and its rarer fields, beside the totals."""

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout

from controllers.core.catalogue import LINES
from models.values.documents import ITEM, NOTE, PRODUCT, Line
from resources.languages import marked as _
from ui.documents.fields import Caption, ChoiceBox, FigureEdit, LongEdit
from ui.documents.line_grid.cells import price_text
from ui.documents.line_grid.promising import promise_text
from ui.kit import tokens
from ui.kit.language import say, tr
from ui.widgets.parts import button, label, row

if TYPE_CHECKING:
    from controllers.documents.editor import LineInfo
    from ui.documents.line_grid.grid import LineGrid
    from ui.documents.session import Session

_MOST_REASONS = 5


class WhyPanel(QFrame):
    """Follows the cursor; says nothing the lines say already."""

    def __init__(self, session: "Session", grid: "LineGrid") -> None:
        super().__init__()
        self._session, self._grid = session, grid
        self.setProperty("role", "card")
        say(self, "setAccessibleName", _("Why this price"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._title = label(role="strong", wrap=True)
        self._reasons = label(role="soft", wrap=True)
        self._stock = label(role="caption", wrap=True)
        self._last = button(_("Take the last price"), self._take_last, role="link")
        self._unpin = button(_("Price from the list again"), self._take_list, role="link")
        fields = LINES["quotation"]
        self._class = ChoiceBox(fields["tax_class"].choices)
        self._off = FigureEdit(session, fields["discount_amount"])
        self._detail = LongEdit(_("Text below the line, for the customer"))
        self._detail.setFixedHeight(self._detail.fontMetrics().height() * 3)
        self._build()
        grid.moved.connect(self.refresh)
        session.changed.connect(self.refresh)

    def _build(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(tokens.LARGE, tokens.SMALL, tokens.LARGE, tokens.SMALL)
        layout.setHorizontalSpacing(tokens.LARGE)
        told = QVBoxLayout()
        told.setSpacing(tokens.TINY)
        for each in (self._title, self._reasons, self._stock):
            told.addWidget(each)
        told.addLayout(row(self._last, self._unpin, 1))
        told.addStretch(1)
        typed = QVBoxLayout()
        typed.setSpacing(tokens.TINY)
        pair = row(Caption(_("Tax class"), self._class), Caption(_("Discount amount"), self._off))
        pair.setStretch(0, 1)
        pair.setStretch(1, 1)
        typed.addLayout(pair)
        typed.addWidget(Caption(_("Detail"), self._detail))
        layout.addLayout(told, 0, 0)
        layout.addLayout(typed, 0, 1)
        layout.setColumnStretch(0, 1)
        layout.setColumnStretch(1, 1)
        self._class.committed.connect(self._set_class)
        self._off.committed.connect(self._set_off)
        self._detail.committed.connect(self._set_detail)

    # Showing

    def refresh(self) -> None:
        """Show the line of now."""
        if self.isHidden() or not self._session.is_loaded:
            return
        at = self._grid.current_line()
        lines = self._session.draft.lines
        if at is None or at >= len(lines):
            self._show(None, None)
        else:
            self._show(lines[at], self._session.editor.info(at))

    def showEvent(self, event: object) -> None:
        self.refresh()

    def _show(self, line: Line | None, info: "LineInfo | None") -> None:
        self._title.setText(self._title_of(line))
        self._reasons.setText("\n".join(self._told(line, info)))
        self._reasons.setVisible(bool(self._reasons.text()))
        self._stock.setText(self._stock_text(line, info))
        can = self._session.is_editable and line is not None
        self._last.setVisible(can and info is not None and info.last is not None)
        self._unpin.setVisible(can and line is not None and line.pinned and line.kind == PRODUCT)
        counts = line is not None and line.counts
        self._class.setEnabled(can and counts)
        self._off.setReadOnly(not (can and counts))
        self._detail.setReadOnly(not (can and line is not None and line.kind != "section"))
        shown = line or Line()
        self._class.show_code(shown.tax_class)
        self._off.show_figure(shown.discount_amount, self._session.draft.currency)
        self._detail.show_text(shown.detail)

    def _title_of(self, line: Line | None) -> str:
        if line is None:
            return tr(_("Choose a line to see why it costs what it does."))
        if not line.counts:
            return line.description
        price = price_text(line.unit_price, self._session.draft.currency, self._session.style)
        name = f"{line.sku} · " if line.sku else ""
        return name + tr(_("{price} per {unit}"), price=price, unit=line.unit or "–")

    def _told(self, line: Line | None, info: "LineInfo | None") -> list[str]:
        if line is None or line.kind == NOTE:
            return []
        if info is None:
            reasons = [line.price_reason] if line.counts and line.price_reason else []
        else:
            reasons = list(info.reasons)
        if line.kind == ITEM:
            return [tr(_("A free item: sold once, in no catalogue."))]
        texts = [self._session.worded(each) for each in reasons]
        texts = [each[:1].upper() + each[1:] for each in texts]
        more = len(texts) - _MOST_REASONS
        if more > 0:
            texts = [*texts[:_MOST_REASONS], tr(_("and {count} more"), count=more)]
        return texts

    def _stock_text(self, line: Line | None, info: "LineInfo | None") -> str:
        if line is None or info is None:
            return ""
        style = self._session.style
        parts = []
        if info.free is not None:
            free, wanted = style.number(info.free), style.number(info.wanted)
            told = _("Free in stock: {free}, this line takes {wanted}")
            parts.append(tr(told, free=free, wanted=wanted))
        if info.free is not None or self._session.kind == "order":
            parts.append(promise_text(self._session, self._grid.current_line() or 0))
        if info.last is not None and info.last.price is not None:
            price = price_text(info.last.price, self._session.draft.currency, style)
            reason = self._session.worded(info.last.reason)
            parts.append(f"{reason[:1].upper()}{reason[1:]}: {price}")
        return "\n".join(filter(None, parts))

    # Doing

    def _line(self) -> int | None:
        return self._grid.current_line()

    def _take_last(self) -> None:
        at = self._line()
        if at is not None:
            self._session.do(lambda editor: editor.use_last_price(at))

    def _take_list(self) -> None:
        at = self._line()
        if at is not None:
            self._session.do(lambda editor: editor.reprice([at]))

    def _set_class(self, code: str) -> None:
        at = self._line()
        if at is not None and code:
            self._session.do(lambda editor: editor.set_tax_class(at, code))

    def _set_off(self, amount: Decimal) -> None:
        at = self._line()
        if at is not None:
            percent = self._session.draft.lines[at].discount_percent
            self._session.do(lambda editor: editor.set_discount(at, percent, amount))

    def _set_detail(self, text: str) -> None:
        at = self._line()
        if at is not None:
            description = self._session.draft.lines[at].description
            self._session.do(lambda editor: editor.set_text(at, description, text))
