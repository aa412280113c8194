"""The outbox: mails on their way, why one did not arrive, and a person's word on the unsure."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from models.values.records import Change
from resources.languages import marked as _
from ui.kit import actions, tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import on_language, tr
from ui.kit.toasts import toast
from ui.system import mailing
from ui.system.outbox_model import PARTS, STATES, UNDECIDED, Mail, OutboxModel
from ui.system.rows_table import OpeningTable
from ui.widgets.parts import button, column, label, row

MOST = 2_000
"""The newest mails that are shown."""

_VIEWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_("All · {count}"), ()),
    (_("To decide · {count}"), UNDECIDED),
    (_("On the way · {count}"), ("waiting", "sending")),
    (_("Sent · {count}"), ("sent",)),
)

_EXPLAINED = {
    "waiting": _("It is sent with the next delivery."),
    "sending": _("It is being sent now."),
    "sent": _("The server took it."),
    "unsure": _(
        "Nobody can know whether the server took it. Ask the customer, or send it again: then it "
        "may arrive twice."
    ),
    "failed": _("The server refused it. Mend the address or the settings, then send it again."),
}


class OutboxPage(QWidget):
    """The newest mails, with what can be done about the one of the cursor."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.model = OutboxModel(desk)
        self.table = OpeningTable(self.model, _("Mails"), PARTS)
        self.views: list[QPushButton] = []
        self._build()
        self.table.opened.connect(self.open_document)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        desk.feed.changed.connect(self._on_changes)
        for key, words, slot, keys in (
            ("send", _("Send what waits now"), self.send, "Ctrl+Return"),
            ("again", _("Send the mail again"), lambda: self.decide(again=True), "Ctrl+R"),
            ("read", _("Read the outbox anew"), self.load, "F5"),
        ):
            action = actions.add(self, f"outbox.{key}", words, slot, keys, context="list")
            if key != "read":
                actions.offer(desk, "documents.change", action)
        actions.offer(desk, "documents.change", self._send, self._again, self._was_sent)
        on_language(self.load)

    def _build(self) -> None:
        chips = row(gap=tokens.SMALL)
        for at, (_words, states) in enumerate(_VIEWS):
            chip = button("", partial(self.narrow, states), role="chip")
            chip.setCheckable(True)
            chip.setAutoExclusive(True)
            chip.setChecked(at == 0)
            chips.addWidget(chip)
            self.views.append(chip)
        chips.addStretch(1)
        self._send = button(_("Send now"), self.send, icon="ph.paper-plane-tilt")
        self._empty = label(
            _("No mail here. Quotations and orders sent by e-mail stand here."), "soft", wrap=True
        )
        layout = column(gap=tokens.MEDIUM, margin=tokens.LARGE)
        layout.addLayout(row(label(_("Outbox"), "title"), 1, self._send))
        layout.addLayout(chips)
        layout.addWidget(self._empty)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._detail())
        self.setLayout(layout)

    def _detail(self) -> QFrame:
        self.detail = QFrame()
        self.detail.setProperty("role", "card")
        self._what, self._why = label(role="strong", wrap=True), label(role="soft", wrap=True)
        self._again = button(
            _("Send again"), lambda: self.decide(again=True), icon="ph.arrow-clockwise"
        )
        self._was_sent = button(_("It was sent"), lambda: self.decide(again=False), icon="ph.check")
        self._open = button(_("Open document"), self.open_document, icon="ph.file-text")
        texts = column(self._what, self._why, gap=tokens.TINY)
        layout = row(gap=tokens.SMALL, margin=tokens.MEDIUM)
        layout.addLayout(texts, 1)
        for each in (self._again, self._was_sent, self._open):
            layout.addWidget(each)
        self.detail.setLayout(layout)
        self.detail.hide()
        return self.detail

    # Showing

    def load(self) -> None:
        """Read the mails anew."""
        app = self.desk.app

        def work() -> list[Mail]:
            from controllers.documents import outbox

            return app.read(outbox.entries, limit=MOST)

        tasks.run(work, self._take, key=(id(self), "outbox"), owner=self)

    def _take(self, mails: list[Mail]) -> None:
        mail = self.chosen()
        self.model.take(mails)
        for chip, (words, states) in zip(self.views, _VIEWS, strict=True):
            text = tr(words, count=self.desk.style.number(self.model.count(states)))
            chip.setText(text)
            chip.setAccessibleName(text)
        self._go_to(mail["id"] if mail else 0)

    def _go_to(self, mail_id: int) -> None:
        ids = [each["id"] for each in self.model.mails]
        self._empty.setVisible(not ids)
        self.table.setVisible(bool(ids))
        if ids:
            at = ids.index(mail_id) if mail_id in ids else 0
            self.table.setCurrentIndex(self.model.index(at, 0))
        self._on_row()

    def narrow(self, states: tuple[str, ...]) -> None:
        """Show only the mails of these states."""
        mail = self.chosen()
        self.model.narrow(states)
        self._go_to(mail["id"] if mail else 0)

    def chosen(self) -> Mail | None:
        """The mail of the cursor."""
        at = self.table.currentIndex().row()
        return self.model.mails[at] if 0 <= at < len(self.model.mails) else None

    def _on_row(self, *_rows: object) -> None:
        mail = self.chosen()
        self.detail.setVisible(mail is not None)
        if mail is None:
            return
        word = STATES[mail["state"]][0]
        self._what.setText(f"{tr(word)} · {mail['subject']} · {mail['recipient']}")
        reason = f"{mail['last_error']}\n" if mail["last_error"] else ""
        self._why.setText(reason + tr(_EXPLAINED[mail["state"]]))
        is_open = mail["state"] in UNDECIDED
        self._again.setVisible(is_open)
        self._was_sent.setVisible(is_open)
        self._open.setEnabled(bool(mail["document_id"]))

    def _on_changes(self, changes: tuple[Change, ...]) -> None:
        if any(each.concerns("outbox") for each in changes):
            self.load()

    # Doing

    def open_document(self) -> None:
        """Show the quotation or order the mail brought."""
        mail = self.chosen()
        if mail is not None and mail["document_id"]:
            self.desk.open_record(mail["document"], int(mail["document_id"]))

    def decide(self, *, again: bool) -> None:
        """A person's word on a mail that is unsure or was refused."""
        mail = self.chosen()
        if mail is None or mail["state"] not in UNDECIDED:
            return
        app, mail_id = self.desk.app, int(mail["id"])

        def work() -> None:
            from controllers.documents import outbox

            app.write(outbox.decide, mail_id, send_again=again)

        def done(_nothing: None) -> None:
            self.load()
            words = (
                _("The mail waits to be sent again.") if again else _("The mail counts as sent.")
            )
            toast(tr(words))

        tasks.write(work, done, owner=self)

    def send(self) -> None:
        """Send what waits, as a job."""
        mailing.deliver(self, self.desk.app, self._on_sent)

    def _on_sent(self, delivered: list[Any]) -> None:
        sent = sum(1 for each in delivered if each.state == "sent")
        number = self.desk.style.number
        words = _("{sent} of {tried} mails were sent.") if delivered else _("No mail waits.")
        toast(tr(words, sent=number(sent), tried=number(len(delivered))))
        self.load()
