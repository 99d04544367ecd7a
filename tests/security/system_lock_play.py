"""A person before a real console, while the operating system says that it locks, sleeps, switches or stops.

Run as `lock_play.py`, whose person and orders these are; the login manager and the screen saver are fakes on real buses
(`tests/fake_desktop.py`). More orders: `desktop` (what the system says), `log` (locks and ends, as the office wrote
them down), `kill`, `over` (the guardian has ended). Told `clock`, the console's clock is 200 seconds behind.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.desktop import Desktop, fake_desktop  # noqa: E402 (run as a program)
from tests.security.console_play import PATIENCE_S, emit, own_environment  # noqa: E402
from tests.security.early_office import lasting_code  # noqa: E402
from tests.security.lock_play import Locks, order_of, person_at  # noqa: E402

BUS = "DBUS_SYSTEM_BUS_ADDRESS"


BACK_S = 200


def guard(home: Path, events: Path) -> int:
    """As in `lock_play.py`, but that the fake login manager is heard."""
    from app.bootstrap.console import run_console
    from app.bootstrap.program import Program
    from app.domain import patience
    from app.guardian.process import harden
    from tests.patience import TESTS_S, guard_longer

    guard_longer()
    patience.OFFICE_ENDS_S = TESTS_S  # no other console keeps this office
    harden(keep=("QT_QPA_PLATFORM", BUS))
    emit(events, "guardian")
    return run_console(Program(Program.at(home).places, on_console=lambda window: stand_at(window, events)))


def stand_at(window: Any, events: Path) -> None:
    """The person; and somebody who sets the clock back when told."""
    from PySide6.QtCore import QTimer

    person_at(window, events)

    def set_back() -> None:
        if window.console is not None and order_of(events, "clock").exists():
            window.console._desk._clock_rule._wall = lambda: time.time() - BACK_S
            clock.stop()

    clock = QTimer(window, interval=50)
    clock.timeout.connect(set_back)
    clock.start()


class SystemLocks(Locks):
    """`Locks`, with a desktop around them."""

    program = Path(__file__).resolve()

    def __init__(self, folder: Path, desktop: Desktop) -> None:
        super().__init__(folder)
        self.desktop = desktop

    def play(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order."""
        match order["do"]:
            case "desktop":
                return self.desktop(**order["order"])
            case "kill":
                os.kill(order["pid"], signal.Signals[order["signal"]])
                return {}
            case "over":
                code = self.started.pop().wait(PATIENCE_S)
                return {"code": code, "left": self.left(), "texts": self._texts()}
            case "texts":
                return {"texts": self._texts()}
            case "log":
                return {"log": self.log(order["account"])}
            case _:
                return super().play(order)

    def _texts(self) -> str:
        """What the lock screen shows, if there is one."""
        file = order_of(self.events, "lock.texts")
        return file.read_text() if file.exists() else ""

    def log(self, account: str) -> list[list[str]]:
        """What the log says of the locks and ends of an account's console, in order."""
        from app.domain.policy_reader import load_policy
        from app.resource_files import resource_text
        from app.session.sign_in import SignIn
        from tests.office.made import QuietGuardian

        command = [sys.executable, str(Path(__file__).with_name("kill_play.py")), "office", str(self.places.home)]

        def wake() -> None:
            subprocess.run(command, cwd="/", check=True)

        policy = load_policy(resource_text("policy", "default.toml"))
        door = SignIn(
            self.places,
            self._connect,
            lambda: self.store,
            policy,
            start_office=wake,
            announce=QuietGuardian(),
        )
        reader = self.staff["hendra"]
        command_session = door.sign_in_for_command(reader.account, reader.password, lasting_code(reader))
        entries = list(command_session._entries(lambda _count: None))
        command_session.end()
        words = ("session.lock", "session.resume", "session.end")
        return [[e.event, e.outcome, e.reason] for e in entries if e.actor == account and e.event in words]


def main() -> int:
    if sys.argv[1] == "guard":
        return guard(Path(sys.argv[2]), Path(sys.argv[3]))
    from tests.keyring_session import private_keyring

    folder = Path(sys.argv[1])
    with (
        private_keyring(folder) as session,
        fake_desktop(session) as desktop,
        own_environment(desktop.environment),
    ):
        director = SystemLocks(folder, desktop)
        print(json.dumps({"ready": True}), flush=True)
        try:
            for line in sys.stdin:
                print(json.dumps(director.play(json.loads(line))), flush=True)
        finally:
            director.stop()
            director.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
