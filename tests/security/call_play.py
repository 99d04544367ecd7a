"""A person on a call before a real console, and a softphone that runs the real `tirai call`.

Run as an ordinary user: `python call_play.py FOLDER`. The person opens a customer, writes a note and takes the hands
off: the clock by which the console counts unused time goes on by what the policy says, so that nobody waits for it and
no slow machine is late. Orders as in `lock_play.py`, and `tirai`: run a command as a softphone does.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.security.console_play import (  # noqa: E402 (run as a program)
    PATIENCE_S,
    emit,
    own_environment,
    sign_in,
    wait_for,
)
from tests.security.early_office import code_to_type  # noqa: E402
from tests.security.lock_play import Locks, acted, order_of  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.demo.driver import Play

NOTE = "Caller disputes the 2 March charge."
PATIENT = "tests.office.programs.patient_tirai"


def guard(home: Path, events: Path) -> int:
    """A guardian as `tirai console` starts it."""
    from app.bootstrap.console import run_console
    from app.bootstrap.program import Program
    from app.domain import patience
    from app.guardian.process import harden
    from tests.patience import PEOPLES, guard_longer

    guard_longer()
    patience.CALLER_S = PEOPLES["CALLER_S"]  # who stands there without a word is let go
    harden(keep=("QT_QPA_PLATFORM",))
    begun = Program.at(home)
    return run_console(Program(begun.places, on_console=lambda window: person_at(window, events)))


def person_at(window: Any, events: Path) -> None:
    from PySide6.QtCore import QTimer

    from tests.demo.driver import Driver

    screen = type(window.centralWidget()).__name__
    emit(events, "console", screen=screen)
    if screen == "SignInScreen":
        window._idle_clock = window.unused = Unused()
        told = json.loads(order_of(events, "told").read_text())
        QTimer.singleShot(0, lambda: sign_in(window, told, events))
        window.player = Driver(acted(work(window, events), events), window)


class Unused:
    """The clock of unused time, which a person who takes the hands off moves on."""

    def __init__(self) -> None:
        from app.session.idle import boot_s

        self._clock, self._ahead_s = boot_s, 0.0

    def __call__(self) -> float:
        return self._clock() + self._ahead_s

    def rests(self, console: Any, seconds: float) -> None:
        """Nobody touches the console for so long."""
        self._ahead_s += seconds
        console.clocks.idle.look()


def work(window: Any, events: Path) -> "Play":
    """Open a customer, write a note; hands off whenever the director says so."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.demo.driver import Until

    yield Until("the console", lambda: window.console is not None, PATIENCE_S)
    console, desk = window.console, window.console._desk
    yield Until("customers", lambda: console.model.rowCount() > 2 and console.model.id_at(2) is not None)
    console.show_customer(console.model.id_at(2))
    yield Until("the card", lambda: console.card.customer is not None)
    console.desk_panel.note.edit.setPlainText(NOTE)
    emit(events, "ready", name=console.card.customer.name, shown=spoken(window))
    yield Until("a call", lambda: console.calls.count == 1, PATIENCE_S)
    emit(events, "on_call")
    while True:
        yield Until("hands off", order_of(events, "rest").exists, PATIENCE_S * 3)
        order_of(events, "rest").unlink()
        window.unused.rests(console, desk.idle_lock_s + 1)
        yield Until("the cover", lambda: console.covering.is_covered, PATIENCE_S)
        emit(events, "covered", shown=spoken(window), note=console.desk_panel.note.edit.isVisible())
        yield Until(
            "an order", lambda: any(order_of(events, name).exists() for name in ("back", "over")), PATIENCE_S * 3
        )
        if order_of(events, "over").exists():
            window.unused.rests(console, desk.call_idle_max_s - desk.idle_lock_s)
            return
        order_of(events, "back").unlink()
        QTest.keyClick(window, Qt.Key.Key_Shift)
        emit(events, "uncovered", covered=console.covering.is_covered, shown=spoken(window))


def spoken(window: Any) -> str:
    from tests.ui.walk import spoken_texts

    return spoken_texts(window)


class Calls(Locks):
    """Plays sessions with calls."""

    def play(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order."""
        if order["do"] == "hostile":
            return self.hostile()
        if order["do"] != "tirai":
            return super().play(order)
        home = [] if order.get("elsewhere") else ["--home", str(self.places.home)]
        command = [sys.executable, "-m", PATIENT, *order.get("command", ["call"]), *order["words"], *home]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
        return {"code": done.returncode, "out": done.stdout, "err": done.stderr}

    def hostile(self) -> dict[str, Any]:
        """What a bad program of the same OS user can send to the console; who of them was answered."""
        from app.session.console_line import Ask, consoles_in

        (path,) = consoles_in(self.places.runtime)
        start = Ask("call_start", {"call": "forged"}).to_line()
        said = {
            "garbage": b"\x00\xff" * 40 + b"\n",
            "a megabyte": b"a" * 1_000_000,
            "another verb": b'{"does": "unlock"}\n',
            "an id with an escape": b'{"does": "call_start", "call": "\\u001b[2J"}\n',
            "too long an id": Ask("call_start", {"call": "a" * 129}).to_line(),
            "without an end": start.removesuffix(b"\n"),
        }
        answered = {name: _answer_to(path, words) for name, words in said.items()}
        with contextlib.ExitStack() as crowd:
            stood = 0
            while stood < 1_000:
                line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                line.setblocking(False)
                try:
                    line.connect(str(path))
                    crowd.enter_context(line)
                    stood += 1
                except BlockingIOError:  # the console has not taken those before
                    line.close()
                    time.sleep(0.01)
            answered["amid a thousand"] = _answer_to(path, Ask("state").to_line())
        return answered

    def session_of(self, account: str) -> dict[str, Any]:
        """A guardian, with a person before its console."""
        self.rounds += 1
        self.events = self.spool / f"events{self.rounds}"
        person = self.staff[account]
        told = {"account": account, "password": person.password, "code": code_to_type(person)}
        order_of(self.events, "told").write_text(json.dumps(told))
        command = [sys.executable, str(Path(__file__).resolve()), "guard", str(self.places.home), str(self.events)]
        with (self.folder / "stderr").open("ab") as words:
            self.started.append(
                subprocess.Popen(
                    command, cwd="/", stdin=subprocess.DEVNULL, stdout=words, stderr=words, start_new_session=True
                )
            )
        return {"console": wait_for(self.events, "console")["pid"], "runtime": str(self.places.runtime)}


def _answer_to(path: Path, words: bytes) -> str:
    """What the console answers, or nothing: it has closed the line."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(PATIENCE_S)
        line.connect(str(path))
        with contextlib.suppress(OSError):
            line.sendall(words)
        with contextlib.suppress(ConnectionResetError):
            return line.recv(1_024).decode()
    return ""


def main() -> int:
    if sys.argv[1] == "guard":
        return guard(Path(sys.argv[2]), Path(sys.argv[3]))
    return direct(Calls, Path(sys.argv[1]))


def direct(make: "Callable[[Path], Calls]", folder: Path) -> int:
    """Make the play's office and console, and do what a judge orders, a line each, until they are through."""
    from tests.keyring_session import private_keyring

    with private_keyring(folder) as environment, own_environment(environment):
        director = make(folder)
        print(json.dumps({"ready": True, "uid": os.getuid()}), flush=True)
        try:
            for line in sys.stdin:
                print(json.dumps(director.play(json.loads(line))), flush=True)
        finally:
            director.stop()
            director.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
