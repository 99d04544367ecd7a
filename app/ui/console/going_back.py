"""Shows again what was on the screen before a lock."""

from PySide6.QtCore import QObject, Signal

from app.domain.table_query import Sort
from app.session.lock_place import Place
from app.session.shown import ShownCustomer
from app.ui.calls import Calls
from app.ui.console.customer_flow import CustomerFlow
from app.ui.console.work_area import WorkArea
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases


class GoingBack(QObject):
    """Brings calls, search, filters, customer and note of a place back.

    Signals:
        failed: the customer of the place could not be read; the note in hand is saved all the same.
    """

    failed = Signal(object)

    def __init__(
        self, desk: DeskUseCases, tasks: Tasks, area: WorkArea, flow: CustomerFlow, calls: Calls, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._area, self._flow, self._calls = desk, tasks, area, flow, calls
        self._place: Place | None = None
        flow.shown.connect(self._on_shown)

    def go(self, place: Place) -> None:
        """Show again what was there, behind what a person opens while it is still being read."""
        area = self._area
        self._calls.go_on(place.calls, place.callers)
        for face in (area.find_panel, area.table_panel):
            face.search.look_for(place.search, place.queue)
        area.table_state.come_back(dict(place.filters), Sort(*place.sort) if place.sort is not None else None)
        if place.is_table:
            self._flow.leaving.emit()
            area.switch_face()
        self._flow.ask()
        if place.customer is None:
            return
        self._place, id_ = place, place.customer
        self._tasks.run(
            lambda: self._desk.customer(id_),
            self._flow.show_behind,
            lambda error: self._on_not_back(place, error),
            lane="cache",
            owner=self,
        )

    def _on_shown(self, customer: ShownCustomer) -> None:
        place, self._place = self._place, None
        if place is not None and place.customer == customer.id:
            self._area.desk_panel.wrapping.go_on(place.contact)
            if place.note is not None:
                self._area.desk_panel.note.go_on(place.note)

    def _on_not_back(self, place: Place, error: Exception) -> None:
        """The customer is not here any more, or not yet: the note that was in hand is saved all the same."""
        self._place = None
        self.failed.emit(error)
        note = place.note
        if note is not None and note.text != note.kept:
            self._tasks.run(
                lambda: self._desk.save_note(place.record, note.id, note.text, note.keeps),
                None,
                self.failed.emit,
                owner=self,
            )
