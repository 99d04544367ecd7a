"""The key halves of this OS user, kept in the operating system's own keyring.

The only place where `keyring` and `secretstorage` are imported, and only when a store is opened: both cost time
before a first window. Three kinds of entry under the service `tirai`: `session:<id>` (h, removed by a wipe),
`seat` (H) and `witness:<office>` (both stay).

Invariants:
- the backend is constructed here, from an allow-list; `keyring` is never asked to choose one, so neither its
  environment variables, nor its configuration file, nor an installed plug-in can put another in its place. If one
  of them *names* another, Tirai refuses (K2) instead of ignoring it: somebody expected something else;
- there is no fallback to a file, to memory or to nothing (K1);
- every half written is read back and compared;
- session halves lie in the Secret Service's collection `session`, which lives in the daemon's memory and never on
  disk; the others in the default (login) collection;
- one D-Bus connection per store and process, under a lock: any thread may call; a forked child gets its own.

Limits: whoever is the same OS user can read an open keyring, and can run a Secret Service of their own. macOS and
Windows are written from the backends' documentation and not tested here; they cannot list their entries, so a
sweep there finds only sessions that left a folder.
"""

import configparser
import contextlib
import functools
import hmac
import importlib
import os
import secrets
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from app.domain.errors import WorkstationError
from app.storage.places import checked_session_id

SERVICE: Final = "tirai"
HALF_BYTES: Final = 32
ENTRY_LIMIT: Final = 1000
"""Longest entry in characters (`protection.md` section 7, rule 3: Windows stores 2,560 bytes of UTF-16)."""

K1_SENTENCE: Final = "No keyring is open here, so no session can start. Unlock it, or give IT the code K1."
K2_SENTENCE: Final = "This keyring does not protect keys. Tirai refuses it (K2)."

ALLOWED_BACKENDS: Final[Mapping[str, str]] = {
    "linux": "keyring.backends.SecretService.Keyring",
    "darwin": "keyring.backends.macOS.Keyring",
    "win32": "keyring.backends.Windows.WinVaultKeyring",
}
"""The one backend per platform that Tirai uses. Null, plain-text, file, chaining and failing ones are not here."""

_SESSION_COLLECTION: Final = "/org/freedesktop/secrets/collection/session"
_LOGIN_COLLECTION: Final = "/org/freedesktop/secrets/collection/login"
_SESSION_PREFIX: Final = "session:"
_SEAT: Final = "seat"
_PROMPT_S: Final = 60.0
_RACE_TRIES: Final = 20
_NAME_TRIES: Final = 500
_NAME_PAUSE_S: Final = 0.02
_MAKER_NAME: Final = "id.tirai.SeatHalfMaker"
_T = TypeVar("_T")


class KeyringAbsentError(WorkstationError):
    """No keyring, or a locked one (K1). `hint` says what is missing."""

    def __init__(self, hint: str) -> None:
        super().__init__(f"{K1_SENTENCE} {hint}", code="K1")
        self.sentence = K1_SENTENCE
        self.hint = hint


class KeyringRefusedError(WorkstationError):
    """A keyring that does not protect keys is configured or answers (K2). `hint` says what to do."""

    def __init__(self, hint: str) -> None:
        super().__init__(f"{K2_SENTENCE} {hint}", code="K2")
        self.sentence = K2_SENTENCE
        self.hint = hint


class Shelf(Protocol):
    """One collection of named texts in a keyring. Each method may raise KeyringAbsentError."""

    def get(self, name: str) -> str | None:
        """The text, or None."""
        ...

    def put(self, name: str, text: str) -> None:
        """Write or replace it."""
        ...

    def delete(self, name: str) -> bool:
        """Remove every entry of that name; whether there was one."""
        ...

    def names(self) -> list[str]:
        """All names on this shelf that belong to Tirai."""
        ...

    def only_maker(self) -> contextlib.AbstractContextManager[None]:
        """While it is held, no other process of this user holds it."""
        ...


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
        """Sessions that have a half, sorted. Empty on platforms that cannot list (macOS, Windows)."""
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


