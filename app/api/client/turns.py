"""Whose turn it is to use a session's token: many requests at once, or the one that turns the token over.

A request that turns the token over waits for those under way and keeps later ones waiting, so that none is ever sent
with a token that has died meanwhile.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Many together, or one alone; who wants to be alone comes before later ones."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._together = 0
        self._alone = False
        self._waiting = 0

    @contextmanager
    def together(self) -> Iterator[None]:
        """A turn beside others."""
        with self._change:
            self._change.wait_for(lambda: not self._alone and not self._waiting)
            self._together += 1
        try:
            yield
        finally:
            with self._change:
                self._together -= 1
                self._change.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A turn with nobody else."""
        with self._change:
            self._waiting += 1
            try:
                self._change.wait_for(lambda: not self._alone and not self._together)
            finally:
                self._waiting -= 1
            self._alone = True
        try:
            yield
        finally:
            with self._change:
                self._alone = False
                self._change.notify_all()
