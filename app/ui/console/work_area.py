"""The work area: list and card, or the table in their place, and the desk at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget

from app.session.shown import Person
from app.ui.console.call_cover import Covered
from app.ui.console.customer_card import CustomerCard
from app.ui.console.customer_model import CustomerModel
from app.ui.console.desk_panel import DeskPanel
from app.ui.console.face import Face
from app.ui.console.find_panel import FindPanel
from app.ui.console.table_panel import TablePanel
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases

LEFT, MIDDLE, RIGHT = 304, 714, 348
LEAST_LEFT, LEAST_MIDDLE, LEAST_RIGHT = 240, 520, 300
"""Widths in px at first, and the least ones."""


class WorkArea(QSplitter):
    """The panels of a customer's work.

    Attributes:
        find_panel, table_panel: the two faces of the customers found.
        card, desk_panel: the customer on the screen, and the notes.
        covered: faces and card, which a cover hides while nobody is here during a call.

    Signals:
        searched: other words, or another queue, are looked for.
        whole_entered: Return on a whole number (str).
        other_face_wanted: list or table.
    """

    searched = Signal()
    whole_entered = Signal(str)
    other_face_wanted = Signal()

    def __init__(self, look: Look, desk: DeskUseCases, tasks: Tasks, model: CustomerModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        person: Person = desk.person
        queues: Sequence[str] = person.queues
        self.find_panel = FindPanel(look, model, queues)
        self.table_panel = TablePanel(look, model, queues)
        self.card = CustomerCard(look, person)
        self.desk_panel = DeskPanel(look, desk, tasks)
        self._list_and_card = QSplitter(Qt.Orientation.Horizontal)
        self._faces = QStackedWidget()
        self._place(look)
        for face in (self.find_panel, self.table_panel):
            face.search.changed.connect(self.searched)
            face.search.whole_entered.connect(self.whole_entered)
            face.search.face_wanted.connect(self.other_face_wanted)

    def _place(self, look: Look) -> None:
        inner = self._list_and_card
        for splitter in (inner, self):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        inner.addWidget(self.find_panel)
        inner.addWidget(self.card)
        inner.setStretchFactor(1, 1)
        self._faces.addWidget(inner)
        self._faces.addWidget(self.table_panel)
        self.covered = Covered(look, self._faces)
        self.addWidget(self.covered)
        self.addWidget(self.desk_panel)
        self.setStretchFactor(0, 1)
        self.find_panel.setMinimumWidth(LEAST_LEFT)
        self.card.setMinimumWidth(LEAST_MIDDLE)
        self.desk_panel.setMinimumWidth(LEAST_RIGHT)
        inner.setSizes([LEFT, MIDDLE])
        self.setSizes([LEFT + MIDDLE, RIGHT])

    @property
    def is_table(self) -> bool:
        """Whether the table face is in front."""
        return self._faces.currentWidget() is self.table_panel

    @property
    def face(self) -> Face:
        """The face in front."""
        return self.table_panel if self.is_table else self.find_panel

    def switch_face(self) -> None:
        """List or table; what was looked for stays."""
        before = self.face
        self._faces.setCurrentIndex(1 - self._faces.currentIndex())
        self.face.search.copy_from(before.search)
        self.face.enter()

    def stop(self) -> None:
        """Nothing can be done here any more."""
        for panel in (self.find_panel, self.table_panel, self.card, self.desk_panel):
            panel.setEnabled(False)
