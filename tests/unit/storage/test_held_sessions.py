"""Which sessions have lost all their processes, read from the kernel's own list of locks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.storage.held_sessions import GRACE_S, HeldSessions
from app.storage.places import Places
from app.storage.wiping import hold_session_lock

SESSION = bytes.fromhex("5e" * 16)


@pytest.fixture
def here(tmp_path: Path) -> Places:
    return Places(tmp_path / "home", tmp_path / "cache", tmp_path / "run").prepare()


@pytest.fixture
def folder(here: Places) -> Path:
    return here.session_folder(SESSION.hex())


def test_that_a_session_whose_holders_have_all_gone_is_named(here: Places, folder: Path) -> None:
    held = HeldSessions(here)
    first = hold_session_lock(folder)
    second = os.dup(first)  # console and guardian
    assert held.vanished([SESSION]) == []
    os.close(first)
    assert held.vanished([SESSION]) == []
    os.close(second)
    assert held.vanished([SESSION]) == [SESSION]
    assert held.vanished([]) == [], "the office has ended it"


def test_that_a_session_which_is_just_beginning_has_time_to_take_its_lock(here: Places, folder: Path) -> None:
    now = [100.0]
    held = HeldSessions(here, lambda: now[0])
    assert held.vanished([SESSION]) == []
    now[0] += GRACE_S - 1
    assert held.vanished([SESSION]) == []
    assert held.awaits_one
    lock = hold_session_lock(folder)
    now[0] += GRACE_S
    assert held.vanished([SESSION]) == []
    assert not held.awaits_one
    os.close(lock)


def test_that_a_session_which_nobody_ever_holds_is_named_after_the_grace(here: Places) -> None:
    now = [100.0]
    held = HeldSessions(here, lambda: now[0])
    assert held.vanished([SESSION]) == []
    now[0] += GRACE_S + 1
    assert held.vanished([SESSION]) == [SESSION]


def test_that_who_wipes_still_lives_though_folder_and_lock_file_are_gone(here: Places, folder: Path) -> None:
    held = HeldSessions(here)
    folder.mkdir(mode=0o700)
    program = (
        "import fcntl, time\n"
        f"lock = open({str(folder / 'lock')!r}, 'w')\n"
        "fcntl.flock(lock, fcntl.LOCK_EX)\n"
        "print(flush=True)\n"
        "time.sleep(600)\n"
    )
    holder = subprocess.Popen([sys.executable, "-I", "-c", program], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    assert held.vanished([SESSION]) == []
    (folder / "lock").unlink()
    folder.rmdir()
    assert held.vanished([SESSION]) == []
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert held.vanished([SESSION]) == [SESSION]


def test_that_a_kernel_that_does_not_tell_names_nobody(
    here: Places, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = HeldSessions(here)
    lock = hold_session_lock(folder)
    held.vanished([SESSION])
    monkeypatch.setattr("app.storage.held_sessions._LOCKS", tmp_path / "none")
    os.close(lock)
    assert held.vanished([SESSION]) == []
