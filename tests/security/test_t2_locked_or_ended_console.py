"""T2: a person at a locked, or a signed-out, console. Nothing that lives has a key or a value, and all comes back.

Here (A12, A15, A25): a person signs in, reveals a value, writes a note of 2,000 characters, presses Ctrl+L, resumes and
signs out (`locked_story.py`, `lock_play.py`); guardian, console, office and keyring are real, and an ordinary user's.
After the lock, and after the end once its office has left, every living process of Tirai is read, the office too: keys
as bytes, hex and Base64, values as UTF-8, UTF-16, hex and Base64. Enforced by *process* and *key*.

Controls: while the session is open the same keys are found in the console that has them; and a leak planted in the
locked console is found in all four spellings. The memory is read as real root, or as root of a user namespace.

Further parts: `test_system_locks.py` (locks that the system asks for), `tests/unit/session/test_idle.py` and
`tests/ui/test_idle.py` (by time), `tests/contract/test_lock.py` (what a locked session may still do),
`tests/e2e/test_locks.py` (who ends what), `test_canary_walk.py` (an open console), `test_killed_consoles.py`.
"""

import hashlib

import pytest

from tests.security.directing import Director
from tests.security.locked_story import Locked, scanned
from tests.security.test_canary_walk import SPELLINGS

pytestmark = pytest.mark.slow  # real processes

NOTHING: dict[str, list[str]] = {"entries": [], "files": []}


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


@pytest.mark.attack("A12")
def test_that_after_the_end_no_living_process_has_a_key_or_a_value(story: Locked) -> None:
    """The resumed console and the office that was open for it are gone; guardian and fresh console have nothing."""
    assert story.resumed["pid"] not in story.pids_after
    assert story.begun["guardian"] in story.scans_after
    assert len(story.scans_after) >= 2, "the control: guardian and fresh console live"
    for pid, scan in story.scans_after.items():
        found = scanned(scan)
        assert (pid, found["keys"], found["found"]) == (pid, [], {})


def test_that_five_wrong_passwords_end_and_wipe_the_session(locks: Director) -> None:
    locks.ask("begin", account="sari")
    assert locks.ask("wait", event="ready")["event"] == "ready"
    locks.ask("say", name="lock")
    assert locks.ask("wait", event="locked")["event"] == "locked"
    for nth in range(1, 6):
        locks.ask("say", name="wrong", text=f"wrong {nth}")
        locks.ask("wait", event="refused" if nth < 5 else "console", nth=nth if nth < 5 else 3)
    assert locks.ask("wait", event="console", nth=3)["screen"] == "WipedScreen"
    assert locks.ask("left") == NOTHING


@pytest.mark.attack("A15")
@pytest.mark.parametrize("number", range(6))
def test_that_kills_while_a_console_locks_or_is_locked_leave_nothing(locks: Director, number: int) -> None:
    who = ("console", "guardian", "all")[number % 3]
    result = locks.ask("round", account=f"agent{number}", who=who, longest_s=0.2 if number < 3 else 2.0)
    assert len(result["before"]["entries"]) == 1, "the control: there was a session"
    assert result["left"] == NOTHING, result
    assert result["plain"] == [], result
