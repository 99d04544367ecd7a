"""The panel at the right: the note of this visit, and the notes before it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.session.shown import ShownCustomer
from app.ui.console.note_editor import NoteEditor
from app.ui.console.note_history import NoteHistory
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.labels import line
from app.ui.widgets.watermark import Watermark


class DeskPanel(QWidget):
    """Note and notes.

    Signals:
        failed: an exception of a call.
        waits: the note is in the outbox, and why.
        lit: notes are open (True) or shut again (False).
    """

    failed = Signal(object)
    waits = Signal(object)
    lit = Signal(bool)

    def __init__(self, look: Look, desk: DeskUseCases, tasks: Tasks) -> None:
        super().__init__()
        self.watermark = Watermark(look, desk.person, self)
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 11, 16, 12)
        column.setSpacing(14)
        self.note = NoteEditor(look, desk, tasks)
        self.history = NoteHistory(look, desk, tasks)
        self.history.leave_out(self.note.in_hand)
        column.addWidget(self.note)
        column.addWidget(line())
        column.addWidget(self.history, 1)
        self.note.failed.connect(self.failed)
        self.note.waits.connect(self.waits)
        self.note.saved.connect(self.history.count_again)
        self.history.failed.connect(self.failed)
        self.history.opened.connect(lambda: self.lit.emit(True))
        self.history.closed.connect(lambda: self.lit.emit(False))

    def show_customer(self, customer: ShownCustomer | None) -> None:
        """Begin with another record."""
        record = customer.record if customer is not None else None
        self.note.set_record(record)
        self.history.set_record(record)
