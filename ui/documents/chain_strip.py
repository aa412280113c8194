"""The chain of a document as a picture: quotation, order, deliveries, invoices and payments."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QWidget

from controllers.core.catalogue import KINDS
from models.values.money import currency_decimals
from resources.languages import marked as _
from ui.kit import tokens
from ui.kit.desk import Desk
from ui.kit.language import name, on_language, tr
from ui.widgets.parts import clear, column, icon_label, label, row
from ui.widgets.pills import LOOKS, StatePill

if TYPE_CHECKING:
    from controllers.documents.chain import Chain, Link


class LinkCard(QPushButton):
    """One document: its number, its state and what it comes to; a click opens it."""

    def __init__(self, desk: Desk, link: "Link", *, is_here: bool) -> None:
        super().__init__()
        self.link = link
        self.setProperty("role", "tile")
        self.setProperty("here", is_here)
        self._desk = desk
        words = label(role="strong")
        words.setText(link.number or tr(_("Draft")))
        amount = label(role="caption")
        amount.setText(self._amount())
        pill = StatePill(link.kind, link.state)
        parts = (icon_label(_icon(link), "accent" if is_here else "soft"), words, pill, amount)
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = column(gap=0)
        layout.addLayout(row(*parts[:2], 1, gap=tokens.TINY))
        layout.addLayout(row(pill, 1, amount, gap=tokens.SMALL))
        layout.setContentsMargins(tokens.SMALL, tokens.TINY, tokens.SMALL, tokens.TINY)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        state = tr(LOOKS[link.kind].labels[link.state])
        self.setAccessibleName(f"{_word(link)} {words.text()}, {state} {amount.text()}".strip())
        self.setToolTip(f"{_word(link)} · {desk.style.day(link.date)}")
        self.clicked.connect(lambda _checked=False: self.open())

    def sizeHint(self) -> QSize:
        inside = self.layout()
        return inside.sizeHint() if inside else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _amount(self) -> str:
        link = self.link
        if link.amount is None:
            return self._desk.style.day(link.date)
        return self._desk.style.number(link.amount, currency_decimals(link.currency))

    def open(self) -> None:
        """Show the document in its tab."""
        self._desk.open_record(self.link.kind, self.link.id)


_WORDS = {
    "in": _("Return"), "down_payment": _("Down payment"), "progress": _("Progress invoice"),
    "credit_note": _("Credit note"),
}  # fmt: skip


def _word(link: "Link") -> str:
    return tr(_WORDS.get(link.type, KINDS[link.kind].label))


def _icon(link: "Link") -> str:
    returned = {"in": "ph.arrow-u-down-left", "credit_note": "ph.arrow-u-up-left"}
    return returned.get(link.type, KINDS[link.kind].icon)


class ChainStrip(QScrollArea):
    """One line of cards; it scrolls sideways where there are many. Arrows go along it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.chain: Chain | None = None
        self._here = ("", 0)
        self.cards: list[LinkCard] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        name(self, _("Documents of this business"))
        inside = QWidget()
        self._line = row(gap=tokens.TINY)
        inside.setLayout(self._line)
        self.setWidget(inside)
        self.hide()
        on_language(self._reword)

    def show_chain(self, chain: "Chain", kind: str, record_id: int) -> None:
        """Show another chain, seen from one of its documents."""
        if (chain, (kind, record_id)) != (self.chain, self._here):
            self.chain, self._here = chain, (kind, record_id)
            self._reword()

    def _reword(self) -> None:
        if self.chain is None:
            return
        had = next((at for at, each in enumerate(self.cards) if each.hasFocus()), None)
        clear(self._line)
        self.cards = []
        for link in self.chain.links:
            if self.cards:
                self._line.addWidget(icon_label("ph.caret-right"))
            card = LinkCard(self._desk, link, is_here=(link.kind, link.id) == self._here)
            card.installEventFilter(self)
            self._line.addWidget(card)
            self.cards.append(card)
        self._line.addStretch(1)
        self.setVisible(len(self.cards) > 1)
        for card in self.cards:
            card.show()  # the layout would show it a turn later, and a hidden card takes no focus
        self.updateGeometry()
        QTimer.singleShot(0, self, self._show_here)
        if had is not None and had < len(self.cards):
            self.cards[had].setFocus()

    def sizeHint(self) -> QSize:
        high = max((each.sizeHint().height() for each in self.cards), default=0)
        return QSize(tokens.DIALOG, high)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.angleDelta().x()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - turned)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._show_here)

    def _show_here(self) -> None:
        """Bring the page's own document into view, where nobody goes along the cards."""
        if not self.has_cursor():
            for each in self.cards:
                if each.property("here"):
                    self.ensureWidgetVisible(each, tokens.HUGE, 0)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.ensureWidgetVisible(watched)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(watched, event)
        return False

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        keys = Qt.Key
        ends = {keys.Key_Home: 0, keys.Key_End: len(self.cards) - 1}
        steps = {keys.Key_Left: -1, keys.Key_Right: 1}
        key = keys(event.key())
        at = next((at for at, each in enumerate(self.cards) if each is watched), 0)
        if key in (keys.Key_Return, keys.Key_Enter) and not event.modifiers():
            self.cards[at].open()
            return True
        if key not in (*ends, *steps):
            return False
        to = ends.get(key, at + steps.get(key, 0))
        self.cards[max(0, min(len(self.cards) - 1, to))].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def focus_here(self) -> None:
        """Put the focus on the card of the page's own document."""
        for each in self.cards:
            if each.property("here"):
                each.setFocus(Qt.FocusReason.TabFocusReason)

    def has_cursor(self) -> bool:
        """Whether the card of another document has the focus."""
        return any(each.hasFocus() and not each.property("here") for each in self.cards)

    def open_linked(self) -> None:
        """Open the card with the focus, else the document before this one in the chain."""
        here = next((at for at, each in enumerate(self.cards) if each.property("here")), 0)
        card = next((each for at, each in enumerate(self.cards)
                     if each.hasFocus() and at != here), None)  # fmt: skip
        before = [each for each in self.cards[:here] if each.link.kind != self._here[0]]
        after = self.cards[here + 1 :]
        card = card or self._origin(before) or (after[0] if after else None)
        if card is not None:
            card.open()

    def _origin(self, before: list[LinkCard]) -> LinkCard | None:
        """What a document came from: an invoice or a delivery from its order, not its fellow."""
        origins = {"order": "quotation", "delivery": "order", "invoice": "order",
                   "payment": "invoice"}  # fmt: skip
        wanted = origins.get(self._here[0])
        return next((each for each in before if each.link.kind == wanted), None)
