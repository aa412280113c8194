"""A panel that takes the signed copy of a paper along with what it asks."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from resources.languages import marked as _
from ui.documents.panels.asking import AskPanel
from ui.kit import actions
from ui.kit.language import tr
from ui.widgets.parts import button, label, row


class SignedCopyPanel(AskPanel):
    """Asks as well for the file of a signed copy, for those who may keep one."""

    copy = Path()
    """The file that was chosen; the empty path while there is none."""

    def add_copy(self) -> None:
        """The button that chooses the file, and its name."""
        self._named = label(role="soft")
        choose = button(_("Signed copy …"), self.choose, icon="ph.paperclip")
        actions.offer(self.page.desk, "papers.send", choose)
        self.body.addLayout(row(choose, self._named, 1))

    def choose(self) -> None:
        """Ask for the file of the signed copy."""
        chosen, _form = QFileDialog.getOpenFileName(self, tr(_("Signed copy")), str(Path.home()))
        if chosen:
            self.attach(Path(chosen))

    def attach(self, path: Path) -> None:
        """Take a file as the signed copy."""
        if self.refuse_file(path):
            return
        self.copy = path
        self._named.setText(path.name)

    def read_copy(self) -> tuple[str, bytes] | None:
        """Name and content of the file that was chosen; called in the background."""
        return (self.copy.name, self.copy.read_bytes()) if self.copy.name else None
