"""The book: a hash chain of signed entries that says who may. No table row is believed instead.

What an entry is stands in `book_entry`, who may write it in `book_rules`, what follows from it in `book_state`. Anybody
can replay the chain from the office's root public key; the back office does at each start and each change, each console
before it seals anything to anybody.

Invariant: a state is only ever reached through `Book.add`, which checks chain, signatures and rules.
"""

from collections.abc import Iterable

from app.auth.book_entry import (
    PROPOSAL,
    ROOT,
    SELF,
    WITH_CODE,
    Entry,
    Kind,
    Proposal,
    Signature,
    State,
    class_entry_name,
    class_parts,
    grant_entry_name,
    policy_entry_name,
)
from app.auth.book_rules import Signer, allowed
from app.auth.book_state import BookState, Holds
from app.crypto import signing
from app.crypto.derive import sha256
from app.crypto.errors import SealError
from app.domain.data_class import DataClass
from app.domain.errors import VerificationError
from app.domain.role import Role

__all__ = [
    "HOLDERS_CHANGED",
    "MOVED",
    "ROOT",
    "SELF",
    "Book",
    "BookError",
    "Entry",
    "Holds",
    "Kind",
    "Proposal",
    "Signature",
    "State",
    "class_entry_name",
    "grant_entry_name",
    "policy_entry_name",
]

MOVED = "book_moved"
"""Code of an entry that does not come next: the book has grown meanwhile; follow it and sign again."""

HOLDERS_CHANGED = "holders_changed"
"""Code of a class key that was sealed to others than hold the class now: it has to be proposed anew."""


class BookError(VerificationError):
    """The book does not allow an entry, or its chain is broken; nothing was taken over."""


class Book:
    """The replayed book of one office."""

    def __init__(self, root: bytes, holds: Holds) -> None:
        """Begin with the root's Ed25519 public key (32 bytes), from which O follows."""
        self.root = root
        self.office = sha256(root)
        self._holds = holds
        self._state = BookState(holds)
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
        return self._state.granted(name)

    def missing(self, name: str) -> frozenset[DataClass]:
        """The classes that the role of an active account may hold and that it does not."""
        entry = self._state.accounts.get(name)
        if entry is None or entry.state != State.ACTIVE:
            return frozenset()
        return self._holds(Role(entry.role)) - self.granted(name)

    def held_alone(self, name: str) -> frozenset[DataClass]:
        """The classes that nobody but this person holds; only the recovery kit would open them again."""
        return self._state.held_alone(name)

    def is_last_administrator(self, name: str) -> bool:
        """Whether no other account is an active administrator."""
        return self._state.is_last_administrator(name)

    @property
    def rotation_due(self) -> tuple[DataClass, ...]:
        """The classes that somebody has lost (role, reset, close) since their newest version."""
        return tuple(c for c in DataClass if c in self._state.lost)

    def class_version(self, data_class: DataClass) -> int:
        """The newest version of a class key, 0 where there is none."""
        return self._state.class_version(data_class)

    def class_public(self, data_class: DataClass, version: int) -> bytes:
        """The public half of a class key.

        Raises:
            BookError: the book shows no such key.
        """
        public = self._state.classes.get((data_class, version))
        if public is None:
            raise BookError("the book shows no such class key")
        return public

    def recipients(self, data_class: DataClass) -> tuple[Entry, ...]:
        """The accounts to which a class's next key is sealed: who holds it, the recovery account too, by name."""
        return self._state.recipients(data_class)

    def recipients_mark(self, data_class: DataClass) -> bytes:
        """What the entry of a class's next key says of them: 32 bytes."""
        return self._state.recipients_mark(data_class)

    @property
    def policy_version(self) -> int:
        """The number of the newest version of the policy, 0 where nobody has edited it."""
        return self._state.policy_version

    @property
    def policy_mark(self) -> bytes:
        """The mark of the text of that version, or empty."""
        return self._state.policy_mark

    def policy_entries(self) -> tuple[Entry, ...]:
        """The entries of all versions of the policy, in order: the first is number 1."""
        return tuple(entry for entry in self._entries if entry.kind is Kind.POLICY)

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

    def draft_of(self, proposal: Proposal) -> Entry:
        """The unsigned entry of a proposal, as it would come next."""
        p = proposal
        return Entry(self.length, self.head, p.kind, p.name, p.role, p.queues, p.state, p.kem, p.sign, p.activation)

    def check_proposal(self, proposal: Proposal, consent: Signature) -> str:
        """Check the first person's signature under a proposal, before a second one signs the entry.

        Returns:
            The first person's account name.

        Raises:
            BookError: nobody active signed it, or something else was signed.
        """
        signer = self._signer(consent, self.draft_of(proposal))
        if signer.is_whole:
            raise BookError("a proposal is signed as one")
        return signer.name

    def check_class_key(self, said: Entry | Proposal) -> None:
        """Whether a class key is the next of its class, and sealed to exactly those who hold the class now.

        Raises:
            BookError: code `holders_changed`: it has to be proposed anew.
        """
        data_class, version = class_parts(said.name)
        if version != self.class_version(data_class) + 1 or said.activation != self.recipients_mark(data_class):
            raise BookError(
                "Others hold this class than when its next key was made; propose anew.", code=HOLDERS_CHANGED
            )

    def check_next(self, entry: Entry) -> None:
        """Judge an entry as `add` would, without taking it over.

        Raises:
            BookError: it is refused.
        """
        if entry.number != self.length or entry.previous != self.head:
            raise BookError(f"book entry {entry.number} is out of chain", code=MOVED)
        signers = tuple(self._signer(mark, entry) for mark in entry.signatures)
        if len({s.name for s in signers}) != len(signers):
            raise BookError(f"book entry {entry.number} is signed twice by one")
        if not allowed(entry, signers, self._state):
            raise BookError(f"book entry {entry.number} is not allowed to its signers")

    def add(self, entry: Entry) -> None:
        """Take over one entry, after checking chain, signatures and rules.

        Raises:
            BookError: it is refused; the book is as before.
        """
        self.check_next(entry)
        self._state.take(entry)
        self._entries.append(entry)
        self._hashes.append(entry.link(self.office))

    def without_last(self) -> "Book":
        """The book before its last entry: for a change that could not be stored."""
        return Book.replay(self.root, self._holds, self._entries[:-1])

    def _signer(self, mark: Signature, entry: Entry) -> Signer:
        """Check one signature."""
        name, sign, rest = mark.signer.partition("#")
        is_whole = not sign
        if sign and (rest != PROPOSAL or name in {ROOT, SELF}):
            raise BookError(f"book entry {entry.number} is signed by nobody known")
        public, role = self._key_of(name, entry)
        body = entry.body(self.office) if is_whole else entry.proposal.body(self.office)
        try:
            signing.check(public, mark.value, body)
        except SealError as e:
            raise BookError(f"book entry {entry.number} is not signed by {name}") from e
        return Signer(name, role, is_whole)

    def _key_of(self, signer: str, entry: Entry) -> tuple[bytes, str]:
        if signer == ROOT:
            return self.root, ROOT
        known = self._state.accounts.get(entry.name if signer == SELF else signer)
        if signer == SELF and known and known.state in WITH_CODE and entry.kind is Kind.ACCOUNT:
            return known.activation, SELF
        if signer != SELF and known and known.state == State.ACTIVE:
            return known.sign, known.role
        raise BookError(f"book entry {entry.number} is signed by nobody known")
