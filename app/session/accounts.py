"""Administration of accounts, as an administrator's console does it: what a screen or a command may ask for.

Roles, queues, states and classes come from the book that is replayed here; the office adds what no authority hangs on
(people's names, sessions, failed tries). Every change is an entry that this console signs; a reset waits for a second
person (`app/session/proposals.py`). All calls block; screens make them off the GUI thread.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.data_class import DataClass
from app.domain.role import Role
from app.session.identity import Identity
from app.session.proposals import Proposals, Waiting
from app.session.shown import Secret

INVITABLE = (Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR)
LONGEST_PERSON_NAME = 80


class AccountState(StrEnum):
    """The state of an account, for screens."""

    INVITED = "invited"
    ACTIVE = "active"
    RESET = "reset"
    CLOSED = "closed"


class ResetReason(StrEnum):
    """Why an account is reset; a word of the log."""

    LOST_PASSWORD = "lost_password"  # noqa: S105  (a reason)
    LOST_AUTHENTICATOR = "lost_authenticator"
    STOLEN = "stolen"
    OPEN_AGAIN = "open_again"


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One running session of somebody."""

    kind: str  # console | approval | command | replace
    seat: str
    started_at: float  # seconds since 1970


@dataclass(frozen=True, slots=True)
class Account:
    """One account of the table.

    Attributes:
        account: account name.
        display_name: the person's name, as the office's table says; nothing hangs on it.
        role, queues, state: as the book says.
        held: classes that the book shows it holding.
        missing: classes that its role may hold and that it does not, while it is active.
        held_alone: classes that nobody else holds: it cannot be closed, nor moved to a role without them.
        is_last_administrator: it cannot be closed or moved either.
        is_self: it is the account of whoever asks; others change it.
        last_sign_in: seconds since 1970, or None.
        sessions: what runs now.
        failed: failed tries in a row at this workstation.
        wait_s: seconds until its next try is judged.
        code_until: until when its activation code opens, seconds since 1970, or None where none does.
        reset: the reset that waits for a second person, or None.
    """

    account: str
    display_name: str
    role: Role
    queues: tuple[str, ...]
    state: AccountState
    held: tuple[DataClass, ...]
    missing: tuple[DataClass, ...]
    held_alone: tuple[DataClass, ...]
    is_last_administrator: bool
    is_self: bool
    last_sign_in: float | None = None
    sessions: tuple[SessionRow, ...] = ()
    failed: int = 0
    wait_s: int = 0
    code_until: float | None = None
    reset: Waiting | None = None

    @property
    def may_close(self) -> bool:
        """Whether an administrator may close it."""
        stays = self.is_self or self.is_last_administrator or bool(self.held_alone)
        return not stays and self.state is not AccountState.CLOSED

    @property
    def may_change(self) -> bool:
        """Whether an administrator may change its role and queues; a role that loses `held_alone` is refused."""
        return self.state is AccountState.ACTIVE and not self.is_self

    @property
    def may_have_code(self) -> bool:
        """Whether it may get a new activation code from one administrator."""
        return self.state is AccountState.INVITED

    @property
    def may_be_reset(self) -> bool:
        """Whether an administrator may propose its reset; a closed one is opened again by that."""
        return not self.is_self and self.state is not AccountState.INVITED and self.reset is None


@dataclass(frozen=True, slots=True)
class Listing:
    """The table.

    Attributes:
        accounts: every account but the recovery kit's, by name.
        rotation_due: classes that somebody has lost since their newest version.
    """

    accounts: tuple[Account, ...]
    rotation_due: tuple[DataClass, ...]


@dataclass(frozen=True, slots=True)
class ResetProposed:
    """A reset that waits.

    Attributes:
        code: its activation code, shown once; it works after the second person's confirmation, for 24 h from then.
        id: the proposal's id.
        until: until when it may be confirmed, seconds since 1970.
    """

    code: Secret
    id: str
    until: float


class Accounts:
    """Other people's accounts."""

    def __init__(self, identity: Identity) -> None:
        """Work as this identity."""
        self._identity = identity
        self.proposals = Proposals(identity)

    @property
    def rotation_due(self) -> tuple[DataClass, ...]:
        """Classes that somebody has lost since their newest version, as of the last look at the book."""
        return self._identity.book.rotation_due

    def listing(self) -> Listing:
        """Every account.

        Raises:
            NotAllowedError: neither administrator nor supervisor.
        """
        raise NotImplementedError

    def invite(self, name: str, display_name: str, role: Role, queues: tuple[str, ...]) -> Secret:
        """Make an account; its activation code, shown once, good for 24 h.

        Raises:
            InputRefusedError: a name, a role or a queue is none.
            NotAllowedError: only an administrator makes accounts, with a fresh code (`step_up`).
            BookError: the name is taken.
        """
        raise NotImplementedError

    def new_code(self, name: str) -> Secret:
        """A new activation code for somebody who has not come yet; the old one is dead.

        Raises:
            InputRefusedError: the account is in use, or there is none.
            NotAllowedError: role, or `step_up`.
        """
        raise NotImplementedError

    def change(self, name: str, *, role: Role | None = None, queues: tuple[str, ...] | None = None) -> None:
        """Give an account another role or other queues; its sessions end, classes that the role lacks go.

        Raises:
            InputRefusedError: code `oneself`, `last_administrator`, `last_holder`, `not_active` or `unchanged`.
            NotAllowedError: role, or `step_up`.
        """
        raise NotImplementedError

    def close(self, name: str) -> None:
        """Close an account: its sessions end at once, its classes, slots and keys go.

        Raises:
            InputRefusedError: code `oneself`, `last_administrator`, `last_holder` or `closed`.
            NotAllowedError: role, or `step_up`.
        """
        raise NotImplementedError

    def end_sessions(self, name: str | None = None) -> int:
        """End the sessions of one account, or of everybody but oneself; how many there were.

        Raises:
            NotAllowedError: role, or `step_up`.
        """
        raise NotImplementedError

    def propose_reset(self, name: str, reason: ResetReason) -> ResetProposed:
        """Propose a reset, or the opening of a closed account; it takes a second person.

        Raises:
            InputRefusedError: code `oneself`, `not_yet` (invite anew) or `waits` (one waits already).
            NotAllowedError: role, or `step_up`.
        """
        raise NotImplementedError

    def step_up(self, code: str) -> None:
        """Give a fresh code, good for five minutes.

        Raises:
            SignInAnswerError: it is wrong or used.
        """
        self._identity.client.step_up(code)
