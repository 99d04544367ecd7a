"""The service home (T3, T4, T8): an ordinary user of the workstation, and what the office keeps from them.

The office runs as a system user with the product's own keeper; two people are two ordinary OS users with consoles of
their own; a third is an adversary. Enforced by *process*: files, processes and sockets of the office are another
user's, and the kernel names who speaks, both ways. What root did (users, folders) the test does; systemd's part is in
`tests/unit/test_service_unit.py`.
"""

import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.demo.people import Authenticator
from tests.office.made import made_office
from tests.office.moved_clock import MovedClock
from tests.ordinary_user import ordinary_user_can_run
from tests.security.canaries import planted

PLAY = Path(__file__).with_name("service_play.py")
OFFICE, AGENT, SUPERVISOR, ADVERSARY = 61_501, 61_502, 61_503, 61_504
PATIENCE_S = 120
pytestmark = pytest.mark.slow  # real processes of four OS users
STREET = f"Jalan Canary {secrets.token_hex(16)}"


@dataclass
class User:
    """One OS user at the workstation, with a console."""

    process: "subprocess.Popen[str]"
    uid: int = 0

    def ask(self, do: str, **order: Any) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": do, **order}) + "\n")
        self.process.stdin.flush()
        return self.heard()

    def heard(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the user's program ended; what it printed stands above"
        answer: dict[str, Any] = json.loads(line)
        return answer


@dataclass
class Workstation:
    """A workstation whose office is a service."""

    folder: Path
    clock: MovedClock = field(default_factory=MovedClock)
    people: dict[str, list[str]] = field(default_factory=dict)
    steps: dict[str, int] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)
    office: "subprocess.Popen[str] | None" = None

    @property
    def home(self) -> Path:
        return self.folder / "lib"

    @property
    def socket(self) -> Path:
        return self.folder / "run" / "office.sock"

    def prepare(self) -> None:
        """What the package and systemd do: folders, and the lead of the test's clock."""
        self.folder.chmod(0o755)
        for name, mode, owner in (
            ("lib", 0o700, OFFICE),
            ("run", 0o755, OFFICE),
            ("backups", 0o700, OFFICE),
            ("keys", 0o700, OFFICE),
        ):
            path = self.folder / name
            path.mkdir()
            path.chmod(mode)
            os.chown(path, owner, owner)
        for uid in (AGENT, SUPERVISOR, ADVERSARY):
            path = self.folder / f"user-{uid}"
            path.mkdir(mode=0o700)
            os.chown(path, uid, uid)
        (self.folder / "people").touch()
        os.chown(self.folder / "people", OFFICE, OFFICE)
        self.clock.lead_others(self.home)
        (self.folder / "clock-lead").chmod(0o644)

    def start(self) -> None:
        """As systemd starts the service."""
        self.office = self.run("office", OFFICE)
        until(self.is_up)
        self.people = json.loads((self.folder / "people").read_text("utf-8") or "{}") | self.people

    def is_up(self) -> bool:
        assert self.office is not None
        assert self.office.poll() is None, "the office ended while it started"
        return self.socket.exists() and bool(self.offices())

    def stop(self) -> int:
        """As systemd stops it; its exit code."""
        assert self.office is not None
        self.office.send_signal(signal.SIGTERM)
        self.office.communicate(timeout=PATIENCE_S)
        return self.office.returncode

    def run(self, what: str, uid: int) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, str(PLAY), what, str(self.folder), str(OFFICE)],
            cwd="/",
            env={"HOME": f"{self.folder}/user-{uid}", "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            user=uid,
            group=uid,
            extra_groups=[],
        )

    def as_root(self, *words: str, typed: str) -> str:
        """A command of root's; what it said."""
        line = [sys.executable, str(PLAY), "root", str(self.folder), str(OFFICE), *words]
        settings = {"HOME": "/root", "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(line, input=typed, capture_output=True, text=True, env=settings, cwd="/", check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def user(self, uid: int) -> User:
        """An OS user; their program is started with their first order."""
        if uid not in self.users:
            self.users[uid] = User(self.run("person", uid), uid)
            assert self.users[uid].heard() == {"ready": uid}
        return self.users[uid]

    def offices(self) -> list[int]:
        """The processes of the office that is there now: the keeper's children."""
        assert self.office is not None
        return [
            int(pid) for pid in Path(f"/proc/{self.office.pid}/task/{self.office.pid}/children").read_text().split()
        ]

    def step(self, account: str) -> int:
        """A step of the account's authenticator that was not used; the office's clock moves on."""
        now = self.clock.now_ms() // 30_000
        step = max(now, self.steps.get(account, now) + 1)
        self.clock.ahead_ms += max(0, step * 30_000 - self.clock.now_ms())
        (self.folder / "clock-lead").chmod(0o644)
        self.steps[account] = step
        return step

    def sign_in(self, uid: int, kind: str, account: str) -> dict[str, Any]:
        password, secret = self.people[account]
        code = Authenticator(secret).code_of(self.step(account))
        return self.user(uid).ask("open", kind=kind, account=account, password=password, code=code)

    def hire_ratna(self) -> None:
        """Ratna, an agent with her class keys, and one customer; the supervisor's user has both people signed in."""
        self.sign_in(SUPERVISOR, "command", "adi")
        code = self.user(SUPERVISOR).ask("invite", account="ratna", name="Ratna Dewanti", role="agent")["code"]
        password = f"kata sandi {secrets.token_hex(12)}"
        now = self.step("ratna")
        secret = self.user(AGENT).ask("enrol", account="ratna", code=code, password=password, step=now)["secret"]
        self.people["ratna"] = [password, secret]
        self.sign_in(SUPERVISOR, "command", "hendra")
        assert self.user(SUPERVISOR).ask("grant", account="ratna") == {}
        path = self.folder / f"user-{SUPERVISOR}" / "customers.csv"
        path.write_text(f"customer_number,full_name,queue,street_address\nC-000001,Sari,billing,{STREET}\n", "utf-8")
        os.chown(path, SUPERVISOR, SUPERVISOR)
        assert self.user(SUPERVISOR).ask("bring_in", path=str(path)) == {"bad": 0, "done": True}

    def leave(self) -> None:
        """End everything."""
        for user in self.users.values():
            user.process.communicate(timeout=PATIENCE_S)
        if self.office is not None and self.office.returncode is None:
            self.stop()


def until(is_so: Any) -> None:
    """Wait for something that must come."""
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.02)


