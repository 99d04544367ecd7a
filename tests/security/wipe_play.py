"""Sign-ins and sign-outs at a real console, for wipes that meet an obstacle; what screens, commands and the log say.

Run as an ordinary user: `python wipe_play.py FOLDER ACCOUNTS`. Orders come as JSON lines and are answered with one line
each; obstacles are put into the session's folder by whoever gives the orders.
"""

import contextlib
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.security.console_play import (  # noqa: E402 (run as a program)
    PATIENCE_S,
    count,
    emit,
    own_environment,
    sign_in,
    until,
    wait_for,
)
from tests.security.console_steps import wake  # noqa: E402
from tests.security.early_office import code_to_type, lasting_code  # noqa: E402
from tests.security.kill_play import KillDirector  # noqa: E402

if TYPE_CHECKING:
    from tests.demo.driver import Play


def guard(home: Path, events: Path) -> int:
    """A guardian as `tirai console` starts it."""
    told = json.loads(sys.stdin.readline())
    from app.bootstrap.console import run_console
    from app.bootstrap.program import Program
    from app.guardian.process import harden
    from tests.patience import guard_longer

    guard_longer()
    harden(keep=("QT_QPA_PLATFORM",))
    program = Program(Program.at(home).places, on_console=lambda window: person_at(window, told, events))
    emit(events, "guardian")
    return run_console(program)


def person_at(window: Any, told: dict[str, str], events: Path) -> None:
    from PySide6.QtCore import QTimer

    from tests.demo.driver import Driver

    first = count(events, "console") == 0
    emit(events, "console", screen=type(window.centralWidget()).__name__)
    tell_receipt(window, events)
    if first and told:
        QTimer.singleShot(0, lambda: sign_in(window, told, events))
        window.worker = Driver(leaving(window, events), window)


def tell_receipt(window: Any, events: Path) -> None:
    """Say once what a receipt shows."""
    from PySide6.QtCore import QTimer

    from app.ui.wiped import words

    screen = window.centralWidget()
    if type(screen).__name__ != "WipedScreen":
        QTimer.singleShot(20, window, lambda: tell_receipt(window, events))
        return
    lines = {line.what: asdict(line) | {"words": words.result(line, screen.receipt)} for line in screen.receipt.lines}
    emit(events, "receipt", cause=screen.receipt.cause, title=words.title(screen.receipt), lines=lines)


def leaving(window: Any, events: Path) -> "Play":
    """Wait for all customers, then for the order to sign out: a cache that is still written is lost by an obstacle."""
    from tests.demo.driver import Until, click

    yield Until("the console", lambda: window.console is not None, PATIENCE_S)
    yield Until("customers", lambda: window.console.model.rowCount() > 0)
    yield Until("the cache as the office's", lambda: window.console.status._age_s is not None, PATIENCE_S)
    emit(events, "ready")
    yield Until("the end", Path(f"{events}-leave").exists, PATIENCE_S * 3)
    click(window.console.bar.sign_out)


class WipeDirector(KillDirector):
    """Makes the office; plays one session after the other."""

    def play(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order."""
        match order["do"]:
            case "begin":
                return self.session()
            case "leave":
                Path(f"{self.events}-leave").touch()
                return wait_for(self.events, "receipt")
            case "start":
                return self.next_start(order["expects"])
            case "wipe":
                return self.command("wipe", *order["words"])
            case "log":
                return {"entries": self.log()}
            case _:
                return self.left()

    def session(self) -> dict[str, Any]:
        """A guardian, and a person who has signed in."""
        person = self.people.pop()
        told = {"account": person.account, "password": person.password, "code": code_to_type(person)}
        self.events = self._start(told)
        wait_for(self.events, "ready")
        (session,) = self.store.session_ids()
        return {"session": session, "folder": str(self.places.session_folder(session))}

    def next_start(self, expects: str) -> dict[str, Any]:
        """End everybody and start afresh, with nobody who signs in."""
        self.end_of_round()
        self.events = self._start({})
        told = wait_for(self.events, expects)
        self.end_of_round()
        return told

    def _start(self, told: dict[str, str]) -> Path:
        self.rounds += 1
        events = self.folder / f"events-{self.rounds}"
        command = [sys.executable, str(Path(__file__).resolve()), "guard", str(self.places.home), str(events)]
        guardian = subprocess.Popen(command, cwd="/", stdin=subprocess.PIPE, start_new_session=True)
        assert guardian.stdin is not None
        guardian.stdin.write(json.dumps(told).encode() + b"\n")
        guardian.stdin.close()
        self.started.append(guardian)
        return events

    def command(self, *words: str) -> dict[str, Any]:
        """A command of `tirai` at this home."""
        line = [sys.executable, "-m", "app", *words, "--home", str(self.places.home)]
        done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
        return {"code": done.returncode, "out": done.stdout, "err": done.stderr}

    def log(self) -> list[dict[str, str]]:
        """Event, outcome, reason, detail and session of every entry, as a supervisor's command proves them."""
        from app.session.sign_in import SignIn
        from tests.office.made import QuietGuardian

        self._wake_office()
        until(lambda: self._office_pid() is not None)
        reader = self._free_reader()
        door = SignIn(
            self.places,
            self._connect,
            lambda: self.store,
            self.policy,
            start_office=self._wake_office,
            announce=QuietGuardian(),
        )
        command = door.sign_in_for_command(reader.account, reader.password, lasting_code(reader))
        assert command.verify_audit().ok
        entries = list(command._entries(lambda _count: None))
        command.end()
        names = ("event", "outcome", "reason", "detail", "session", "actor")
        return [{name: getattr(e, name) for name in names} for e in entries]


def main() -> int:
    if sys.argv[1] == "guard":
        return guard(Path(sys.argv[2]), Path(sys.argv[3]))
    if sys.argv[1] == "office":
        return wake(Path(sys.argv[2]))
    from tests.keyring_session import private_keyring

    folder, accounts = Path(sys.argv[1]), int(sys.argv[2])
    with private_keyring(folder) as environment, own_environment(environment), contextlib.ExitStack() as stack:
        director = WipeDirector(folder, accounts)
        stack.callback(director.end)
        print(json.dumps({"ready": True}), flush=True)
        for line in sys.stdin:
            print(json.dumps(director.play(json.loads(line))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
