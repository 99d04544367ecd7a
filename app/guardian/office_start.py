"""Starting the one embedded office of a home: whoever finds none starts it, and it is nobody's child.

Invariants: the office holds a lock on `<home>/office.lock` from before its start to its end, so there is never a
second one, however many start at once; it is forked twice without exec into a session of its own (unreadable from
its first instruction, deaf to the terminal); it inherits no descriptor but its lock. The starter must have one
thread, because a fork of a process with threads may hang: a console asks its guardian (`GuardianLink.ask_office`).
"""

import contextlib
import json
import os
import socket
import stat
import struct
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from app.domain import patience
from app.domain.errors import TiraiError, WorkstationError
from app.guardian.children import lost, outline, reset_signals
from app.guardian.process import close_other_fds, harden

_LOCK_NAME = "office.lock"
SOCKET_NAME = "office"
"""Name of the office's socket in the runtime folder (`places.socket(SOCKET_NAME)`)."""

_LOOK_EVERY_S = 0.02
_ANSWER_BYTES = 4096


class OfficePlaces(Protocol):
    """Where an embedded office lives (`app.storage.places.Places`)."""

    @property
    def home(self) -> Path:
        """The office's folder, owner-only."""

    def socket(self, name: str) -> Path:
        """The path of a socket in the owner-only runtime folder."""


def ensure_office(places: OfficePlaces, serve: Callable[[], int], timeout_s: float | None = None) -> None:
    """Return when an office accepts connections; start one if none lives.

    Args:
        places: home and runtime folder, both made and checked already.
        serve: the office's whole life; binds the socket itself and returns its exit code. Runs in the new process.
        timeout_s: how long to wait for an office, one's own or another starter's; `patience.OFFICE_COMES_S` if none is
            given.

    Raises:
        WorkstationError: it did not come up; the message says why if the office said so.
        RuntimeError: the calling process has threads.
    """
    until = time.monotonic() + (patience.OFFICE_COMES_S if timeout_s is None else timeout_s)
    path = places.socket(SOCKET_NAME)
    while not office_answers(path):
        lock = try_lock(places.home / _LOCK_NAME)
        if lock is not None:
            _start(path, serve, lock, until)
            return
        if time.monotonic() >= until:
            raise WorkstationError("The office of this workstation does not come up; try again, or restart.", code="O1")
        time.sleep(_LOOK_EVERY_S)


@contextlib.contextmanager
def without_office(
    places: OfficePlaces, on_wait: Callable[[], None] = lambda: None, timeout_s: float = 75.0
) -> Iterator[None]:
    """While the block lasts, no office of this home runs and none can start; one that nobody needs is waited for.

    Args:
        places: home and runtime folder, both made and checked already.
        on_wait: called once, if there is an office to wait for.
        timeout_s: how long; a shut office leaves 60 s after its last request.

    Raises:
        WorkstationError: the office is still needed by somebody.
    """
    until, waits, lock = time.monotonic() + timeout_s, False, None
    try:
        while True:
            lock = lock if lock is not None else try_lock(places.home / _LOCK_NAME)
            # One whose home was moved away under it holds another lock, and still answers at this home's socket.
            if lock is not None and not office_answers(places.socket(SOCKET_NAME)):
                break
            if not waits:
                on_wait()
            waits = True
            if time.monotonic() >= until:
                raise WorkstationError("Somebody is still signed in. Sign out everywhere, then try again.", code="O3")
            time.sleep(_LOOK_EVERY_S)
        yield
    finally:
        if lock is not None:
            os.close(lock)


def office_answers(path: Path) -> bool:
    """Whether an office of this OS user accepts connections on `path`.

    Raises:
        WorkstationError: somebody else's process listens there.
    """
    if not hasattr(socket, "AF_UNIX"):  # Windows: no office lives there
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(1.0)
        try:
            line.connect(str(path))
            peer = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        except OSError:
            return False
    if struct.unpack("3i", peer)[1] != os.geteuid():
        raise WorkstationError(
            "Another user's process answers in place of the office; tell your administrator.", code="O2"
        )
    return True


def try_lock(path: Path) -> int | None:
    """The descriptor of the lock, or None while another holds it.

    Raises:
        WorkstationError: it belongs to somebody else.
    """
    import fcntl  # of Unix alone

    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    found = os.fstat(fd)
    if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid():
        os.close(fd)
        raise WorkstationError("The office's lock file belongs to somebody else; tell your administrator.", code="O2")
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(fd)
        return None
    return fd


def _start(path: Path, serve: Callable[[], int], lock: int, until: float) -> None:
    if threading.active_count() != 1 or len(os.listdir("/proc/self/task")) != 1:  # noqa: PTH208 -- a count
        os.close(lock)
        raise RuntimeError("an office is started from a process with one thread only")
    word, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        _between(path, serve, lock, theirs)
    os.close(theirs)
    os.close(lock)  # the office holds the same lock
    os.waitpid(pid, 0)
    try:
        _await(path, word, until)
    finally:
        os.close(word)


def _await(path: Path, word: int, until: float) -> None:
    """Wait until the office answers, says why it cannot, or is gone."""
    os.set_blocking(word, False)
    while not office_answers(path):
        with contextlib.suppress(BlockingIOError):
            _raise_for(os.read(word, _ANSWER_BYTES))
        if time.monotonic() >= until:
            raise WorkstationError("The office of this workstation takes too long to start; try again.", code="O1")
        time.sleep(_LOOK_EVERY_S)


def _raise_for(untrusted: bytes) -> None:
    try:
        said = json.loads(untrusted)
        message, code = str(said["message"]), str(said["code"])
    except (ValueError, KeyError, TypeError):
        message, code = "The office of this workstation ended while it started; tell your administrator.", "O1"
    raise WorkstationError(message, code=code)


def _between(path: Path, serve: Callable[[], int], lock: int, word: int) -> None:
    """The first fork: begins a session of its own, forks the office and leaves it to init."""
    try:
        os.setsid()
        if os.fork() == 0:
            _be_office(path, serve, lock, word)
    finally:
        os._exit(0)


def _be_office(path: Path, serve: Callable[[], int], lock: int, word: int) -> None:
    code = 1
    try:
        reset_signals()
        close_other_fds((lock, word))
        _leave_terminal()
        harden()
        with contextlib.suppress(FileNotFoundError):
            path.unlink()  # a dead office's; this process holds the lock
        code = serve()
    except TiraiError as error:
        code = error.exit_code
        _say_why(word, error.message, error.code)
    except BaseException as error:  # noqa: BLE001 -- nothing may run past an office's body
        lost(error)
        _say_why(word, f"The office could not start. {outline(error)}", "O1")
    finally:
        os._exit(code)


def _leave_terminal() -> None:
    os.chdir("/")
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    if null > 2:
        os.close(null)


def _say_why(word: int, message: str, code: str) -> None:
    with contextlib.suppress(OSError):
        os.write(word, json.dumps({"message": message, "code": code}).encode()[:_ANSWER_BYTES])
