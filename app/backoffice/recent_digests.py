"""Digests of the log's newest entries, worked out once by a process for all who ask for a proof.

Each console's lease proves that the log continues from what it saw a minute ago, and all of them prove about the same
entries. Invariants: only entries that are committed are kept; they are offered only while the log still holds the
entry that they end with, so that a log which is another one now is read anew.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Final

DIGEST_BYTES: Final = 32
MOST_DIGESTS: Final = 1 << 18
"""8 MiB: what some hundred people write in a day."""


class RecentDigests:
    """Those of one log. Safe from any thread."""

    def __init__(self, most: int = MOST_DIGESTS) -> None:
        """Remember at most so many."""
        self._most, self._lock = most, threading.Lock()
        self._after, self._digests, self._head = 0, bytearray(), b""

    def behind(self, length: int, hash_at: Callable[[int], bytes | None]) -> list[bytes]:
        """Digests of entries behind a length, as far as they are known here.

        Args:
            length: of the log, after which they begin.
            hash_at: the log's hash at an entry now, None where it has none.
        """
        with self._lock:
            after, head, end = self._after, self._head, self._end
            known = bytes(self._digests[(length - after) * DIGEST_BYTES :]) if after <= length < end else b""
        if not known:
            return []
        if hash_at(end) != head:
            self._forget(head)
            return []
        return [known[at : at + DIGEST_BYTES] for at in range(0, len(known), DIGEST_BYTES)]

    def keep(self, length: int, digests: Sequence[bytes], head: bytes) -> None:
        """Remember the digests of all entries behind a length, to the log's end.

        Args:
            length: of the log, after which they begin.
            digests: one for each entry, all of them committed.
            head: the log's hash at the last of them.
        """
        with self._lock:
            if length + len(digests) <= self._end:
                return  # somebody else was faster
            if length != self._end:
                self._after, self._digests = length, bytearray()
            self._digests += b"".join(digests)
            self._head = head
            if (over := self._end - self._after - self._most) > 0:
                del self._digests[: over * DIGEST_BYTES]
                self._after += over

    def _forget(self, head: bytes) -> None:
        with self._lock:
            if self._head == head:
                self._after, self._digests, self._head = 0, bytearray(), b""

    @property
    def _end(self) -> int:
        return self._after + len(self._digests) // DIGEST_BYTES
