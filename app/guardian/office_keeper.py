"""The keeper of a service's office: listens once, and has one office after another serve what it listens on.

An office's keys go with its process. One of a workstation's only user leaves and is started again by whoever comes; one
of a service is forked anew at once, shut, from a keeper that holds the key of the front door and nothing else. Whoever
connects meanwhile waits in the socket's queue and notices nothing.

Invariants: the keeper has one thread and is hardened; it holds the lock on `<home>/office.lock` from before the first
office to after the last one; an office dies with it (the kernel sees to that).
"""

import contextlib
import os
import select
import signal
import socket
import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from app.domain.errors import WorkstationError
from app.guardian.children import STOP_SIGNALS, Child, fork
from app.guardian.office_start import try_lock

LEAVES_WITHIN_S = 15.0
"""An office that was told to stop finishes what it answers; systemd waits for twice as long."""
_SHORT_LIFE_S = 60.0
_LONGEST_PAUSE_S = 30.0
_QUEUE = 128
_EVERYBODY = 0o666
Serve = Callable[[int], int]
"""An office's whole life; gets a descriptor to close once its front door is open, returns its exit code."""


@contextlib.contextmanager
def only_office(home: Path) -> Iterator[None]:
    """While the block lasts, no other office of this home runs and none can start.

    Raises:
        WorkstationError: one does.
    """
    lock = try_lock(home / "office.lock")
    if lock is None:
        raise WorkstationError(
            "The office of this home is in use: its service runs, or somebody restores it. Stop that one first.",
            code="O3",
        )
    try:
        yield
    finally:
        os.close(lock)


def open_listener(path: Path) -> socket.socket:
    """A listening socket in a folder of the service's own, which every user of the machine can reach.

    Who connects is known by the kernel's word (`SO_PEERCRED`); so is who listens, before anything is said.

    Raises:
        WorkstationError: others could put a socket there, or nobody can.
    """
    try:
        found = path.parent.stat(follow_symlinks=False)
        if found.st_uid not in {0, os.geteuid()} or found.st_mode & 0o022:
            raise WorkstationError(f"Others could put a socket of theirs into {path.parent}. Tell IT.", code="O2")
        path.unlink(missing_ok=True)  # a dead keeper's; this process holds the lock
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        old = os.umask(0o777 & ~_EVERYBODY)
        try:
            listener.bind(str(path))
        finally:
            os.umask(old)
    except OSError as e:
        raise WorkstationError(f"{path} cannot be listened on: {e.strerror}.", code="O2") from e
    listener.listen(_QUEUE)
    return listener


def keep_office(serve: Serve, keep: tuple[int, ...], tell: Callable[[str], None]) -> int:
    """Have offices serve, one after another, until told to stop.

    Args:
        serve: an office's life, in a process of its own.
        keep: descriptors that an office needs: the listening socket.
        tell: tells the service manager a word (`notify`).

    Returns:
        Exit code: 0 when told to stop; the first office's, if that one could not begin.
    """
    hears, is_told, short = _stops(), False, 0
    while True:
        began = time.monotonic()
        office, ready = _born(serve, keep)
        is_ready = _await_ready(office, ready, hears)
        if is_ready and not is_told:
            tell("READY=1")
            is_told = True
        if _await_end(office, hears):
            tell("STOPPING=1")
            _stop(office)
            return 0
        if not is_told:
            return office.exit_code or 1
        short = short + 1 if office.exit_code and time.monotonic() - began < _SHORT_LIFE_S else 0
        if short and _await_stop(hears, min(_LONGEST_PAUSE_S, 2.0 ** (short - 1))):
            return 0


def notify(word: str) -> None:
    """Tell the service manager that started us, if one did (sd_notify(3))."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address[:1] not in {"/", "@"}:
        return
    name = "\0" + address[1:] if address.startswith("@") else address
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.connect(name)
        line.sendall(word.encode())


def listens_as(path: Path) -> int | None:
    """Whose process listens on a socket; None if nobody does."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(1.0)
        try:
            line.connect(str(path))
            peer = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        except OSError:
            return None
    return int(struct.unpack("3i", peer)[1])


def _stops() -> socket.socket:
    """A line on which the numbers of the stop signals come in."""
    hears, told = socket.socketpair()
    hears.setblocking(False)
    told.setblocking(False)
    for number in STOP_SIGNALS:
        signal.signal(number, lambda _number, _frame: None)
    signal.set_wakeup_fd(told.detach())
    return hears


def _born(serve: Serve, keep: tuple[int, ...]) -> tuple[Child, int]:
    ready, theirs = os.pipe()
    try:
        return fork(lambda: serve(theirs), keep=(*keep, theirs), with_guardian=True), ready
    finally:
        os.close(theirs)


def _await_ready(office: Child, ready: int, hears: socket.socket) -> bool:
    """Whether the office's front door opened; not, if it ended before or somebody says stop."""
    poll = select.poll()
    for fd in (ready, hears.fileno()):
        poll.register(fd, select.POLLIN)
    try:
        found = {fd for fd, _event in poll.poll()}
        return ready in found and os.read(ready, 1) == b"1"
    finally:
        os.close(ready)


def _await_end(office: Child, hears: socket.socket) -> bool:
    """Wait until the office has ended, or somebody says stop; whether the latter."""
    poll = select.poll()
    for fd in (office.pidfd, hears.fileno()):
        poll.register(fd, select.POLLIN)
    while True:
        found = {fd for fd, _event in poll.poll()}
        if hears.fileno() in found:
            return True
        if office.wait(0):
            return False


def _await_stop(hears: socket.socket, wait_s: float) -> bool:
    poll = select.poll()
    poll.register(hears.fileno(), select.POLLIN)
    return bool(poll.poll(wait_s * 1000))


def _stop(office: Child) -> None:
    office.send(signal.SIGTERM)
    if not office.wait(LEAVES_WITHIN_S):
        office.kill()
