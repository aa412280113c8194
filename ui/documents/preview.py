"""The paper beside the lines: the PDF of the draft as it stands, built while nobody types."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QRect, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QLabel, QVBoxLayout

from models.values.documents import Draft
from models.values.errors import DomainError
from resources.languages import marked as _
from ui.documents.reading import Reading
from ui.documents.session import Session
from ui.kit import errors, icons, tasks, theme, tokens
from ui.kit.errors import text_of
from ui.kit.language import name, tr
from ui.widgets.parts import icon_button, label, row

if TYPE_CHECKING:
    from controllers.documents.proposals import Around

REST = 400
"""Milliseconds without typing before the paper is built anew."""

_POINTS_PER_INCH = 72
_LARGEST_ZOOM = 4.0
_ZOOM_STEP = 1.25


class Paper(QAbstractScrollArea):
    """Pages of a PDF below each other; another PDF takes their place without moving anything."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        name(self, _("Preview"))
        self.pdf: QPdfDocument | None = None
        self.zoom = 1.0
        """Times the width of the panel."""
        self._source: QBuffer | None = None
        self._drawn: dict[int, QImage] = {}
        theme.on_theme(self.viewport().update)

    def show_pdf(self, content: bytes) -> None:
        """Show a PDF in the place of the one shown; page, zoom and scroll stay."""
        pdf, source = QPdfDocument(self), QBuffer(self)
        source.setData(QByteArray(content))
        source.open(QBuffer.OpenModeFlag.ReadOnly)
        pdf.load(source)
        old, self.pdf = self.pdf, pdf
        old_source, self._source = self._source, source
        self._drawn.clear()
        self._lay_out()
        self.viewport().update()
        if old is not None and old_source is not None:
            old.deleteLater()
            old_source.deleteLater()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self.pdf.pageCount() if self.pdf else 0

    def page(self) -> int:
        """The page in the middle of the view, from one."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        found = [at for at, box in self._boxes() if box.top() <= middle]
        return found[-1] + 1 if found else 1

    def _size(self, page: int) -> QSize:
        points = self.pdf.pagePointSize(page) if self.pdf else QSizeF(1, 1)
        wide = round(max(1, self.viewport().width() - 2 * tokens.LARGE) * self.zoom)
        return QSize(wide, round(wide * points.height() / max(1.0, points.width())))

    def _boxes(self) -> Iterator[tuple[int, QRect]]:
        """Where pages stand on one long sheet."""
        y = tokens.MEDIUM
        for page in range(self.count):
            size = self._size(page)
            left = max(tokens.LARGE, (self.viewport().width() - size.width()) // 2)
            yield page, QRect(left, y, size.width(), size.height())
            y += size.height() + tokens.MEDIUM

    def _lay_out(self) -> None:
        boxes = [box for _page, box in self._boxes()]
        high = boxes[-1].bottom() + tokens.MEDIUM if boxes else 0
        wide = max((box.width() for box in boxes), default=0) + 2 * tokens.LARGE
        view = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, high - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(tokens.HUGE)
        self.horizontalScrollBar().setRange(0, max(0, wide - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(theme.tokens().ground))
        x, y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        for page, box in self._boxes():
            shown = box.translated(-x, -y)
            if shown.intersects(self.viewport().rect()):
                painter.drawImage(shown, self._image(page, box.size()))
                painter.setPen(QColor(theme.tokens().line))
                painter.drawRect(shown.adjusted(0, 0, -1, -1))

    def _image(self, page: int, size: QSize) -> QImage:
        wanted = size * self.devicePixelRatioF()
        image = self._drawn.get(page)
        if self.pdf is not None and (image is None or image.size() != wanted):
            drawn = self.pdf.render(page, wanted)
            image = QImage(wanted, QImage.Format.Format_RGB32)
            image.fill(Qt.GlobalColor.white)
            painter = QPainter(image)
            painter.drawImage(0, 0, drawn)
            painter.end()
            self._drawn[page] = image
        return image or QImage()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def set_zoom(self, zoom: float) -> None:
        """Enlarge; the middle of the view stays where it is."""
        bar = self.verticalScrollBar()
        part = (bar.value() + bar.pageStep() / 2) / max(1, bar.maximum() + bar.pageStep())
        self.zoom = max(1.0, min(_LARGEST_ZOOM, zoom))
        self._lay_out()
        bar.setValue(round(part * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * (_ZOOM_STEP if event.angleDelta().y() > 0 else 0.8))
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("+", "-"):
            self.set_zoom(self.zoom * (_ZOOM_STEP if event.text() == "+" else 0.8))
        else:
            super().keyPressEvent(event)


class PreviewPanel(QFrame):
    """Builds the paper after a rest, on another thread; a failed build keeps the old one."""

    built = Signal()
    """The paper is as the draft was when it was asked for."""

    def __init__(self, session: Session | Reading, before: Callable[[], object]) -> None:
        super().__init__()
        self.session = session
        self._before = before
        self._around: Around | None = None
        self._shown: tuple[Draft, Around | None] | None = None
        self.setProperty("role", "card")
        self.setMinimumWidth(tokens.PREVIEW_LEAST)
        self.paper = Paper()
        self._state = label(role="soft")
        self._trouble = QLabel()
        self._trouble.setPixmap(icons.pixmap("ph.warning", "warn", tokens.ICON))
        name(self._trouble, _("The preview is not up to date"))
        self._trouble.hide()
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self.build)
        session.changed.connect(self.ask)
        self.paper.verticalScrollBar().valueChanged.connect(lambda _value: self._tell())

    def _build(self) -> None:
        larger = icon_button("ph.magnifying-glass-plus", _("Larger or as wide as the panel"),
                             self._switch_zoom)  # fmt: skip
        head = row(label(_("Preview"), "section"), self._state, 1, self._trouble, larger)
        head.setContentsMargins(tokens.LARGE, tokens.TINY, tokens.SMALL, tokens.TINY)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.paper, 1)

    def _switch_zoom(self) -> None:
        self.paper.set_zoom(1.0 if self.paper.zoom > 1.0 else 2.0)

    def ask(self) -> None:
        """Something changed: build the paper once there is a rest."""
        if self.isVisible() and not self._is_shown(self.session.draft, self._around):
            self._timer.start(REST if self.paper.count else 0)

    def _is_shown(self, draft: Draft, around: "Around | None") -> bool:
        shown = self._shown
        return shown is not None and shown[0] is draft and shown[1] is around

    def show_around(self, around: "Around | None") -> None:
        """Show what goes around the draft as it is being put together; None as it is kept."""
        self._around = around
        self.ask()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.ask()

    def build(self) -> None:
        """Build the paper of the draft as it is now."""
        if not self.session.is_loaded:
            return
        app, draft, around = self.session.desk.app, self.session.draft, self._around
        is_stored = draft.id is not None and not self.session.is_editable

        def work() -> bytes:
            from controllers.documents import handover, preview

            if is_stored:
                return handover.pdf_of(app, draft.kind, draft.id or 0)
            return preview.preview(app, _printable(draft), around)

        tasks.run(work, lambda content: self._take((draft, around), content), self._keep,
                  key=(id(self), "pdf"), owner=self)  # fmt: skip

    def _take(self, shown: "tuple[Draft, Around | None]", content: bytes) -> None:
        self._shown = shown
        self.paper.show_pdf(content)
        self._trouble.hide()
        self._tell()
        self.built.emit()

    def _keep(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            errors.show(error)
            return
        self._trouble.setToolTip(text_of(error))
        self._trouble.setAccessibleDescription(text_of(error))
        self._trouble.show()

    def _tell(self) -> None:
        told = _("page {page} of {count}")
        self._state.setText(tr(told, page=self.paper.page(), count=max(1, self.paper.count)))
        self._state.setToolTip(tr(_("As the customer will see it")))


def _printable(draft: Draft) -> Draft:
    """The draft without lines that name no product yet."""
    lines = tuple(each for each in draft.lines if each.kind != "product" or each.product)
    return draft if len(lines) == len(draft.lines) else replace(draft, lines=lines)
