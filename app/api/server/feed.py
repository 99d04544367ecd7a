"""What has changed, told to each console over one stream of events (HTML standard, section 9.2: server-sent events).

An event names topics and nothing else: whoever hears of one asks in the usual way, and gets what their role may see.
"""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from enum import StrEnum

QUIET_S = 15.0
"""A comment goes out after so long without an event, so that both ends notice a line that is dead."""


class Topic(StrEnum):
    """What may have changed."""

    UNLOCKS = "unlocks"
    ACCOUNTS = "accounts"
    COLLEAGUES = "colleagues"
    CUSTOMERS = "customers"
    EXPOSURES = "exposures"
    ERASURES = "erasures"
    POLICY = "policy"
    WORKSTATIONS = "workstations"
    REQUESTS = "requests"
    INCIDENTS = "incidents"
    PRESENCE = "presence"
    """Somebody has come to, left, or is changing a customer that others have open."""


class Listener:
    """One stream's end at the office; lives in the loop's thread, is told from any."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._told = asyncio.Event()
        self._topics: set[Topic] = set()
        self._lock = threading.Lock()
        self.is_closed = False

    def tell(self, topic: Topic | None) -> None:
        """Something has changed; None: the office leaves, the stream is to end. Any thread."""
        with self._lock:
            if topic is None:
                self.is_closed = True
            else:
                self._topics.add(topic)
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody hears this stream any more
            self._loop.call_soon_threadsafe(self._told.set)

    async def next(self, quiet_s: float) -> set[Topic]:
        """What has changed since the last time; empty after `quiet_s` seconds without anything."""
        try:
            await asyncio.wait_for(self._told.wait(), quiet_s)
        except TimeoutError:
            return set()
        self._told.clear()
        with self._lock:
            topics, self._topics = self._topics, set()
        return topics


class Feed:
    """All streams of one office."""

    def __init__(self) -> None:
        self._count = 0
        self._listeners: set[Listener] = set()
        self._lock = threading.Lock()
        self._is_closed = False

    @property
    def count(self) -> int:
        """How many changes there were; a lease tells it, so that a console sees whether it missed some."""
        return self._count

    def tell(self, topic: Topic) -> None:
        """Something has changed; any thread."""
        with self._lock:
            self._count += 1
        self._spread(topic)

    def _spread(self, *topics: Topic) -> None:
        with self._lock:
            for listener in self._listeners:
                for topic in topics:
                    listener.tell(topic)

    def close(self) -> None:
        """The office leaves: all streams end, and none begins."""
        with self._lock:
            self._is_closed = True
            for listener in self._listeners:
                listener.tell(None)

    async def events(self, lives: Callable[[], Awaitable[bool]], quiet_s: float = QUIET_S) -> AsyncIterator[bytes]:
        """The stream of one session, until it is over or the office leaves.

        Args:
            lives: whether the session still lives; asked before each event. One that does not is told `over`, so that
                it asks at once why.
            quiet_s: see `QUIET_S`.
        """
        listener = Listener()
        with self._lock:
            self._listeners.add(listener)
            listener.is_closed = self._is_closed
        try:
            yield b": open\n\n"
            while not listener.is_closed:
                topics = await listener.next(quiet_s)
                if not await lives():
                    yield b"event: changed\ndata: over\n\n"
                    return
                if topics:
                    yield f"event: changed\ndata: {' '.join(sorted(topics))}\n\n".encode()
                else:
                    yield b": still here\n\n"
        finally:
            with self._lock:
                self._listeners.discard(listener)