@contextlib.contextmanager
def workstation(*, is_made: bool = True) -> Iterator[Workstation]:
    """A workstation with its office, unless that is still to be made, until the block is left."""
    if os.geteuid() != 0:
        pytest.skip("only root can make three OS users and a service's one")
    if not ordinary_user_can_run():
        pytest.skip("an ordinary user cannot read this interpreter or this checkout")
    folder = Path(tempfile.mkdtemp(prefix="tirai-s-", dir="/tmp"))
    it = Workstation(folder)
    try:
        it.prepare()
        if is_made:
            it.start()
        yield it
    finally:
        it.leave()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def shared() -> Iterator[Workstation]:
    """Two people at one workstation, each as an OS user of their own, both signed in; one customer."""
    with workstation() as it:
        assert it.user(SUPERVISOR).ask("home") == {
            "name": "Nusantara Care",
            "seat": seat(SUPERVISOR),
            "home": "service",
        }
        it.hire_ratna()
        it.sign_in(AGENT, "console", "ratna")
        yield it


def seat(uid: int) -> str:
    """How the office calls an OS user's place: by the kernel's word."""
    import platform

    return f"{platform.node()[: 31 - len(str(uid))]}.{uid}"


def test_that_two_os_users_work_with_one_office(shared: Workstation) -> None:
    """The agent opens what the supervisor brought in; each one's place is written down by the kernel's word."""
    assert shared.user(AGENT).ask("reveal", account="ratna", field="street_address") == {"value": STREET}
    assert shared.user(AGENT).ask("seats", account="ratna")["seats"][0] == seat(AGENT)
    assert shared.user(SUPERVISOR).ask("seats", account="hendra")["seats"][0] == seat(SUPERVISOR)
    assert shared.user(SUPERVISOR).ask("verify") == {"ok": True}


@pytest.mark.attack("A32")
def test_that_nothing_of_the_office_can_be_read_or_changed(shared: Workstation) -> None:
    """Database, front door, its half, the log, the keys of backups: for every other user of the machine."""
    shared.sign_in(SUPERVISOR, "command", "adi")  # a fresh code
    made = shared.user(SUPERVISOR).ask(
        "backup", folder=str(shared.folder / "backups"), keys=str(shared.folder / "keys" / "keys.json")
    )
    inside = [str(path) for path in shared.home.rglob("*")] + made["files"] + [str(shared.folder / "keys/keys.json")]
    names = {Path(path).name for path in inside}
    assert {"office.db", "front-door", "seat-half", "recovery-kit.json", "backup-keys.json", "office.lock"} <= names
    for path in (str(shared.home), *inside):
        seen = shared.user(ADVERSARY).ask("touch", path=path)
        assert set(seen.values()) <= {"EACCES", "ENOTDIR", "EISDIR"}, path
    for path in (shared.socket, shared.socket.parent):
        seen = shared.user(ADVERSARY).ask("touch", path=str(path))
        assert (seen["remove"], seen["move"], seen["put"]) == ("EACCES",) * 3 or path == shared.socket.parent
        assert seen["put"] in {"EACCES", "ENOTDIR"}
    assert stat.S_IMODE(shared.home.stat().st_mode) == 0o700


