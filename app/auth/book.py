"""The book: a hash chain of signed entries that says who may. No table row is believed instead.

Entry = LP("book-entry", O, number, previous hash, kind, name, role, queues, state, public halves, activation key);
hash = SHA-256(LP("book-link", previous, entry, signers and signatures)). Anybody can replay it from the office's
root public key; the back office does at each start and each change, each console before it seals anything to
anybody.

Who may write what:
    root            set-up and recovery
    administrator   invites (never over an existing name), changes role and queues (never keys), closes
    the person      their own keys, once per activation code
    administrator + a second person     a reset, which voids keys (an activation code is no second person)
    administrator + supervisor          a new version of a class key
    a holder        a class grant, to an active account whose role has the class
The recovery account is the root's alone; others only grant it classes.

Invariant: a state is only ever reached through `Book.add`, which checks chain, signatures and rules.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.crypto import hpke, signing
from app.crypto.derive import sha256
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.data_class import DataClass
from app.domain.errors import VerificationError
from app.domain.role import Role

MOVED = "book_moved"
"""Code of an entry that does not come next: the book has grown meanwhile; follow it and sign again."""

ROOT = "root"
SELF = "self"

Holds = Callable[[Role], frozenset[DataClass]]
"""Which class keys a role may hold, as policy says."""


class BookError(VerificationError):
    """The book does not allow an entry, or its chain is broken; nothing was taken over."""


class Kind(StrEnum):
    """What an entry is about."""

    OFFICE = "office"
    ACCOUNT = "account"
    CLASS = "class"
    GRANT = "grant"


class State(StrEnum):
    """The state of an account."""

    INVITED = "invited"
    ACTIVE = "active"
    RESET = "reset"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed an entry, and the 64 bytes."""

    signer: str
    value: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the book.

    Attributes:
        number: position, from 0.
        previous: hash of the chain before it, 32 bytes.
        kind: what it is about.
        name: account name; `class#version`; `account#class`.
        role: role of an account, else empty.
        queues: queues of an account.
        state: state of an account, else empty.
        kem: HPKE public half (1216 bytes) or empty.
        sign: Ed25519 public half (32 bytes) or empty.
        activation: Ed25519 public half of the activation code, for an invitation or a reset.
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
        queues = lp("queues", *self.queues)
        return lp(
            "book-entry", office, self.number, self.previous, self.kind.value, self.name, self.role, queues,
            self.state, self.kem, self.sign, self.activation,
        )  # fmt: skip

    def signed(self, office: bytes, signers: Iterable[tuple[str, bytes]]) -> "Entry":
        """This entry with signatures of `(name, seed)` pairs."""
        body = self.body(office)
        return replace(self, signatures=tuple(Signature(who, signing.sign(seed, body)) for who, seed in signers))

    def link(self, office: bytes) -> bytes:
        """The chain's hash after this entry."""
        marks = [part for s in self.signatures for part in (s.signer, s.value)]
        return sha256(lp("book-link", self.previous, self.body(office), *marks))


@dataclass(slots=True)
class _State:
    """Where a replay stands."""

    accounts: dict[str, Entry] = field(default_factory=dict)
    classes: dict[tuple[DataClass, int], bytes] = field(default_factory=dict)
    grants: set[tuple[str, DataClass]] = field(default_factory=set)
    office: Entry | None = None

    def holders(self, data_class: DataClass) -> set[str]:
        return {name for name, granted in self.grants if granted is data_class and name != Role.RECOVERY.value}


