"""The company's own words on letters and mails, by language, with a live example."""

from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPlainTextEdit, QWidget

from controllers.system.company import WORDS
from resources.languages import LANGUAGES
from resources.languages import marked as _
from resources.mail_texts import own_name
from ui.kit import errors, tasks, tokens
from ui.kit.language import name, on_language, say, tr
from ui.widgets.parts import column, label, row

_LINES = 4

MAILS = {
    "quotation": _("Quotations"), "order": _("Orders"), "delivery": _("Deliveries"),
    "invoice": _("Invoices"),
}  # fmt: skip
"""The kinds of document that mails go with, as people choose one."""

EXAMPLE = {
    "number": "012/SPH/MJU/III/2026", "date": "14 Maret 2026", "valid_until": "13 April 2026",
    "total": "Rp 12.500.000", "contact": "Ibu Ratna", "account": "PT Sinar Maju",
    "company": "PT Maju", "sender": "Sari Wulandari", "subject": "Kertas A4",
    "order": "009/SO/MJU/III/2026", "carrier": "JNE", "tracking": "CGK0012345",
}  # fmt: skip

Texts = dict[str, dict[str, str]]


class TextsCard(QFrame):
    """One language at a time; an empty field stands for the delivered words."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._texts: Texts = {}
        self._shown = "en"
        self.language = QComboBox()
        name(self.language, _("Language of documents"))
        for code, words in LANGUAGES.items():
            self.language.addItem(words, code)
        self.language.activated.connect(lambda _at: self.show_language())
        self.kind = QComboBox()
        name(self.kind, _("Mails with"))
        for code in MAILS:
            self.kind.addItem("", code)
        on_language(self._reword)
        self.kind.activated.connect(lambda _at: self._show_kind())
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        self.example = label(role="soft", wrap=True)
        layout = column(gap=tokens.SMALL, margin=tokens.LARGE)
        layout.addLayout(row(label(_("Words of letters and mails"), "section"), 1, self.language))
        self._of_mails: dict[str, list[QWidget]] = {kind: [] for kind in MAILS}
        for part, title in WORDS.items():
            if part == "mail_subject":
                layout.addLayout(row(label(_("Mails with"), "section"), 1, self.kind))
            made = (label(title, "heading"), self._field(part, title))
            for each in made:
                layout.addWidget(each)
            for kind in MAILS:
                if part in (own_name(kind, "mail_subject"), own_name(kind, "mail_body")):
                    self._of_mails[kind] += made
        layout.addWidget(label(_("Mails may name {{ number }}, {{ total }}, {{ contact }}, "
                                 "{{ account }}, {{ valid_until }}, {{ sender }} and "
                                 "{{ company }}; those with delivery notes {{ order }}, "
                                 "{{ carrier }} and {{ tracking }} in the place of {{ total }} and "
                                 "{{ valid_until }}."), "caption", wrap=True))  # fmt: skip
        layout.addWidget(label(_("Example of a mail"), "heading"))
        layout.addWidget(self.example)
        self.setLayout(layout)
        self._show_kind()

    def _reword(self) -> None:
        for at, words in enumerate(MAILS.values()):
            self.kind.setItemText(at, tr(words))

    def _show_kind(self) -> None:
        """The fields of the chosen kind of mail, and its example."""
        for kind, fields in self._of_mails.items():
            for each in fields:
                each.setVisible(kind == self.kind.currentData())
        self._show_example()

    def _field(self, part: str, title: str) -> QLineEdit | QPlainTextEdit:
        made = QLineEdit() if part.endswith("mail_subject") else QPlainTextEdit()
        if isinstance(made, QPlainTextEdit):
            made.setTabChangesFocus(True)
            made.setFixedHeight(made.fontMetrics().lineSpacing() * _LINES + tokens.LARGE)
        name(made, title)
        say(made, "setPlaceholderText", _("The delivered words"))
        made.textChanged.connect(self._show_example)
        self.fields[part] = made
        return made

    def set_texts(self, texts: Texts, code: str) -> None:
        """Show the texts of a language."""
        self._texts = {each: dict(parts) for each, parts in texts.items()}
        self._shown = code
        self.language.setCurrentIndex(max(0, self.language.findData(code)))
        self._fill()

    def show_language(self) -> None:
        """Keep what was typed and show the language that was chosen."""
        self._keep()
        self._shown = str(self.language.currentData())
        self._fill()

    def texts(self) -> Texts:
        """What was typed, by language; delivered words are left out."""
        self._keep()
        return {code: parts for code, parts in self._texts.items() if parts}

    def _keep(self) -> None:
        typed = {part: _text(field).strip() for part, field in self.fields.items()}
        self._texts[self._shown] = {part: text for part, text in typed.items() if text}

    def _fill(self) -> None:
        own = self._texts.get(self._shown, {})
        for part, field in self.fields.items():
            text = own.get(part, "")
            if isinstance(field, QLineEdit):
                field.setText(text)
            else:
                field.setPlainText(text)
        self._show_example()

    def _show_example(self) -> None:
        own = {part: _text(field) for part, field in self.fields.items()}
        code, kind = self._shown, str(self.kind.currentData())

        def work() -> str:
            from controllers.documents import mail_texts

            made = mail_texts.mail(kind, code, own, EXAMPLE)
            return f"{made.subject}\n\n{made.body}".strip()

        def refused(error: Exception) -> None:
            self.example.setText(errors.text_of(error))

        tasks.run(work, self.example.setText, refused, key=(id(self), "example"), owner=self)


def _text(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
