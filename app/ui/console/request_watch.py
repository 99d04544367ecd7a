"""Watches the agent's own unlock requests: polled once a second while one waits or may still be opened."""

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.session.shown import RequestState, UnlockAsked
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases

POLL_MS = 1000
_ALIVE = (RequestState.WAITING, RequestState.APPROVED)


def judged(request: UnlockAsked, now: float) -> UnlockAsked:
    """A request whose time is up has expired, whatever was polled last."""
    if request.state in _ALIVE and now >= request.until:
        return replace(request, state=RequestState.EXPIRED)
    return request


class RequestWatch(QObject):
    """The requests of this session by record and field; the newest of each.

    Signals:
        changed: something was asked, decided, withdrawn or has expired, or a second has passed while one waits.
        failed: an exception of a call.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, desk: DeskUseCases, tasks: Tasks, parent: QObject, *, now: Callable[[], float] = time.time
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._now = desk, tasks, now
        self._requests: dict[tuple[str, str], UnlockAsked] = {}
        self._polls = self._is_open = False
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.poll)

    def of(self, record: str, field: str) -> UnlockAsked | None:
        """The newest request for a field, judged by the time."""
        request = self._requests.get((record, field))
        return judged(request, self._now()) if request is not None else None

    def known(self) -> list[UnlockAsked]:
        """All that are known, judged by the time."""
        return [judged(request, self._now()) for request in self._requests.values()]

    def waiting(self) -> list[UnlockAsked]:
        """Requests that wait for a decision."""
        return [request for request in self.known() if request.state is RequestState.WAITING]

    def ask(self, record: str, field: str, reason: str, words: str, then: Callable[[], None]) -> None:
        """Send a request; `then` is called once it stands at the office."""

        def on_asked(request: UnlockAsked) -> None:
            self._take([request])
            then()

        self._tasks.run(lambda: self._desk.ask(record, field, reason, words), on_asked, self._on_failed, owner=self)

    def withdraw(self, request: UnlockAsked) -> None:
        """Take a request back."""
        withdrawn = replace(request, state=RequestState.WITHDRAWN)
        self._tasks.run(
            lambda: self._desk.withdraw(request.id), lambda _none: self._take([withdrawn]), self._on_failed, owner=self
        )

    def used(self, request: UnlockAsked) -> None:
        """An approved request was opened: its one view is used; until `rest`, it may be closed from elsewhere."""
        self._is_open = True
        self._take([replace(request, state=RequestState.USED)])

    def rest(self) -> None:
        """Nothing is open that a request has opened."""
        self._is_open = False
        self._pace()

    def is_revoked(self, key: str) -> bool:
        """Whether what a request opened was closed again by a supervisor."""
        return any(r.id == key and r.state is RequestState.REVOKED for r in self._requests.values())

    def poll(self) -> None:
        """Ask the office how the requests stand."""
        if self._polls:
            return
        self._polls = True
        self._tasks.run(self._desk.requests, self._on_polled, self._on_poll_failed, owner=self)

    def stop(self) -> None:
        """Poll no more."""
        self._timer.stop()

    def _on_polled(self, requests: list[UnlockAsked]) -> None:
        self._polls = False
        self._take(requests)

    def _on_poll_failed(self, error: Exception) -> None:
        self._polls = False
        self._on_failed(error)
        self._pace()

    def _take(self, requests: list[UnlockAsked]) -> None:
        for request in requests:
            known = self._requests.get((request.record, request.field))
            if known is not None and known.asked_at > request.asked_at:
                continue
            over = known is not None and known.id == request.id and known.state not in _ALIVE
            if not over or request.state is RequestState.REVOKED:
                self._requests[request.record, request.field] = request
        self._pace()
        self.changed.emit()

    def _pace(self) -> None:
        now = self._now()
        alive = any(judged(request, now).state in _ALIVE for request in self._requests.values())
        if (alive or self._is_open) and not self._timer.isActive():
            self._timer.start()
        elif not alive and not self._is_open:
            self._timer.stop()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
