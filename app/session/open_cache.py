"""Opening a session's cache: announce, lock the folder, put h into the keyring, create the encrypted file.

In this order, so that whatever happens in between, somebody knows what to destroy.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.api.messages.door import SignedIn
from app.crypto.account_keys import PasswordKeys, cache_key
from app.domain.inventory import Inventory, load_inventory
from app.session.identity import Identity
from app.storage.keyring_store import KeyStore
from app.storage.places import Places
from app.storage.session_cache import SessionCache
from app.storage.wiping import WipeReport, hold_session_lock, wipe_session

HALF_BYTES = 32


class Announce(Protocol):
    """How a console tells its guardian of a session."""

    def begun(self, session: str, name: str, end_token: str) -> None:
        """A session is about to have a folder and a keyring entry."""

    def held(self, session: str, lock_fd: int) -> None:
        """The folder's lock is held by this descriptor."""


@dataclass(slots=True)
class OpenCache:
    """The cache of a session, and how to destroy it.

    Attributes:
        cache: the encrypted file.
        inventory: which fields it has.
        wipe: key first, then files, then another look.
    """

    cache: SessionCache
    inventory: Inventory
    wipe: Callable[[], WipeReport]


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
    announce.begun(session, answer.display_name, answer.end_token.hex())
    folder = places.session_folder(session)
    announce.held(session, hold_session_lock(folder))
    half = secrets.token_bytes(HALF_BYTES)
    store.put_session(session, half)
    key = cache_key(identity.office, identity.account, identity.session, half, derived.console)
    inventory = load_inventory(answer.inventory)
    names = [f.name for f in inventory.open_fields]
    cache = SessionCache.create(folder, key, names, [f.name for f in inventory.searchable], inventory.record.name)
    cache.put("token", answer.token)
    cache.put("wrapped_keys", answer.wrapped_keys)
    return OpenCache(cache, inventory, lambda: wipe_session(places, store, session))
