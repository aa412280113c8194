"""The files of a document: a signed copy, the customer's order; added, opened, taken away."""

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from resources.languages import marked as _
from ui.documents import handing
from ui.kit import actions, tasks, tokens
from ui.kit.language import tr
from ui.kit.toasts import toast
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, clear, icon_button, label, row

if TYPE_CHECKING:
    from controllers.documents.attachments import Attachment
    from ui.documents.handing import Page


class FilesCard(QFrame):
    """A line of files; others are dropped on it or chosen."""

    def __init__(self, page: "Page", purpose: str) -> None:
        super().__init__()
        self._page, self._purpose = page, purpose
        self._shown: tuple[Attachment, ...] = ()
        self.setProperty("role", "card")
        self.setAcceptDrops(page.desk.may("papers.send"))
        add = button(_("Add file …"), self.choose, icon="ph.paperclip")
        actions.offer(page.desk, "papers.send", add)
        self._hint = label(_("None yet; drop one here."), "soft")
        inside = QWidget()
        self._files = FlowLayout(inside, gap=tokens.TINY)
        parts = row(label(_("Files"), "strong"), self._hint, inside, add, gap=tokens.MEDIUM)
        parts.setContentsMargins(tokens.LARGE, tokens.TINY, tokens.SMALL, tokens.TINY)
        parts.setStretch(2, 1)
        self.setLayout(parts)

    def show_files(self, files: "tuple[Attachment, ...]") -> None:
        """Show other files."""
        self._hint.setVisible(not files)
        if files == self._shown:
            return
        self._shown = files
        clear(self._files)
        for each in files:
            self._files.addWidget(self._file(each))

    def _file(self, file: "Attachment") -> QWidget:
        made = QWidget()
        look = button("", partial(self.open, file.id), icon="ph.file", role="link")
        look.setText(file.name)
        look.setAccessibleName(file.name)
        day = self._page.desk.style.day(file.at.date())
        look.setToolTip(f"{file.who} · {day} · {_size(file.bytes)}")
        away = icon_button("ph.x", _("Take the file away"), partial(self.remove, file))
        actions.offer(self._page.desk, "papers.send", away)
        made.setLayout(row(look, away, gap=0))
        return made

    # Adding

    def choose(self) -> None:
        """Ask for a file."""
        chosen, _form = QFileDialog.getOpenFileName(self, tr(_("Add a file")), str(Path.home()))
        if chosen:
            self.add([Path(chosen)])

    def add(self, paths: list[Path]) -> None:
        """Put files to the document."""
        app, kind = self._page.desk.app, self._page.kind
        key, purpose = self._page.session.draft.id or 0, self._purpose

        def work() -> None:
            from controllers.documents import attachments

            for each in paths:
                app.write(attachments.add, kind, key, each.name, each.read_bytes(), purpose)

        told = tr(_("Files added: {count}."), count=len(paths))
        handing.write(self._page, work, lambda: toast(told))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _paths(event)
        if paths:
            event.acceptProposedAction()
            self.add(paths)

    # What is there

    def open(self, key: int) -> None:
        """Let the program of this computer show it."""
        app, temporary = self._page.desk.app, QStandardPaths.StandardLocation.TempLocation
        place = Path(QStandardPaths.writableLocation(temporary))

        def work() -> Path:
            from controllers.documents import attachments

            name, content = app.read(attachments.content, key)
            plain = re.sub(r"[^\w.-]+", "-", name)
            path = place / f"saudagar-{key}-{plain}"
            path.write_bytes(content)
            return path

        tasks.run(work, lambda path: handing.open_address(QUrl.fromLocalFile(str(path))),
                  self._page.session.fail, owner=self)  # fmt: skip

    def remove(self, file: "Attachment") -> None:
        """Take it away; what was there can be put back."""
        app, page = self._page.desk.app, self._page
        kind, document = page.kind, page.session.draft.id or 0
        kept: list[tuple[str, bytes]] = []

        def work() -> None:
            from controllers.documents import attachments

            kept.append(app.read(attachments.content, file.id))
            app.write(attachments.remove, file.id)

        def put_back() -> None:
            from controllers.documents import attachments

            app.write(attachments.add, kind, document, *kept[0], file.purpose)

        def undo() -> None:
            handing.write(page, put_back, lambda: None)

        handing.write(page, work, lambda: toast(tr(_("The file is taken away.")), undo))


def _paths(event: QDropEvent) -> list[Path]:
    found = [Path(each.toLocalFile()) for each in event.mimeData().urls() if each.isLocalFile()]
    return [each for each in found if each.is_file()]


def _size(count: int) -> str:
    return f"{count / 2**20:.1f} MB" if count >= 2**20 else f"{max(1, count // 1024)} kB"
