"""Which sessions have lost all their processes, read from the kernel's own list of locks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.storage.held_sessions import HeldSessions
from app.storage.places import Places
from app.storage.wiping import hold_session_lock

SESSION = "5e" * 16


def places(folder: Path) -> Places:
    return Places(folder / "home", folder / "cache", folder / "run").prepare()


def test_that_a_session_whose_holders_have_all_gone_is_named_once(tmp_path: Path) -> None:
    here = places(tmp_path)
    held = HeldSessions(here)
    assert held.vanished() == []
    first = hold_session_lock(here.session_folder(SESSION))
    second = os.dup(first)  # console and guardian
    assert held.vanished() == []
    os.close(first)
    assert held.vanished() == []
    os.close(second)
    assert held.vanished() == [bytes.fromhex(SESSION)]
    assert held.vanished() == []


def test_that_a_folder_which_nobody_was_seen_to_hold_is_left_to_the_sweep(tmp_path: Path) -> None:
    here = places(tmp_path)
    held = HeldSessions(here)
    os.close(hold_session_lock(here.session_folder(SESSION)))
    assert [held.vanished() for _ in range(3)] == [[], [], []]


def test_that_a_killed_process_lets_go_though_its_files_are_gone(tmp_path: Path) -> None:
    here = places(tmp_path)
    held = HeldSessions(here)
    folder = here.session_folder(SESSION)
    folder.mkdir(mode=0o700)
    program = (
        "import fcntl, sys, time\n"
        f"lock = open({str(folder / 'lock')!r}, 'w')\n"
        "fcntl.flock(lock, fcntl.LOCK_EX)\n"
        "print(flush=True)\n"
        "time.sleep(600)\n"
    )
    holder = subprocess.Popen([sys.executable, "-I", "-c", program], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    assert held.vanished() == []
    (folder / "lock").unlink()
    folder.rmdir()
    assert held.vanished() == [], "it wipes, and still lives"
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert held.vanished() == [bytes.fromhex(SESSION)]


def test_that_a_kernel_that_does_not_tell_names_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = places(tmp_path)
    held = HeldSessions(here)
    lock = hold_session_lock(here.session_folder(SESSION))
    held.vanished()
    monkeypatch.setattr("app.storage.held_sessions._LOCKS", tmp_path / "none")
    os.close(lock)
    assert held.vanished() == []
