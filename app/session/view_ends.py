"""When values closed at this console: kept in memory, told to the office with the next beat, in one message.

Nothing waits for it. What was not told when the session locks is kept with its place in the encrypted cache; what is
lost with the process the ledger shows as "up to 30 s".
"""

import json
import threading
from collections import deque

from app.api.client import exposures as calls
from app.api.client.client import ApiClient
from app.api.messages.exposures import LONGEST_SHOWN_MS, MOST_CLOSED, ClosedView, ViewsClosed
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError
from app.domain.exposures.words import ClosedBy
from app.session.errors import SessionOverError

VIEW_ENDS_ITEM = "view_ends"
MOST_KEPT = 512
"""Older ones are forgotten: so many wait only while the office is away, when nothing opens."""


class ViewEnds:
    """What is to be told. Safe from any thread."""

    def __init__(self, client: ApiClient, kept: bytes | None = None) -> None:
        """Tell it by this client; `kept` are those from before a lock."""
        self._client, self._lock = client, threading.Lock()
        self._waiting: deque[ClosedView] = deque(maxlen=MOST_KEPT)
        self._waiting.extend(ClosedView.model_validate(one) for one in json.loads(kept or b"[]"))

    def closed(self, entry: int, shown_s: float, cause: ClosedBy) -> None:
        """A value has closed. Nothing is asked.

        Args:
            entry: number of its opening in the log.
            shown_s: for how long it stood open, seconds by a clock that nobody sets.
            cause: why it closed.
        """
        shown_ms = min(LONGEST_SHOWN_MS, max(0, round(shown_s * 1000)))
        with self._lock:
            self._waiting.append(ClosedView(entry=entry, shown_ms=shown_ms, cause=cause))

    def tell(self) -> None:
        """Tell the office what waits; what it does not hear now waits on, what it refuses is forgotten."""
        while batch := self._batch():
            try:
                calls.views_closed(self._client, ViewsClosed(views=batch))
            except TiraiError as error:
                refused = isinstance(error, NotAllowedError | InputRefusedError)
                if not refused or isinstance(error, SessionOverError):
                    return
            self._drop(batch)

    def kept(self) -> bytes:
        """What waits, for a lock."""
        with self._lock:
            return json.dumps([view.model_dump(mode="json") for view in self._waiting]).encode()

    def _batch(self) -> tuple[ClosedView, ...]:
        with self._lock:
            return tuple(self._waiting)[:MOST_CLOSED]

    def _drop(self, told: tuple[ClosedView, ...]) -> None:
        with self._lock:
            left = [view for view in self._waiting if view not in told]
            self._waiting.clear()
            self._waiting.extend(left)
