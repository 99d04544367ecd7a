"""Directs `stage.py`: starts guardians, orders their consoles about, waits for what must happen, clears the stage."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app.storage.file_locks import try_lock
from app.storage.wiping import LOCK_NAME
from tests.ordinary_user import skip_unless_ordinary_user_can_run

STAGE = Path(__file__).with_name("stage.py")
PATIENCE_S = 60
ORDINARY_UID = 65534
CANARY = b"S3NT-contact-"

Event = dict[str, Any]


class Play:
    """Drives one stage and reads what happened on it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lines: list[socket.socket] = []
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, trouble: str = "none", *options: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-I", str(STAGE), str(self.root), "--trouble", trouble, *options]
        self.started.append(start_as_ordinary(command))
        return self.started[-1]

    def events(self, name: str | None = None) -> list[Event]:
        try:
            whole = (self.root / "events").read_text().rpartition("\n")[0]  # the last line may be half written
        except FileNotFoundError:
            return []
        lines = whole.splitlines()
        return [e for e in map(json.loads, lines) if name in (None, e["event"])]

    def wait(self, name: str, count: int = 1) -> Event:
        """The `count`-th event of that name."""
        until(lambda: len(self.events(name)) >= count)
        return self.events(name)[count - 1]

    def order(self, pid: int, *lines: str) -> None:
        """Give orders to a console or approval. A connection stays open as long as the play."""
        line = socket.socket(socket.AF_UNIX)
        line.connect(str(self.root / f"{pid}.sock"))
        line.sendall("".join(f"{x}\n" for x in lines).encode())
        self._lines.append(line)

    def order_again(self, *lines: str) -> None:
        """More orders to whom one spoke last."""
        self._lines[-1].sendall("".join(f"{x}\n" for x in lines).encode())

    def pass_s(self, seconds: float) -> None:
        """Let the clock of a locked session's end go on; the guardian sees it at its next look."""
        half = self.root / "ahead.half"
        half.write_text(str(seconds))
        half.rename(self.root / "ahead")

    def open_session(self, pid: int, session: str = "abc") -> None:
        self.order(pid, f"session {session}")
        until(lambda: any(e["session"] == session for e in self.events("open")))

    def assert_nothing_left(self) -> None:
        assert list((self.root / "cache").iterdir()) == []
        assert list((self.root / "keyring").iterdir()) == []
        for path in self.root.rglob("*"):
            with contextlib.suppress(FileNotFoundError):  # gone meanwhile
                assert not path.is_file() or CANARY not in path.read_bytes()

    def _is_cleared(self) -> bool:
        """Kill everybody who is seen; whether nobody is left: a wiped console becomes a new guardian with a new
        console, and whoever just becomes another program is not seen, but holds the pipes of the one that was started.
        """
        pids = [pid for pid in everybody() if is_on_stage(pid, self.root)]
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        try:
            for process in self.started:
                process.communicate(timeout=0.2)
        except subprocess.TimeoutExpired:
            return False
        return not pids

    def end(self) -> None:
        for line in self._lines:
            line.close()
        until(self._is_cleared)


def is_free(folder: Path) -> bool:
    """Whether nobody holds a session's folder any more: threads of a killed process go a moment after it is seen as
    gone, and its descriptors with the last of them.
    """
    with (folder / LOCK_NAME).open("rb+") as lock:
        return try_lock(lock.fileno())


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def everybody() -> list[int]:
    return [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit()]


def is_on_stage(pid: int, root: Path) -> bool:
    try:
        return str(root).encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False


def is_gone(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True
    return status.rpartition(")")[2].split()[0] in "ZX"


def outcomes(receipt: Event) -> dict[str, str]:
    return {line["what"]: line["outcome"] for line in receipt["lines"]}


def start_as_ordinary(command: list[str]) -> "subprocess.Popen[bytes]":
    """Start a program as an ordinary user, also when the tests run as root."""
    user = ORDINARY_UID if os.getuid() == 0 else None
    return subprocess.Popen(
        command,
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
    )


@contextlib.contextmanager
def on_stage() -> Iterator[Play]:
    """A play in a folder of its own; afterwards nobody is left on its stage."""
    skip_unless_ordinary_user_can_run()
    root = Path(tempfile.mkdtemp(prefix="tirai-kill-"))
    if os.getuid() == 0:
        os.chown(root, ORDINARY_UID, ORDINARY_UID)
    play = Play(root)
    try:
        yield play
    finally:
        play.end()
        shutil.rmtree(root)
