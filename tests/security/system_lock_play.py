"""A person before a real console, while the operating system says that it locks, sleeps, switches or stops.

Run as `lock_play.py`, whose person and orders these are; the login manager and the screen saver are fakes on real buses
(`tests/fake_desktop.py`). More orders: `desktop` (what the system says), `log` (locks and ends, as the office wrote
them down), `kill`.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.desktop import Desktop, fake_desktop  # noqa: E402 (run as a program)
from tests.security.console_play import own_environment  # noqa: E402
from tests.security.early_office import lasting_code  # noqa: E402
from tests.security.lock_play import Locks, guard  # noqa: E402

BUS = "DBUS_SYSTEM_BUS_ADDRESS"


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
            case "log":
                return {"log": self.log(order["account"])}
            case _:
                return super().play(order)

    def log(self, account: str) -> list[list[str]]:
        """What the log says of the locks and ends of an account's console, in order."""
        from app.domain.policy import load_policy
        from app.resource_files import resource_text
        from app.session.sign_in import SignIn
        from tests.office.made import QuietGuardian

        command = [sys.executable, str(Path(__file__).with_name("kill_play.py")), "office", str(self.places.home)]
        policy = load_policy(resource_text("policy", "default.toml"))
        door = SignIn(
            self.places,
            self._connect,
            lambda: self.store,
            policy,
            start_office=lambda: subprocess.run(command, cwd="/", check=True),
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
        return guard(Path(sys.argv[2]), Path(sys.argv[3]), BUS)
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