def open_key_store(*, sessions_only: bool = False) -> KeyStore:
    """Open this OS user's keyring; a locked one is asked to unlock (its own dialog, 60 s at most).

    Args:
        sessions_only: for wiping. Only session halves can be reached, nothing is unlocked, and settings that
            name another backend do not matter: a half is removed from where Tirai put it.

    Raises:
        KeyringAbsentError: K1: there is none, or it stays locked.
        KeyringRefusedError: K2: the settings name another backend, or it has no collection in memory.
    """
    if not sessions_only:
        _refuse_foreign_choice()
    if sys.platform == "linux":
        return _open_secret_service(sessions_only=sessions_only)
    if sys.platform in ALLOWED_BACKENDS:  # not tested here
        return _open_platform_keyring()
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


# What may not choose the backend


def _refuse_foreign_choice() -> None:
    """Refuse settings that would make the keyring library use, or load, anything off the allow-list."""
    allowed = ALLOWED_BACKENDS.get(sys.platform, "")
    named = os.environ.get("PYTHON_KEYRING_BACKEND", "").strip()
    if named and named != allowed:
        raise KeyringRefusedError("The variable PYTHON_KEYRING_BACKEND names another keyring. Unset it.")
    if any(name.upper().startswith("KEYRING_PROPERTY_") for name in os.environ):
        raise KeyringRefusedError("A variable KEYRING_PROPERTY_... changes how the keyring works. Unset it.")
    if sys.platform == "darwin" and os.environ.get("KEYCHAIN_PATH"):
        raise KeyringRefusedError("The variable KEYCHAIN_PATH names another keychain. Unset it.")
    from keyring.util import platform_

    _refuse_foreign_configuration(Path(platform_.config_root()) / "keyringrc.cfg", allowed)


def _refuse_foreign_configuration(path: Path, allowed: str) -> None:
    """Read the keyring library's configuration as data; nothing that it names is imported."""
    if not os.path.lexists(path):
        return
    configuration = configparser.RawConfigParser()
    try:
        configuration.read_string(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, configparser.Error) as error:
        raise KeyringRefusedError(f"{path} cannot be read. Remove it, or correct it.") from error
    if configuration.has_option("backend", "keyring-path"):
        raise KeyringRefusedError(f"{path} loads keyrings from a folder (keyring-path). Remove that line.")
    named = configuration.get("backend", "default-keyring", fallback=allowed).strip()
    if named != allowed:
        raise KeyringRefusedError(f"{path} names another keyring (default-keyring). Remove that line.")


# Linux: Secret Service


def _open_secret_service(*, sessions_only: bool) -> KeyStore:
    bus = _SessionBus()
    try:
        with _translated(), bus.held() as line:
            _check_memory_collection(line)
            lasting = None if sessions_only else _unlocked(_lasting_collection(line)).collection_path
    except BaseException:
        bus.close()
        raise
    sessions = _SecretServiceShelf(bus, _SESSION_COLLECTION)
    return KeyStore(sessions, _SecretServiceShelf(bus, lasting) if lasting else _NoShelf(), bus.close)


def _check_memory_collection(line: Any) -> None:
    import secretstorage
    from secretstorage.exceptions import ItemNotFoundException

    if not secretstorage.check_service_availability(line):
        raise KeyringAbsentError("No Secret Service runs here. Start gnome-keyring, or log in at a desktop.")
    try:
        _unlocked(secretstorage.Collection(line, _SESSION_COLLECTION))
    except ItemNotFoundException as error:
        raise KeyringRefusedError(
            "It has no collection that stays in memory ('session'). Use gnome-keyring as Secret Service."
        ) from error


def _lasting_collection(line: Any) -> Any:
    """The default collection, else `login`, resolved to its real path; never made here (that would prompt)."""
    import secretstorage
    from secretstorage.exceptions import ItemNotFoundException

    ways: tuple[Callable[[], Any], ...] = (
        lambda: secretstorage.get_collection_by_alias(line, "default"),
        lambda: secretstorage.Collection(line, _LOGIN_COLLECTION),
    )
    for find in ways:
        with contextlib.suppress(ItemNotFoundException):
            collection = find()
            if collection.collection_path != _SESSION_COLLECTION:
                return collection
    raise KeyringAbsentError("The keyring has no login collection yet. Log in at a desktop once, or create it.")


