"""One entry of the book, the signatures under it, and the proposal of an entry that needs two people.

Entry = LP("book-entry", O, number, previous hash, kind, name, role, queues, state, public halves, activation key);
hash = SHA-256(LP("book-link", previous, entry, signers and signatures)).

Two people sign at different times, and the book grows meanwhile. So the first signs what the entry will say without
its place, LP("book-proposal", O, kind, name, role, queues, state, public halves, activation key), and stands under the
entry as `hendra#proposal`; names have no `#`. The second signs the whole entry.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.crypto import hpke, signing
from app.crypto.derive import sha256
from app.crypto.labels import lp
from app.domain.data_class import DataClass
from app.domain.role import Role

ROOT = "root"
SELF = "self"
PROPOSAL = "proposal"
"""What follows a `#` in a signer's name where the signature is under the proposal, not under the whole entry."""
SIGN_BYTES = 32
MARK_BYTES = 32
_LONGEST_NAME, _MOST_QUEUES = 32, 100


class Kind(StrEnum):
    """What an entry is about."""

    OFFICE = "office"
    ACCOUNT = "account"
    CLASS = "class"
    GRANT = "grant"
    POLICY = "policy"


class State(StrEnum):
    """The state of an account."""

    INVITED = "invited"
    ACTIVE = "active"
    RESET = "reset"
    CLOSED = "closed"


