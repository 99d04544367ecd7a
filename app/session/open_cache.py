"""A session's cache: announce, lock the folder, put h into the keyring, create the encrypted file; and make it anew.

In this order, so that whatever happens in between, somebody knows what to destroy. A cache whose file another program
touched is never mended: its half of the key is overwritten in the keyring, the file is put aside in the same folder,
and a new one follows with a key and a generation of its own. The halves for that are drawn at the sign-in, with their
keys, so that C need not stay in memory; a session has as many caches as there are halves (ADR 0016).
"""

import contextlib
import secrets
import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from app.api.messages.door import SignedIn
from app.crypto.account_keys import PasswordKeys, cache_key
from app.domain.errors import TiraiError
from app.domain.inventory import Inventory
from app.domain.inventory_reader import load_inventory
from app.session.errors import CacheLostError
from app.session.identity import Identity
from app.storage.cache_damage import Damage, Left, put_aside, what_happened
from app.storage.keyring_store import KeyStore
from app.storage.places import Places
from app.storage.session_cache import SessionCache
from app.storage.sqlcipher import DatabaseError
from app.storage.wiping import LOCK_NAME, WipeReport, hold_session_lock, wipe_session

HALF_BYTES = 32
ENDS_ITEM = "ends_ms"
"""When the session ends at the latest: the next card, after a lock, names it, too."""
CACHES = 8
"""How many caches a session may have, one after the other; then something is wrong that no refill mends."""


class Announce(Protocol):
    """How a console tells its guardian of a session."""

    def begun(self, session: str, name: str, end_token: str, office: str) -> None:
        """A session of this office (O in hex) is about to have a folder and a keyring entry."""

    def held(self, session: str, lock_fd: int) -> None:
        """The folder's lock is held by this descriptor."""

    def making(self) -> AbstractContextManager[None]:
        """Held while folder, file or keyring entry are made: who wipes waits for it, and nothing follows it."""

    def written(self, session: str, generation: int) -> None:
        """This generation stands in the session's cache; an earlier one is an older copy."""

    def leased(self, session: str, left_s: float) -> None:
        """The office lets the session go on for so many seconds; then it is to end, also where it is not heard."""

    def trying(self, session: str) -> None:
        """A password is about to be tried at the lock screen."""

    def resumed(self, session: str) -> None:
        """The session goes on in this process."""


@dataclass(frozen=True, slots=True, repr=False)
class Half:
    """A session half h and the cache key that it makes together with C."""

    half: bytes
    key: bytes