def _unlocked(collection: Any) -> Any:
    """The collection, after its owner's unlock dialog if it was locked."""
    if collection.is_locked():
        with contextlib.suppress(TimeoutError):
            collection.unlock(timeout=_PROMPT_S)
        if collection.is_locked():
            raise KeyringAbsentError("It is locked, and its unlock dialog was closed or could not be shown.")
    return collection


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """Turn whatever keyring, secretstorage and D-Bus raise into KeyringAbsentError, without their texts."""
    import jeepney  # type: ignore[import-untyped]
    import keyring.errors
    from secretstorage.exceptions import SecretStorageException

    try:
        yield
    except WorkstationError:
        raise
    except (
        keyring.errors.KeyringError,
        SecretStorageException,
        jeepney.DBusErrorResponse,
        OSError,
        KeyError,
        ValueError,
        RuntimeError,
    ) as error:
        raise KeyringAbsentError(f"The keyring does not answer ({type(error).__name__}).") from error


def _settled(action: Callable[[], _T]) -> _T:
    """Do it, again while entries that were found vanish under it: somebody else removes them at this moment."""
    from secretstorage.exceptions import ItemNotFoundException

    with _translated():
        for _ in range(_RACE_TRIES):
            with contextlib.suppress(ItemNotFoundException):
                return action()
        return action()


class _SessionBus:
    """This process's one connection to the session bus, shared by its threads one at a time.

    One for all calls, because gnome-keyring 48 now and then aborts while clients come and go (seen in tests:
    about once in a thousand connections). Made anew after a fault, and in a forked child.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._line: Any = None
        self._session: Any = None
        self._owner = 0

    @contextlib.contextmanager
    def held(self) -> Iterator[Any]:
        """The connection, for this thread alone; dropped if the work fails."""
        with self._lock:
            if self._owner != os.getpid():
                self.close()
            if self._line is None:
                self._connect()
            try:
                yield self._line
            except _item_not_found():
                raise
            except BaseException:
                self.close()
                raise

    def collection(self, path: str) -> Any:
        """A collection on the connection that `held` has given, unlocked."""
        import secretstorage
        from secretstorage.util import open_session

        if self._session is None:
            # One for the connection: the daemon keeps each until its connection ends.
            self._session = open_session(self._line)
        return _unlocked(secretstorage.Collection(self._line, path, self._session))

    def close(self) -> None:
        """Close the connection; a later call makes another."""
        with self._lock:
            line, self._line, self._session = self._line, None, None
            if line is not None:
                line.close()

    def _connect(self) -> None:
        import secretstorage

        self._line = secretstorage.dbus_init()
        self._owner = os.getpid()


def _item_not_found() -> type[Exception]:
    from secretstorage.exceptions import ItemNotFoundException

    return ItemNotFoundException


class _KeptOpen:
    """A connection that a borrower cannot close: keyring closes after each call."""

    def __init__(self, line: Any) -> None:
        self._line = line

    def __getattr__(self, name: str) -> Any:
        return getattr(self._line, name)

    def close(self) -> None:
        """Leave it open."""


@functools.cache
def _bound_keyring() -> Any:
    """The keyring library's Secret Service backend, bound to our connection and one collection."""
    from keyring.backends import SecretService

    class BoundKeyring(SecretService.Keyring):
        bus: _SessionBus
        preferred_collection: str

        def get_preferred_collection(self) -> Any:
            collection = self.bus.collection(self.preferred_collection)
            collection.connection = _KeptOpen(collection.connection)
            return collection

    return BoundKeyring


def _secret_service_backend(bus: _SessionBus, collection_path: str) -> Any:
    """That backend, with every setting fixed here and none left to the environment."""
    make = _bound_keyring()
    backend = make()
    backend.bus = bus
    backend.preferred_collection = collection_path
    backend.scheme = "default"
    backend.appid = SERVICE
    return backend


