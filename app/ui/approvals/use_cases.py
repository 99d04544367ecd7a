"""What the approvals need of the session (`app.session.deciding.Deciding`). All calls block; `tasks` makes them."""

from typing import Protocol

from app.session.shown import AgentPast, OpenUnlock, PastUnlock, UnlockLimits, UnlockWaiting


class DecidingUseCases(Protocol):
    """What one person may decide."""

    @property
    def limits(self) -> UnlockLimits:
        """How long policy lets an unlock be used, and each view last."""

    def waiting(self) -> list[UnlockWaiting]:
        """Requests that wait, the oldest first."""

    def desk(self) -> tuple[list[OpenUnlock], list[PastUnlock]]:
        """What is open now, and what was decided in a day."""

    def past(self, request: str) -> AgentPast:
        """What to know of the agent behind a request."""

    def approve(self, request: str, usable_s: int) -> None:
        """Open the field for its agent, once."""

    def deny(self, request: str, why: str) -> None:
        """Refuse with a reason."""

    def ask_back(self, request: str, question: str) -> None:
        """Ask the agent instead of deciding."""

    def revoke(self, request: str) -> None:
        """Close what is open."""
