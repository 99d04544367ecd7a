"""What every process has of its own: its log, its keyring, the word that its files are those that were built."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__
from app.bootstrap.managed import managed_on_screens
from app.bootstrap.program import Program
from app.integrity.installed import OwnFilesError, require_rest

if TYPE_CHECKING:
    from app.guardian.lost_exceptions import LostExceptions
    from app.storage.keyring_store import KeyStore
    from app.storage.text_log import TextLog


def keep_crashes(program: Program, process: str) -> "LostExceptions":
    """Have this process's lost exceptions written down, without any value."""
    from app.guardian.lost_exceptions import LostExceptions
    from app.storage.crash_reports import CrashReports
    from app.storage.text_log import LogLevel

    lost = LostExceptions(CrashReports(program.places.home, process), log_of(program, process)).install()
    lost.tell(LogLevel.INFO, f"begins, version {__version__}")
    return lost


def log_of(program: Program, process: str) -> "TextLog":
    """The log for IT, as one process of this home writes it."""
    from app.storage.text_log import TextLog

    return TextLog.under(managed_on_screens(program), program.places.home, process)


def open_keyring(home: Path) -> "KeyStore":
    """Open the keyring; one that is refused is noted for the log of the office in `home`.

    Raises:
        KeyringAbsentError: K1.
        KeyringRefusedError: K2.
    """
    from app.storage.keyring_store import KeyringRefusedError, open_key_store
    from app.storage.log_notes import leave_note

    try:
        return open_key_store()
    except KeyringRefusedError as e:
        leave_note(home, "start.refused", "refused", "keyring", e.code)
        raise


def own_store(program: Program) -> "KeyStore":
    """What whoever works on an office's files keeps its halves in: the keyring, or the service's own place.

    Raises:
        KeyringAbsentError: K1.
        KeyringRefusedError: K2.
    """
    if program.is_service:
        from app.storage.service_keys import open_service_store

        return open_service_store(program.places.home)
    from app.storage.keyring_store import open_key_store

    return open_key_store()


def one_store(home: Path) -> "Callable[[], KeyStore]":
    """A way to the keyring that opens it once per process: every use shares one line to it.

    A keyring that was not open is asked again the next time.
    """
    opened: list[KeyStore] = []
    lock = threading.Lock()

    def store() -> "KeyStore":
        with lock:
            if not opened:
                opened.append(open_keyring(home))
            return opened[0]

    return store


def own_files_hold(program: Program, look: Callable[[], None] = require_rest) -> None:
    """Refuse, with a note for the office's log, where the installed program's own files are not those that were built.

    Args:
        program: whose home.
        look: which of them, and when: at the door everything again.

    Raises:
        OwnFilesError: F1 or F2.
    """
    from app.storage.log_notes import leave_note

    try:
        look()
    except OwnFilesError as e:
        leave_note(program.places.home, "start.refused", "refused", "own_files", f"{e.code} {e.detail}")
        raise