class Book:
    """The replayed book of one office."""

    def __init__(self, root: bytes, holds: Holds) -> None:
        """Begin with the root's Ed25519 public key (32 bytes), from which O follows."""
        self.root = root
        self.office = sha256(root)
        self._holds = holds
        self._state = _State()
        self._entries: list[Entry] = []
        self._hashes = [self.office]

    @classmethod
    def replay(cls, root: bytes, holds: Holds, entries: Iterable[Entry]) -> "Book":
        """Replay from the beginning.

        Raises:
            BookError: an entry is out of chain, wrongly signed or not allowed; the message names its number.
        """
        book = cls(root, holds)
        for entry in entries:
            book.add(entry)
        return book

    # what the book says

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries in order."""
        return tuple(self._entries)

    @property
    def length(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    @property
    def head(self) -> bytes:
        """The chain's hash now."""
        return self._hashes[-1]

    def hash_at(self, length: int) -> bytes | None:
        """The chain's hash after `length` entries, or None where the book is shorter."""
        return self._hashes[length] if 0 <= length < len(self._hashes) else None

    def account(self, name: str) -> Entry | None:
        """The account's newest entry."""
        return self._state.accounts.get(name)

    def active(self, name: str) -> Entry:
        """The entry of an account that is active.

        Raises:
            BookError: there is none.
        """
        entry = self._state.accounts.get(name)
        if entry is None or entry.state != State.ACTIVE:
            raise BookError("the book shows no active account of that name")
        return entry

    def accounts(self) -> tuple[Entry, ...]:
        """The newest entry of each account, the recovery account included."""
        return tuple(self._state.accounts.values())

    def granted(self, name: str) -> frozenset[DataClass]:
        """The classes that the book shows an account holding."""
        return frozenset(c for who, c in self._state.grants if who == name)

    def missing(self, name: str) -> frozenset[DataClass]:
        """The classes that the role of an active account may hold and that it does not."""
        entry = self._state.accounts.get(name)
        if entry is None or entry.state != State.ACTIVE:
            return frozenset()
        return self._holds(Role(entry.role)) - self.granted(name)

    def class_version(self, data_class: DataClass) -> int:
        """The newest version of a class key, 0 where there is none."""
        return max((v for c, v in self._state.classes if c is data_class), default=0)

    def class_public(self, data_class: DataClass, version: int) -> bytes:
        """The public half of a class key.

        Raises:
            BookError: the book shows no such key.
        """
        public = self._state.classes.get((data_class, version))
        if public is None:
            raise BookError("the book shows no such class key")
        return public

    @property
    def office_entry(self) -> Entry:
        """The entry with the back office's own public halves.

        Raises:
            BookError: set-up did not get that far.
        """
        if self._state.office is None:
            raise BookError("the book names no back office")
        return self._state.office

    # writing

    def draft(self, kind: Kind, name: str, **rest: object) -> Entry:
        """An unsigned entry that would come next."""
        return Entry(self.length, self.head, kind, name, **rest)  # type: ignore[arg-type]

    def add(self, entry: Entry) -> None:
        """Take over one entry, after checking chain, signatures and rules.

        Raises:
            BookError: it is refused; the book is as before.
        """
        if entry.number != self.length or entry.previous != self.head:
            raise BookError(f"book entry {entry.number} is out of chain", code=MOVED)
        signers = self._signers(entry)
        if not self._allowed(entry, signers):
            raise BookError(f"book entry {entry.number} is not allowed to its signers")
        self._apply(entry)
        self._entries.append(entry)
        self._hashes.append(entry.link(self.office))

    def without_last(self) -> "Book":
        """The book before its last entry: for a change that could not be stored."""
        return Book.replay(self.root, self._holds, self._entries[:-1])

    def _signers(self, entry: Entry) -> dict[str, str]:
        """Check each signature; who signed, in which role."""
        body, roles = entry.body(self.office), {}
        for mark in entry.signatures:
            public, role = self._key_of(mark.signer, entry)
            try:
                signing.check(public, mark.value, body)
            except SealError as e:
                raise BookError(f"book entry {entry.number} is not signed by {mark.signer}") from e
            roles[mark.signer] = role
        if len(roles) != len(entry.signatures):
            raise BookError(f"book entry {entry.number} is signed twice by one")
        return roles

    def _key_of(self, signer: str, entry: Entry) -> tuple[bytes, str]:
        if signer == ROOT:
            return self.root, ROOT
        known = self._state.accounts.get(entry.name if signer == SELF else signer)
        if signer == SELF and known and known.state in {State.INVITED, State.RESET} and entry.kind is Kind.ACCOUNT:
            return known.activation, SELF
        if signer != SELF and known and known.state == State.ACTIVE:
            return known.sign, known.role
        raise BookError(f"book entry {entry.number} is signed by nobody known")

    def _allowed(self, entry: Entry, signers: dict[str, str]) -> bool:
        if not _well_formed(entry):
            return False
        if ROOT in signers:
            return True
        match entry.kind:
            case Kind.ACCOUNT:
                return self._account_allowed(entry, signers)
            case Kind.CLASS:
                return {Role.ADMINISTRATOR, Role.SUPERVISOR} <= set(signers.values()) and self._is_next(entry)
            case Kind.GRANT:
                return self._grant_allowed(entry, signers)
            case Kind.OFFICE:
                return False

    def _account_allowed(self, entry: Entry, signers: dict[str, str]) -> bool:
        old, roles = self._state.accounts.get(entry.name), set(signers.values())
        if Role.RECOVERY.value in {entry.name, entry.role}:
            return False
        if roles == {SELF}:
            return old is not None and _keeps_place(entry, old) and entry.state == State.ACTIVE and bool(entry.kem)
        if Role.ADMINISTRATOR not in roles:
            return False
        if entry.state == State.INVITED:
            return old is None and _has_no_keys(entry) and bool(entry.activation)
        if old is None:
            return False
        if entry.state == State.RESET:
            others = set(signers) - {entry.name, SELF}
            return len(others) >= 2 and _has_no_keys(entry) and bool(entry.activation) and _keeps_place(entry, old)
        if entry.state == State.CLOSED:
            return _has_no_keys(entry) and not self._is_last_holder(entry.name)
        return entry.state == old.state and _same_keys(entry, old)

    def _grant_allowed(self, entry: Entry, signers: dict[str, str]) -> bool:
        name, data_class = _grant_parts(entry.name)
        to = self._state.accounts.get(name)
        holder = len(signers) == 1 and all((who, data_class) in self._state.grants for who in signers)
        return holder and to is not None and to.state == State.ACTIVE and data_class in self._holds(Role(to.role))

    def _is_next(self, entry: Entry) -> bool:
        data_class, version = _class_parts(entry.name)
        return version == self.class_version(data_class) + 1

    def _is_last_holder(self, name: str) -> bool:
        return any(self._state.holders(c) == {name} for c in self.granted(name))

    def _apply(self, entry: Entry) -> None:
        match entry.kind:
            case Kind.OFFICE:
                self._state.office = entry
            case Kind.CLASS:
                self._state.classes = {**self._state.classes, _class_parts(entry.name): entry.kem}
            case Kind.GRANT:
                self._state.grants = self._state.grants | {_grant_parts(entry.name)}
            case Kind.ACCOUNT:
                self._state.accounts = {**self._state.accounts, entry.name: entry}
                self._drop_lost_grants(entry)

    def _drop_lost_grants(self, entry: Entry) -> None:
        kept = self._holds(Role(entry.role)) if entry.state == State.ACTIVE else frozenset()
        self._state.grants = {(n, c) for n, c in self._state.grants if n != entry.name or c in kept}


