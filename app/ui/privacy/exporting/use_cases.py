"""What the page of analytics exports needs of the session (`app.session.privacy.exporting.Exporting`)."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from app.domain.analytics.report import Report
from app.session.privacy.exporting import ShownColumn, ShownExport


class ExportUseCases(Protocol):
    """All calls block and are made by `tasks`, but for two that ask nobody."""

    def step_up(self, code: str) -> None:
        """Give a fresh code."""

    def may_propose(self) -> bool:
        """Whether this person proposes; asks nobody."""

    def columns(self) -> tuple[ShownColumn, ...]:
        """All that may stand in an export; asks nobody."""

    def listing(self) -> tuple[ShownExport, ...]:
        """All orders, the newest first."""

    def propose(self, least: tuple[int, int, int], known: tuple[str, ...], sensitive: str) -> None:
        """Propose an export: k and l at least, t at most in hundredths."""

    def approve(self, export: str) -> None:
        """Approve what somebody else has proposed."""

    def drop(self, export: str) -> None:
        """Take back, or refuse."""

    def make(self, export: str, path: Path, on_rows: Callable[[int], object], is_stopped: Callable[[], bool]) -> Report:
        """Make the file, and its report beside it; until that is written it can be stopped."""
