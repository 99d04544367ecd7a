"""What the workstations' workspace needs of the session, as it calls it. All calls block and are made by `tasks`."""

from collections.abc import Sequence
from typing import Protocol

from app.session.workstations import Ordered, WipeReason, WorkstationCode, WorkstationListing


class WorkstationUseCases(Protocol):
    """Everybody's workstations (`app.session.workstations.Workstations`)."""

    def listing(self) -> WorkstationListing:
        """Every workstation."""

    def invite(self, names: Sequence[str], valid_h: int = 24) -> tuple[WorkstationCode, ...]:
        """Have a one-time code made for each name."""

    def withdraw(self, invitation: str) -> None:
        """Take a code back that nobody has used."""

    def wipe(self, workstation: str, reason: WipeReason) -> Ordered:
        """Have one wiped."""

    def wipe_queue(self, queue: str, reason: WipeReason) -> Ordered:
        """Have those wiped whose sessions may hold a queue's customers."""

    def wipe_all(self, reason: WipeReason) -> Ordered:
        """Have every one wiped."""

    def revoke(self, workstation: str) -> None:
        """Let nobody sign in from one."""

    def allow(self, workstation: str) -> None:
        """Let people sign in from one again."""

    def step_up(self, code: str) -> None:
        """Give a fresh code."""
