"""What the office of a whole workstation keeps in place of a keyring, which its user has none of.

H lies with systemd, encrypted with the machine's key or its TPM (`systemd-creds`), and is handed to the service alone;
where systemd has no such store, in a file of the service's folder. What was seen of the office's chains lies in a file
of that folder. Nothing of it can be read by whoever works at the workstation. There are no session halves here.
"""

import contextlib
import json
import os
import re
import secrets
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.storage.keyring_errors import KeyringRefusedError
from app.storage.keyring_store import KeyStore
from app.storage.places import FILE_MODE, private_file

CREDENTIAL: Final = "tirai-office.seat-half"
"""By this name the unit asks for H, and systemd finds it."""
CREDENTIAL_FILE: Final = Path("/etc/credstore.encrypted") / CREDENTIAL
HALF_FILE: Final = "seat-half"
KEPT_FILE: Final = "remembered.json"
_SEAT: Final = "seat"
_OLDEST_SYSTEMD: Final = 252
"""The first one that looks for credentials by their names (systemd.exec(5), `LoadCredentialEncrypted=`)."""
_PROGRAM_S: Final = 30


@dataclass(frozen=True, slots=True)
class Systemd:
    """The credentials of this machine's systemd; only root can use them.

    Attributes:
        program: `systemd-creds`, or empty where there is none that does.
        file: where H lies encrypted.
    """

    program: str
    file: Path = CREDENTIAL_FILE

    @classmethod
    def here(cls) -> "Systemd":
        """That of the running system."""
        program = shutil.which("systemd-creds", path="/usr/bin:/bin") or ""
        is_running = Path("/run/systemd/system").is_dir()
        return cls(program if program and is_running and _version(program) >= _OLDEST_SYSTEMD else "")

    def sealed(self, half: str) -> None:
        """Encrypt H and put it where the unit's `LoadCredentialEncrypted=` finds it.

        Raises:
            KeyringRefusedError: systemd does not.
        """
        blob = self._asked("encrypt", half.encode())
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = self.file.with_name(f".{self.file.name}.{secrets.token_hex(4)}")
        beside.write_bytes(blob)
        beside.chmod(FILE_MODE)
        beside.replace(self.file)

    def opened(self) -> str | None:
        """H, or None where none lies there.

        Raises:
            KeyringRefusedError: systemd does not open it.
        """
        if not self.program or not self.file.is_file():
            return None
        return self._asked("decrypt", self.file.read_bytes()).decode("ascii", "replace")

    def _asked(self, what: str, data: bytes) -> bytes:
        words = [self.program, what, f"--name={CREDENTIAL}", "-", "-"]
        try:
            done = subprocess.run(words, input=data, capture_output=True, check=False, timeout=_PROGRAM_S)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as e:
            raise KeyringRefusedError("systemd-creds does not answer.") from e
        if done.returncode != 0:
            raise KeyringRefusedError(f"systemd-creds {what} fails: the key of the front door is not this machine's.")
        return done.stdout


def _version(program: str) -> int:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=_PROGRAM_S)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.match(r"systemd (\d+)", said.stdout)
    return int(found[1]) if found else 0


class ServiceShelf:
    """A shelf of named texts of the service's own; its maker is the service's user, or root working as that user."""

    def __init__(self, home: Path, systemd: Systemd) -> None:
        """Keep them in `home`, and H with systemd where it can."""
        self._home, self._systemd = home, systemd
        self._lock = threading.RLock()

    def get(self, name: str) -> str | None:
        """The text, or None."""
        return self._half() if name == _SEAT else self._kept().get(name)

    def put(self, name: str, text: str) -> None:
        """Write or replace it."""
        if name == _SEAT:
            self._put_half(text)
            return
        with self._lock:
            _write(self._home / KEPT_FILE, json.dumps(self._kept() | {name: text}))

    def delete(self, name: str) -> bool:
        """Remove it; whether it was there."""
        with self._lock:
            kept = self._kept()
            if kept.pop(name, None) is None:
                return False
            _write(self._home / KEPT_FILE, json.dumps(kept))
            return True

    def names(self) -> list[str]:
        """All names but H's."""
        return list(self._kept())

    @contextlib.contextmanager
    def only_maker(self) -> Iterator[None]:
        """One process at a time has the office's lock already."""
        with self._lock:
            yield

    def _kept(self) -> dict[str, str]:
        try:
            private_file(self._home / KEPT_FILE)
            untrusted = json.loads((self._home / KEPT_FILE).read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError as e:
            raise KeyringRefusedError(f"{self._home / KEPT_FILE} was changed.") from e
        return {str(name): str(text) for name, text in untrusted.items()}

    def _half(self) -> str | None:
        if handed := os.environ.get("CREDENTIALS_DIRECTORY"):  # systemd.exec(5)
            with contextlib.suppress(FileNotFoundError):
                return (Path(handed) / CREDENTIAL).read_text("ascii").strip()
        if _can_be_root():
            with _as_root():
                opened = self._systemd.opened()
            if opened is not None:
                return opened.strip()
        try:
            private_file(self._home / HALF_FILE)
        except FileNotFoundError:
            return None
        return (self._home / HALF_FILE).read_text("ascii", "replace").strip()

    def _put_half(self, text: str) -> None:
        if self._systemd.program and _can_be_root():
            with _as_root():
                self._systemd.sealed(text)
            (self._home / HALF_FILE).unlink(missing_ok=True)
            return
        _write(self._home / HALF_FILE, text)


class _NoSessions:
    """The shelf of session halves of a user who has no sessions."""

    def get(self, name: str) -> str | None:
        """There is none."""
        del name
        return None

    def put(self, name: str, text: str) -> None:
        """There shall be none.

        Raises:
            KeyringRefusedError: always.
        """
        raise KeyringRefusedError("The office's own user opens no console.")

    def delete(self, name: str) -> bool:
        """There was none."""
        del name
        return False

    def names(self) -> list[str]:
        """None."""
        return []

    def only_maker(self) -> contextlib.AbstractContextManager[None]:
        """Nothing is made."""
        return contextlib.nullcontext()


def open_service_store(home: Path, systemd: Systemd | None = None) -> KeyStore:
    """What the office in `home` keeps for itself.

    Args:
        home: the service's folder.
        systemd: where H lies; that of the running system, if none is given.
    """
    return KeyStore(_NoSessions(), ServiceShelf(home, systemd or Systemd.here()))


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, FILE_MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _can_be_root() -> bool:
    """Whether this is root, working as the service's user (`app/guardian/service_user.py`)."""
    return os.getresuid()[0] == 0


@contextlib.contextmanager
def _as_root() -> Iterator[None]:
    user = os.geteuid()
    os.seteuid(0)
    try:
        yield
    finally:
        os.seteuid(user)
