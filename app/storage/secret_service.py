"""Linux: entries in the Secret Service (gnome-keyring and its like) over D-Bus.

Session halves lie in the collection `session`, which lives in the daemon's memory and never on disk; what stays lies
in the default (login) collection.

Invariants: keyring's own Secret Service back end does the reading and writing, but on our connection and with every
setting fixed here. One D-Bus connection per store and process, under a lock: any thread may call; a forked child
gets its own. Whatever D-Bus raises becomes KeyringAbsentError, without its text.
"""

import contextlib
import functools
import os
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from app.domain.errors import WorkstationError
from app.storage.keyring_errors import KeyringAbsentError, KeyringRefusedError
from app.storage.keyring_shelf import SERVICE, Shelf

_SESSION_COLLECTION: Final = "/org/freedesktop/secrets/collection/session"
_LOGIN_COLLECTION: Final = "/org/freedesktop/secrets/collection/login"
_PROMPT_S: Final = 60.0
_RACE_TRIES: Final = 20
_NAME_TRIES: Final = 500
_NAME_PAUSE_S: Final = 0.02
_SERVICE_NAME: Final = "org.freedesktop.secrets"
_DELETE_TRIES: Final = 5
_MAKER_NAME: Final = "id.tirai.SeatHalfMaker"
_T = TypeVar("_T")


def open_secret_service(*, sessions_only: bool, is_silent: bool = False) -> tuple[Shelf, Shelf, Callable[[], None]]:
    """The shelf for session halves, the shelf for what stays, and what closes both.

    Args:
        sessions_only: do not look for, or unlock, the lasting collection; its shelf refuses every call.
        is_silent: ask only a service that runs already, and nobody at all.

    Raises:
        KeyringAbsentError: no bus, no service, a locked collection.
        KeyringRefusedError: no collection in memory.
    """
    bus = _SessionBus()
    try:
        with _translated(), bus.held() as line:
            _check_memory_collection(line, is_silent=is_silent)
            lasting = None if sessions_only else _unlocked(_lasting_collection(line)).collection_path
        sessions = _SecretServiceShelf(bus, _SESSION_COLLECTION)
        return sessions, _SecretServiceShelf(bus, lasting) if lasting else _NoShelf(), bus.close
    except BaseException:
        bus.close()
        raise


def _check_memory_collection(line: Any, *, is_silent: bool) -> None:
    import secretstorage
    from secretstorage.exceptions import ItemNotFoundException

    if is_silent and not _bus_daemon(line).call("NameHasOwner", "s", _SERVICE_NAME)[0]:
        raise KeyringAbsentError("No Secret Service runs here.")
    if not secretstorage.check_service_availability(line):
        raise KeyringAbsentError("No Secret Service runs here. Start gnome-keyring, or log in at a desktop.")
    try:
        collection = secretstorage.Collection(line, _SESSION_COLLECTION)
        if is_silent and collection.is_locked():
            raise KeyringAbsentError("It is locked, and nobody is asked.")
        _unlocked(collection)
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
    import jeepney
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
    """Do it; again while entries vanish under it, and once on a new connection if the old one failed.

    Entries that were found vanish when somebody else removes them at this moment. A connection fails when the
    keyring was restarted. All actions here may be repeated.
    """
    import jeepney
    from secretstorage.exceptions import ItemNotFoundException, SecretServiceNotAvailableException

    is_second_connection = False
    with _translated():
        for _ in range(_RACE_TRIES):
            try:
                return action()
            except ItemNotFoundException:
                continue
            except (SecretServiceNotAvailableException, jeepney.DBusErrorResponse, OSError):
                if is_second_connection:
                    raise
                is_second_connection = True
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

        def set_properties_from_env(self) -> None:
            """Nothing is left to the environment."""

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
        """Remove all of that name: the library's own call removes the first only.

        A service that says *removed* and keeps an entry is asked a few times; whoever looks again then finds it.
        """
        removed = False

        def remove() -> bool:
            nonlocal removed
            with self._bus.held():
                collection = self._bus.collection(self._path)
                for _ in range(_DELETE_TRIES):
                    for item in (items := list(collection.search_items({"service": SERVICE, "username": name}))):
                        item.delete()
                        removed = True
                    if not items:
                        break
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
