"""Tells the office which calls are on, so that the log has when each began and ended.

What is told is all that is on now. So nothing is lost or doubled by a lock or an office that was away for a while; only
a call that came and went while it was away is not in the log.
"""

import threading
from collections.abc import Iterable

from app.api.client import caller_checks
from app.api.client.client import ApiClient
from app.api.messages.calls import CallsNow


class CallLog:
    """What the office knows of this console's calls. Safe from any thread.

    Args:
        client: by which it is told.
        is_resumed: whether the office may know of calls from before a lock.
    """

    def __init__(self, client: ApiClient, *, is_resumed: bool) -> None:
        self._client = client
        self._on: tuple[str, ...] = ()
        self._told: tuple[str, ...] | None = None if is_resumed else ()
        self._telling = threading.Lock()

    def now(self, keys: Iterable[str]) -> None:
        """These calls are on. Nothing is asked."""
        self._on = tuple(sorted(keys))

    def tell(self) -> None:
        """Tell the office, if it does not know; blocks.

        Raises:
            OfficeAwayError: it does not answer; the next `tell` does it.
        """
        with self._telling:
            on = self._on
            if on == self._told:
                return
            caller_checks.tell_calls(self._client, CallsNow(calls=on))
            self._told = on