WITH_CODE = frozenset({State.INVITED.value, State.RESET.value})
"""The states in which an activation code sets the account's keys."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed an entry, and the 64 bytes."""

    signer: str
    value: bytes


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an entry would say, wherever in the book it will stand; parts as in `Entry`."""

    kind: Kind
    name: str
    role: str = ""
    queues: tuple[str, ...] = ()
    state: str = ""
    kem: bytes = b""
    sign: bytes = b""
    activation: bytes = b""

    def body(self, office: bytes) -> bytes:
        """What the first person signs."""
        return lp("book-proposal", office, *_content(self))

    def signed_by(self, office: bytes, account: str, seed: bytes) -> Signature:
        """The first person's signature, as it will stand under the entry."""
        return Signature(f"{account}#{PROPOSAL}", signing.sign(seed, self.body(office)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the book.

    Attributes:
        number: position, from 0.
        previous: hash of the chain before it, 32 bytes.
        kind: what it is about.
        name: account name; `class#version`; `account#class`; `policy#version`.
        role: role of an account, else empty.
        queues: queues of an account.
        state: state of an account, else empty.
        kem: HPKE public half (1216 bytes) or empty.
        sign: Ed25519 public half (32 bytes) or empty.
        activation: Ed25519 public half of the activation code, for an invitation or a reset; for a class key after the
            first, the mark of those to whom its secret was sealed (`BookState.recipients_mark`); for a version of the
            policy, the mark of its text (`app/auth/policy_version.py`).
        signatures: who signed.
    """

    number: int
    previous: bytes
    kind: Kind
    name: str
    role: str = ""
    queues: tuple[str, ...] = ()
    state: str = ""
    kem: bytes = b""
    sign: bytes = b""
    activation: bytes = b""
    signatures: tuple[Signature, ...] = ()

    def body(self, office: bytes) -> bytes:
        """What is signed."""
        return lp("book-entry", office, self.number, self.previous, *_content(self))

    @property
    def proposal(self) -> Proposal:
        """What it says, without its place."""
        return Proposal(
            self.kind, self.name, self.role, self.queues, self.state, self.kem, self.sign, self.activation
        )  # fmt: skip

    def signed(
        self, office: bytes, signers: Iterable[tuple[str, bytes]], consents: Iterable[Signature] = ()
    ) -> "Entry":
        """This entry with signatures of `(name, seed)` pairs, and consents that were given to its proposal."""
        body = self.body(office)
        whole = tuple(Signature(who, signing.sign(seed, body)) for who, seed in signers)
        return replace(self, signatures=(*whole, *consents))

    def link(self, office: bytes) -> bytes:
        """The chain's hash after this entry."""
        marks = [part for s in self.signatures for part in (s.signer, s.value)]
        return sha256(lp("book-link", self.previous, self.body(office), *marks))


def _content(said: Entry | Proposal) -> tuple[bytes | str, ...]:
    queues = lp("queues", *said.queues)
    return (said.kind.value, said.name, said.role, queues, said.state, said.kem, said.sign, said.activation)


def well_formed(entry: Entry) -> bool:
    """Whether an entry has the shape of its kind, whoever signed it: nothing beside it, and one spelling for it.

    The book is never cut and every console replays it, so a signer has no room in it for anything of their own.
    """
    try:
        match entry.kind:
            case Kind.ACCOUNT:
                return _account_formed(entry)
            case Kind.CLASS:
                mark = entry.activation if len(entry.activation) == MARK_BYTES else b""
                is_key = class_parts(entry.name)[1] >= 1 and len(entry.kem) == hpke.PUBLIC_BYTES
                return is_key and _says_only(entry, kem=entry.kem, activation=mark)
            case Kind.GRANT:
                return grant_parts(entry.name)[1].is_sealed and _says_only(entry)
            case Kind.POLICY:
                is_version = policy_number(entry.name) >= 1 and len(entry.activation) == MARK_BYTES
                return is_version and _says_only(entry, activation=entry.activation)
            case Kind.OFFICE:
                sizes = (len(entry.kem), len(entry.sign)) == (hpke.PUBLIC_BYTES, SIGN_BYTES)
                return sizes and _says_only(entry, kem=entry.kem, sign=entry.sign)
    except ValueError:
        return False


def _says_only(entry: Entry, kem: bytes = b"", sign: bytes = b"", activation: bytes = b"") -> bool:
    """Whether an entry that is no account's says this and nothing else."""
    return entry.proposal == Proposal(entry.kind, entry.name, kem=kem, sign=sign, activation=activation)


def _account_formed(entry: Entry) -> bool:
    """An account has keys while it is active, and an activation key while a code is to set them.

    Raises:
        ValueError: a role or a state that no book has.
    """
    Role(entry.role)
    active = State(entry.state) is State.ACTIVE
    keys = (hpke.PUBLIC_BYTES, SIGN_BYTES) if active else (0, 0)
    code = SIGN_BYTES if entry.state in WITH_CODE else 0
    free = "#" not in entry.name and entry.name not in {ROOT, SELF}
    short = len(entry.queues) <= _MOST_QUEUES and all(len(n) <= _LONGEST_NAME for n in (entry.name, *entry.queues))
    return free and short and (len(entry.kem), len(entry.sign), len(entry.activation)) == (*keys, code)


def class_parts(name: str) -> tuple[DataClass, int]:
    """Class and version of the entry of a class key.

    Raises:
        ValueError: it is no such name, or another spelling of one (`note#+2`).
    """
    data_class, _, version = name.partition("#")
    parts = DataClass(data_class), int(version)
    if class_entry_name(*parts) != name:
        raise ValueError("a class key has one name")
    return parts


def grant_parts(name: str) -> tuple[str, DataClass]:
    """Account and class of the entry of a class grant.

    Raises:
        ValueError: it is no such name.
    """
    account, _, data_class = name.partition("#")
    return account, DataClass(data_class)


def policy_number(name: str) -> int:
    """The number of the entry of a version of the policy.

    Raises:
        ValueError: it is no such name, or another spelling of one.
    """
    number = int(name.partition("#")[2])
    if policy_entry_name(number) != name:
        raise ValueError("a version of the policy has one name")
    return number


def policy_entry_name(number: int) -> str:
    """Name of the entry of a version of the policy."""
    return f"policy#{number}"


def class_entry_name(data_class: DataClass, version: int) -> str:
    """Name of the entry of a class key."""
    return f"{data_class.value}#{version}"


def grant_entry_name(account: str, data_class: DataClass) -> str:
    """Name of the entry of a class grant."""
    return f"{account}#{data_class.value}"
