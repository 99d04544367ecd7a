"""A workstation becomes known as IT has it: the installed commands, each a process, at a gateway that is one, too.

The desk has a home, a message bus and a keyring of its own. The office's people who are not at that desk sign in from
this process, by the same client.
"""

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.session.workstations import OrderState, Workstation
from tests.demo.terminal import ROOT, TIMEOUT_S, Terminal
from tests.gateway.moved_office import Moved, moved_office
from tests.keyring_session import missing_programs, private_keyring
from tests.office.known_seats import code_for, enrol_own, only_known

NAME = "desk-17"
NOT_KNOWN = "This workstation is not known to the office. Ask IT."
HOUR_S = 3_600

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(bool(missing_programs()), reason="dbus-daemon and gnome-keyring-daemon are needed"),
]


@dataclass
class Desk:
    """A workstation of the gateway's, by its commands."""

    office: Moved
    terminal: Terminal

    def tirai(self, *words: str, said: str = "") -> str:
        """Run a command; its exit code, then all that it printed."""
        line = self.terminal.command(*words)
        done = self._ran(line, said)
        return f"{done.returncode}\n{done.stdout}{done.stderr}"

    def _ran(self, line: list[str], said: str = "") -> "subprocess.CompletedProcess[str]":
        environment = self.terminal.environment
        return subprocess.run(
            line, input=said, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=TIMEOUT_S
        )

    def use(self) -> None:
        """Belong to the gateway."""
        where = f"https://127.0.0.1:{self.office.gateway.port}"
        mark = self.office.made.plate.office.hex()
        done = self.tirai("gateway", "use", where, "--ca", str(self.office.authority.file), "--office", mark)
        assert done.startswith("0\n"), done

    def enrol(self, code: str) -> str:
        """`tirai seat enrol -`."""
        return self.tirai("seat", "enrol", "-", said=f"{code}\n")

    def sign_in(self, account: str) -> str:
        """Somebody's command that needs a session."""
        person = self.office.people[account]
        words = ("account", "sessions", "--json", "--account", account, "--secrets-stdin")
        return self.tirai(*words, said=f"{person.password}\n{self.office.code(person)}\n")

    @contextlib.contextmanager
    def console(self, account: str) -> Iterator[None]:
        """Somebody's console, signed in by keys; it ends with the block."""
        person, who = self.office.people[account], self.terminal.home.with_name("who")
        said = {"account": account, "password": person.password, "code": self.office.code_to_type(person)}
        who.write_text(json.dumps(said), "utf-8")
        environment = self.terminal.environment | {"QT_QPA_PLATFORM": "offscreen"}
        line = [sys.executable, "-m", "tests.e2e.seat_console", str(self.terminal.home), str(who)]
        process = subprocess.Popen(line, env=environment, cwd=ROOT)
        try:
            yield
        finally:
            process.terminate()
            process.wait(TIMEOUT_S)

    def left(self) -> dict[str, int]:
        """What a session leaves, seen from outside."""
        cache = Path(self.terminal.environment["XDG_CACHE_HOME"]) / "tirai"
        done = self._ran([sys.executable, "-m", "tests.demo.outside", str(cache)])
        found: dict[str, int] = json.loads(done.stdout)
        return found

    def listed(self, *, revoked: bool = False) -> Workstation:
        """This workstation as the administrator has it, at another one; who may revoke it first."""
        session = self.office.command("adi")
        try:
            one = next(one for one in session.workstations.listing().workstations if one.enrolled_as == NAME)
            if revoked:
                session.workstations.revoke(one.id)
            return one
        finally:
            session.end()


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moved]:
    with moved_office(tmp_path_factory.mktemp("office")) as made:
        made.begin()
        made.hire("ratna", "Ratna Dewanti")
        enrol_own(made)
        only_known(made)
        yield made


@pytest.fixture
def desk(office: Moved, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    with private_keyring(folder) as environment:
        made = Desk(office, Terminal(folder / "tirai", environment))
        made.use()
        yield made


def until(what: str, so: Callable[[], bool]) -> None:
    end = time.monotonic() + TIMEOUT_S
    while not so():
        assert time.monotonic() < end, f"never came: {what}"
        time.sleep(0.2)


def refused(said: str, words: str) -> None:
    assert said.startswith("4\n"), said
    assert words in said


def test_that_a_workstation_is_refused_invited_enrolled_let_in_and_after_its_revocation_wiped(
    office: Moved, desk: Desk
) -> None:
    refused(desk.sign_in("ratna"), NOT_KNOWN)
    code = code_for(office, NAME)
    refused(desk.enrol(f"{code[:3]}{'A' if code[3] != 'A' else 'E'}{code[4:]}"), "knows no such code")
    refused(desk.sign_in("ratna"), NOT_KNOWN)
    known = desk.enrol(code)
    assert known.startswith("0\n"), known
    assert f"known to the office as {NAME}" in known
    refused(desk.enrol(code), "used already")
    came = desk.sign_in("ratna")
    assert came.startswith("0\n"), came

    with desk.console("ratna"):
        until("a session's cache and key", lambda: all(desk.left().values()))
        desk.listed(revoked=True)
        until("the wipe", lambda: not any(desk.left().values()))
        until("the signed receipt", lambda: desk.listed().orders[0].state is OrderState.CONFIRMED)
    refused(desk.sign_in("ratna"), "revoked")

    late = code_for(office, "desk-18", 1)
    office.clock.pass_s(HOUR_S + 60)
    refused(desk.enrol(late), "out of time")
    for text in (code, late):
        assert not any(text.encode() in path.read_bytes() for path in desk.terminal.home.rglob("*") if path.is_file())
