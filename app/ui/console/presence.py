"""Which customer this console has in front: told to the office, which tells who else has it open, and how it stands.

Nothing is told twice for the same thing; an answer that comes after another customer was shown is dropped.
"""

from PySide6.QtCore import QObject, Signal

from app.domain.errors import NotAllowedError
from app.session.errors import OfficeAwayError
from app.session.shown_editing import FieldNow, RecordNow, ShownNeighbour
from app.ui.console.editing_use_cases import EditingUseCases
from app.ui.tasks import Tasks

TOPICS = frozenset({"presence", "customers"})


class Presence(QObject):
    """The customer in front, as the office has it.

    Signals:
        changed: somebody came or went, or a field was changed.
        failed: an exception that is not about being away.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, editing: EditingUseCases, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._use, self._tasks = editing, tasks
        self._record = self._field = ""
        self._now = RecordNow("")
        self._turn = 0

    @property
    def others(self) -> tuple[ShownNeighbour, ...]:
        """Who else has this customer open."""
        return self._now.others

    @property
    def fields(self) -> tuple[FieldNow, ...]:
        """The fields that this person may change, in the order of the inventory; none while offline."""
        return tuple(self._now.fields.values())

    def field(self, name: str) -> FieldNow | None:
        """How a field stands, if this person may change it."""
        return self._now.fields.get(name)

    def show_customer(self, record: str) -> None:
        """Another customer is in front, or the same one on a new card."""
        if record != self._record:
            self._record, self._field, self._now = record, "", RecordNow("")
            self._ask()
        self.changed.emit()

    def set_editing(self, field: str) -> None:
        """A field of it is being changed, or none any more."""
        if field != self._field:
            self._field = field
            self._ask()

    def take_changes(self, topics: frozenset[str]) -> None:
        """The office told that something changed."""
        if self._record and topics & TOPICS:
            self._ask()

    def look_again(self) -> None:
        """Ask once more: the office is back, or whoever was here may be gone."""
        if self._record:
            self._ask()

    def look_whether_others_are_gone(self) -> None:
        """With each beat: a console that died says nothing, and its lease runs out."""
        if self._now.others:
            self.look_again()

    def show_away(self) -> None:
        """The office is away: nobody is seen, and nothing can be changed."""
        self._now = RecordNow(self._record)
        self.changed.emit()

    def stop(self) -> None:
        """The session ends, and the office hears of that in another way."""
        self._record, self._now = "", RecordNow("")
        self._turn += 1

    def _ask(self) -> None:
        self._turn += 1
        turn, record, field = self._turn, self._record, self._field
        self._tasks.run(
            lambda: self._use.in_front(record, field),
            lambda now: self._on_told(turn, now),
            lambda error: self._on_failed(turn, error),
            owner=self,
        )

    def _on_told(self, turn: int, now: RecordNow) -> None:
        if turn == self._turn and now != self._now:
            self._now = now
            self.changed.emit()

    def _on_failed(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        self.show_away()
        if not isinstance(error, OfficeAwayError | NotAllowedError):
            self.failed.emit(error)
