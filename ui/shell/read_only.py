"""Shows a record that has no editor, such as a document of another program."""

from PySide6.QtCore import Qt

from controllers.core.catalogue import KINDS
from models.values.record import Record
from ui.kit import tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import tr
from ui.kit.page import RecordPage
from ui.widgets.parts import column
from ui.widgets.record_list.panel import DetailPanel


class ReadOnlyPage(RecordPage):
    """The fields of one record, to read."""

    def __init__(self, desk: Desk, kind: str, record_id: int | None) -> None:
        super().__init__(kind, record_id)
        self._title = tr(KINDS[kind].label)
        panel = DetailPanel(desk, kind)
        panel.setMaximumWidth(tokens.FORM)
        layout = column(gap=0, margin=tokens.LARGE)
        layout.addWidget(panel, 1, Qt.AlignmentFlag.AlignLeft)
        panel.setMinimumWidth(tokens.DIALOG)
        self.setLayout(layout)
        panel.show_record(record_id)
        if record_id is not None:
            tasks.run(lambda: _show(desk, kind, record_id), self._take, owner=self)

    def _take(self, record: Record) -> None:
        self._title = record.title or self._title
        self.titled.emit()

    @property
    def title(self) -> str:
        """The record's title."""
        return self._title


def _show(desk: Desk, kind: str, record_id: int) -> Record:
    from controllers.core import records

    return desk.app.read(records.show, kind, record_id)
