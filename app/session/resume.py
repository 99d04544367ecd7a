"""Resuming a locked session in a new process: password, cache, token, account keys, then the office, in this order.

Nothing of the process that locked is here: the guardian tells whose session it is and which generation its cache has.
The password gives C; C and h open the cache, where token and wrapped account keys lie; V, slot key and token together
let the office take a card with this process's own session keys. A wrong password opens no cache, and is judged and
counted by the office all the same.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from app.api.client.client import ApiClient
from app.api.client.errors import SignInAnswerError
from app.api.messages.accounts import OwnGrants
from app.api.messages.door import CardRequest, Hello, Resumed, ResumeRequest, SignedIn, WitnessMark
from app.auth.book import Book
from app.auth.book_messages import entry_of
from app.auth.seat_proof import resume_proof
from app.auth.session_card import SessionCard
from app.crypto import hpke, signing
from app.crypto.account_keys import PasswordKeys, cache_key, seat_id, seat_sign_seed, slot_key, unwrap_account_keys
from app.crypto.derive import sha256
from app.domain.errors import TiraiError
from app.domain.inventory_reader import load_inventory
from app.domain.machine_policy.policy import NOTHING_MANAGED, MachinePolicy
from app.domain.policy import Policy
from app.session.desk import Desk
from app.session.ends import LockedSession
from app.session.errors import CacheLostError, SessionOverError
from app.session.identity import Identity
from app.session.lock_place import PLACE_ITEM, Place
from app.session.noting import DRAFT_ITEM
from app.session.open_cache import ENDS_ITEM, Announce, OpenCache, halves_of
from app.session.outbox import Outbox
from app.session.own_password import derive
from app.session.posture import Look
from app.session.seat_here import proved
from app.session.sign_in import check_own_keys, known_office, refused
from app.session.view_ends import VIEW_ENDS_ITEM
from app.session.witness import Remembered, check_audit, check_book, mark
from app.storage.keyring_store import KeyStore
from app.storage.outbox import Kept, OutboxFolder
from app.storage.places import PlaceRefusedError, Places
from app.storage.session_cache import SessionCache
from app.storage.sqlcipher import EncryptedFileError


@dataclass(frozen=True, slots=True, repr=False)
class BackAtDesk:
    """A session that goes on, and where its person was."""

    desk: Desk
    place: Place


class Resume:
    """The lock screen's use case."""

    def __init__(
        self,
        places: Places,
        connect: Callable[[], ApiClient],
        open_store: Callable[[], KeyStore],
        policy: Policy,
        lock: LockedSession,
        announce: Announce,
        *,
        start_office: Callable[[], None],
        language: Callable[[], str] = lambda: "en",
        look_at_posture: Look | None = None,
        end_token: bytes = b"",
        managed: Callable[[], MachinePolicy] = lambda: NOTHING_MANAGED,
    ) -> None:
        """Resume this session.

        Args:
            places: see `SignIn`.
            connect: see `SignIn`.
            open_store: see `SignIn`.
            policy: see `SignIn`.
            lock: what is locked.
            announce: see `SignIn`.
            start_office: see `SignIn`.
            language: see `SignIn`.
            look_at_posture: see `SignIn`.
            end_token: of the session, where an office that is always there may be asked what became of it; empty where
                the office left when everything was locked.
            managed: see `SignIn`.
        """
        self._end_token, self._managed = end_token, managed
        self._places, self._connect, self._open_store, self._policy = places, connect, open_store, policy
        self._lock, self._announce = lock, announce
        self._start_office, self._language, self._look = start_office, language, look_at_posture

    def resume(self, password: str) -> BackAtDesk:
        """Go on, with the password.

        Raises:
            SignInRefusedError: the password is wrong, or tries wait.
            SessionOverError: the session is over.
            CacheLostError: its cache is missing, damaged or an older copy: nothing can be resumed from it.
            OfficeAwayError: the office does not answer; no try was counted.
            RolledBackError: the office shows less than is remembered.
        """
        managed = self._managed()
        store = self._open_store()
        hello, remembered = known_office(store, self._connect, self._start_office)
        client = self._connect()
        try:
            return self._with_client(client, hello, remembered, store, password, managed)
        except BaseException:
            client.close()
            raise

    def ask(self) -> None:
        """Hear what became of the session while nobody is here; without a key, and with no try counted.

        Raises:
            SessionOverError: it is over, or is to be wiped.
            TiraiError: the office does not answer.
        """
        if self._end_token:
            with contextlib.closing(self._connect()) as client:
                client.ask_while_locked(bytes.fromhex(self._lock.session), self._end_token)

    def _with_client(
        self,
        client: ApiClient,
        hello: Hello,
        remembered: Remembered,
        store: KeyStore,
        password: str,
        managed: MachinePolicy,
    ) -> BackAtDesk:
        kept = self._kept()
        derived, _cost = derive(client, self._lock.account, password)
        self._announce.trying(self._lock.session)
        office = sha256(hello.root)
        client.show_seat(seat_id(office, store.seat_half()))
        asking = self._asking(client, derived, store, remembered, office)
        opened = self._open_cache(office, store, derived)
        if opened is None:
            raise _why_shut(client, asking)
        cache, key = opened
        try:
            identity, answer = self._go_on(client, hello, remembered, store, derived, cache, asking, managed)
            back = self._desk(identity, derived, answer, cache, key, kept)
        except BaseException:
            cache.close()
            raise
        self._announce.resumed(self._lock.session)
        self._announce.leased(self._lock.session, (answer.lease_ms - answer.now_ms) / 1000)
        return back

    def _kept(self) -> Kept | None:
        """What the session has in the outbox; looked at before the office is asked how much of it is there."""
        try:
            return OutboxFolder(self._places.home).read(self._lock.session)
        except PlaceRefusedError:
            return None  # whoever delivers says so

    def _asking(
        self, client: ApiClient, derived: PasswordKeys, store: KeyStore, remembered: Remembered, office: bytes
    ) -> ResumeRequest:
        """The request of somebody who knows a password and nothing else yet."""
        seen, half = remembered.audit, client.slot_half(office, store.seat_half())
        return ResumeRequest(
            account=self._lock.account,
            session=bytes.fromhex(self._lock.session),
            token=bytes(32),
            verifier=derived.verifier,
            slot_key=client.slot(slot_key(office, self._lock.account, half, derived.console)),
            card=CardRequest(kem=b"", sign=bytes(32), signature=b""),
            cause=self._lock.cause,
            audit_seen=WitnessMark(length=seen.length, head=seen.head) if seen else None,
        )

    def _go_on(
        self,
        client: ApiClient,
        hello: Hello,
        remembered: Remembered,
        store: KeyStore,
        derived: PasswordKeys,
        cache: SessionCache,
        asking: ResumeRequest,
        managed: MachinePolicy,
    ) -> tuple[Identity, Resumed]:
        """Make session keys and their card, have the office take it, then replay and compare before a key is used."""
        account, office, session = self._lock.account, sha256(hello.root), asking.session
        token, wrapped, ends_ms = (_item(cache, name) for name in ("token", "wrapped_keys", ENDS_ITEM))
        keys = unwrap_account_keys(office, account, derived.wrapping, wrapped)
        kem, seed = hpke.new_secret(), signing.new_seed()
        publics = hpke.public_of(kem), signing.public_of(seed)
        card = SessionCard(account, session, *publics, hello.seat, int(ends_ms))
        brought = CardRequest(kem=card.kem, sign=card.sign, signature=signing.sign(keys.seed, card.body(office)))
        seat_seed, seat = seat_sign_seed(office, store.seat_half()), seat_id(office, store.seat_half())
        proof = proved(seat_seed, seat, lambda nonce: resume_proof(office, seat, nonce, session, token, card.sign))
        answer = _ask(client, asking.model_copy(update={"token": token, "card": brought, "proof": proof}))
        client.use_token(answer.token)
        book = Book.replay(hello.root, self._policy.holds, (entry_of(e) for e in answer.book))
        check_book(book, remembered.book)
        check_audit(answer.audit, answer.audit_proof, remembered.audit)
        check_own_keys(book, account, keys)
        identity = Identity(
            client=client,
            policy=self._policy,
            office=office,
            book=book,
            account=account,
            keys=keys,
            session=session,
            session_kem=kem,
            session_seed=seed,
            seat=hello.seat,
            store=store,
            seen=mark(answer.audit),
            managed=managed,
            outbox_key=answer.outbox_key,
        )
        identity.take_grants(OwnGrants(grants=answer.grants))
        identity.follow_policy()
        identity.remember()
        lease_ms = identity.lease_end(answer.lease_ms, answer.now_ms)
        return identity, answer.model_copy(update={"lease_ms": lease_ms})

    def _open_cache(self, office: bytes, store: KeyStore, derived: PasswordKeys) -> tuple[SessionCache, bytes] | None:
        """The cache and its key, or None: another password, or a damaged file; the office tells which."""
        session = self._lock.session
        half = store.session(session)
        if half is None:
            raise SessionOverError("The keyring has forgotten this session; sign in again.", code="session_over")
        key = cache_key(office, self._lock.account, bytes.fromhex(session), half, derived.console)
        try:
            return SessionCache.open(self._places.session_folder(session), key, self._lock.generation), key
        except EncryptedFileError as e:
            if e.code == "older":
                raise CacheLostError("An older copy of the session cache was put back; the session ends.") from e
            return None

    def _desk(
        self,
        identity: Identity,
        derived: PasswordKeys,
        answer: Resumed,
        cache: SessionCache,
        key: bytes,
        kept: Kept | None,
    ) -> BackAtDesk:
        place, wrapped = Place.of(cache.get(PLACE_ITEM)), _item(cache, "wrapped_keys")
        items = {"token": answer.token, "wrapped_keys": wrapped, ENDS_ITEM: str(answer.ends_ms).encode()}
        for name in (DRAFT_ITEM, VIEW_ENDS_ITEM):
            if (item := cache.get(name)) is not None:
                items[name] = item
        opened = OpenCache(
            self._places,
            identity.store,
            self._lock.session,
            self._announce,
            load_inventory(answer.inventory),
            halves_of(identity, derived),
            items,
        )
        opened.go_on(cache, key)
        if cache.fields != tuple(f.name for f in opened.inventory.open_fields):
            opened.replace(cache)  # an import has brought another inventory meanwhile
        opened.keep("token", answer.token)
        signed = SignedIn(
            session=identity.session,
            token=answer.token,
            end_token=bytes(32),
            ends_ms=answer.ends_ms,
            lease_ms=answer.lease_ms,
            now_ms=answer.now_ms,
            display_name=answer.display_name,
            wrapped_keys=wrapped,
            failed_ms=answer.failed_ms,
            profile=answer.profile,
            book=(),
            grants=(),
            inventory=answer.inventory,
            audit=answer.audit,
            audit_proof=(),
        )
        outbox = Outbox(OutboxFolder(self._places.home), identity, kept, answer.outbox)
        desk = Desk(
            identity,
            signed,
            opened,
            language=self._language(),
            has_fresh_code=False,
            outbox=outbox,
            look_at_posture=self._look,
        )
        return BackAtDesk(desk, place)


def _why_shut(client: ApiClient, asking: ResumeRequest) -> TiraiError:
    """Why the cache does not open: the office judges the password, and counts a wrong one.

    Raises:
        SignInRefusedError: the password is wrong, or tries wait.
        OfficeAwayError: it does not answer.
    """
    try:
        _ask(client, asking)
    except SessionOverError as e:
        if e.code != "session_over":
            return e
    return CacheLostError("The session cache of this locked session does not open any more.")


def _ask(client: ApiClient, request: ResumeRequest) -> Resumed:
    try:
        return client.resume(request)
    except SignInAnswerError as e:
        raise refused(e) from e


def _item(cache: SessionCache, name: str) -> bytes:
    found = cache.get(name)
    if found is None:
        raise CacheLostError("The session cache lacks what a resume needs; the session ends.")
    return found
