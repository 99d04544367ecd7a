"""Who a process is after signing in: account keys, session keys, class keys, the book, and a client with a token."""

import contextlib
import secrets
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TypeVar

from app.api.client.client import ApiClient
from app.api.messages.accounts import OwnGrants
from app.api.messages.customers import SealedPackage
from app.api.messages.door import EndRequest, Lease, WipeStepReport, WitnessMark
from app.api.messages.posture import FoundPart
from app.api.messages.seats import CheckedPart, SeatReport
from app.auth.audit_chain import Witness
from app.auth.book import MOVED, Book, BookError, Entry
from app.auth.book_messages import entry_of
from app.crypto import signing
from app.crypto.account_keys import AccountKeys
from app.crypto.errors import SealError
from app.crypto.grants import open_class_key
from app.crypto.values import BoxedDataKey
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError, TiraiError, VerificationError
from app.domain.machine_policy.policy import NOTHING_MANAGED, MachinePolicy
from app.domain.policy import Policy
from app.domain.policy_edit import policy_in_force
from app.domain.role import Role
from app.session.boot_mark import boot_mark
from app.session.managed import tightened
from app.session.policy_versions import fetch_version
from app.session.witness import Remembered, check_audit, check_book, mark, mark_of_book, remember
from app.storage.keyring_store import KeyStore
from app.storage.last_check import LastCheck

T = TypeVar("T")
_BOOK_TRIES = 5


