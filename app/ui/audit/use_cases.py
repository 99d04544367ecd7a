"""What the audit workspace needs of the session, as it calls it. All calls block and are made through `tasks`."""

from collections.abc import Callable
from typing import Protocol

from app.session.log_shown import LogFilter, LogKey, LogPage, LogPlace, LogVerdict


class LogUseCases(Protocol):
    """The audit log (`app.session.log_reading.LogReading`)."""

    def page(self, wanted: LogFilter, after: LogKey | None = None) -> LogPage:
        """Entries that fit, the newest first, behind a place."""

    def place(self, number: int) -> LogPlace:
        """One entry in its chain."""

    def verify(self, on_entries: Callable[[int, int], None], is_stopped: Callable[[], bool]) -> LogVerdict:
        """Read the whole log and judge it here; `VerificationStopped` when it was stopped."""
