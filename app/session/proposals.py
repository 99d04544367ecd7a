"""Entries of the book that need two people, as a console sees them: proposed, waiting, confirmed, refused, withdrawn.

Before a person confirms, this console checks the first one's signature against the book, and signs what it was shown.
A class key is proposed by a holder, whose console made it, and confirmed by an administrator; never the other way
round, or the administrator would know it.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.data_class import DataClass
from app.domain.role import Role
from app.session.identity import Identity


class Purpose(StrEnum):
    """What a proposal is for."""

    RESET = "reset"
    CLASS_KEY = "class_key"


class WhyNot(StrEnum):
    """Why somebody may not confirm a proposal."""

    OWN = "own"
    ONESELF = "oneself"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits for its second person.

    Attributes:
        id: hex.
        purpose: a reset (also the opening of a closed account), or a class key.
        account: whose reset, else empty.
        display_name: the person's name, as the office's table says; show the account name beside it.
        role, queues: of that account.
        was_closed: whether the reset opens a closed account again.
        loses: of a reset: classes that the account holds now and will not.
        last_holder_of: of those, the ones that only the recovery kit opens afterwards.
        data_class, version: of a class key.
        reason: a word: lost_password, lost_authenticator, stolen, open_again, rotation.
        proposed_by, proposed_by_name: the first person.
        proposed_at, until: seconds since 1970.
        why_not: why this person may not confirm it; None: they may, with a fresh code.
        is_own: whether this person proposed it and may withdraw it.
    """

    id: str
    purpose: Purpose
    account: str
    display_name: str
    role: Role | None
    queues: tuple[str, ...]
    was_closed: bool
    loses: tuple[DataClass, ...]
    last_holder_of: tuple[DataClass, ...]
    data_class: DataClass | None
    version: int
    reason: str
    proposed_by: str
    proposed_by_name: str
    proposed_at: float
    until: float
    why_not: WhyNot | None

    @property
    def is_own(self) -> bool:
        """Whether this person proposed it and may withdraw it."""
        return self.why_not is WhyNot.OWN


class Proposals:
    """Proposals of one office."""

    def __init__(self, identity: Identity) -> None:
        """Work as this identity."""
        self._identity = identity

    def waiting(self) -> tuple[Waiting, ...]:
        """What waits, the oldest first; what nobody of the book has signed is left out.

        Raises:
            NotAllowedError: neither administrator nor supervisor.
        """
        raise NotImplementedError

    def confirm(self, proposal: str) -> Waiting:
        """Sign the entry of a proposal that `waiting` has shown.

        Raises:
            NotAllowedError: code `own`, `oneself`, `role`, `over` (withdrawn, refused, expired), or `step_up`.
            BookError: the book refuses it: the first person or the account has changed since.
        """
        raise NotImplementedError

    def drop(self, proposal: str) -> None:
        """Withdraw an own proposal, or refuse somebody else's.

        Raises:
            NotAllowedError: code `oneself`, `role` or `over`.
        """
        raise NotImplementedError
