"""Signing in, as the console sees it: which office, which password keys, which session.

Before V, code and slot key go anywhere: the server's uid is checked (transport), and its root must be the one pinned
here. Before any key is used: the book is replayed from that root and compared with what is remembered.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from app.api.client.client import ApiClient
from app.api.client.errors import LIMIT_NOT_SPOKEN, ForeignOfficeError, NotSpokenError, SignInAnswerError
from app.api.messages.accounts import OwnGrants
from app.api.messages.door import CardRequest, Hello, Lease, SessionKind, SignedIn, SignInRequest, WitnessMark
from app.auth.book import Book
from app.auth.book_messages import entry_of
from app.auth.recovery_codes import parse_recovery_code
from app.auth.seat_proof import sign_in_proof
from app.auth.session_card import SessionCard
from app.crypto import hpke, signing
from app.crypto.account_keys import (
    AccountKeys,
    PasswordKeys,
    seat_id,
    seat_sign_seed,
    slot_key,
    unwrap_account_keys,
    wrap_account_keys,
)
from app.crypto.derive import PasswordCost, is_weaker, sha256
from app.crypto.errors import SealError
from app.domain.machine_policy.policy import NOTHING_MANAGED, MachinePolicy
from app.domain.policy import Policy
from app.session.approval import Approval
from app.session.command import CommandSession
from app.session.desk import Desk
from app.session.errors import SignInRefusal, SignInRefusedError
from app.session.identity import Identity
from app.session.open_cache import Announce, open_cache
from app.session.own_password import derive, strengthened
from app.session.posture import Look
from app.session.replacing import Replacing
from app.session.seat_here import proved, seat_here
from app.session.shown import Office
from app.session.waking import asked_awake, hello_of
from app.session.wipe_receipts import deliver_kept
from app.session.witness import Remembered, check_audit, check_book, mark, recall
from app.storage.keyring_store import KeyStore
from app.storage.places import Places

T = TypeVar("T")


@dataclass(frozen=True, slots=True, repr=False)
class SignedInKeys:
    """What a sign-in leaves for whoever goes on with it."""

    identity: Identity
    answer: SignedIn
    derived: PasswordKeys


class SignIn:
    """The sign-in form's use case."""

    def __init__(
        self,
        places: Places,
        connect: Callable[[], ApiClient],
        open_store: Callable[[], KeyStore],
        policy: Policy,
        *,
        start_office: Callable[[], None],
        announce: Announce | None = None,
        language: Callable[[], str] = lambda: "en",
        seat: str = "",
        look_at_posture: Look | None = None,
        managed: Callable[[], MachinePolicy] = lambda: NOTHING_MANAGED,
    ) -> None:
        """Sign people in here.

        Args:
            places: this home.
            connect: makes a client.
            open_store: opens the keyring.
            policy: who may what.
            start_office: has an office started if none answers.
            announce: tells the guardian of a console's session; None for commands and approvals.
            language: what the screens speak when somebody signs in, `en` or `id`: labels and reasons follow it.
            seat: what this workstation calls itself; empty: as its office does.
            look_at_posture: looks at how this workstation is protected; None for commands and approvals.
            managed: reads what the machine's administrator has settled, before anything is asked; raises where that
                lets nobody in.
        """
        self._places = places
        self._connect = connect
        self._open_store = open_store
        self._policy = policy
        self._start_office = start_office
        self._announce, self._managed = announce, managed
        self._language, self._seat, self._look_at_posture = language, seat, look_at_posture

    def office(self) -> Office:
        """Which office this is; also makes sure that a keyring is open.

        Raises:
            KeyringAbsentError, KeyringRefusedError: with what to do.
            OfficeAwayError: it does not start.
            SignInRefusedError: the office is unknown on this workstation.
        """
        hello, *_rest = self._known_office()
        return Office(hello.name, hello.seat, hello.home)

    def sign_in(self, account: str, password: str, code: str) -> Desk:
        """Sign in a console.

        Raises:
            SignInRefusedError: with what may be said.
            RolledBackError: the office shows less than is remembered.
        """
        if self._announce is None:
            raise RuntimeError("a console's sign-in needs a guardian")
        signed = self._sign_in(account, password, code, "console")
        store = self._open_store()
        cache = open_cache(self._places, store, signed.identity, signed.answer, signed.derived, self._announce)
        look = self._look_at_posture
        return Desk(signed.identity, signed.answer, cache, language=self._language(), look_at_posture=look)

    def sign_in_to_approve(self, account: str, password: str, code: str) -> Approval:
        """Sign in a supervisor for the desk approval: no cache.

        Raises:
            SignInRefusedError: with what may be said.
        """
        signed = self._sign_in(account, password, code, "approval")
        return Approval(signed.identity, signed.answer, self._language())

    def sign_in_for_command(self, account: str, password: str, code: str) -> CommandSession:
        """Sign in a command of the terminal: no cache.

        Raises:
            SignInRefusedError: with what may be said.
        """
        signed = self._sign_in(account, password, code, "command")
        return CommandSession(signed.identity, signed.answer, recall(self._open_store(), signed.identity.office))

    def sign_in_to_replace(self, account: str, password: str, recovery_code: str) -> Replacing:
        """Sign in somebody whose authenticator is gone, with a recovery code, to set up another one and nothing else.

        Raises:
            InputRefusedError: not a recovery code.
            SignInRefusedError: with what may be said.
        """
        code, office = parse_recovery_code(recovery_code), self.office().name
        signed = self._sign_in(account, password, code, "replace")
        return Replacing(signed.identity, office)

    def sign_in_to_verify(self, account: str, password: str, code: str) -> CommandSession:
        """Sign in to verify the log, also where it does not follow what this workstation remembers.

        What is remembered is left as it is until the log has been found whole.

        Raises:
            SignInRefusedError: with what may be said.
        """
        _hello, remembered, *_rest = self._known_office()
        signed = self._sign_in(account, password, code, "command", to_verify=True)
        return CommandSession(signed.identity, signed.answer, remembered)

    def _known_office(self) -> tuple[Hello, Remembered, KeyStore, MachinePolicy]:
        managed = self._managed()
        store = self._open_store()
        return *known_office(store, self._connect, self._start_office), store, managed

    def _sign_in(
        self, account: str, password: str, code: str, kind: SessionKind, *, to_verify: bool = False
    ) -> SignedInKeys:
        """Sign in; a log that does not follow what is remembered ends it here, unless it comes to be verified."""
        account = account.strip().lower()
        hello, remembered, store, managed = self._known_office()
        if to_verify:
            remembered = Remembered(None, remembered.book)
        client = self._connect()
        try:
            signed = self._with_client(client, hello, account, password, code, kind, remembered, store, managed)
            signed.identity.keeps_witness = not to_verify
            signed.identity.remember()
        except BaseException:
            client.close()
            raise
        return signed

    def _with_client(
        self,
        client: ApiClient,
        hello: Hello,
        account: str,
        password: str,
        code: str,
        kind: SessionKind,
        remembered: Remembered,
        store: KeyStore,
        managed: MachinePolicy,
    ) -> SignedInKeys:
        office = sha256(hello.root)
        client.show_seat(seat_id(office, store.seat_half()))
        derived, cost = self._awake(client, lambda: derive(client, account, password))
        seen, half = remembered.audit, store.seat_half()
        here, code, seed = seat_id(office, half), "".join(code.split()), seat_sign_seed(office, half)
        about = (account, kind, code, derived.verifier)
        request = SignInRequest(
            account=account,
            verifier=derived.verifier,
            slot_key=client.slot(slot_key(office, account, client.slot_half(office, half), derived.console)),
            code=code,
            kind=kind,
            seat_id=here,
            seat=seat_here(seed, self._seat or hello.seat),
            proof=proved(seed, here, lambda nonce: sign_in_proof(office, here, nonce, *about)),
            audit_seen=WitnessMark(length=seen.length, head=seen.head) if seen else None,
            longest_s=managed.number("session_s"),
        )
        try:
            answer = self._awake(client, lambda: client.sign_in(request))
        except SignInAnswerError as e:
            raise refused(e) from e
        except NotSpokenError as e:  # it would let the session last longer
            sentence = "Your organisation limits sessions here, and your office's Tirai is too old to keep that."
            raise NotSpokenError(f"{sentence} IT updates the office first.", LIMIT_NOT_SPOKEN) from e
        if kind == "console" and answer.outbox_key is None and client.protocol > 1:
            raise ForeignOfficeError("The office's answer lacks a key that every console gets. Tell IT.")
        client.use_token(answer.token)
        identity, lease = self._identify(client, hello, account, derived, answer, remembered, store, managed)
        if kind != "replace":
            identity.follow_policy()
        if kind != "replace" and is_weaker(cost, PasswordCost(*answer.profile.cost)):
            derived = strengthened(identity, password, derived, PasswordCost(*answer.profile.cost))
            wrapped = wrap_account_keys(identity.office, account, derived.wrapping, identity.keys)
            answer = answer.model_copy(update={"wrapped_keys": wrapped})
        lease_ms = identity.lease_end(lease.lease_ms, lease.now_ms)
        answer = answer.model_copy(update={"lease_ms": lease_ms})
        deliver_kept(self._places.home, client)
        return SignedInKeys(identity, answer, derived)

    def _awake(self, client: ApiClient, ask: Callable[[], T]) -> T:
        return asked_awake(client, self._start_office, ask)

    def _identify(
        self,
        client: ApiClient,
        hello: Hello,
        account: str,
        derived: PasswordKeys,
        answer: SignedIn,
        remembered: Remembered,
        store: KeyStore,
        managed: MachinePolicy,
    ) -> tuple[Identity, Lease]:
        """Replay and compare before any key is used; then unwrap, make session keys, bring the card."""
        book = Book.replay(hello.root, self._policy.holds, (entry_of(e) for e in answer.book))
        check_book(book, remembered.book)
        check_audit(answer.audit, answer.audit_proof, remembered.audit)
        keys = unwrap_account_keys(book.office, account, derived.wrapping, answer.wrapped_keys)
        check_own_keys(book, account, keys)
        session_kem, session_seed = hpke.new_secret(), signing.new_seed()
        card = SessionCard(
            account,
            answer.session,
            hpke.public_of(session_kem),
            signing.public_of(session_seed),
            hello.seat,
            answer.ends_ms,
        )
        signature = signing.sign(keys.seed, card.body(book.office))
        lease = client.bring_card(CardRequest(kem=card.kem, sign=card.sign, signature=signature))
        identity = Identity(
            client=client,
            policy=self._policy,
            office=book.office,
            book=book,
            account=account,
            keys=keys,
            session=answer.session,
            session_kem=session_kem,
            session_seed=session_seed,
            seat=hello.seat,
            store=store,
            seen=mark(answer.audit),
            managed=managed,
            outbox_key=answer.outbox_key,
        )
        identity.take_grants(OwnGrants(grants=answer.grants))
        return identity, lease


