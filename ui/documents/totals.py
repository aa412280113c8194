"""The figures at the foot: subtotal, discount, taxes, rounding, total, margin, optional."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, SignalInstance
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from models.values.money import currency_decimals
from resources.languages import marked as _
from ui.documents.line_grid.cells import LOW_MARGIN, margin_text, margin_tone
from ui.documents.session import Session
from ui.kit import theme, tokens
from ui.kit.language import on_language, tr

_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_WIDEST = "Dasar Pengenaan Pajak  999,999,999,999"


class Sum(NamedTuple):
    """One line of the panel."""

    label: str
    figure: str
    look: str = ""
    """strong for the total, else a tone of the label."""


class SumsCard(QFrame):
    """Painted as a whole, so that a keystroke costs one repaint."""

    def __init__(self, changed: SignalInstance) -> None:
        super().__init__()
        self.sums: tuple[Sum, ...] = ()
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        changed.connect(self.refresh)
        theme.on_theme(self.updateGeometry)
        on_language(self.refresh)

    def refresh(self) -> None:
        """Take over the figures of now."""
        before = len(self.sums)
        self.sums = tuple(self.reckoned())
        said = ", ".join(f"{each.label} {each.figure}".strip() for each in self.sums)
        self.setAccessibleName(tr(_("Totals")))
        self.setAccessibleDescription(said)
        if len(self.sums) != before:
            self.updateGeometry()
        self.update()

    def reckoned(self) -> Iterator[Sum]:
        """The lines of now, from top to bottom."""
        raise NotImplementedError

    # Painting

    def _font(self, each: Sum) -> QFont:
        font = theme.scaled(tokens.SECTION) if each.look == "strong" else QFont(self.font())
        if each.look == "strong":
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def _height(self, each: Sum) -> int:
        return QFontMetrics(self._font(each)).height() + tokens.TINY // 2

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(_WIDEST)
        high = sum(map(self._height, self.sums or (Sum("", ""),) * 4))
        return QSize(wide + 2 * tokens.LARGE, high + 2 * tokens.SMALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        colours = theme.tokens()
        y, left, wide = tokens.SMALL, tokens.LARGE, self.width() - 2 * tokens.LARGE
        for each in self.sums:
            box = QRect(left, y, wide, self._height(each))
            painter.setFont(self._font(each))
            is_toned = each.look in ("warn", "bad")
            ink = colours.ink if each.look == "strong" else colours.soft
            painter.setPen(QColor(getattr(colours, each.look) if is_toned else ink))
            painter.drawText(box, _LEFT, each.label)
            painter.setPen(QColor(colours.ink if each.look != "soft" else colours.soft))
            painter.drawText(box, _RIGHT, each.figure)
            y += box.height()


class TotalsPanel(SumsCard):
    """The figures of the draft that is being written."""

    def __init__(self, session: Session) -> None:
        self.session = session
        super().__init__(session.changed)

    def _money(self, amount: object) -> str:
        currency = self.session.draft.currency
        return self.session.style.number(amount, currency_decimals(currency))  # type: ignore[arg-type]

    def reckoned(self) -> Iterator[Sum]:
        if not self.session.is_loaded:
            return
        draft, totals, style = self.session.draft, self.session.priced.totals, self.session.style
        yield Sum(tr(_("Subtotal")), self._money(totals.subtotal))
        if totals.discount:
            percent = f" {style.number(draft.discount_percent)}%" if draft.discount_percent else ""
            yield Sum(tr(_("Discount")) + percent, self._money(-totals.discount))
        for tax in totals.taxes:
            if tax.base != tax.net:
                base = self.session.editor.preset.base_label or tr(_("Tax base"))
                yield Sum(base, self._money(tax.base))
            yield Sum(f"{tax.name} {style.number(tax.rate)}%", self._money(tax.amount))
        if totals.rounding:
            yield Sum(tr(_("Rounding")), self._money(totals.rounding))
        total = tr(_("Total {currency}"), currency=draft.currency)
        yield Sum(total, self._money(totals.total), "strong")
        yield from self._beside()

    def _beside(self) -> Iterator[Sum]:
        totals, style = self.session.priced.totals, self.session.style
        if totals.optional:
            yield Sum(tr(_("Optional, beside the total")), self._money(totals.optional), "soft")
        if totals.margin_percent is not None and not self.session.desk.hides_cost:
            tone = margin_tone(totals.margin_percent)
            text = tr(_("Margin")) + " " + margin_text(totals.margin_percent, style)
            yield Sum(text + self._low(), "", "soft" if tone == "good" else tone)

    def _low(self) -> str:
        """Which line earns too little."""
        number = 0
        for line, figures in zip(self.session.draft.lines, self.session.priced.lines, strict=True):
            number += line.counts
            margin = figures.margin_percent
            if margin is not None and margin < LOW_MARGIN and not line.optional:
                percent = self.session.style.number(LOW_MARGIN)
                return " · " + tr(_("line {line} is under {percent}%"), line=number,
                                  percent=percent)  # fmt: skip
        return ""
