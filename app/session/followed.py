"""What became different in the session cache when it took over the office's changes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Followed:
    """Which rows are others now.

    Attributes:
        changed: ids of rows that came or changed.
        gone: ids of rows that are not here any more.
        total: how many rows are here.
        is_done: whether the cache is as the office was just now; not while it is being filled.
    """

    changed: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()
    total: int = 0
    is_done: bool = False