@dataclass(slots=True, repr=False)
class OpenCache:
    """The cache of a session, how to make it anew and how to destroy it.

    Attributes:
        inventory: which fields it has.
        items: what it keeps of the session, beside customers: token, wrapped account keys, draft.
        cache: the encrypted file as it is open now.
    """

    places: Places
    store: KeyStore
    session: str
    announce: Announce
    inventory: Inventory
    halves: list[Half]
    items: dict[str, bytes] = field(default_factory=dict)
    cache: SessionCache = field(init=False)
    _key: bytes = field(init=False)
    _is_over: bool = field(init=False, default=False)
    _lock: threading.Lock = field(init=False, default_factory=threading.Lock)

    def make(self, generation: int = 1) -> None:
        """Put the next half into the keyring and make the file.

        Raises:
            WorkstationError: keyring or disk refuse.
            CacheLostError: all halves are used.
        """
        if not self.halves:
            raise CacheLostError("The session cache was damaged too often; the session ends. Tell IT.")
        next_half = self.halves.pop(0)
        self.store.put_session(self.session, next_half.half)
        names = [f.name for f in self.inventory.open_fields]
        searchable = [f.name for f in self.inventory.searchable]
        folder = self.places.session_folder(self.session)
        name = self.inventory.record.name
        self.go_on(SessionCache.create(folder, next_half.key, names, searchable, name, generation), next_half.key)
        for item, value in self.items.items():
            self.cache.put(item, value)

    def go_on(self, cache: SessionCache, key: bytes) -> None:
        """Use this open file, whose key is this, from now on."""
        self._key, self.cache = key, cache
        cache.on_written = lambda now: self.announce.written(self.session, now)

    def keep(self, item: str, value: bytes) -> None:
        """Keep an item of the session, in memory first: it outlives the file.

        Raises:
            EncryptedFileError: the file was touched; the item stays in memory and goes into the next file.
        """
        with self._lock:  # a file that is being made is given each item once, as it is then
            self.items[item] = value
            self.cache.put(item, value)

    def replace(self, touched: SessionCache) -> Damage | None:
        """Put a touched file aside and make an empty cache in its place, unless another thread just did.

        Returns:
            What was done to the file; None if `touched` is not the open one any more.

        Raises:
            CacheLostError: no cache can be made here, or the session is over.
        """
        with self._lock, self.announce.making():
            if self.cache is not touched:
                return None
            if self._is_over:
                raise CacheLostError("This session is over.")
            folder = self.places.session_folder(self.session)
            try:
                damage = what_happened(folder, self._key, Left.of(touched))
                with contextlib.suppress(DatabaseError):  # a log that cannot be written back any more
                    touched.close()
                if not (folder / LOCK_NAME).exists():
                    self.announce.held(self.session, hold_session_lock(folder))
                put_aside(folder)
                self.make(touched.generation + 1)
            except CacheLostError:
                raise
            except (TiraiError, DatabaseError, OSError) as error:
                raise CacheLostError("The session cache was damaged and none can be made in its place.") from error
            return damage

    def rekey(self, halves: list[Half], wrapped_keys: bytes) -> None:
        """After a change of password: an empty cache under the new one, so that it resumes the session after a lock.

        Raises:
            CacheLostError: no cache can be made here, or the session is over.
        """
        with self._lock, self.announce.making():
            if self._is_over:
                raise CacheLostError("This session is over.")
            self.halves, self.items["wrapped_keys"] = halves, wrapped_keys
            try:
                self.cache.close()
                put_aside(self.places.session_folder(self.session))
                self.make(self.cache.generation + 1)
            except (TiraiError, DatabaseError, OSError) as error:
                raise CacheLostError("The session cache cannot be made anew.") from error

    def shut(self) -> None:
        """Close the cache for a lock: this process uses it no more, and makes no other one."""
        with self._lock:
            self._is_over = True
            with contextlib.suppress(DatabaseError):
                self.cache.close()

    def wipe(self) -> WipeReport:
        """Close the cache for good; key first, then files, then another look."""
        self.shut()
        return wipe_session(self.places, self.store, self.session)


def open_cache(
    places: Places,
    store: KeyStore,
    identity: Identity,
    answer: SignedIn,
    derived: PasswordKeys,
    announce: Announce,
) -> OpenCache:
    """Make the cache of a fresh session.

    Raises:
        WorkstationError: keyring or disk refuse; the session has no cache then, and nothing is left.
    """
    session = identity.session.hex()
    items = {"token": answer.token, "wrapped_keys": answer.wrapped_keys}
    items[ENDS_ITEM] = str(answer.ends_ms).encode()
    halves = halves_of(identity, derived)
    opened = OpenCache(places, store, session, announce, load_inventory(answer.inventory), halves, items)
    with announce.making():
        announce.begun(session, answer.display_name, answer.end_token.hex(), identity.office.hex())
        announce.leased(session, (answer.lease_ms - answer.now_ms) / 1000)
        announce.held(session, hold_session_lock(places.session_folder(session)))
        opened.make()
    return opened


def halves_of(identity: Identity, derived: PasswordKeys) -> list[Half]:
    """Fresh halves, and the cache keys that they make with this password."""
    return [_half(identity, derived) for _ in range(CACHES)]


def _half(identity: Identity, derived: PasswordKeys) -> Half:
    half = secrets.token_bytes(HALF_BYTES)
    return Half(half, cache_key(identity.office, identity.account, identity.session, half, derived.console))
