"""First sign-in with an activation code: choose a password, scan the QR code, prove it by a code.

The code pins the office: a server whose root does not fit it gets nothing.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from app.api.client.client import ApiClient
from app.api.messages.accounts import EnrolBegin, EnrolBegun, EnrolBook, EnrolFinish
from app.api.messages.seats import SeatProof
from app.auth.activation import parse_code
from app.auth.book import MOVED, SELF, Book, Kind, State
from app.auth.book_messages import entry_message, entry_of
from app.auth.names import account_name
from app.auth.password import check_password, judged
from app.auth.password_strength import Strength
from app.auth.seat_proof import activation_proof
from app.auth.totp import TotpHash, as_text, provisioning_uri
from app.crypto import signing
from app.crypto.account_keys import (
    AccountKeys,
    ActivationCode,
    PasswordKeys,
    password_keys,
    seat_id,
    seat_sign_seed,
    slot_key,
    wrap_account_keys,
)
from app.crypto.derive import PASSWORD_COST, PasswordCost, at_least, sha256
from app.crypto.labels import lp
from app.domain.errors import VerificationError
from app.domain.policy import Policy
from app.session.identity import new_id
from app.session.seat_here import proved
from app.session.shown import Secret
from app.session.waking import asked_awake, hello_of
from app.session.witness import Remembered, mark_of_book, remember
from app.storage.keyring_store import KeyStore

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """What the person sets up.

    Attributes:
        account: account name.
        display_name: their name, as the administrator wrote it.
        role: their role.
        secret: the authenticator's secret as text.
        uri: the same as an otpauth URI, for a QR code.
    """

    account: str
    display_name: str
    role: str
    secret: Secret
    uri: Secret


class Enrol:
    """One enrolment on this workstation."""

    def __init__(
        self,
        connect: Callable[[], ApiClient],
        open_store: Callable[[], KeyStore],
        policy: Policy,
        start_office: Callable[[], None] = lambda: None,
    ) -> None:
        """Enrol people here.

        Args:
            connect: makes a client.
            open_store: opens the keyring.
            policy: who may what.
            start_office: has an office started if none answers.
        """
        self._store = open_store()
        self._client = connect()
        self._policy = policy
        self._start_office = start_office
        self._begun: EnrolBegun | None = None
        self._code: ActivationCode | None = None
        self._account = ""
        self._root = b""
        self._office_name = ""

    def begin(self, account: str, code: str, *, totp_sha256: bool = False) -> Offer:
        """Show the activation code.

        Args:
            account: account name, as typed.
            code: the activation code, as typed.
            totp_sha256: whether the authenticator shall use SHA-256 (few can).

        Raises:
            InputRefusedError: no account name, or not a code.
            NotAllowedError: the code does not open this account.
            VerificationError: another office answers here than the code names.
        """
        self._account, self._code = account_name(account), parse_code(code)
        hello = hello_of(self._client, self._start_office)
        self._root, self._office_name, office = hello.root, hello.name, sha256(hello.root)
        if office[: len(self._code.office_pin)] != self._code.office_pin:
            raise VerificationError(
                "Another office answers here than the one that made this activation code.", code="other_office"
            )
        nonce = new_id()
        proof = signing.sign(
            self._code.sign_seed(office, self._account), lp("enrol-begin", office, self._account, nonce)
        )
        totp_hash = TotpHash.SHA256 if totp_sha256 else TotpHash.SHA1
        question = EnrolBegin(
            account=self._account,
            slot_key=self._client.slot(self._code.slot_key(office, self._account)),
            nonce=nonce,
            proof=proof,
            totp_hash=totp_hash.value,
            seat_proof=self._seat_proof(office, nonce),
        )
        self._begun = asked_awake(self._client, self._start_office, lambda: self._client.enrol_begin(question))
        secret = self._begun.totp
        return Offer(
            self._account,
            self._begun.display_name,
            self._begun.role,
            Secret(as_text(secret)),
            Secret(provisioning_uri(secret, self._account, hello.name, totp_hash)),
        )

    def _seat_proof(self, office: bytes, begin: bytes) -> SeatProof:
        """That this workstation has its key: an office may want to know it before anybody sets up here."""
        half, account = self._store.seat_half(), self._account
        seat = seat_id(office, half)
        self._client.show_seat(seat)
        seed = seat_sign_seed(office, half)
        return proved(seed, seat, lambda nonce: activation_proof(office, seat, nonce, account, begin))

    @property
    def lasts_s(self) -> int:
        """Seconds from `begin` until the office forgets a half-finished enrolment."""
        return self._policy.sign_in_s

    def check_password(self, password: str) -> None:
        """Accept a new password, or say what to do.

        Raises:
            InputRefusedError: it is too short or too easily guessed.
        """
        check_password(password, *self._names())

    def strength(self, password: str) -> Strength:
        """How easily a new password is guessed; for showing while it is typed."""
        return judged(password, *self._names())

    def _names(self) -> tuple[str, str, str]:
        return self._account, self._begun.display_name if self._begun else "", self._office_name

    def finish(self, password: str, code: str, cost: PasswordCost | None = None) -> tuple[Secret, ...]:
        """Make the person's keys and sign them into the book.

        Args:
            password: the new password.
            code: what the authenticator shows.
            cost: Argon2id parameters; the office's, and no less than the program's, if none are given.

        Returns:
            Ten recovery codes, to be shown once.

        Raises:
            NotAllowedError: the code does not fit, or the set-up took too long.
            InputRefusedError: the password.
            BookError: the office shows a book that does not hold.
        """
        if self._begun is None or self._code is None:
            raise RuntimeError("an enrolment finishes after it began")
        self.check_password(password)
        book = Book.replay(self._root, self._policy.holds, (entry_of(e) for e in self._begun.book))
        cost = cost or at_least(PasswordCost(*self._begun.profile.cost), PASSWORD_COST)
        keys, salt = AccountKeys.new(), secrets.token_bytes(16)
        derived = password_keys(self._account, password, salt, cost)
        if self._store.witness(book.office.hex()) is None:
            remember(self._store, book.office, Remembered(None, mark_of_book(book)))
        for left in reversed(range(_TRIES)):
            try:
                codes = self._client.enrol_finish(self._signed(book, keys, salt, derived, code, cost))
            except VerificationError as e:
                if e.code != MOVED or not left:
                    raise
                self._follow(book)
            else:
                return tuple(Secret(code) for code in codes)
        raise AssertionError("unreachable")

    def _follow(self, book: Book) -> None:
        """Take over what others have added to the book meanwhile."""
        assert self._begun is not None
        page = self._client.enrol_book(EnrolBook(enrolment=self._begun.enrolment, after=book.length))
        for message in page.entries:
            book.add(entry_of(message))

    def _signed(
        self, book: Book, keys: AccountKeys, salt: bytes, derived: PasswordKeys, code: str, cost: PasswordCost
    ) -> EnrolFinish:
        """The person's keys, signed into the book as it stands."""
        assert self._begun is not None
        assert self._code is not None
        office = book.office
        half = self._client.slot_half(office, self._store.seat_half())
        draft = book.draft(
            Kind.ACCOUNT,
            self._account,
            role=self._begun.role,
            queues=self._begun.queues,
            state=State.ACTIVE.value,
            kem=keys.kem_public,
            sign=keys.sign_public,
        )
        entry = draft.signed(office, [(SELF, self._code.sign_seed(office, self._account))])
        return EnrolFinish(
            enrolment=self._begun.enrolment,
            code="".join(code.split()),
            salt=salt,
            memory_kib=cost.memory_kib,
            passes=cost.passes,
            lanes=cost.lanes,
            verifier=derived.verifier,
            slot_key=self._client.slot(slot_key(office, self._account, half, derived.console)),
            wrapped_keys=wrap_account_keys(office, self._account, derived.wrapping, keys),
            entry=entry_message(entry),
        )

    def close(self) -> None:
        """Close the line to the office."""
        self._client.close()
