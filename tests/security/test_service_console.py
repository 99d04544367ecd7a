"""A console's whole life over the service's socket, as two ordinary OS users have it (T3, T4, T8).

The office is the shipped command under its own user; one person has a real guardian, a real keyring and a real window,
the other shares the office meanwhile. She enrolled as another OS user than the one whose desktop this is, whom
a bus needs by name. What a kill leaves is looked for from outside, as root.
"""

import contextlib
import os
import platform
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.demo.people import Authenticator
from tests.demo.spool import Spool, Word
from tests.keyring_session import missing_programs
from tests.ordinary_user import NOBODY
from tests.security.test_service_home import OFFICE, STREET, SUPERVISOR, Workstation, until, workstation

HERE = Path(__file__).with_name("service_console.py")
pytestmark = [
    pytest.mark.slow,  # a guardian, three windows and an office
    pytest.mark.skipif(bool(missing_programs()), reason="needs dbus-daemon and gnome-keyring-daemon"),
]


class Person:
    """Ratna's desktop, seen from outside."""

    def __init__(self, it: Workstation) -> None:
        self.it, self.own = it, it.folder / f"user-{NOBODY}"
        self.own.mkdir(mode=0o700)
        self.spool = Spool(self.own / "spool")
        for path in (self.own, self.own / "spool"):
            os.chown(path, NOBODY, NOBODY)
        line = [sys.executable, str(HERE), "session", str(it.folder), str(OFFICE)]
        env = {"HOME": str(self.own), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(
            line, cwd="/", env=env, user=NOBODY, group=NOBODY, extra_groups=[], start_new_session=True
        )

    def answer(self, name: str, **parts: Any) -> None:
        self.spool.answer(name, parts)
        os.chown(self.own / "spool" / f"answer-{name}", NOBODY, NOBODY)

    def word(self, kind: str, number: int = 1) -> Word:
        """The so-manieth word of a kind; a fault of the play ends the wait."""

        def came() -> bool:
            assert not self.spool.all("fault"), self.spool.all("fault")
            assert self.process.poll() is None, "the session ended"
            return len(self.spool.all(kind)) >= number

        until(came)
        return self.spool.all(kind)[number - 1]

    def left(self) -> list[str]:
        """Files of sessions' caches."""
        return [str(path) for path in (self.own / "cache").rglob("*") if path.is_file()]


def test_that_a_console_lives_locks_is_killed_and_leaves_nothing_while_another_user_shares_the_office() -> None:
    with workstation() as it:
        it.hire_ratna()
        ratna = Person(it)
        try:
            play(it, ratna)
        finally:
            with contextlib.suppress(ProcessLookupError):  # bus, keyring, guardian and console, where a play broke off
                os.killpg(ratna.process.pid, signal.SIGKILL)
            ratna.process.wait()


def play(it: Workstation, ratna: Person) -> None:
    assert any("keyring ready" in line for line in ratna.word("door")["sees"])
    password, secret = it.people["ratna"]
    ratna.answer("person", password=password, code=Authenticator(secret).code_of(it.step("ratna")))
    first = ratna.word("open")
    assert first["value"] == STREET
    assert ratna.left(), "the control: a session has a cache"
    # another OS user works with the same office while she is locked
    it.sign_in(SUPERVISOR, "command", "hendra")
    ratna.answer("lock", go=True)
    ratna.word("locked")
    until(lambda: not Path(f"/proc/{first['pid']}").exists())
    assert it.user(SUPERVISOR).ask("verify") == {"ok": True}
    again = ratna.word("open", 2)
    assert (again["value"], again["pid"] != first["pid"]) == (STREET, True)
    # killed while the value stands open
    os.kill(again["pid"], signal.SIGKILL)
    receipt = ratna.word("receipt")
    assert (receipt["cause"], receipt["ok"]) == ("console_died", True), receipt
    assert ratna.left() == []
    holds = {path.name for path in ratna.own.rglob("*") if path.is_file() and STREET.encode() in path.read_bytes()}
    assert holds == {"words"}, "the play's own spool, which is the control, and no file of the product's"
    entries = it.user(SUPERVISOR).ask("entries", event="session.end")["entries"]
    assert ["ok", "console_died"] in entries, entries
    assert it.user(SUPERVISOR).ask("places", account="ratna")["places"] == [f"{platform.node()[:24]}.nobody"]
    assert it.user(SUPERVISOR).ask("verify") == {"ok": True}
    ratna.answer("close", go=True)
    until(lambda: ratna.process.poll() is not None)
    assert ratna.process.returncode == 0
