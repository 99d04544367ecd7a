"""What is heard at a desk without asking: that its office's process has ended, and that something there has changed."""

import os
import select
from collections.abc import Callable

from app.api.client.lifeline import Lifeline
from app.api.client.live_line import LiveLine
from app.domain import patience
from app.session.identity import Identity


class Hearing:
    """The part of a desk that has lines open to its office."""

    def __init__(self, identity: Identity) -> None:
        """Hear for this person; nothing is open yet."""
        self._identity = identity
        self._lifeline: Lifeline | None = None
        self._live: LiveLine | None = None

    def watch_office(self, on_gone: Callable[[], object]) -> None:
        """Have somebody told, in any thread, when the office's process ends; while that watch stands, nothing more.

        Raises:
            OfficeAwayError: it is not there.
        """
        if self._lifeline is None or not self._lifeline.is_open:
            self._lifeline = self._identity.client.lifeline(on_gone)

    def watch_changes(self, on_change: Callable[[frozenset[str]], object], on_end: Callable[[], object]) -> None:
        """Hear of changes at the office, in any thread, over one stream; while that stands, nothing more.

        Args:
            on_change: called with topics (`unlocks`, `accounts`, `colleagues`, `customers`, `policy`); with `open` once
                the stream stands, from when on nothing is missed.
            on_end: called once when the stream ends.

        Raises:
            OfficeAwayError: it is not there.
        """
        if self._live is None or not self._live.is_open:
            self._live = self._identity.client.live(on_change, on_end)

    def _office_process(self) -> int | None:
        """A descriptor of the office's process, where its end is watched, for `wait_for_end`."""
        return self._lifeline.process() if self._lifeline is not None else None

    def _leave_office(self) -> None:
        """Close the line that its process's end is known by."""
        if self._lifeline is not None:
            self._lifeline.close()


def wait_for_end(process: int) -> None:
    """Wait for a process's end, by its descriptor, so that the machine does not sleep on what it holds."""
    try:
        poll = select.poll()
        poll.register(process, select.POLLIN)
        poll.poll(patience.OFFICE_ENDS_S * 1000)
    finally:
        os.close(process)
