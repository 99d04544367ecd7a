"""macOS and Windows: entries in the platform's keychain. Written from the back ends' documentation.

Run under Wine for Windows, never there; for macOS not run at all.

Limits: on macOS entries cannot be listed, so a sweep there finds only sessions that left a folder. Nothing
guards the making of the seat half against a second process. macOS has no entries that end with the login session.
"""

import contextlib
import importlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

from app.storage.keyring_choice import ALLOWED_BACKENDS
from app.storage.keyring_errors import KeyringAbsentError
from app.storage.keyring_shelf import SERVICE, Shelf


def open_platform_keyring() -> tuple[Shelf, Shelf, Callable[[], None]]:
    """The shelf for session halves, the shelf for what stays, and what closes both (nothing here).

    Raises:
        KeyringAbsentError: the platform's keychain cannot be reached.
    """
    return _PlatformShelf(persistence="session"), _PlatformShelf(persistence="local machine"), lambda: None


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
        if sys.platform != "win32":
            return []
        from app.storage.credential_names import RealCredentials, names_below

        with _any_keyring_error():
            return names_below(RealCredentials(), f"{SERVICE}/")

    def only_maker(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()


@contextlib.contextmanager
def _any_keyring_error() -> Iterator[None]:
    import keyring.errors

    try:
        yield
    except (keyring.errors.KeyringError, OSError, RuntimeError, NameError) as error:
        raise KeyringAbsentError(f"The keyring does not answer ({type(error).__name__}).") from error
