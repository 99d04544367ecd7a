"""Real Tirai processes for kills: a private keyring, a made office, then guardian and console with a real window.

Run as an ordinary user: `python console_play.py FOLDER ACCOUNTS`. It makes the office, then plays one round per JSON
line on standard input and answers each with one JSON line. A round starts a real guardian
(`app.bootstrap.console.run_console`); in its console a person types account, password and code into the form; then
somebody is killed. Every round has an account of its own, because each code works once and the shipped program has no
clock to turn.
"""

import contextlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.patience import wait_longer  # noqa: E402 (run as a program)

PATIENCE_S = 60
OPEN_NAME = b"Sari Wulandari"

wait_longer()  # the play's consoles, too


# --- the guardian and what a person does at its console


def guard(home: Path, events: Path) -> int:
    """A guardian as `tirai console` starts it; a person's secrets come on standard input, not on the command line."""
    told = json.loads(sys.stdin.readline())
    from app.bootstrap.console import run_console
    from app.bootstrap.program import Program
    from app.guardian.process import harden
    from tests.patience import guard_longer

    guard_longer()
    harden(keep=("QT_QPA_PLATFORM",))
    begun = Program.at(home)
    program = Program(begun.places, on_console=lambda window: person_at(window, told, events))
    emit(events, "guardian")
    return run_console(program)


def person_at(window: Any, told: dict[str, str], events: Path) -> None:
    """Type into the form of the first console; at a later one only say what its window shows."""
    from PySide6.QtCore import QTimer

    screen = type(window.centralWidget()).__name__
    first = count(events, "console") == 0
    emit(events, "console", screen=screen)
    tell_receipt(window, events)
    if first and told and screen == "SignInScreen":
        QTimer.singleShot(0, lambda: sign_in(window, told, events))


def tell_receipt(window: Any, events: Path) -> None:
    """Say once that the window shows a receipt: at once, or when the sweep that goes on beside it is over."""
    from PySide6.QtCore import QTimer

    screen = window.centralWidget()
    if type(screen).__name__ == "WipedScreen":
        emit(events, "receipt", screen="WipedScreen", cause=screen.receipt.cause)
    else:
        QTimer.singleShot(20, window, lambda: tell_receipt(window, events))


