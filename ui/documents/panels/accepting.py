"""How a customer accepted: with which options, who, by what way, and the signed copy."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox

from controllers.core.catalogue import KINDS
from models.values.documents import Draft
from resources.languages import marked as _
from ui.documents.panels.signed_copy import SignedCopyPanel
from ui.kit.language import name, tr
from ui.kit.toasts import toast

if TYPE_CHECKING:
    from ui.documents.page import DocumentPage


class AcceptPanel(SignedCopyPanel):
    """Everything may be left empty: Ctrl+Enter accepts what was offered."""

    def __init__(self, page: "DocumentPage") -> None:
        draft = page.session.draft
        super().__init__(page, _("{number} is accepted"), number=draft.number)
        self._options = self._add_options(draft)
        self.by = self.ask_text("by", _("Accepted by"), 5)
        self.by.setProperty("first", True)
        self.how = self.ask_choice("how", _("By way of"),
                                   KINDS["quotation"]["decided_how"].choices, "", 4)  # fmt: skip
        self.note = self.ask_text("note", _("Note"), 3)
        self.add_copy()
        self.add_keep()
        self.add_primary(_("Accept"), self.accept, "ph.check")

    def _add_options(self, draft: Draft) -> list[tuple[int, QCheckBox]]:
        """A box for each optional line, by its place from one."""
        found = [(at, line) for at, line in enumerate(draft.lines, 1) if line.optional]
        if found:
            self.add_text(tr(_("Which of the optional lines do they take too?")))
        made = []
        for at, line in found:
            box = QCheckBox()
            words = f"{self.page.desk.style.number(line.quantity)} {line.unit} {line.description}"
            box.setText(words.replace("&", "&&"))
            name(box, _("Optional line"))
            box.setAccessibleName(words)
            self.body.addWidget(box)
            made.append((at, box))
        return made

    def accept(self) -> None:
        """An order is made, and offered to be opened."""
        app, key = self.page.desk.app, self.page.session.draft.id or 0
        how: dict[str, Any] = {
            "options": [at for at, box in self._options if box.isChecked()],
            "by": self.by.text().strip(), "how": self.how.code, "note": self.note.text().strip(),
        }  # fmt: skip

        def work() -> str:
            from controllers.documents import quotations

            app.write(quotations.accept, key, **how, copy=self.read_copy())
            return app.write(quotations.order, key).number

        self.do(work, self._done)

    def _done(self, number: str) -> None:
        toast(tr(_("Accepted; order {number} is made."), number=number),
              lambda: self.page.desk.open_record("order", number), _("Open"))  # fmt: skip
