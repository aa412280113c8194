"""The questions of an import: which kind, which file and sheet, read by which habits."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QLineEdit, QWidget

from controllers.core.catalogue import KINDS
from resources.languages import marked as _
from ui.insight.options import Labelled
from ui.kit import tokens
from ui.kit.language import on_language, say, tr
from ui.system.notices import MARKS, ORDERS
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, column, row

ORDER = ("account", "contact", "product", "price_list", "price", "quotation", "order", "user")
"""The kinds people import, in the order they need each other; other kinds follow."""

PATTERNS = "*.csv *.txt *.tsv *.xlsx *.xlsm *.xlsb *.xls *.ods *.vcf"


def kinds() -> list[str]:
    """Every kind a file can bring."""
    known = [each for each in KINDS if not each.endswith("_line")]
    return sorted(known, key=lambda each: ORDER.index(each) if each in ORDER else len(ORDER))


class Choices(QFrame):
    """Tells by `changed` that the file must be looked at anew."""

    changed = Signal()
    kind_changed = Signal()
    profile_chosen = Signal()
    keep_asked = Signal(str)

    def __init__(self, only: str = "") -> None:
        super().__init__()
        self._only = only
        """The one kind that is asked for; "" lets a person choose."""
        self.setProperty("role", "card")
        self.path: Path | None = None
        self.kind, self.sheet, self.profile = QComboBox(), QComboBox(), QComboBox()
        self.decimals, self.dates = QComboBox(), QComboBox()
        self.file = QLineEdit()
        self.file.setReadOnly(True)
        self.file.setFixedWidth(2 * tokens.LOGO + tokens.HUGE)
        say(self.file, "setPlaceholderText", _("Drop a file here"))
        self.profile.setEditable(True)
        self.profile.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.profile.setFixedWidth(2 * tokens.LOGO)
        self.choose = button(_("Choose file"), self.ask_file, icon="ph.folder-open")
        self.keep_button = button(_("Keep"), self._keep_profile, icon="ph.floppy-disk")
        self.keep_button.setToolTip(tr(_("Keep this mapping under the name")))
        self._build()
        on_language(self.reword)
        self._connect()

    def _build(self) -> None:
        file, profile = QWidget(), QWidget()
        file.setLayout(row(self.file, self.choose, gap=tokens.TINY))
        profile.setLayout(row(self.profile, self.keep_button, gap=tokens.TINY))
        for box in (self.kind, self.sheet, self.decimals, self.dates):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._sheet_field = Labelled(_("Sheet"), self.sheet)
        self._sheet_field.hide()
        kind = Labelled(_("Kind of record"), self.kind)
        kind.setVisible(not self._only)
        inside = QWidget()
        self.flow = flow = FlowLayout(inside, tokens.MEDIUM)
        layout = column(inside)
        layout.setContentsMargins(tokens.LARGE, tokens.MEDIUM, tokens.LARGE, tokens.MEDIUM)
        self.setLayout(layout)
        for each in (
            kind, Labelled(_("File"), file), self._sheet_field, Labelled(_("Mapping"), profile),
            Labelled(_("Figures"), self.decimals), Labelled(_("Dates"), self.dates),
        ):  # fmt: skip
            flow.addWidget(each)
        self.file.setAccessibleName(tr(_("File")))
        self.profile.setAccessibleName(tr(_("Mapping")))

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self.kind_changed)
        self.profile.activated.connect(self.profile_chosen)
        for box in (self.sheet, self.decimals, self.dates):
            box.currentIndexChanged.connect(self.changed)

    def reword(self) -> None:
        """Fill the boxes in the language of the screen."""
        offered = [self._only] if self._only else kinds()
        _fill(self.kind, {each: KINDS[each].plural for each in offered}, "account")
        _fill(self.decimals, {"": _("by itself")} | MARKS, "")
        _fill(self.dates, {"": _("by itself")} | ORDERS, "")

    @property
    def sheet_name(self) -> str:
        """The sheet chosen; "" where the file has one or none."""
        return str(self.sheet.currentData() or "") if self.sheet.count() > 1 else ""

    @property
    def profile_name(self) -> str:
        """The kept mapping in use; "" without one."""
        text = self.profile.currentText().strip()
        return text if self.profile.findText(text) > 0 else ""

    def set_path(self, path: Path) -> None:
        """Take another file."""
        self.path = path
        self.file.setText(path.name)
        self.file.setToolTip(str(path))
        self.set_sheets(())
        self.changed.emit()

    def set_sheets(self, names: Sequence[str]) -> None:
        """Offer the sheets of a workbook."""
        if [self.sheet.itemData(at) for at in range(self.sheet.count())] != list(names):
            with QSignalBlocker(self.sheet):
                self.sheet.clear()
                for each in names:
                    self.sheet.addItem(each, each)
                self.sheet.setCurrentIndex(max(0, self.sheet.findData("Data")))
        self._sheet_field.setVisible(len(names) > 1)

    def set_profiles(self, names: Sequence[str]) -> None:
        """Offer the kept mappings of a kind."""
        now = self.profile.currentText()
        with QSignalBlocker(self.profile):
            self.profile.clear()
            self.profile.addItem("")
            self.profile.addItems(list(names))
            self.profile.setEditText(now if now in names else "")
        edit = self.profile.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(tr(_("by the headings")))

    def set_habit(self, option: str, value: str) -> None:
        """Decide how figures or dates are read."""
        box = self.decimals if option == "decimals" else self.dates
        box.setCurrentIndex(max(0, box.findData(value)))

    def ask_file(self) -> None:
        """Let a person choose a file."""
        start = str(self.path.parent if self.path else Path.home())
        words = f"{tr(_('Tables'))} ({PATTERNS});;{tr(_('All files'))} (*)"
        chosen, _form = QFileDialog.getOpenFileName(self, tr(_("Choose file")), start, words)
        if chosen:
            self.set_path(Path(chosen))

    def _keep_profile(self) -> None:
        name = self.profile.currentText().strip()
        if name:
            self.keep_asked.emit(name)
        else:
            self.profile.setFocus()


def _fill(box: QComboBox, choices: dict[str, str], usual: str) -> None:
    now = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        for code, words in choices.items():
            box.addItem(tr(words), code)
        box.setCurrentIndex(max(0, box.findData(now if now in choices else usual)))