def sign_in(window: Any, told: dict[str, str], events: Path) -> None:
    """Type, click, and say when the session is open."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit, QPushButton

    for name in ("account", "password", "code"):
        QTest.keyClicks(window.findChild(QLineEdit, name), told[name])
    QTest.mouseClick(window.findChild(QPushButton, "sign_in"), Qt.MouseButton.LeftButton)
    emit(events, "submitted")
    timer = QTimer(window)

    def look() -> None:
        if window.console is not None:
            timer.stop()
            emit(events, "signed_in")

    timer.timeout.connect(look)
    timer.start(5)


def emit(events: Path, event: str, **parts: object) -> None:
    line = json.dumps({"event": event, "pid": os.getpid(), **parts}).encode() + b"\n"
    fd = os.open(events, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(fd, line)
    os.close(fd)


def read(events: Path) -> list[dict[str, Any]]:
    try:
        whole = events.read_text().rpartition("\n")[0]  # a long line may be half written
        return [json.loads(line) for line in whole.splitlines()]
    except FileNotFoundError:
        return []


# --- the director


class Director:
    """Makes the office and plays the rounds."""

    def __init__(self, folder: Path, accounts: int) -> None:
        from app.storage.keyring_store import open_key_store
        from app.storage.places import Places
        from tests.security.canaries import needles, planted

        self.folder = folder
        self.places = Places.find(folder / "office").prepare()
        self.store = open_key_store()
        rows, canaries = planted(60)
        self.wanted = [*needles(canaries), OPEN_NAME]
        self.people = make_office(self.places, self.store, rows, accounts)
        self.rounds = 0
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, *, signs_in: bool = True) -> tuple[Path, "subprocess.Popen[bytes]"]:
        """A fresh guardian with the next account's person before it, or with somebody who only looks."""
        person = self.people.pop()
        self.rounds += 1
        events = self.folder / f"events-{self.rounds}"
        command = [sys.executable, str(Path(__file__).resolve()), "guard", str(self.places.home), str(events)]
        guardian = subprocess.Popen(command, cwd="/", stdin=subprocess.PIPE, start_new_session=True)
        code = person.authenticator.fresh_code(60.0)  # the window is only coming up
        told = {"account": person.account, "password": person.password, "code": code} if signs_in else {}
        assert guardian.stdin is not None
        guardian.stdin.write(json.dumps(told).encode() + b"\n")
        guardian.stdin.close()
        self.started.append(guardian)
        return events, guardian

    def play(self, order: dict[str, Any]) -> dict[str, Any]:
        """One round: start, wait for `after`, wait `delay_s` more, kill `who`, look what is left."""
        events, guardian = self.start()
        console = wait_for(events, "console")["pid"]
        wait_for(events, order["after"])
        time.sleep(order["delay_s"])
        signed_in = any(e["event"] == "signed_in" for e in read(events))
        before = self.left()
        after: dict[str, Any] = {}
        match order["who"]:
            case "console":
                os.kill(console, signal.SIGKILL)
                until(lambda: count(events, "console") == 2 or guardian.poll() is not None)
                after["screen"] = read(events)[-1].get("screen", "")
            case "guardian":
                guardian.kill()
                until(lambda: is_gone(console) or b"console" in words_of(console))
                after["fresh"] = b"console" in words_of(console)
            case "all":
                os.kill(console, signal.SIGSTOP)
                guardian.kill()
                os.kill(console, signal.SIGKILL)
                until(lambda: is_gone(console))
                after["stays"] = self.left()
                after["plain"] = self.plain_text()
                after["opens"] = self.opens_with_half()
                again, _guardian = self.start(signs_in=False)
                wait_for(again, "guardian")
                after["screen"] = wait_for(again, "receipt")["screen"]
                self.end_of_round()
        result = {
            "signed_in": signed_in,
            "before": before,
            "left": self.left(),
            "plain_left": self.plain_text(),
            **after,
        }
        self.end_of_round()
        return result | {"at_the_end": self.left()}

    def left(self) -> dict[str, list[str]]:
        """Session entries in the keyring, and everything below the cache root."""
        below = [str(p.relative_to(self.places.cache_root)) for p in self.places.cache_root.rglob("*")]
        return {"entries": self.store.session_ids(), "files": sorted(below)}

    def plain_text(self) -> list[str]:
        """Files anywhere in the person's folders with a canary or a customer's name in the open."""
        from tests.security.canaries import files_below, found_in

        return [str(path) for path, content in files_below(self.folder) if found_in(content, self.wanted)]

    def opens_with_half(self) -> list[str]:
        """Caches that open with the keyring's half alone, or as plain files."""
        from app.domain.errors import VerificationError
        from app.storage import sqlcipher

        opened = []
        for session in self.places.session_ids():
            half = self.store.session(session)
            path = self.places.session_folder(session) / "cache.db"
            for key in (half, bytes(32)):
                if key is None or not path.exists():
                    continue
                with contextlib.suppress(VerificationError):
                    sqlcipher.connect(path, key, memory_security=False).close()
                    opened.append(session)
        return opened

    def end_of_round(self) -> None:
        """End every guardian and console that a round has left; the office may stay for the next."""
        office = self._office_pid()
        pids = [pid for pid in everybody() if self._is_ours(pid) and pid != office]
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        until(lambda: all(is_gone(pid) for pid in pids if self._is_ours(pid)))
        for process in self.started:
            process.wait(PATIENCE_S)
        self.started.clear()

    def end(self) -> None:
        """End the office too."""
        for pid in everybody():
            if self._is_ours(pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def _is_ours(self, pid: int) -> bool:
        return os.fsencode(self.places.home) in words_of(pid) and pid != os.getpid()

    def _office_pid(self) -> int | None:
        with socket.socket(socket.AF_UNIX) as line:
            try:
                line.connect(str(self.places.socket("office")))
                peer = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
            except OSError:
                return None
        return int(struct.unpack("3i", peer)[0])


def make_office(places: Any, store: Any, rows: list[dict[str, str]], accounts: int) -> list[Any]:
    """A whole office, made with the real keyring and the real clock; its people, each with an unused code."""
    from app.domain.policy_reader import load_policy
    from app.domain.role import Role
    from app.resource_files import resource_text
    from tests.office.made import MadeOffice, QuietGuardian
    from tests.office.moved_clock import MovedClock

    class RealOffice(MadeOffice):
        def __init__(self) -> None:
            self.places, self.store, self.clock = places, store, MovedClock()
            self.policy = load_policy(resource_text("policy", "default.toml"))
            self.guardian, self.people = QuietGuardian(), {}
            self.inventory_text = resource_text("inventory", "customer.toml")
            self.made = self._set_up()
            self._thread = None

        def code(self, person: Any) -> str:
            person = self.people[person] if isinstance(person, str) else person
            return str(person.authenticator.fresh_code(30.0))

    office = RealOffice()
    office.serve()
    names = [f"agent{n}" for n in range(accounts)]
    administrator = office.command("adi")
    for name in names:
        office._person(name, name.title(), "agent", ("billing", "delivery"))
        office.enrol(name, administrator.invite(name, name.title(), Role.AGENT, ("billing", "delivery")))
    administrator.end()
    office.bring_in(rows)
    office.stop()
    return [office.people[name] for name in names]


def say(order: Path, text: str) -> None:
    """Write an order; who waits for its file then reads all of it."""
    half = order.with_name(f"{order.name}.half")
    half.write_text(text)
    half.rename(order)


def wait_for(events: Path, event: str) -> dict[str, Any]:
    until(lambda: count(events, event) >= 1)
    return next(e for e in read(events) if e["event"] == event)


def count(events: Path, event: str) -> int:
    return sum(e["event"] == event for e in read(events))


def until(happened: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
    end = time.monotonic() + patience_s
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError("it never happened")
        time.sleep(0.005)


def everybody() -> list[int]:
    return [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit()]


def words_of(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def is_gone(pid: int) -> bool:
    """Whether a process has ended; twice, because an exec out of another thread looks like an end for a moment."""
    if not _looks_gone(pid):
        return False
    time.sleep(0.5)
    return _looks_gone(pid)


def _looks_gone(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True
    return status.rpartition(")")[2].split()[0] in "ZX"


@contextlib.contextmanager
def own_environment(environment: dict[str, str]) -> Iterator[None]:
    """This process's environment from now on."""
    os.environ.clear()
    os.environ.update(environment | {"QT_QPA_PLATFORM": "offscreen"})
    yield


def main() -> int:
    if sys.argv[1] == "guard":
        return guard(Path(sys.argv[2]), Path(sys.argv[3]))
    from tests.keyring_session import private_keyring

    folder, accounts = Path(sys.argv[1]), int(sys.argv[2])
    with private_keyring(folder) as environment, own_environment(environment):
        director = Director(folder, accounts)
        isolated = [sys.executable, "-I", "-c", "import app"]
        installed = subprocess.run(isolated, cwd="/", stderr=subprocess.DEVNULL, check=False).returncode == 0
        print(json.dumps({"installed": installed}), flush=True)
        try:
            for line in sys.stdin:
                print(json.dumps(director.play(json.loads(line))), flush=True)
        finally:
            director.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