def known_office(
    store: KeyStore, connect: Callable[[], ApiClient], start_office: Callable[[], None]
) -> tuple[Hello, Remembered]:
    """The office's hello, and what is remembered of it; one that sleeps is woken.

    Of the office of the whole workstation nothing need be remembered: root made the user as whom it answers.

    Raises:
        SignInRefusedError: the office is unknown on this workstation.
        OfficeAwayError: it does not start.
    """
    with contextlib.closing(connect()) as client:
        hello, is_vouched_for = hello_of(client, start_office), client.is_of_machine
    remembered = recall(store, sha256(hello.root))
    if remembered is None and is_vouched_for:
        return hello, Remembered()
    if remembered is None:
        raise SignInRefusedError(
            "This workstation does not know the office that answers here. Use your activation code first.",
            SignInRefusal.UNKNOWN_OFFICE,
        )
    return hello, remembered


def check_own_keys(book: Book, account: str, keys: AccountKeys) -> None:
    """Demand that the book shows these keys for the account.

    Raises:
        SealError: it shows others.
    """
    entry = book.active(account)
    if (entry.kem, entry.sign) != (keys.kem_public, keys.sign_public):
        raise SealError("the book shows other keys for this account than its password opens")


def refused(error: SignInAnswerError) -> SignInRefusedError:
    """An office's refusal, as screens may word it."""
    why = SignInRefusal(error.code) if error.code in set(SignInRefusal) else SignInRefusal.WRONG
    off = error.number if why is SignInRefusal.CLOCK_OFF else 0
    left = error.number if why in {SignInRefusal.WRONG, SignInRefusal.USED_CODE} else 0
    return SignInRefusedError(
        _words(why, error.wait_s, off), why, tries_left=left, wait_s=error.wait_s, minutes_off=off
    )


def _words(why: SignInRefusal, wait_s: int, minutes_off: int) -> str:
    """For terminals; screens have their own words."""
    match why:
        case SignInRefusal.USED_CODE:
            return f"This code was used already. Wait for the next one, {wait_s} s."
        case SignInRefusal.CLOCK_OFF:
            return f"The clock here is about {minutes_off} min off. Codes will not fit until IT sets it."
        case SignInRefusal.CODES_REFUSED:
            return (
                "Password and code are right, but too many wrong codes were tried here. "
                "Ask a supervisor to release your account, or use a recovery code."
            )
        case SignInRefusal.THROTTLED:
            return f"Too many tries here. Wait {max(1, -(-wait_s // 60))} min."
        case SignInRefusal.SEAT_REVOKED:
            return "An administrator has revoked this workstation. Nobody signs in from it until it is allowed again."
        case SignInRefusal.SEAT_KEY:
            return "The office knows this workstation by another key. Tell your administrator."
        case SignInRefusal.SEAT_UNKNOWN:
            return "This workstation is not known to the office. Ask IT."
        case _:
            return "Account, password or code is not right."
