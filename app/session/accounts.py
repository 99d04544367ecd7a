"""Administration of accounts, as an administrator's console does it: what a screen or a command may ask for.

Roles, queues, states and classes come from the book that is replayed here; the office adds what no authority hangs on
(people's names, sessions, failed tries). Every change is an entry that this console signs; a reset waits for a second
person (`app/session/proposals.py`). All calls block; screens make them off the GUI thread.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.api.client import accounts as calls
from app.api.messages.accounts import Invite
from app.api.messages.administration import AccountRow
from app.auth.activation import code_text
from app.auth.book import Entry, Kind, Proposal, State
from app.auth.book_messages import entry_message
from app.auth.book_rules import RESETTING
from app.auth.names import account_name, queue_name
from app.auth.throttle import UNTIL_RELEASED_S
from app.crypto import signing
from app.crypto.account_keys import ActivationCode
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError
from app.domain.role import Role
from app.session.identity import Identity
from app.session.proposals import Proposals, Purpose, Waiting, ordered
from app.session.release import release
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
    AFTER_RECOVERY = "after_recovery"  # the recovery kit opened the office without this account
    CODE_LOST = "code_lost"  # of an account that waits for its person after a reset


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
        codes_wait_s: seconds until its codes are taken again, 0 where they are taken.
        until_released: whether its codes are not taken before somebody releases the account, however long it takes.
        code_until: until when its activation code opens, seconds since 1970, or None where none does.
        reset: the reset that waits for a second person, or None.
        has_slot: whether its password opens the office at this workstation.
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
    codes_wait_s: int = 0
    until_released: bool = False
    code_until: float | None = None
    reset: Waiting | None = None
    has_slot: bool = True

    @property
    def is_throttled(self) -> bool:
        """Whether it waits, so that somebody may let it try again at once."""
        return self.wait_s > 0 or self.codes_wait_s > 0

    @property
    def is_shut_out(self) -> bool:
        """Whether it is in use and opens nothing here: the kit opened this office without it. A reset lets it in."""
        return self.state is AccountState.ACTIVE and not self.has_slot

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
        queues: every queue that somebody works in or a customer lies in, by name.
        holds: by role, the classes that it may hold.
    """

    accounts: tuple[Account, ...]
    rotation_due: tuple[DataClass, ...]
    queues: tuple[str, ...] = ()
    holds: Mapping[Role, frozenset[DataClass]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResetProposed:
    """A reset that waits.

    Attributes:
        code: its activation code, shown once; it works after the second person's confirmation, for 24 h from then.
        id: the proposal's id.
        until: until when it may be confirmed, seconds since 1970.
        last_holder_of: classes that only the recovery kit opens after it: say so.
    """

    code: Secret
    id: str
    until: float
    last_holder_of: tuple[DataClass, ...] = ()


class Accounts:
    """Other people's accounts."""

    def __init__(self, identity: Identity, step_up: Callable[[str], None] | None = None) -> None:
        """Work as this identity.

        Args:
            identity: who signed in.
            step_up: gives a fresh code in a console's way; None: at the office and nowhere else.
        """
        self._identity = identity
        self._step_up = step_up
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
        answer = calls.account_rows(self._identity.client)
        resets = {w.account: w for w in self.proposals.waiting() if w.purpose is Purpose.RESET}  # follows the book, too
        book = self._identity.book
        known = [(entry, row) for row in answer.accounts if (entry := book.account(row.account)) is not None]
        shown = [self._shown(entry, row, resets.get(entry.name)) for entry, row in known]
        queues = {*answer.queues, *(q for a in shown for q in a.queues if q != "*")}
        accounts = tuple(sorted(shown, key=lambda a: a.account))
        holds = {role: frozenset(self._identity.policy.holds(role)) for role in INVITABLE}
        return Listing(accounts, book.rotation_due, tuple(sorted(queues)), holds)

    def invite(self, name: str, display_name: str, role: Role, queues: tuple[str, ...]) -> Secret:
        """Make an account; its activation code, shown once, good for 24 h.

        Raises:
            InputRefusedError: a name, a role or a queue is none, or the name is taken (`name_taken`).
            NotAllowedError: only an administrator makes accounts, with a fresh code (`step_up`).
        """
        identity, name = self._identity, account_name(name)
        if not display_name.strip() or len(display_name) > LONGEST_PERSON_NAME or not display_name.isprintable():
            raise InputRefusedError("Give the person's name, up to 80 characters.", code="person_name")
        places = places_of(role, queues)

        def act() -> Secret:
            if identity.book.account(name) is not None:
                raise InputRefusedError(
                    "There is an account of this name already. Choose another name.", code="name_taken"
                )
            code = ActivationCode.new(identity.office)
            entry = self._signed(Proposal(Kind.ACCOUNT, name, role.value, places, State.INVITED.value), code)
            slot_key = identity.client.slot(code.slot_key(identity.office, name))
            identity.client.invite(
                Invite(entry=entry_message(entry), display_name=display_name.strip(), slot_key=slot_key)
            )
            return Secret(code_text(code))

        return identity.signing_into_book(act)

    def new_code(self, name: str) -> Secret:
        """A new activation code for somebody who has not come yet; the old one is dead.

        Raises:
            InputRefusedError: the account is in use, or there is none.
            NotAllowedError: role, or `step_up`.
        """
        identity = self._identity

        def act() -> Secret:
            old = self._account(name)
            if old.state != State.INVITED:
                raise InputRefusedError("This account was used already; a reset takes two people.", code="in_use")
            code = ActivationCode.new(identity.office)
            entry = self._signed(replace(old.proposal, activation=b""), code)
            slot_key = identity.client.slot(code.slot_key(identity.office, old.name))
            calls.new_code(identity.client, entry_message(entry), slot_key)
            return Secret(code_text(code))

        return identity.signing_into_book(act)

    def change(self, name: str, *, role: Role | None = None, queues: tuple[str, ...] | None = None) -> None:
        """Give an account another role or other queues; its sessions end, classes that the role lacks go.

        Raises:
            InputRefusedError: code `oneself`, `last_administrator`, `last_holder`, `not_active` or `unchanged`.
            NotAllowedError: role, or `step_up`.
        """

        def act() -> None:
            old = self._account(name)
            if old.state != State.ACTIVE:
                raise InputRefusedError(
                    f"Only an account in use changes its role and queues; this one is {old.state}.", code="not_active"
                )
            wanted = Role(old.role) if role is None else role
            places = places_of(wanted, old.queues if queues is None else queues)
            if (wanted.value, places) == (old.role, old.queues):
                raise InputRefusedError("Role and queues are as they were.", code="unchanged")
            self._must_leave_no_gap(old, wanted)
            entry = self._signed(replace(old.proposal, role=wanted.value, queues=places))
            calls.change_account(self._identity.client, entry_message(entry))

        self._identity.signing_into_book(act)

    def close(self, name: str) -> None:
        """Close an account: its sessions end at once, its classes, slots and keys go.

        Raises:
            InputRefusedError: code `oneself`, `last_administrator`, `last_holder` or `closed`.
            NotAllowedError: role, or `step_up`.
        """

        def act() -> None:
            old = self._account(name)
            if old.state == State.CLOSED:
                raise InputRefusedError("This account is closed already.", code="closed")
            self._must_leave_no_gap(old, None)
            closed = Proposal(Kind.ACCOUNT, old.name, old.role, old.queues, State.CLOSED.value)
            calls.close_account(self._identity.client, entry_message(self._signed(closed)))

        self._identity.signing_into_book(act)

    def end_sessions(self, name: str | None = None) -> int:
        """End the sessions of one account, or of everybody but oneself; how many there were.

        Raises:
            InputRefusedError: there is no such account.
            NotAllowedError: role, or `step_up`.
        """
        return calls.end_sessions(self._identity.client, None if name is None else account_name(name))

    def propose_reset(self, name: str, reason: ResetReason) -> ResetProposed:
        """Propose a reset, or the opening of a closed account; it takes a second person.

        Raises:
            InputRefusedError: code `oneself`, `not_yet` (give a new code), `waits` (one waits already) or `nobody_else`
                (there is no second person who could confirm it).
            NotAllowedError: role, or `step_up`.
        """
        identity = self._identity
        identity.follow_book()
        old = self._account(name)
        if old.name == identity.account:
            raise InputRefusedError("Another administrator has to propose the reset of your account.", code="oneself")
        if old.state == State.INVITED:
            raise InputRefusedError("Nobody has used this account yet; give a new activation code.", code="not_yet")
        self._must_have_second(old.name)
        code = ActivationCode.new(identity.office)
        key = signing.public_of(code.sign_seed(identity.office, old.name))
        reset = Proposal(Kind.ACCOUNT, old.name, old.role, old.queues, State.RESET.value, activation=key)
        slot_key = identity.client.slot(code.slot_key(identity.office, old.name))
        proposed = self.proposals.propose(reset, reason.value, slot_key=slot_key)
        alone = ordered(identity.book.held_alone(old.name))
        return ResetProposed(Secret(code_text(code)), proposed.id.hex(), proposed.until_ms / 1000, alone)

    def release(self, name: str) -> None:
        """Let a throttled person try again at this workstation at once, after seeing who they are.

        Raises:
            InputRefusedError: nobody of this name waits.
            NotAllowedError: role, oneself, or `step_up`.
        """
        release(self._identity, name)

    def step_up(self, code: str) -> None:
        """Give a fresh code, good for five minutes.

        Raises:
            SignInAnswerError: it is wrong or used.
        """
        if self._step_up is None:
            self._identity.client.step_up(code)
        else:
            self._step_up(code)

    def _account(self, name: str) -> Entry:
        """The account's entry, as the book says.

        Raises:
            InputRefusedError: there is none, or it is the recovery kit's.
        """
        entry = self._identity.book.account(account_name(name))
        if entry is None or entry.role == Role.RECOVERY:
            raise InputRefusedError("There is no such account.", code="no_account")
        return entry

    def _must_have_second(self, name: str) -> None:
        """Refuse a reset that nobody could confirm: a proposal that waits in vain helps nobody."""
        able = {a.name for a in self._identity.book.accounts() if a.state == State.ACTIVE and a.role in RESETTING}
        if not able - {name, self._identity.account}:
            raise InputRefusedError(
                "There is no second person who could confirm this. Make another administrator first.",
                code="nobody_else",
            )

    def _signed(self, said: Proposal, code: ActivationCode | None = None) -> Entry:
        """The entry that comes next and says this, signed by this person alone."""
        identity = self._identity
        if code is not None:
            said = replace(said, activation=signing.public_of(code.sign_seed(identity.office, said.name)))
        return identity.book.draft_of(said).signed(identity.office, [(identity.account, identity.keys.seed)])

    def _must_leave_no_gap(self, old: Entry, role: Role | None) -> None:
        """Say in words what the book would refuse.

        Args:
            old: the account as it is.
            role: its role afterwards; None: it is closed.
        """
        identity, book = self._identity, self._identity.book
        if old.name == identity.account:
            raise InputRefusedError("Another administrator has to do this to your account.", code="oneself")
        if book.is_last_administrator(old.name) and role is not Role.ADMINISTRATOR:
            raise InputRefusedError("This is the last administrator.", code="last_administrator")
        kept = identity.policy.holds(role) if role else frozenset()
        if lost := ordered(book.held_alone(old.name) - kept):
            raise InputRefusedError(
                f"Nobody else holds: {', '.join(c.value for c in lost)}. Let a colleague have these classes first.",
                code="last_holder",
            )

    def _shown(self, entry: Entry, row: AccountRow, reset: Waiting | None) -> Account:
        book = self._identity.book
        return Account(
            account=entry.name,
            display_name=row.display_name,
            role=Role(entry.role),
            queues=entry.queues,
            state=AccountState(entry.state),
            held=ordered(book.granted(entry.name)),
            missing=ordered(book.missing(entry.name)),
            held_alone=ordered(book.held_alone(entry.name)),
            is_last_administrator=book.is_last_administrator(entry.name),
            is_self=entry.name == self._identity.account,
            last_sign_in=None if row.last_sign_in_ms is None else row.last_sign_in_ms / 1000,
            sessions=tuple(SessionRow(s.kind, s.seat, s.started_ms / 1000) for s in row.sessions),
            failed=row.failed,
            wait_s=row.wait_s,
            codes_wait_s=row.codes_wait_s,
            until_released=row.codes_wait_s >= UNTIL_RELEASED_S,
            code_until=None if row.code_until_ms is None else row.code_until_ms / 1000,
            reset=reset,
            has_slot=row.has_slot,
        )


def places_of(role: Role, queues: tuple[str, ...]) -> tuple[str, ...]:
    """The queues of an account of a role; everybody but an agent works in all of them if none is named.

    Raises:
        InputRefusedError: no role for a person, no queue name, or an agent without a queue.
    """
    if role not in INVITABLE:
        raise InputRefusedError(f"Choose a role: {', '.join(r.value for r in INVITABLE)}.", code="role_name")
    places = tuple(dict.fromkeys("*" if q == "*" else queue_name(q) for q in queues))
    if not places and role is not Role.AGENT:
        return ("*",)
    if not places:
        raise InputRefusedError("An agent works in at least one queue: give --queue.", code="no_queue")
    return places