@pytest.mark.attack("A4", "A13")
def test_that_no_process_of_the_office_can_be_read_stopped_or_killed(shared: Workstation) -> None:
    assert shared.office is not None
    children = [*shared.offices()]
    nurseries = [
        int(pid) for child in children for pid in Path(f"/proc/{child}/task/{child}/children").read_text().split()
    ]
    assert children
    assert nurseries
    for pid in (shared.office.pid, *children, *nurseries):
        assert shared.user(ADVERSARY).ask("process", pid=pid) == {
            "mem": "EACCES", "environ": "EACCES", "fd": "EACCES", "attach": "EPERM", "kill": "EPERM", "stop": "EPERM",
        }  # fmt: skip
    assert shared.user(ADVERSARY).ask("clock") == {"set": "EPERM"}, "nor set the clock that counts"


@pytest.mark.attack("A32")
def test_that_a_console_says_nothing_to_whoever_stands_in_the_offices_place(shared: Workstation) -> None:
    """A socket of another user's: refused by the kernel's word, before the first byte."""
    folder = shared.folder / f"user-{ADVERSARY}"
    seen = shared.user(ADVERSARY).ask("plant", runtime=str(folder))
    assert seen == {"asked": "ForeignOfficeError", "signed": "ForeignOfficeError", "heard": 0}


def test_that_a_token_is_good_for_the_os_user_it_was_given_to(shared: Workstation) -> None:
    """Even with all that its console says: the kernel says who asks, and the session is over for both."""
    shared.sign_in(SUPERVISOR, "command", "adi")
    stolen = shared.user(SUPERVISOR).ask("steal", account="adi")
    assert shared.user(ADVERSARY).ask("use_stolen", header=stolen["header"])["code"] == "other_workstation"
    assert (
        shared.user(SUPERVISOR).ask("invite", account="budi", name="Budi", role="agent")["code"] == "other_workstation"
    )
    shared.sign_in(SUPERVISOR, "command", "adi")


def test_that_a_person_signs_in_as_whichever_os_user_also_to_a_shut_office(shared: Workstation) -> None:
    """The keys go with the last session; what serves then is another process, and nobody who connects notices."""
    before = shared.offices()
    shared.user(AGENT).ask("leave", account="ratna")
    for account in ("adi", "hendra"):
        shared.user(SUPERVISOR).ask("leave", account=account)
    until(lambda: shared.offices() and not {*before} & {*shared.offices()})
    assert not Path(f"/proc/{before[0]}").exists(), "and the keys with it"
    shared.sign_in(ADVERSARY, "command", "hendra")
    assert shared.user(ADVERSARY).ask("verify") == {"ok": True}
    shared.user(ADVERSARY).ask("leave", account="hendra")


def test_that_an_office_that_was_killed_is_followed_by_a_shut_one_and_stops_in_order(shared: Workstation) -> None:
    before = shared.offices()
    os.kill(before[0], signal.SIGKILL)
    until(lambda: shared.offices() and not {*before} & {*shared.offices()})
    shared.sign_in(SUPERVISOR, "command", "hendra")
    assert shared.user(SUPERVISOR).ask("verify") == {"ok": True}
    assert shared.stop() == 0
    assert not list(shared.home.glob("*-wal"))


def test_that_an_office_of_one_user_moves_in_by_backup_and_restore(tmp_path: Path) -> None:
    """Root restores what was made in somebody's own home; the named two get codes, and the kit grants the classes."""
    with workstation(is_made=False) as it:
        with made_office(tmp_path) as old:
            old.hire("ratna", "Ratna Dewanti")
            old.bring_in(planted(2)[0])
            session = old.command("adi")
            for name in ("backups", "keys"):
                (tmp_path / name).mkdir(mode=0o700)
            keys = tmp_path / "keys" / "keys.json"
            made = session.back_up(str(tmp_path / "backups"), str(keys), lambda _done, _total: None)
            session.end()
            codes = "\n".join(old.made.kit_codes[:2]) + "\n"
            brought = [Path(made.office_file), Path(made.records_file), keys, old.places.home / "recovery-kit.json"]
            here = [Path(shutil.copy(path, it.folder / "backups")) for path in brought]
        for path in here:
            os.chown(path, OFFICE, OFFICE)
        main, _records, copied, kit = (str(path) for path in here)
        words = ["office", "restore", main, "--keys", copied, "--kit", kit]
        said = it.as_root(*words, "--administrator", "adi", "--supervisor", "hendra", "--secrets-stdin", typed=codes)
        grant = ["recovery", "grant", "hendra", "--home", str(it.home), "--secrets-stdin"]
        (code,) = re.findall(r"hendra +(\S+)", said)
        it.start()
        password, now = f"kata sandi {secrets.token_hex(12)}", it.step("hendra")
        enrolled = it.user(SUPERVISOR).ask("enrol", account="hendra", code=code, password=password, step=now)
        it.people["hendra"] = [password, enrolled["secret"]]
        assert it.stop() == 0
        assert "financial" in it.as_root(*grant, typed=codes)
        it.start()
        it.sign_in(SUPERVISOR, "command", "hendra")
        assert it.user(SUPERVISOR).ask("verify") == {"ok": True}
        assert {path.stat().st_uid for path in it.home.rglob("*")} == {OFFICE}