class _SecretServiceShelf:
    """One Secret Service collection."""

    def __init__(self, bus: _SessionBus, collection_path: str) -> None:
        with _translated():
            self._backend = _secret_service_backend(bus, collection_path)
        self._bus = bus
        self._path = collection_path

    def get(self, name: str) -> str | None:
        def read() -> str | None:
            with self._bus.held():
                text: str | None = self._backend.get_password(SERVICE, name)
                return text

        return _settled(read)

    def put(self, name: str, text: str) -> None:
        def write() -> None:
            with self._bus.held():
                self._backend.set_password(SERVICE, name, text)

        _settled(write)

    def delete(self, name: str) -> bool:
        """Remove all of that name: the library's own call removes the first only."""
        removed = False

        def remove() -> bool:
            nonlocal removed
            with self._bus.held():
                collection = self._bus.collection(self._path)
                while items := list(collection.search_items({"service": SERVICE, "username": name})):
                    for item in items:
                        item.delete()
                        removed = True
            return removed

        return _settled(remove)

    def names(self) -> list[str]:
        def read() -> list[str]:
            with self._bus.held():
                items = self._bus.collection(self._path).search_items({"service": SERVICE})
                return [item.get_attributes().get("username", "") for item in items]

        return _settled(read)

    @contextlib.contextmanager
    def only_maker(self) -> Iterator[None]:
        """Own a name on the bus meanwhile: the bus and the keyring reach equally far, and a crash frees it."""
        with self._bus.held() as line:
            with _translated():
                _own_name(line)
            try:
                yield
            finally:
                with contextlib.suppress(WorkstationError), _translated():
                    _bus_daemon(line).call("ReleaseName", "s", _MAKER_NAME)


class _NoShelf:
    """Stands where a store opened for wiping has no lasting entries: each call is refused."""

    def get(self, name: str) -> str | None:
        raise _sessions_only()

    def put(self, name: str, text: str) -> None:
        raise _sessions_only()

    def delete(self, name: str) -> bool:
        raise _sessions_only()

    def names(self) -> list[str]:
        raise _sessions_only()

    def only_maker(self) -> contextlib.AbstractContextManager[None]:
        raise _sessions_only()


def _sessions_only() -> KeyringAbsentError:
    return KeyringAbsentError("It was opened for wiping only.")


def _own_name(line: Any) -> None:
    """Wait until this connection owns the maker's name (D-Bus specification, RequestName: 1 and 4 mean ours)."""
    do_not_queue = 4
    for _ in range(_NAME_TRIES):
        if _bus_daemon(line).call("RequestName", "su", _MAKER_NAME, do_not_queue)[0] in {1, 4}:
            return
        time.sleep(_NAME_PAUSE_S)
    raise KeyringAbsentError("Another Tirai has been setting up this keyring for too long. Close it, try again.")


def _bus_daemon(line: Any) -> Any:
    from secretstorage.util import DBusAddressWrapper

    daemon = DBusAddressWrapper("/org/freedesktop/DBus", "org.freedesktop.DBus", line)
    daemon.bus_name = "org.freedesktop.DBus"
    return daemon


# macOS, Windows: written from the backends' documentation, not tested here


def _open_platform_keyring() -> KeyStore:
    return KeyStore(_PlatformShelf(persistence="session"), _PlatformShelf(persistence="local machine"))


class _PlatformShelf:
    """The platform's keychain through keyring's backend.

    Each entry has a service name of its own, because the Windows backend re-writes an older entry of the same
    service with the newer one's persistence: storing h would make H end with the logon session.
    """

    def __init__(self, persistence: str) -> None:
        with _any_keyring_error():
            module, _, name = ALLOWED_BACKENDS[sys.platform].rpartition(".")
            self._backend: Any = getattr(importlib.import_module(module), name)()
            if sys.platform == "win32":
                self._backend.persist = persistence

    def get(self, name: str) -> str | None:
        with _any_keyring_error():
            text: str | None = self._backend.get_password(f"{SERVICE}/{name}", name)
            return text

    def put(self, name: str, text: str) -> None:
        with _any_keyring_error():
            self._backend.set_password(f"{SERVICE}/{name}", name, text)

    def delete(self, name: str) -> bool:
        import keyring.errors

        with _any_keyring_error():
            try:
                self._backend.delete_password(f"{SERVICE}/{name}", name)
            except keyring.errors.PasswordDeleteError:
                return False
            return True

    def names(self) -> list[str]:
        return []

    def only_maker(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()


@contextlib.contextmanager
def _any_keyring_error() -> Iterator[None]:
    import keyring.errors

    try:
        yield
    except (keyring.errors.KeyringError, OSError, RuntimeError, NameError) as error:
        raise KeyringAbsentError(f"The keyring does not answer ({type(error).__name__}).") from error
