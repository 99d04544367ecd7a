"""What the pages of erasure, holds and retention need of the session (`app.session.privacy.erasing.Erasing`)."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from app.domain.erasure.words import Action, Ground, HoldReason
from app.session.privacy.erasing import ShownHold, ShownOrder, ShownRetention, ShownSubject


class ErasingUseCases(Protocol):
    """All calls block and are made by `tasks`."""

    def step_up(self, code: str) -> None:
        """Give a fresh code."""

    def orders(self) -> tuple[ShownOrder, ...]:
        """All orders, the newest first."""

    def look_at(self, order: str) -> tuple[ShownSubject, ...]:
        """The customers of an order."""

    def propose(self, number: str, action: Action, ground: Ground, reference: str) -> int:
        """Propose to erase a customer; the order's number."""

    def approve(self, order: str) -> None:
        """Approve an order that was looked at."""

    def drop(self, order: str) -> None:
        """Take an own order back, or refuse somebody else's."""

    def save_notices(
        self, order: str, path: Path, tell: Callable[[int, int], object], is_stopped: Callable[[], bool]
    ) -> int:
        """Have the letter to each person of an order made and written; how many there are."""

    def save_certificate(self, order: str, language: str, path: Path) -> None:
        """Write the certificate: on paper, and beside it the signed JSON."""

    def holds(self) -> tuple[ShownHold, ...]:
        """Holds that stand."""

    def hold(self, number: str, reason: HoldReason, reference: str) -> None:
        """Hold a customer."""

    def lift(self, hold: str) -> None:
        """Lift a hold."""

    def dry_run(self) -> ShownRetention:
        """What is due today."""

    def destroy_what_is_due(self) -> int:
        """Propose to destroy what the last dry run has shown."""

    def confirm_date(self, day: str) -> None:
        """Say that the office's date is right."""
