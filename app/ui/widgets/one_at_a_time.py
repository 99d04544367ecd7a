"""Room is made in a bar once at a time.

Showing a widget makes Qt lay out everything above it at once, and what hears of that may ask for room in the middle of
making it. A widget that is hidden while Qt shows it would stand there for ever, so such a wish waits.
"""

from collections.abc import Callable

MOST = 8
"""Rounds in one go. Two are usual; work that never came to rest would hold the window for ever."""


class OneAtATime:
    """Something that is done again afterwards if it was asked for while it was being done."""

    def __init__(self, work: Callable[[], object]) -> None:
        """Do this work, which does nothing where all is well."""
        self._work = work
        self._is_busy = self._is_asked = False

    def __call__(self) -> None:
        """Do it now, or when the one that runs is done; `MOST` times at most, the rest when it is next asked for."""
        self._is_asked = True
        if self._is_busy:
            return
        self._is_busy = True
        try:
            for _round in range(MOST):
                if not self._is_asked:
                    break
                self._is_asked = False
                self._work()
        finally:
            self._is_busy = False
