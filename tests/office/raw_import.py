"""One import step by step, past the command that would take the steps: its process, its socket, its end."""

import contextlib
import os
import resource
import signal
import socket
import struct
import time
from collections.abc import Iterator
from pathlib import Path

from app.api.client.client import ApiClient
from app.api.messages.customers import ImportBegin, ImportDone, ImportFate, ImportProgress, ImportRow, ImportRows
from tests.office.made import MadeOffice

PATIENCE_S = 120.0


class RawImport:
    """An import that `client`, a signed-in command, has begun."""

    def __init__(self, client: ApiClient, header: tuple[str, ...], **begin: object) -> None:
        request: dict[str, object] = {"header": header, "dry_run": False}
        self._office = client
        self.begun = client.import_begin(ImportBegin(**(request | begin)))  # type: ignore[arg-type]
        self.client = client.at_import(self.begun)

    @property
    def id(self) -> bytes:
        return self.begun.id

    def rows(self, *rows: tuple[str, ...], first: int = 2) -> ImportProgress:
        """Bring rows; the first stands in this line of the file."""
        lines = tuple(ImportRow(line=first + i, cells=cells) for i, cells in enumerate(rows))
        return self.client.import_rows(self.id, ImportRows(rows=lines))

    def commit(self) -> ImportDone:
        return self.client.import_commit(self.id)

    def cancel(self) -> None:
        """Stop it and leave."""
        self.client.import_cancel(self.id)
        self.client.close()

    def end(self) -> ImportFate:
        """Have the office end it."""
        self.client.close()
        return self._office.import_end(self.id)

    def socket_in(self, office: MadeOffice) -> Path:
        return office.places.socket(self.begun.socket)

    def pid(self, office: MadeOffice) -> int:
        """Its process."""
        return peer_of(self.socket_in(office))

    def on_full_disk(self, office: MadeOffice) -> contextlib.AbstractContextManager[None]:
        """Within the block its process can write nothing."""
        return on_full_disk(self.pid(office))

    def kill(self, office: MadeOffice) -> None:
        """`kill -9`."""
        pid = self.pid(office)
        os.kill(pid, signal.SIGKILL)
        wait_until_gone(pid)


def peer_of(path: Path) -> int:
    """The process that listens on a socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.connect(str(path))
        peer = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", peer)[0])


def is_gone(pid: int) -> bool:
    """Whether a process has ended: it is no more, or only its exit code waits to be read."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(") ", 1)[1].startswith(("Z", "X"))
    return True


def wait_until_gone(pid: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_gone(pid):
        assert time.monotonic() < until, f"process {pid} stays"
        time.sleep(0.01)


@contextlib.contextmanager
def stopped(pid: int) -> Iterator[None]:
    """Within the block the process stands still."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@contextlib.contextmanager
def on_full_disk(pid: int) -> Iterator[None]:
    """Within the block the kernel refuses each write of a process to a file, as on a full disk."""
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):  # it leaves after its last step
            resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
