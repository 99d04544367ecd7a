"""The one door off the GUI thread (style.md 7): work goes out here, answers come back on the GUI thread or not at all.

Invariants: the cache lane has one thread, so the session cache is used by one thread at a time; the last lane is for a
session's lock and end, which wait behind nothing else; an answer whose receiver is gone is dropped; no exception
vanishes, it goes to `on_error` or, without one, to `failed`; a worker lets go of everything it was handed before it
reports, so that no widget can be destroyed on a worker's thread.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Any, Literal, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")
Lane = Literal["network", "cache", "last"]
NETWORK_THREADS = 4


@dataclass(slots=True)
class _Job:
    """A piece of work with its receivers; owned by the GUI thread until it is delivered."""

    work: Callable[[], Any] | None
    on_done: Callable[[Any], object] | None
    on_error: Callable[[Exception], object] | None
    owner: QObject | None
    result: Any = None
    error: Exception | None = None


class Tasks(QObject):
    """Runs callables off the GUI thread.

    Signals:
        failed: an exception that its caller did not take.
    """

    failed = Signal(object)
    _arrived = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[Lane, ThreadPoolExecutor] = {
            "cache": ThreadPoolExecutor(1, thread_name_prefix="tirai-cache"),
            "last": ThreadPoolExecutor(1, thread_name_prefix="tirai-last"),
            "network": ThreadPoolExecutor(NETWORK_THREADS, thread_name_prefix="tirai-net"),
        }
        self._tickets = count(1)
        self._jobs: dict[int, _Job] = {}
        self._closed = False
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], object] | None = None,
        on_error: Callable[[Exception], object] | None = None,
        *,
        lane: Lane = "network",
        owner: QObject | None = None,
    ) -> None:
        """Run `work` on a lane's thread.

        Args:
            work: called off the GUI thread; touches no widget.
            on_done: called with the answer on the GUI thread.
            on_error: called with the exception on the GUI thread; without it `failed` is emitted.
            lane: `cache` for what reads or writes the session cache, `last` for a lock or an end, else `network`.
            owner: the receiver; once it is destroyed nothing is delivered. A bound method of a QObject is its own.
        """
        if self._closed:
            return
        ticket = next(self._tickets)
        self._jobs[ticket] = _Job(work, on_done, on_error, owner)
        self._lanes[lane].submit(self._perform, ticket)

    def _perform(self, ticket: int) -> None:
        """On a worker's thread: do the work, let go of it, report."""
        job = self._jobs.get(ticket)
        if job is None or job.work is None:
            return
        work = job.work
        try:
            job.result = work()
        except Exception as error:  # noqa: BLE001 (whatever it is, the GUI thread tells the person)
            job.error = error
        del work, job
        self._report(ticket)

    def on_gui(self, receive: Callable[..., object], owner: QObject | None = None) -> Callable[..., None]:
        """A callable for other threads that delivers to `receive` on the GUI thread (progress of a fill)."""

        def forward(*values: object) -> None:
            ticket = next(self._tickets)
            self._jobs[ticket] = _Job(None, lambda result: receive(*result), None, owner or _receiver(receive), values)
            self._report(ticket)

        return forward

    def close(self) -> None:
        """Take no more work, deliver nothing more; what runs is left to end."""
        self._closed = True
        for executor in self._lanes.values():
            executor.shutdown(wait=False, cancel_futures=True)

    def _report(self, ticket: int) -> None:
        if not self._closed and shiboken6.isValid(self):
            self._arrived.emit(ticket)

    @Slot(int)
    def _on_arrived(self, ticket: int) -> None:
        job = self._jobs.pop(ticket, None)
        if job is None or self._closed:
            return
        if job.error is None:
            if job.on_done is not None and _lives(job.owner, job.on_done):
                job.on_done(job.result)
        elif job.on_error is None:
            self.failed.emit(job.error)
        elif _lives(job.owner, job.on_error):
            job.on_error(job.error)


def _receiver(receive: Callable[..., object]) -> QObject | None:
    target = getattr(receive, "__self__", None)
    return target if isinstance(target, QObject) else None


def _lives(owner: QObject | None, receive: Callable[..., object]) -> bool:
    """Whether the receiver still exists."""
    target = owner if owner is not None else _receiver(receive)
    return target is None or shiboken6.isValid(target)
