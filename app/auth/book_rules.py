"""Who may write what into the book: a pure judgement on an entry, its signers and what the book said before.

    root            set-up and recovery
    administrator   invites (never over an existing name; a new code for one who was invited and has not come yet),
                    changes role and queues (never keys), closes; never oneself, the last administrator, or whoever
                    alone holds a class that would go
    the person      their own keys, once per activation code
    administrator + another administrator or a supervisor     a reset, which voids keys; not the person themselves
    administrator + a supervisor who holds the class          the next version of a class key, sealed to those who hold
                    the class now: the entry names them by a hash
    administrator + a supervisor or privacy officer who holds every class of their role
                    the next version of the policy
    a holder        a class grant, to an active account whose role has the class
The recovery account is the root's alone; others only grant it classes. An activation key is never taken twice.

Only entries of two people (reset, class key, policy) may carry a signature under their proposal, and one signature at
least is under the whole entry: what says where in the book it stands. Replays find no place: the activation key of a
reset was seen, the version of a class key or of the policy is not the next (ADR 0019).
"""

from dataclasses import dataclass

from app.auth.book_entry import (
    ROOT,
    SELF,
    WITH_CODE,
    Entry,
    Kind,
    State,
    class_parts,
    grant_parts,
    policy_number,
    well_formed,
)
from app.auth.book_state import BookState
from app.auth.names import GATEWAY
from app.domain.role import Role

RESETTING = frozenset({Role.ADMINISTRATOR.value, Role.SUPERVISOR.value})
"""Roles that take part in a reset; one of the two is an administrator."""
SECONDING = frozenset({Role.SUPERVISOR.value, Role.PRIVACY_OFFICER.value})
"""Roles of the second person under a version of the policy; they hold every class of their role."""


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signed, whose signature fits.

    Attributes:
        name: account name, `root` or `self`.
        role: the account's role, `root` or `self`.
        is_whole: whether the whole entry is signed; otherwise its proposal is.
    """

    name: str
    role: str
    is_whole: bool = True


def allowed(entry: Entry, signers: tuple[Signer, ...], state: BookState) -> bool:
    """Whether these people may write this entry now."""
    if not well_formed(entry) or not any(s.is_whole for s in signers):
        return False
    if not is_of_two(entry) and not all(s.is_whole for s in signers):
        return False
    if entry.kind is Kind.ACCOUNT and entry.state in WITH_CODE and entry.activation in state.activations:
        return False
    if entry.kind is Kind.POLICY and policy_number(entry.name) != state.policy_version + 1:
        return False
    if any(s.role == ROOT for s in signers):
        return True
    match entry.kind:
        case Kind.ACCOUNT:
            return _account_allowed(entry, signers, state)
        case Kind.CLASS:
            return _class_allowed(entry, signers, state)
        case Kind.GRANT:
            return _grant_allowed(entry, signers, state)
        case Kind.POLICY:
            return _policy_allowed(signers, state)
        case Kind.OFFICE:
            return False


def is_of_two(entry: Entry) -> bool:
    """Whether an entry needs two people, so that one of them may have signed its proposal."""
    return entry.kind in {Kind.CLASS, Kind.POLICY} or (entry.kind is Kind.ACCOUNT and entry.state == State.RESET)


def _account_allowed(entry: Entry, signers: tuple[Signer, ...], state: BookState) -> bool:
    old = state.accounts.get(entry.name)
    if entry.name == GATEWAY or Role.RECOVERY.value in {entry.name, entry.role}:
        return False
    if {s.role for s in signers} == {SELF}:
        return old is not None and _keeps_place(entry, old) and entry.state == State.ACTIVE
    others = [s for s in signers if s.name not in {entry.name, SELF}]
    if not any(s.role == Role.ADMINISTRATOR for s in others):
        return False
    match State(entry.state):
        case State.INVITED:
            return old is None or (old.state == State.INVITED and _keeps_place(entry, old))
        case State.RESET:
            return old is not None and _keeps_place(entry, old) and sum(s.role in RESETTING for s in others) >= 2
        case State.CLOSED:
            open_still = old is not None and old.state != State.CLOSED and _keeps_place(entry, old)
            return open_still and not _leaves_a_gap(entry, state)
        case State.ACTIVE:
            same = old is not None and old.state == State.ACTIVE and _same_keys(entry, old)
            return same and not _leaves_a_gap(entry, state)


def _leaves_a_gap(entry: Entry, state: BookState) -> bool:
    """Whether the office would lose its last administrator or a class its last holder."""
    active = entry.state == State.ACTIVE
    kept = state.holds(Role(entry.role)) if active else frozenset()
    administrates = active and entry.role == Role.ADMINISTRATOR
    return bool(state.held_alone(entry.name) - kept) or (
        state.is_last_administrator(entry.name) and not administrates
    )  # fmt: skip


def _class_allowed(entry: Entry, signers: tuple[Signer, ...], state: BookState) -> bool:
    """A supervisor who holds nothing is nobody's word: an administrator alone can make such an account.

    The new secret was sealed when it was proposed; whoever has lost the class since must not be among those who got it.
    """
    data_class, version = class_parts(entry.name)
    holders = state.holders(data_class)
    return (
        version == state.class_version(data_class) + 1
        and entry.activation == state.recipients_mark(data_class)
        and any(s.role == Role.ADMINISTRATOR for s in signers)
        and any(s.role == Role.SUPERVISOR and s.name in holders for s in signers)
    )


def _grant_allowed(entry: Entry, signers: tuple[Signer, ...], state: BookState) -> bool:
    name, data_class = grant_parts(entry.name)
    to = state.accounts.get(name)
    holder = len(signers) == 1 and data_class in state.granted(signers[0].name)
    return holder and to is not None and to.state == State.ACTIVE and data_class in state.holds(Role(to.role))


def _policy_allowed(signers: tuple[Signer, ...], state: BookState) -> bool:
    """An administrator alone makes no account that holds every class of its role: holders grant them."""
    second = any(s.role in SECONDING and state.holds_all(s.name, s.role) for s in signers)
    return second and any(s.role == Role.ADMINISTRATOR for s in signers)


def _keeps_place(entry: Entry, old: Entry) -> bool:
    return (entry.role, entry.queues) == (old.role, old.queues)


def _same_keys(entry: Entry, old: Entry) -> bool:
    return (entry.kem, entry.sign, entry.activation) == (old.kem, old.sign, old.activation)
