"""The calls that are on, as a softphone tells them (`tirai call`). Counted by id, so that one on hold is one more.

An id is kept as a digest. Whoever runs the softphone may forget to end a call, or lie: a call delays the lock by idle
time up to a maximum (`session.idle`), and does nothing else.
"""

import hashlib
from collections.abc import Callable, Iterable

from app.session.idle import boot_s

MOST_CALLS = 16
_DIGITS = 16


def call_key(untrusted_id: str) -> str:
    """What is kept of a call's id; the call without an id is one call, too."""
    return hashlib.sha256(untrusted_id.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


class CallBook:
    """Which calls are on since when.

    Args:
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = boot_s) -> None:
        self._clock = clock
        self._since: dict[str, float] = {}
        self._ended: set[str] = set()
        self._all_ended = False

    @property
    def count(self) -> int:
        """How many are on."""
        return len(self._since)

    def lasts_s(self) -> float:
        """For how long the first of them has been on; 0 where none is."""
        return self._clock() - min(self._since.values()) if self._since else 0.0

    def start(self, untrusted_id: str) -> bool:
        """A call is on; one that is on already stays as it is. False: there are too many."""
        key = call_key(untrusted_id)
        if key not in self._since and len(self._since) >= MOST_CALLS:
            return False
        self._ended.discard(key)
        self._since.setdefault(key, self._clock())
        return True

    def end(self, untrusted_id: str = "") -> bool:
        """A call is over; without an id all are. Whether one was on."""
        if not untrusted_id:
            was_on, self._all_ended = bool(self._since), True
            self._since.clear()
            return was_on
        key = call_key(untrusted_id)
        if len(self._ended) < MOST_CALLS:
            self._ended.add(key)
        return self._since.pop(key, None) is not None

    def kept(self) -> tuple[tuple[str, float], ...]:
        """What is on, for a lock in the midst of it."""
        return tuple(self._since.items())

    def go_on(self, kept: Iterable[tuple[str, float]]) -> None:
        """Go on with what was on before a lock, but for what has ended meanwhile."""
        for key, since in kept:
            if not self._all_ended and key not in self._ended and len(self._since) < MOST_CALLS:
                self._since[key] = min(since, self._since.get(key, since))
        self._ended.clear()
        self._all_ended = False
