"""What the accounts' workspace needs of the session, as it calls it. All calls block and are made through `tasks`."""

from collections.abc import Callable
from typing import Protocol

from app.domain.data_class import DataClass
from app.domain.role import Role
from app.session.accounts import Listing, ResetProposed, ResetReason
from app.session.proposals import Waiting
from app.session.shown import Secret


class ProposalUseCases(Protocol):
    """What waits for a second person (`app.session.proposals.Proposals`)."""

    def waiting(self) -> tuple[Waiting, ...]:
        """What waits, the oldest first."""

    def confirm(self, proposal: str) -> Waiting:
        """Sign it as the second person."""

    def drop(self, proposal: str) -> None:
        """Withdraw one's own, or refuse somebody else's."""


class AccountUseCases(Protocol):
    """Other people's accounts (`app.session.accounts.Accounts`)."""

    @property
    def proposals(self) -> ProposalUseCases:
        """What waits for a second person."""

    def listing(self) -> Listing:
        """Every account."""

    def invite(self, name: str, display_name: str, role: Role, queues: tuple[str, ...]) -> Secret:
        """Make an account; its activation code."""

    def new_code(self, name: str) -> Secret:
        """A new activation code for somebody who has not come yet."""

    def change(self, name: str, *, role: Role | None = None, queues: tuple[str, ...] | None = None) -> None:
        """Give an account another role or other queues."""

    def close(self, name: str) -> None:
        """Close an account."""

    def end_sessions(self, name: str | None = None) -> int:
        """End the sessions of one account; how many there were."""

    def propose_reset(self, name: str, reason: ResetReason) -> ResetProposed:
        """Propose a reset."""

    def step_up(self, code: str) -> None:
        """Give a fresh code."""


Release = Callable[[str], None]
"""Lets a throttled person try again at this workstation."""

ProposeKey = Callable[[DataClass], object]
"""Makes the next key of a class in this console, and proposes it to an administrator."""