def _well_formed(entry: Entry) -> bool:
    try:
        match entry.kind:
            case Kind.ACCOUNT:
                Role(entry.role)
                State(entry.state)
                keys = (len(entry.kem), len(entry.sign))
                empty = entry.state != State.ACTIVE and keys == (0, 0)
                free = "#" not in entry.name and entry.name not in {ROOT, SELF}
                return free and (empty or keys == (hpke.PUBLIC_BYTES, 32))
            case Kind.CLASS:
                return _class_parts(entry.name)[1] >= 1 and len(entry.kem) == hpke.PUBLIC_BYTES
            case Kind.GRANT:
                return _grant_parts(entry.name)[1].is_sealed
            case Kind.OFFICE:
                return len(entry.kem) == hpke.PUBLIC_BYTES and len(entry.sign) == 32
    except ValueError:
        return False


def _class_parts(name: str) -> tuple[DataClass, int]:
    data_class, _, version = name.partition("#")
    return DataClass(data_class), int(version)


def _grant_parts(name: str) -> tuple[str, DataClass]:
    account, _, data_class = name.partition("#")
    return account, DataClass(data_class)


def class_entry_name(data_class: DataClass, version: int) -> str:
    """Name of the entry of a class key."""
    return f"{data_class.value}#{version}"


def grant_entry_name(account: str, data_class: DataClass) -> str:
    """Name of the entry of a class grant."""
    return f"{account}#{data_class.value}"


def _keeps_place(entry: Entry, old: Entry) -> bool:
    return (entry.role, entry.queues) == (old.role, old.queues)


def _has_no_keys(entry: Entry) -> bool:
    return not entry.kem and not entry.sign


def _same_keys(entry: Entry, old: Entry) -> bool:
    return (entry.kem, entry.sign, entry.activation) == (old.kem, old.sign, old.activation)
