"""How often each account, workstation and address has asked: token buckets of this process, or where many share them.

Invariant: a request takes from all of its buckets or from none, so that one which is refused costs nobody anything.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Protocol

from app.domain.request_limits import Level, Rate, level_now, wait_ms

MOST_BUCKETS = 20_000
"""Some MB. Beyond it the one that was not asked for longest is forgotten, and is full when it comes back."""
Taken = Sequence[tuple[str, Rate]]


class RateStore(Protocol):
    """Where buckets are."""

    def take(self, buckets: Taken, now_ms: int) -> int:
        """Take one from each of these buckets, or from none.

        Args:
            buckets: names and rates.
            now_ms: of a clock that only goes on; a place that many processes share goes by its own.

        Returns:
            Milliseconds to wait; 0: taken.
        """


class RatesInMemory:
    """Buckets of one process. Safe from any thread."""

    def __init__(self, most: int = MOST_BUCKETS) -> None:
        """Remember at most so many buckets."""
        self._levels: OrderedDict[str, Level] = OrderedDict()
        self._most, self._lock = most, threading.Lock()

    def __len__(self) -> int:
        """How many buckets are remembered."""
        return len(self._levels)

    def take(self, buckets: Taken, now_ms: int) -> int:
        """See `RateStore.take`."""
        with self._lock:
            left = [level_now(rate, self._levels.get(name), now_ms) for name, rate in buckets]
            wait = max((wait_ms(rate, has) for (_, rate), has in zip(buckets, left, strict=True)), default=0)
            if wait == 0:
                for (name, _), has in zip(buckets, left, strict=True):
                    self._put(name, Level(has - 1, now_ms))
            return wait

    def _put(self, name: str, level: Level) -> None:
        self._levels[name] = level
        self._levels.move_to_end(name)
        if len(self._levels) > self._most:
            self._levels.popitem(last=False)
