"""Whom to serve next: a call-back that is due, else the next of the list whom this person has not served today.

Call-backs come in the order of their time; the list goes round from the customer on the card on. Contacts that were not
finished are shown beside, and nobody is led to them: they wait for a word, not for a call.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.session.shown import ShownRow
from app.session.shown_contacts import ShownStanding, Waiting
from app.ui.console.customer_model import CustomerModel
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases

AGAIN_AFTER_MS = 200
"""What changes in a burst is looked at once."""


class Serving(QObject):
    """Follows who waits.

    Args:
        desk: the session.
        tasks: where its calls run.
        model: the customers found.
        current: id of the customer on the card, or None.
        parent: whose console.

    Signals:
        waiting: who waits, with their rows (pairs of `Waiting` and `ShownRow`).
        next_is: the row of whom comes next, or None.
        failed: an exception of a call.
    """

    waiting = Signal(object)
    next_is = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        desk: DeskUseCases,
        tasks: Tasks,
        model: CustomerModel,
        current: Callable[[], int | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._model, self._current = desk, tasks, model, current
        self.standing = ShownStanding()
        self._served: set[int] = set()
        self._looks = self._is_stopped = False
        self._next: int | None = None
        self._pause = QTimer(self, interval=AGAIN_AFTER_MS, singleShot=True)
        self._pause.timeout.connect(self.tell_next)
        for signal in (model.modelReset, model.rowsInserted, model.layoutChanged):
            signal.connect(self.tell_soon)

    def look_again(self) -> None:
        """Ask the office who waits."""
        if self._looks or self._is_stopped:
            return
        self._looks = True
        self._tasks.run(self._desk.contacts.standing, self._on_standing, self._on_failed, owner=self)

    def stop(self) -> None:
        """The session ends."""
        self._is_stopped = True
        self._pause.stop()

    def served(self, id_: int) -> None:
        """Somebody was served now; the office may be away."""
        self._served.add(id_)
        self.standing = _without(self.standing, id_)
        self._tell_waiting()
        self.look_again()

    def not_served(self, id_: int) -> None:
        """A finish was taken back."""
        self._served.discard(id_)
        self.standing = ShownStanding(self.standing.waiting, self.standing.served - {id_})
        self.look_again()

    def _on_standing(self, standing: ShownStanding) -> None:
        self._looks = False
        self.standing = standing
        self._tell_waiting()

    def _on_failed(self, error: Exception) -> None:
        self._looks = False
        self.failed.emit(error)

    def _tell_waiting(self) -> None:
        standing = self.standing
        ids = [one.id for one in standing.waiting]
        self._tasks.run(
            lambda: self._desk.rows(ids) if ids else [],
            lambda rows: self._on_rows(standing, rows),
            self.failed.emit,
            lane="cache",
            owner=self,
        )
        self.tell_soon()

    def _on_rows(self, standing: ShownStanding, rows: list[ShownRow]) -> None:
        if standing is self.standing:
            by_id = {row.id: row for row in rows}
            self.waiting.emit([(one, by_id[one.id]) for one in standing.waiting if one.id in by_id])

    # the next ------------------------------------------------------------------------------------------------------
    def next_id(self) -> int | None:
        """Whom to serve next, or None."""
        current = self._current()
        due = (one.id for one in self.standing.waiting if one.call_back is not None)
        found = next((id_ for id_ in due if id_ != current), None)
        return found if found is not None else self._next_found(current)

    def _next_found(self, current: int | None) -> int | None:
        count = self._model.rowCount()
        start = self._model.row_of(current) if current is not None else -1
        done = self.standing.served | self._served
        for step in range(1, count + 1):
            id_ = self._model.id_at((start + step) % count)
            if id_ is not None and id_ != current and id_ not in done:
                return id_
        return None

    def tell_soon(self) -> None:
        """Another list: somebody else may come next."""
        if not self._is_stopped:
            self._pause.start()

    def tell_next(self) -> None:
        """Say who comes next now."""
        id_ = self.next_id()
        if id_ is None:
            self._next = None
            self.next_is.emit(None)
            return
        self._next = id_
        self._tasks.run(
            lambda: self._desk.rows([id_]), lambda rows: self._on_next(id_, rows), None, lane="cache", owner=self
        )

    def _on_next(self, id_: int, rows: list[ShownRow]) -> None:
        if id_ == self._next:
            self.next_is.emit(rows[0] if rows else None)


def _without(standing: ShownStanding, id_: int) -> ShownStanding:
    left: tuple[Waiting, ...] = tuple(one for one in standing.waiting if one.id != id_)
    return ShownStanding(left, standing.served | {id_})
