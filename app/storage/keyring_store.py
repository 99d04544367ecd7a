"""The key halves of this OS user, kept in the operating system's own keyring.

Three kinds of entry under the service `tirai`: `session:<id>` (h, removed by a wipe), `seat` (H) and
`witness:<office>` (both stay). `keyring` and `secretstorage` are imported when a store is opened, not before: they
cost time before a first window.

Invariants:
- the back end is constructed here, from an allow-list; `keyring` is never asked to choose one, so neither its
  environment variables, nor its configuration file, nor an installed plug-in can put another in its place
  (`keyring_choice` refuses settings that try);
- there is no fallback to a file, to memory or to nothing (K1);
- everything written is read back and compared; any thread may call.

Limits: whoever is the same OS user can read an open keyring, and can run a Secret Service of their own.
"""

import hmac
import secrets
import sys
import weakref
from collections.abc import Callable
from typing import Final

from app.storage.keyring_choice import ALLOWED_BACKENDS, refuse_foreign_choice
from app.storage.keyring_errors import K1_SENTENCE, K2_SENTENCE, KeyringAbsentError, KeyringRefusedError
from app.storage.keyring_shelf import SERVICE, Shelf
from app.storage.places import checked_session_id

__all__ = ["K1_SENTENCE", "K2_SENTENCE", "KeyStore", "KeyringAbsentError", "KeyringRefusedError", "open_key_store"]

HALF_BYTES: Final = 32
ENTRY_LIMIT: Final = 1000
"""Longest entry in characters (`protection.md` section 7, rule 3: Windows stores 2,560 bytes of UTF-16)."""

_SESSION_PREFIX: Final = "session:"
_SEAT: Final = "seat"


class KeyStore:
    """The entries of this OS user; use from any thread."""

    def __init__(self, sessions: Shelf, lasting: Shelf, close: Callable[[], None] = lambda: None) -> None:
        """Use `open_key_store`.

        Args:
            sessions: forgets at logout, never on disk where the platform can.
            lasting: stays.
            close: ends what both share; called at `close`, at the end of the process or with the store.
        """
        self._sessions = sessions
        self._lasting = lasting
        self._close = weakref.finalize(self, close)

    def close(self) -> None:
        """End the connection to the keyring; a store may also simply be dropped."""
        self._close()

    def put_session(self, session_id: str, half: bytes) -> None:
        """Store a session half and read it back.

        Raises:
            KeyringAbsentError: the keyring is not open (any more).
            KeyringRefusedError: it answers something else than was stored.
            ValueError: the half does not have 32 bytes.
        """
        _put_half(self._sessions, _session_name(session_id), half)

    def session(self, session_id: str) -> bytes | None:
        """The session half, or None if there is none."""
        return _half(self._sessions, _session_name(session_id))

    def delete_session(self, session_id: str) -> bool:
        """Remove the session half; whether there was one. Safe to call twice at once."""
        return self._sessions.delete(_session_name(session_id))

    def session_ids(self) -> list[str]:
        """Sessions that have a half, sorted. Empty on a platform that cannot list (macOS)."""
        found = (name.removeprefix(_SESSION_PREFIX) for name in self._sessions.names() if _is_session(name))
        return sorted(set(found))

    def seat_half(self) -> bytes:
        """H, this OS user's half; made once, then always the same."""
        half = _half(self._lasting, _SEAT)
        if half is not None:
            return half
        with self._lasting.only_maker():
            half = _half(self._lasting, _SEAT)
            if half is None:
                half = secrets.token_bytes(HALF_BYTES)
                _put_half(self._lasting, _SEAT, half)
        return half

    def known_seat_half(self) -> bytes | None:
        """H if there is one; none is made."""
        return _half(self._lasting, _SEAT)

    def new_seat_half(self) -> bytes:
        """Make H anew, in place of one that is gone or was changed: every front door of this OS user is shut then."""
        with self._lasting.only_maker():
            half = secrets.token_bytes(HALF_BYTES)
            _put_half(self._lasting, _SEAT, half)
        return half

    def known_offices(self) -> list[str]:
        """Offices of whose chains something is kept, sorted. Empty on a platform that cannot list (macOS)."""
        prefix = _witness_name("")
        return sorted({name.removeprefix(prefix) for name in self._lasting.names() if name.startswith(prefix)})

    def witness(self, office: str) -> str | None:
        """What was last seen of an office's chains, or None."""
        return self._lasting.get(_witness_name(office))

    def put_witness(self, office: str, text: str) -> None:
        """Keep what was last seen of an office's chains.

        Raises:
            ValueError: the text has 1,000 characters or more.
        """
        if len(text) >= ENTRY_LIMIT:
            raise ValueError("A witness has fewer than 1,000 characters.")
        _put(self._lasting, _witness_name(office), text)

    def forget(self) -> int:
        """Remove what lasts: H and what was last seen of offices. Every front door of this OS user is shut then.

        A session's half is for a wipe, which knows whether somebody works with it; Windows lists both together.

        Returns:
            How many names had an entry; where a platform cannot list them, H alone is found.
        """
        names = {_SEAT, *(name for name in self._lasting.names() if not _is_session(name))}
        return sum(self._lasting.delete(name) for name in sorted(names))


def open_key_store(*, sessions_only: bool = False, is_silent: bool = False) -> KeyStore:
    """Open this OS user's keyring; a locked one is asked to unlock (its own dialog, 60 s at most).

    Args:
        sessions_only: for wiping. Only session halves can be reached, nothing is unlocked, and settings that
            name another backend do not matter: a half is removed from where Tirai put it.
        is_silent: neither start a keyring that does not run nor let it ask anybody.

    Raises:
        KeyringAbsentError: K1: there is none, or it stays locked.
        KeyringRefusedError: K2: the settings name another backend, or it has no collection in memory.
    """
    if not sessions_only:
        refuse_foreign_choice()
    if sys.platform == "linux":
        from app.storage.secret_service import open_secret_service

        return KeyStore(*open_secret_service(sessions_only=sessions_only, is_silent=is_silent))
    if sys.platform in ALLOWED_BACKENDS:
        from app.storage.platform_keyring import open_platform_keyring

        return KeyStore(*open_platform_keyring())
    raise KeyringAbsentError("This operating system has no keyring that Tirai knows.")


# Entries


def _session_name(session_id: str) -> str:
    return _SESSION_PREFIX + checked_session_id(session_id)


def _is_session(name: str) -> bool:
    if not name.startswith(_SESSION_PREFIX):
        return False
    try:
        checked_session_id(name.removeprefix(_SESSION_PREFIX))
    except ValueError:
        return False
    return True


def _witness_name(office: str) -> str:
    return f"witness:{office}"


def _put_half(shelf: Shelf, name: str, half: bytes) -> None:
    if len(half) != HALF_BYTES:
        raise ValueError("A half has 32 bytes.")
    _put(shelf, name, half.hex())


def _put(shelf: Shelf, name: str, text: str) -> None:
    shelf.put(name, text)
    kept = shelf.get(name)
    if kept is None or not hmac.compare_digest(kept.encode(), text.encode()):
        raise KeyringRefusedError("It did not give back what was stored a moment ago. Use another keyring service.")


def _half(shelf: Shelf, name: str) -> bytes | None:
    text = shelf.get(name)
    if text is None:
        return None
    try:
        half = bytes.fromhex(text)
    except ValueError:
        half = b""
    if len(half) != HALF_BYTES:
        kind = name.partition(":")[0]
        raise KeyringRefusedError(f"The entry '{kind}' of service '{SERVICE}' was changed by another program.")
    return half
