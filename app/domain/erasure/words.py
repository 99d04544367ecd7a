"""The words of erasure: two actions, their grounds in the law, what becomes of an order, and why something is held.

UU PDP tells *hapus* (erase, article 43) from *musnah* (destroy, article 44). Both leave nothing of a customer in the
office; a destruction is over only when no backup can bring anything back, either.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain.role import Role


class Action(StrEnum):
    """What is done."""

    ERASE = "erase"
    """Article 43: gone from the office and its workstations."""
    DESTROY = "destroy"
    """Article 44: the same, and over only when no living backup holds the customer's key."""


class Ground(StrEnum):
    """Why it is done, by the letters of articles 43 (1) and 44 (1)."""

    NOT_NEEDED = "not_needed"
    WITHDRAWN = "consent_withdrawn"
    REQUESTED = "requested"
    UNLAWFUL = "unlawful"
    TIME_OVER = "retention_over"
    NO_CASE = "no_legal_case"


GROUNDS: Final[Mapping[Action, tuple[Ground, ...]]] = MappingProxyType(
    {
        Action.ERASE: (Ground.REQUESTED, Ground.WITHDRAWN, Ground.NOT_NEEDED, Ground.UNLAWFUL),
        Action.DESTROY: (Ground.REQUESTED, Ground.TIME_OVER, Ground.NO_CASE, Ground.UNLAWFUL),
    }
)
"""Which grounds an action has."""


class OrderState(StrEnum):
    """What has become of an order."""

    WAITING = "waiting"
    """For its second person."""
    RUNNING = "running"
    """Approved; some customers, workstations or backups are not done yet."""
    DONE = "done"
    """Over; the certificate is there."""
    HELD = "held"
    """Nothing was erased: holds came first, or nothing was due after all."""
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    EXPIRED = "expired"


class Fate(StrEnum):
    """What has become of one customer of an order."""

    PENDING = "pending"
    ERASED = "erased"
    HELD = "held"
    """A legal hold came first."""
    NOT_DUE = "not_due"
    """The time of retention is not over after all: somebody was in contact meanwhile, or a minimum holds."""
    GONE = "gone"
    """Another order was faster."""


class HoldReason(StrEnum):
    """Why a customer's data must stay."""

    DISPUTE = "dispute"
    LAWSUIT = "lawsuit"
    INVESTIGATION = "investigation"
    REGULATOR = "regulator"


class Unusual(StrEnum):
    """What the second person is shown before they approve."""

    PROPOSER_OPENED = "proposer_opened"
    """Whoever proposes it has opened or changed this customer's data not long ago."""
    NO_REQUEST = "no_request"
    """It says that the customer asked for it, and names no request, or one of the register that is not about them."""
    LAW_KEEPS = "law_keeps"
    """It waits for no time to be over, and a law that comes first (`wins` in the inventory) wants some of it kept."""


PARTICIPANTS: Final = frozenset({Role.SUPERVISOR, Role.PRIVACY_OFFICER})
"""Who proposes and who approves; of the two people at least one is a privacy officer. An agent is neither."""
LOOK_BACK_MS: Final = 90 * 86_400_000
"""How far back somebody's own work on a customer makes an order unusual."""


def is_pair(proposer: Role, approver: Role) -> bool:
    """Whether these two roles together may erase: a privacy officer and somebody else who takes part."""
    return {proposer, approver} <= PARTICIPANTS and Role.PRIVACY_OFFICER in {proposer, approver}
