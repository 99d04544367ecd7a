"""What protects memory, files and keys on this workstation, found by using it."""

import json
import os
import secrets
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from app.domain.errors import WorkstationError
from app.guardian.process import require_hardened, require_own_code
from app.resource_files import resource_text
from app.storage.keyring_choice import ALLOWED_BACKENDS
from app.storage.keyring_store import HALF_BYTES, open_key_store
from app.storage.sqlcipher import Connection, EncryptedFileError, connect
from app.terminal.checks.finding import CheckState, Detail, Told
from app.terminal.swap import NOISE, NONE, PLAIN, SHUT_OUT, swap

_PLAIN_HEADER: Final = b"SQLite format 3\x00"
_WANTED: Final[dict[str, str]] = {
    "cipher_use_hmac": "1",
    "cipher_hmac_algorithm": "HMAC_SHA512",
    "cipher_kdf_algorithm": "PBKDF2_HMAC_SHA512",
    "cipher_plaintext_header_size": "0",
    "secure_delete": "1",
    "temp_store": "2",
    "trusted_schema": "0",
}
"""What every file of Tirai is opened with (`app/storage/sqlcipher.py`, and SQLCipher 4's own)."""
_TOLD: Final = ("cipher_version", "cipher_provider", "kdf_iter", "cipher_page_size")
WINDOWS: Final = ("console", "sign_in", "lock_screen", "approval", "dialogs", "menus")


def hardening() -> Told:
    """This process cannot be read by others of the same person, and leaves no core.

    Raises:
        WorkstationError: it can, or would.
    """
    require_hardened()
    if sys.platform == "win32":
        return Told("memory not readable for other programs of this person", details={"readable": False})
    import resource  # of Unix alone

    if resource.getrlimit(resource.RLIMIT_CORE)[1] != 0:
        raise WorkstationError("a core file could be written", code="G2")
    return Told("not dumpable, no core files", details={"dumpable": False, "core_bytes": 0})


def own_code() -> str:
    """Nothing runs in this process that this user or everybody could have changed.

    Raises:
        WorkstationError: something does.
    """
    require_own_code()
    return "no foreign library"


def swapping() -> Told:
    """Whether memory of this workstation may come onto its disk."""
    found = swap()
    if found in {NONE, SHUT_OUT, NOISE}:
        return Told(found)
    return Told(found, CheckState.NOT if found == PLAIN else CheckState.UNKNOWN)


def screen_capture() -> Told:
    """What this system can do against screenshots, window by window; every top-level window is treated alike."""
    from app.ui.capture.block import block_of_this_system

    block = block_of_this_system()
    can = block is not None and block.is_dependable
    details: dict[str, Detail] = dict.fromkeys(WINDOWS, "blocked" if can else "unavailable")
    if can:
        return Told("windows are kept out of screenshots", details=details)
    return Told("this system cannot keep screenshots out", CheckState.NOT, details)


def sqlcipher() -> Told:
    """A scratch file is encrypted, opens with its key and no other; its settings are read back from it.

    Raises:
        WorkstationError: it does not do so.
    """
    with tempfile.TemporaryDirectory(prefix="tirai-check-") as folder:
        path, key = Path(folder) / "scratch", os.urandom(32)
        made = connect(path, key, memory_security=False, create=True)
        made.execute("CREATE TABLE scratch (word TEXT)")
        made.execute("INSERT INTO scratch VALUES ('scratch word')")
        made.close()
        plain = path.read_bytes()
        if plain.startswith(_PLAIN_HEADER) or b"scratch word" in plain:
            raise WorkstationError("the scratch file is not encrypted")
        again = connect(path, key, memory_security=True)
        words = again.execute("SELECT word FROM scratch").fetchone()
        settings = cipher_settings(again)
        again.close()
        if words != ("scratch word",) or _opens(path, os.urandom(32)):
            raise WorkstationError("the scratch file does not keep to its key")
    return judged_settings(settings)


def cipher_settings(connection: Connection) -> dict[str, str]:
    """What an open encrypted file says of itself; a setting that it does not know is empty."""
    names = (*_TOLD, *_WANTED, "cipher_memory_security")
    return {name: str((connection.execute(f"PRAGMA {name}").fetchone() or ("",))[0]) for name in names}


def judged_settings(settings: dict[str, str]) -> Told:
    """Whether an encrypted file's settings are those that Tirai relies on."""
    wanted = _WANTED | {"cipher_memory_security": "1"}
    wrong = sorted(name for name, value in wanted.items() if settings.get(name) != value)
    details: dict[str, Detail] = dict(settings)
    if wrong:
        return Told(f"not as needed: {', '.join(wrong)}", CheckState.NOT, details)
    words = (
        f"{settings['cipher_version']}, {settings['cipher_provider']}, page HMAC {settings['cipher_hmac_algorithm']}"
    )
    return Told(f"{words}, KDF {settings['cipher_kdf_algorithm']}, memory wiped, secure delete", details=details)


def _opens(path: Path, key: bytes) -> bool:
    try:
        connect(path, key, memory_security=False).close()
    except EncryptedFileError:
        return False
    return True


def hpke() -> str:
    """A box sealed long ago opens, and a fresh one too (ML-KEM-768 with X25519).

    Raises:
        WorkstationError: it opens to something else.
        SealError: it does not open.
    """
    from app.crypto import hpke as suite

    known = {name: bytes.fromhex(text) for name, text in json.loads(resource_text("self_check", "hpke.json")).items()}
    fresh = suite.seal(suite.public_of(known["secret"]), known["opens"], known["info"])
    for box in (known["box"], fresh):
        if suite.unseal(known["secret"], box, known["info"]) != known["opens"]:
            raise WorkstationError("a sealed box opens to something else")
    return "known answer"


def keyring(store: Any = None) -> Told:
    """The keyring is open: an entry is written, read back, and removed, where those of sessions lie.

    Args:
        store: for tests; else this OS user's.

    Raises:
        WorkstationError: K1 or K2; the entry is not given back, or stays.
    """
    backend = ALLOWED_BACKENDS.get(sys.platform, "").removeprefix("keyring.backends.")
    opened = open_key_store() if store is None else store
    name, half = f"check-{secrets.token_hex(8)}", secrets.token_bytes(HALF_BYTES)
    try:
        try:
            opened.put_session(name, half)
            if opened.session(name) != half:
                raise WorkstationError("the keyring gives back something else", code="K2")
        finally:
            is_gone = opened.delete_session(name) and opened.session(name) is None
        if not is_gone:
            raise WorkstationError("an entry that was removed stays in the keyring", code="K2")
    finally:
        opened.close()
    return Told(f"{backend}: written, read back, removed", details={"backend": backend, "probe": True})
