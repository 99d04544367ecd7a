"""The work area: list (or table) and card, and the desk at the right.

Where the screen is wide the table stands in the list's place; else it takes the card's, too, and gives it back when a
record is opened.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from app.session.shown import Person
from app.ui.choices import Choices
from app.ui.console.call_cover import Covered
from app.ui.console.customer_card import CustomerCard
from app.ui.console.customer_model import CustomerModel
from app.ui.console.desk_panel import DeskPanel
from app.ui.console.face import Face
from app.ui.console.find_panel import FindPanel
from app.ui.console.panel_widths import (
    LEAST_LEFT,
    LEAST_MIDDLE,
    LEAST_RIGHT,
    Drawn,
    has_table_beside,
    panel_widths,
)
from app.ui.console.table_panel import TablePanel
from app.ui.table.state import TableState
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.panel_splitter import PanelSplitter

WIDEST = 4_000
"""Px of a panel that can be meant; a larger one of a file counts as none."""


class WorkArea(PanelSplitter):
    """The panels of a customer's work.

    Attributes:
        find_panel, table_panel: the two faces of the customers found.
        card, desk_panel: the customer on the screen, and the notes.
        covered: faces and card, which a cover hides while nobody is here during a call.

    Signals:
        searched: other words, or another queue, are looked for.
        whole_entered: Return on a whole number (str).
        other_face_wanted: list or table.
        faced: the other face is in front.
    """

    searched = Signal()
    whole_entered = Signal(str)
    other_face_wanted = Signal()
    faced = Signal()

    def __init__(
        self, look: Look, desk: DeskUseCases, tasks: Tasks, model: CustomerModel, choices: Choices | None = None
    ) -> None:
        super().__init__(look, ("surface", "bg"), "")
        self._choices = choices if choices is not None else Choices()
        person: Person = desk.person
        queues: Sequence[str] = person.queues
        self.find_panel = FindPanel(look, model, queues)
        self.table_state = TableState(desk.columns, self._choices, desk.scan_note)
        self.table_panel = TablePanel(look, model, queues, self.table_state)
        self.card = CustomerCard(look, person)
        self.desk_panel = DeskPanel(look, desk, tasks)
        self._list_and_card = PanelSplitter(look, ("bg", "surface"), self.tr("Width of the list"))
        self._faces = QStackedWidget()
        self._place(look)
        for face in (self.find_panel, self.table_panel):
            face.search.changed.connect(self.searched)
            face.search.whole_entered.connect(self.whole_entered)
            face.search.face_wanted.connect(self.other_face_wanted)
        self._list_and_card.drawn.connect(self._keep_left)
        self._list_and_card.reset.connect(self._reset_left)
        self.drawn.connect(self._keep_right)
        self.reset.connect(self._reset_right)

    def _place(self, look: Look) -> None:
        """From the outside in: what is moved with all that is in it, Qt looks at whole each time."""
        inner = self._list_and_card
        self.covered = Covered(look)
        self.addWidget(self.covered)
        self.covered.hold(inner)
        inner.addWidget(self._faces)
        self._faces.addWidget(self.find_panel)
        self._faces.addWidget(self.table_panel)
        inner.addWidget(self.card)
        self.addWidget(self.desk_panel)
        self.handle(1).setAccessibleName(self.tr("Width of the notes"))
        for splitter, stretched in ((inner, 1), (self, 0)):
            splitter.setStretchFactor(stretched, 1)
        self._faces.setMinimumWidth(LEAST_LEFT)
        self.card.setMinimumWidth(LEAST_MIDDLE)
        self.desk_panel.setMinimumWidth(LEAST_RIGHT)

    # widths --------------------------------------------------------------------------------------------------------
    def _drawn(self) -> Drawn:
        left, right, table = (self._choices.number(f"width_{panel}") for panel in ("left", "right", "table"))
        return Drawn(*(width if 0 < width <= WIDEST else 0 for width in (left, right, table)))

    def lay_out(self) -> None:
        """Give each panel its width, as the person has drawn it and as there is room."""
        inner = self._list_and_card
        room = self.width() - self.handleWidth() - inner.handleWidth()
        if room <= 0:
            return
        beside = has_table_beside(room, self._look.text)
        self.card.setVisible(not self.is_table or beside)
        left, middle, right = panel_widths(room, self._look.text, self._drawn(), is_table=self.is_table and beside)
        self.setSizes([left + inner.handleWidth() + middle, right])
        inner.setSizes([left, middle])

    def redress(self) -> None:
        """Another size of the text: other widths, where none was drawn."""
        for panel, least in ((self._faces, LEAST_LEFT), (self.card, LEAST_MIDDLE), (self.desk_panel, LEAST_RIGHT)):
            panel.setMinimumWidth(least)
        self.lay_out()
        super().redress()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width of the window."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.lay_out()

    def _left_name(self) -> str:
        return "width_table" if self.is_table else "width_left"

    def _keep_left(self) -> None:
        if not self.card.isHidden():
            self._choices.keep(self._left_name(), self._list_and_card.sizes()[0])

    def _keep_right(self) -> None:
        self._choices.keep("width_right", self.sizes()[1])

    def _reset_left(self) -> None:
        self._choices.keep(self._left_name(), 0)
        self.lay_out()

    def _reset_right(self) -> None:
        self._choices.keep("width_right", 0)
        self.lay_out()

    def nudge_panel(self, step: int) -> None:
        """Alt+Shift with an arrow: the edge of the panel that has the focus; the card's is the one beside the list."""
        focus = self.window().focusWidget()
        is_desk = focus is not None and self.desk_panel.isAncestorOf(focus)
        splitter = self if is_desk or self.card.isHidden() else self._list_and_card
        splitter.nudge(step)

    # faces ---------------------------------------------------------------------------------------------------------
    @property
    def is_table(self) -> bool:
        """Whether the table face is in front."""
        return self._faces.currentWidget() is self.table_panel

    @property
    def face(self) -> Face:
        """The face in front."""
        return self.table_panel if self.is_table else self.find_panel

    @property
    def hides_card(self) -> bool:
        """Whether the table has taken the card's place."""
        return self.card.isHidden()

    def switch_face(self) -> None:
        """List or table; what was looked for stays."""
        before = self.face
        self._faces.setCurrentIndex(1 - self._faces.currentIndex())
        self.lay_out()
        self.face.search.copy_from(before.search)
        if self.is_table and self.card.customer is not None:
            self.table_panel.come_back_to(self.card.customer.id)
        self.face.enter()
        self.faced.emit()
        if self.table_state.filters or self.table_state.sort is not None:
            self.searched.emit()  # the list has neither

    def stop(self) -> None:
        """Nothing can be done here any more."""
        for panel in (self.find_panel, self.table_panel, self.card, self.desk_panel):
            panel.setEnabled(False)
