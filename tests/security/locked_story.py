"""One story with the product's own processes: open, locked, a leak planted, resumed, signed out; read at each station.

`lock_play.py` plays it; `test_t1_stolen_disk.py` and `test_t2_locked_or_ended_console.py` judge it.
"""

import os
import secrets
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from tests.security.directing import Director
from tests.security.memory_scan import DIGITS

PLAY = Path(__file__).with_name("lock_play.py")
PATIENCE_S = 60


class Locked:
    """One whole story: open, locked, leak planted, resumed, left."""

    def __init__(self, director: Director) -> None:
        self._director = director
        self.gone: list[int] = []
        self.begun = director.ask("begin", account="ratna")
        self.ready = self._wait("ready")
        self.keys: dict[str, str] = self.begun["keys"] | self.ready["keys"]
        password = self.begun["password"]
        self.keys |= {"password": password.encode().hex(), "password in UTF-16": password.encode("utf-16-le").hex()}
        self.office = director.ask("processes")["office"]
        self.guesses = director.ask("guesses", account="ratna")  # an office answers for sure while a session is open
        self.open = self._look(self.begun["console"])
        director.ask("say", name="lock")
        self.locking = self._wait("locking")
        self.locked = self._wait("locked")
        director.ask("gone", pid=self.begun["console"])
        director.ask("gone", pid=self.office)
        self.kept = director.ask("left")
        self.pids, self.scans = self._look_at_all()
        self.copies = {"locked": Path(director.ask("copy", name="locked")["folder"])}
        self.files = director.ask("files")["files"]
        self.leak = secrets.token_hex(DIGITS // 2)
        director.ask("say", name="leak", text=self.begun["mark"] + self.leak)
        self._wait("leaked")
        self.leaked = self._look(self.locked["pid"])
        self.texts = next((director.folder / "spool").glob("*-lock.texts")).read_text()
        director.ask("say", name="wrong", text="not this one")
        self.refused = self._wait("refused")
        director.ask("say", name="resume", text=self.begun["password"])
        self.resumed = self._wait("resumed")
        opened_again = director.ask("processes")["office"]
        director.ask("say", name="leave")
        self._wait("console", 3)
        director.ask("gone", pid=opened_again)  # a second after its last session (ADR 0028)
        self.left = director.ask("left")
        self.pids_after, self.scans_after = self._look_at_all()
        self.copies["signed out"] = Path(director.ask("copy", name="signed-out")["folder"])
        made = director.ask("made")
        self.made: list[str] = made["made"]
        self.watch_was_whole = not made["overflown"]

    def _look_at_all(self) -> tuple[list[int], dict[int, dict[str, Any] | None]]:
        """Every process of Tirai that lives now, and what it holds."""
        pids: list[int] = self._director.ask("processes")["pids"]
        scans = {pid: self._look(pid) for pid in pids}
        return pids, {pid: scan for pid, scan in scans.items() if pid not in self.gone}

    def _wait(self, event: str, nth: int = 1) -> dict[str, Any]:
        told = self._director.ask("wait", event=event, nth=nth)
        assert told["event"] == event, told
        return told

    def _look(self, pid: int) -> dict[str, Any] | None:
        """Read a process's memory while it stands still; None where nobody here may, or if it has just gone."""
        if not stands_still(pid):  # whoever started the shut office
            self.gone.append(pid)
            return None
        try:
            return self._director.scan(pid, self.begun["mark"], self.keys)
        except PermissionError:
            return None
        finally:
            os.kill(pid, signal.SIGCONT)


def stands_still(pid: int) -> bool:
    """Stop a process, and wait until it has; False: it has ended."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        try:
            os.kill(pid, signal.SIGSTOP)
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        if state in "ZX":
            return False
        if state == "T":
            return True
        time.sleep(0.005)
    raise AssertionError(f"process {pid} goes on")


def scanned(scan: dict[str, Any] | None) -> dict[str, Any]:
    """A scan, or a skip where nobody may read another process's memory."""
    if scan is None:
        pytest.skip("nobody here may read the memory: neither root nor root of a user namespace")
    return scan