@dataclass(slots=True, repr=False)
class Identity:
    """The keys of one signed-in process. They live in its memory and die with it.

    Attributes:
        client: speaks for the session.
        policy: who may what here and now: the office's, within what the machine's administrator allows.
        office: O.
        book: the book, replayed here.
        account: account name.
        keys: account keys.
        session: session id, 16 bytes.
        session_kem: HPKE secret of the session.
        session_seed: Ed25519 seed of the session.
        seat: workstation.
        store: this OS user's keyring, where the witness lies.
        seen: the log as it was seen last in this session.
        outbox_key: a console's root for what its outbox says about customers; the office has the other copy.
        keeps_witness: whether what is seen is remembered; not while a log is verified that may be a false one.
        class_keys: class keys by class and version.
        managed: what the machine's administrator has settled.
        base: the policy that came with the program: what an office's edits stay within.
        office_policy: the base, or the version of it that the book names.
        has_protection: whether these parts of the system's own protection were found in order here; nobody looks in
            a process without a console.
        policy_version: the version that `office_policy` is, 0 for the base.
    """

    client: ApiClient
    policy: Policy
    office: bytes
    book: Book
    account: str
    keys: AccountKeys
    session: bytes
    session_kem: bytes
    session_seed: bytes
    seat: str
    store: KeyStore
    seen: Witness
    outbox_key: bytes | None = None
    keeps_witness: bool = True
    managed: MachinePolicy = NOTHING_MANAGED
    has_protection: Callable[[Collection[str]], bool] = lambda parts: not parts
    class_keys: dict[tuple[DataClass, int], bytes] = field(default_factory=dict)
    base: Policy = field(init=False)
    office_policy: Policy = field(init=False)
    policy_version: int = 0
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _renewing: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Begin with the base."""
        self.base = self.office_policy = self.policy
        self.policy = tightened(self.office_policy, self.managed)

    @property
    def entry(self) -> Entry:
        """The account's entry in the book."""
        return self.book.active(self.account)

    @property
    def role(self) -> Role:
        """The account's role, as the book says."""
        return Role(self.entry.role)

    def holds(self, data_class: DataClass) -> bool:
        """Whether a class key is here."""
        return any(c is data_class for c, _ in self.class_keys)

    @property
    def held(self) -> frozenset[DataClass]:
        """The classes whose key is here."""
        return frozenset([data_class for data_class, _key in self.class_keys])

    def sign(self, message: bytes) -> bytes:
        """Sign with the session key."""
        return signing.sign(self.session_seed, message)

    def sign_as_account(self, message: bytes) -> bytes:
        """Sign with the account key."""
        return signing.sign(self.keys.seed, message)

    def renew(
        self,
        outbox: WitnessMark | None = None,
        check: LastCheck | None = None,
        posture: tuple[FoundPart, ...] = (),
    ) -> Lease:
        """Renew the lease, follow the book, and remember what both chains have become.

        Args:
            outbox: what the outbox has kept.
            check: what the last self-check of this workstation came to.
            posture: how this workstation is protected by its own system, if anybody has looked.

        Raises:
            SessionOverError: the session is over.
            OfficeAwayError: the office does not answer.
            RolledBackError: log or book do not follow what was seen in this session.
        """
        with self._renewing:  # a proof follows what was seen when it was asked for
            seat = SeatReport(
                policy=self.policy_version,
                machine=self.managed.digest,
                machine_from=self.managed.origin,
                check_ms=check.at_ms if check is not None else None,
                check_failed=check.failed if check is not None else (),
                check_parts=tuple(CheckedPart(name=p.name, state=p.state) for p in check.parts) if check else (),
                posture=posture,
                boot=boot_mark(self.office),
            )
            lease = self.client.lease(WitnessMark(length=self.seen.length, head=self.seen.head), outbox, seat)
            check_audit(lease.audit, lease.audit_proof, self.seen)
            if lease.book.length != self.book.length or not self._follows_book():
                self.follow_grants()
            check_book(self.book, mark(lease.book))
            self.seen = mark(lease.audit)
            self.remember()
        return lease.model_copy(update={"lease_ms": self.lease_end(lease.lease_ms, lease.now_ms)})

    def lease_end(self, lease_ms: int, now_ms: int) -> int:
        """When a lease ends here, ms by the office's clock: the office's end, or sooner."""
        return min(lease_ms, now_ms + self.policy.lease_s * 1000)

    def _follows_book(self) -> bool:
        """Whether the class keys and the policy that the book names are here."""
        holds_all = all(self.holds(c) for c in self.book.granted(self.account))
        return holds_all and self.policy_version == self.book.policy_version

    def remember(self) -> None:
        """Keep in the keyring what was seen of log and book."""
        if self.keeps_witness:
            remember(self.store, self.office, Remembered(self.seen, mark_of_book(self.book)))

    def lock(self, cause: str, outbox: WitnessMark | None = None) -> None:
        """Lock the session at the office, and remember the log with that in it; `outbox` is all that was kept there.

        Raises:
            TiraiError: the office does not answer, or the session is over.
        """
        locked = self.client.lock(cause, outbox)
        self.client.forget_token()
        self.client.close()
        self.seen = mark(locked.audit)
        with contextlib.suppress(TiraiError):  # a keyring that is gone takes nothing from the lock
            self.remember()

    def leave(self, cause: str, wipe: tuple[WipeStepReport, ...] = (), outbox: WitnessMark | None = None) -> int:
        """End the session at the office, and remember the log with that end in it; `outbox` is all that was kept there.

        Returns:
            Number of the audit entry.

        Raises:
            TiraiError: the office does not answer; the lease ends the session there.
        """
        try:
            ended = self.client.end(EndRequest(cause=cause, wipe=wipe, outbox=outbox))
        finally:
            self.client.forget_token()
            self.client.close()
        self.seen = mark(ended.audit)
        with contextlib.suppress(TiraiError):  # a keyring that is gone takes nothing from the end
            self.remember()
        return ended.entry

    def follow_book(self) -> None:
        """Fetch what the book has grown by and replay it; obey the policy that it names now.

        Raises:
            BookError: the office shows an entry that the book does not allow.
            PolicyForgedError: the office's policy is not what two people signed.
        """
        with self._lock:
            for message in self.client.book_page(self.book.length).entries:
                self.book.add(entry_of(message))
            self.follow_policy()

    def follow_policy(self) -> None:
        """Take over the policy that the book names, if it is another one than is obeyed here.

        Raises:
            PolicyForgedError: the office's policy is not what two people signed.
        """
        with self._lock:
            number = self.book.policy_version
            if number != self.policy_version:
                text = fetch_version(self.client, self.book, number).text
                self.office_policy, self.policy_version = policy_in_force(text, self.base), number
                self.policy = tightened(self.office_policy, self.managed)

    def signing_into_book(self, act: Callable[[], T]) -> T:
        """Do something that signs an entry; if the book has grown meanwhile, follow it and do it again.

        Raises:
            BookError: the book still moves, or refuses the entry.
        """
        for left in reversed(range(_BOOK_TRIES)):
            self.follow_book()
            try:
                return act()
            except VerificationError as e:
                if e.code != MOVED or not left:
                    raise
        raise AssertionError("unreachable")

    def forget_entries(self, count: int) -> None:
        """Drop own entries that the office did not take."""
        with self._lock:
            kept = self.book.entries[: self.book.length - count]
            self.book = Book.replay(self.book.root, self.policy.holds, kept)

    def follow_grants(self) -> None:
        """Fetch the class keys that were granted meanwhile."""
        self.follow_book()
        self.take_grants(self.client.own_grants())

    def take_grants(self, own: OwnGrants) -> None:
        """Open class grants; one that does not open, or is not the book's, is left out."""
        with self._lock:
            granted = self.book.granted(self.account)
            for grant in own.grants:
                data_class = DataClass(grant.data_class)
                if data_class not in granted or (data_class, grant.version) in self.class_keys:
                    continue
                try:
                    public = self.book.class_public(data_class, grant.version)
                    secret = open_class_key(
                        self.keys.kem, grant.sealed, self.office, self.account, data_class.value, grant.version, public
                    )
                except (SealError, BookError):
                    continue
                self.class_keys[data_class, grant.version] = secret

    def class_secret(self, package: SealedPackage) -> bytes:
        """The class key that a package needs.

        Raises:
            NotAllowedError: it is not here, and was not granted meanwhile.
        """
        return self.class_key(DataClass(package.data_class), package.version)

    def class_key(self, data_class: DataClass, version: int) -> bytes:
        """One version of a class key.

        Raises:
            NotAllowedError: it is not here, and was not granted meanwhile.
        """
        key = (data_class, version)
        if key not in self.class_keys:
            self.follow_grants()
        if key not in self.class_keys:
            raise NotAllowedError("A supervisor still has to hand you the key of this class.", code="no_class_key")
        return self.class_keys[key]

    def need_protection(self) -> None:
        """Demand the protection that the machine's administrator requires, before a value is asked for.

        Raises:
            NotAllowedError: code `posture_here`: a part is missing, or nobody knows.
        """
        if not self.has_protection(self.managed.texts("protection_required")):
            raise NotAllowedError("This workstation lacks a protection that its IT requires.", code="posture_here")

    def need_class(self, data_class: DataClass) -> None:
        """Demand a class key before something is asked that would be logged for nothing.

        Raises:
            NotAllowedError: it is not here, or the workstation lacks what its administrator requires.
        """
        self.need_protection()
        if not self.holds(data_class):
            self.follow_grants()
        if not self.holds(data_class):
            raise NotAllowedError("A supervisor still has to hand you the key of this class.", code="no_class_key")


def boxed(package: SealedPackage) -> BoxedDataKey:
    """The boxed data key of a package."""
    return BoxedDataKey(package.batch, package.data_class, package.version, package.box, package.check)


def new_id() -> bytes:
    """A fresh id of 16 random bytes."""
    return secrets.token_bytes(16)
