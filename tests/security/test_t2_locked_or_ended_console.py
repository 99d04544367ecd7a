"""T2, A12, A25: a locked console, with the product's own processes: nothing that lives has a key, and all comes back.

A person signs in, reveals a value, writes a note of 2,000 characters and presses Ctrl+L (`lock_play.py`); guardian,
console, office and keyring are real, and an ordinary user's. Then every living process of Tirai is read.

Controls: while the session is open the same keys are found in the console that has them; and a leak planted in the
locked console is found in all four spellings. The memory is read as real root, or as root of a user namespace.
"""

import hashlib
import os
import secrets
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.security.directing import Director, directed
from tests.security.memory_scan import DIGITS
from tests.security.test_canary_walk import SPELLINGS

PLAY = Path(__file__).with_name("lock_play.py")
NOTHING: dict[str, list[str]] = {"entries": [], "files": []}


@pytest.fixture(scope="module")
def director() -> Iterator[Director]:
    with directed(PLAY) as it:
        yield it


class Locked:
    """One whole story: open, locked, leak planted, resumed, left."""

    def __init__(self, director: Director) -> None:
        self._director = director
        self.gone: list[int] = []
        self.begun = director.ask("begin", account="ratna")
        self.ready = self._wait("ready")
        self.keys: dict[str, str] = self.begun["keys"] | self.ready["keys"]
        self.keys |= {"password": self.begun["password"].encode().hex()}
        self.office = director.ask("processes")["office"]
        self.open = self._look(self.begun["console"])
        director.ask("say", name="lock")
        self.locking = self._wait("locking")
        self.locked = self._wait("locked")
        director.ask("gone", pid=self.begun["console"])
        director.ask("gone", pid=self.office)
        self.kept = director.ask("left")
        self.pids: list[int] = director.ask("processes")["pids"]
        scans = {pid: self._look(pid) for pid in self.pids}
        self.scans = {pid: scan for pid, scan in scans.items() if pid not in self.gone}
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
        director.ask("say", name="leave")
        self._wait("console", 3)
        self.left = director.ask("left")

    def _wait(self, event: str, nth: int = 1) -> dict[str, Any]:
        told = self._director.ask("wait", event=event, nth=nth)
        assert told["event"] == event, told
        return told

    def _look(self, pid: int) -> dict[str, Any] | None:
        """Read a process's memory while it stands still; None where nobody here may, or if it has just gone."""
        try:
            os.kill(pid, signal.SIGSTOP)
        except ProcessLookupError:  # whoever started the shut office
            self.gone.append(pid)
            return None
        try:
            return self._director.scan(pid, self.begun["mark"], self.keys)
        except PermissionError:
            return None
        finally:
            os.kill(pid, signal.SIGCONT)


@pytest.fixture(scope="module")
def story(director: Director) -> Locked:
    return Locked(director)


def scanned(scan: dict[str, Any] | None) -> dict[str, Any]:
    if scan is None:
        pytest.skip("nobody here may read the memory: neither root nor root of a user namespace")
    return scan


def test_that_the_old_console_and_the_open_office_are_gone_and_another_process_stands_there(story: Locked) -> None:
    assert story.begun["console"] not in story.pids
    assert story.office not in story.pids
    assert story.locked["pid"] in story.pids
    assert story.begun["guardian"] in story.pids
    assert len(story.kept["entries"]) == 1, "the session waits"
    assert any(name.endswith("cache.db") for name in story.kept["files"])


@pytest.mark.attack("A12")
def test_that_no_living_process_has_a_key_or_a_value_after_the_lock(story: Locked) -> None:
    for pid, scan in story.scans.items():
        found = scanned(scan)
        assert found["mib"] > 5, "the control: a whole process was read"
        assert (pid, found["keys"], found["found"]) == (pid, [], {})


def test_that_the_same_keys_were_in_the_console_while_it_was_open(story: Locked) -> None:
    """The control, without which an empty scan would tell nothing."""
    found = scanned(story.open)
    assert {"session HPKE", "account signing", "token", "cache", "class contact"} <= set(found["keys"])
    assert found["found"], "the revealed value and the draft"


def test_that_a_leak_planted_in_the_locked_console_is_found(story: Locked) -> None:
    found = scanned(story.leaked)["found"]
    assert set(found) == SPELLINGS
    assert all(story.leak in found[spelling] for spelling in SPELLINGS - {"base64"})


def test_that_neither_screen_nor_files_show_anything_of_the_session(story: Locked) -> None:
    assert story.begun["mark"] not in story.texts
    assert "Sari Wulandari" not in story.texts
    assert "Ratna" in story.texts, "the control: the lock screen's texts were collected"
    hits = dict(story.files)
    assert int(hits.pop("looked")[0]) > 10
    assert hits == {}


def test_that_a_resume_brings_back_the_open_customer_and_the_draft_byte_for_byte(story: Locked) -> None:
    assert "4 tries left" in story.refused["words"]
    assert len(story.begun["draft"]) == 2_000
    assert (
        hashlib.sha256(story.resumed["text"].encode()).digest()
        == hashlib.sha256(story.begun["draft"].encode()).digest()
    )
    assert (story.resumed["id"], story.resumed["note"]) == (story.ready["id"], story.ready["note"])
    assert story.resumed["pid"] == story.locked["pid"]


def test_that_the_end_after_it_leaves_nothing(story: Locked) -> None:
    assert story.left == NOTHING


def test_that_five_wrong_passwords_end_and_wipe_the_session(director: Director) -> None:
    director.ask("begin", account="sari")
    assert director.ask("wait", event="ready")["event"] == "ready"
    director.ask("say", name="lock")
    assert director.ask("wait", event="locked")["event"] == "locked"
    for nth in range(1, 6):
        director.ask("say", name="wrong", text=f"wrong {nth}")
        director.ask("wait", event="refused" if nth < 5 else "console", nth=nth if nth < 5 else 3)
    assert director.ask("wait", event="console", nth=3)["screen"] == "WipedScreen"
    assert director.ask("left") == NOTHING


@pytest.mark.attack("A15")
@pytest.mark.parametrize("number", range(6))
def test_that_kills_while_a_console_locks_or_is_locked_leave_nothing(director: Director, number: int) -> None:
    who = ("console", "guardian", "all")[number % 3]
    result = director.ask("round", account=f"agent{number}", who=who, longest_s=0.2 if number < 3 else 2.0)
    assert len(result["before"]["entries"]) == 1, "the control: there was a session"
    assert result["left"] == NOTHING, result
    assert result["plain"] == [], result
