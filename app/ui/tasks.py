"""The one door off the GUI thread (style.md 7): work goes out here, answers come back on the GUI thread or not at all.

Invariants: the cache lane has one thread, so the session cache is used by one thread at a time; an answer whose
receiver is gone is dropped; no exception vanishes, it goes to `on_error` or, without one, to `failed`.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Literal, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")
Lane = Literal["network", "cache"]
NETWORK_THREADS = 4


class Tasks(QObject):
    """Runs callables off the GUI thread.

    Signals:
        failed: an exception that its caller did not take.
    """

    failed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[Lane, ThreadPoolExecutor] = {
            "cache": ThreadPoolExecutor(1, thread_name_prefix="tirai-cache"),
            "network": ThreadPoolExecutor(NETWORK_THREADS, thread_name_prefix="tirai-net"),
        }
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
            lane: `cache` for what reads or writes the session cache, else `network`.
            owner: the receiver; once it is destroyed nothing is delivered. A bound method of a QObject is its own.
        """
        if self._closed:
            return
        future = self._lanes[lane].submit(work)
        future.add_done_callback(lambda done: self._on_finished(done, on_done, on_error, owner))

    def on_gui(self, receive: Callable[..., object], owner: QObject | None = None) -> Callable[..., None]:
        """A callable for other threads that delivers to `receive` on the GUI thread (progress of a fill)."""

        def forward(*values: object) -> None:
            self._emit(lambda: receive(*values) if _lives(owner, receive) else None)

        return forward

    def close(self) -> None:
        """Take no more work, deliver nothing more; what runs is left to end."""
        self._closed = True
        for executor in self._lanes.values():
            executor.shutdown(wait=False, cancel_futures=True)

    def _on_finished(
        self,
        future: "Future[T]",
        on_done: Callable[[T], object] | None,
        on_error: Callable[[Exception], object] | None,
        owner: QObject | None,
    ) -> None:
        if future.cancelled():
            return
        error = future.exception()
        if isinstance(error, Exception):
            self._emit(lambda: self._deliver_error(error, on_error, owner))
        elif error is None and on_done is not None:
            result = future.result()
            self._emit(lambda: on_done(result) if _lives(owner, on_done) else None)

    def _deliver_error(
        self, error: Exception, on_error: Callable[[Exception], object] | None, owner: QObject | None
    ) -> None:
        if on_error is None:
            self.failed.emit(error)
        elif _lives(owner, on_error):
            on_error(error)

    def _emit(self, deliver: Callable[[], object]) -> None:
        if not self._closed and shiboken6.isValid(self):
            self._arrived.emit(deliver)

    @Slot(object)
    def _on_arrived(self, deliver: Callable[[], object]) -> None:
        if not self._closed:
            deliver()


def _lives(owner: QObject | None, receive: Callable[..., object]) -> bool:
    """Whether the receiver still exists."""
    target = owner if owner is not None else getattr(receive, "__self__", None)
    return not isinstance(target, QObject) or shiboken6.isValid(target)
