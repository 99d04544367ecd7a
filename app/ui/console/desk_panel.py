"""The panel at the right: the note of this visit, its wrap-up, and the visits before it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.session.shown import ShownCustomer
from app.ui.console.note_editor import NoteEditor
from app.ui.console.note_history import NoteHistory
from app.ui.console.undo_bar import UndoBar
from app.ui.console.wrap_up_panel import WrapUpPanel
from app.ui.console.wrapping_up import FinishedVisit, WrappingUp
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.labels import line
from app.ui.widgets.watermark import Watermark

HISTORY = 110
"""Least height of the history in px of the design; with less room all of the panel scrolls."""


class DeskPanel(QWidget):
    """Note, wrap-up and history.

    Attributes:
        wrapping: the visit in hand.
        undo: the line after a finish.

    Signals:
        failed: an exception of a call.
        waits: note or wrap-up is in the outbox, and why.
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
        column = self._make_column()
        column.setContentsMargins(16, 11, 16, 12)
        column.setSpacing(14)
        self.note = NoteEditor(look, desk, tasks)
        self.history = NoteHistory(look, desk, tasks)
        self.history.leave_out(self.note.in_hand)
        self.wrap_up, self.undo = WrapUpPanel(look, desk.contacts), UndoBar(look)
        self.wrapping = WrappingUp(desk.contacts, tasks, self.wrap_up, self.note, self)
        column.addWidget(self.note)
        column.addWidget(line())
        column.addWidget(self.wrap_up)
        column.addWidget(self.undo)
        column.addWidget(line())
        column.addWidget(self.history, 1)
        self.history.setMinimumHeight(look.px(HISTORY))
        self.note.failed.connect(self.failed)
        self.note.waits.connect(self.waits)
        self.note.saved.connect(self.history.count_again)
        self.history.failed.connect(self.failed)
        self.wrapping.failed.connect(self.failed)
        self.wrapping.waits.connect(self.waits)
        self.wrapping.read.connect(self.history.show_contacts)
        self.wrapping.finished.connect(self._on_finished)
        self.history.opened.connect(lambda: self.lit.emit(True))
        self.history.closed.connect(lambda: self.lit.emit(False))

    def _make_column(self) -> QVBoxLayout:
        """What is higher than the window, at a large size of the text, scrolls as a whole."""
        sheet, scroll, around = QWidget(), QScrollArea(), QVBoxLayout(self)
        sheet.setProperty("ground", "none")
        scroll.setWidget(sheet)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)
        return QVBoxLayout(sheet)

    def show_customer(self, customer: ShownCustomer | None) -> None:
        """Begin with another record."""
        record = customer.record if customer is not None else None
        self.wrapping.leave()
        self.note.set_record(record)
        self.history.set_record(record)
        if customer is not None:
            self.wrapping.show_customer(customer)

    def _on_finished(self, visit: FinishedVisit) -> None:
        words = self.tr("{name}: finished.").format(name=visit.name)
        self.undo.say(words)
