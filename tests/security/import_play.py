"""A real office with a real nursery, and a person who imports there: for what a kill leaves, and what a memory holds.

Run as an ordinary user: `python import_play.py FOLDER`. It makes an office with a private keyring, starts it as a
command does, and then obeys one order per JSON line. A text comes with the start and is kept by the office's process
on purpose, from before its nursery is born: the leak that a scan of the memory must find.
"""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.office.raw_import import is_gone, peer_of, wait_until_gone  # noqa: E402 (run as a program)
from tests.security.console_play import own_environment, until  # noqa: E402
from tests.security.early_office import lasting_code, make_early_office  # noqa: E402
from tests.security.memory_scan import DIGITS, new_mark  # noqa: E402
from tests.security.walk_play import scan  # noqa: E402

PEOPLE = ("hendra", "susi", "wayan", "yanti", "lina", "dedi", "rina", "bayu")
"""Supervisors: a code works once, and each order takes two, a start one."""
ROWS = 700
"""Two chunks."""
KEPT: list[str] = []


def children_of(pid: int) -> list[int]:
    """Processes that a process has forked."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text(encoding="ascii").split()]


def office(home: Path) -> int:
    """Start the office, with a text in its memory."""
    from app.bootstrap.program import Program
    from app.bootstrap.way_to_office import start_office
    from app.guardian.process import harden

    harden()
    KEPT.append(sys.stdin.readline().strip())
    start_office(Program.at(home))
    return 0


class ImportPlay:
    """The office, its people, and the import that runs."""

    def __init__(self, folder: Path) -> None:
        from app.storage.keyring_store import open_key_store
        from app.storage.places import Places

        self.folder, self.store = folder, open_key_store()
        self.places = Places.find(folder / "office").prepare()
        made = make_early_office(self.places, self.store)
        made.hire_all([(name, "supervisor") for name in PEOPLE[1:]])
        made.stop()
        self.policy = made.policy
        self.free = [made.people[name] for name in PEOPLE]
        self.mark, self.leak = new_mark(), secrets.token_hex(DIGITS // 2)
        self.start()

    def start(self) -> None:
        """Have an office, if none lives, and somebody who stays: it leaves soon after its last session."""
        command = [sys.executable, str(Path(__file__).resolve()), "office", str(self.places.home)]
        subprocess.run(command, cwd="/", check=True, input=f"{self.mark}{self.leak}\n".encode())
        self.who_stays = self.session()

    def office_pid(self) -> int:
        return peer_of(self.places.socket("office"))

    def play(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order."""
        match order["do"]:
            case "import":
                return self.begin(order["stop_at"])
            case "go on":
                return self.finish()
            case "kill":
                os.kill(order["pid"], signal.SIGKILL)
                for pid in order["gone"]:
                    wait_until_gone(pid)
                return {}
            case "start":
                self.start()
                return {"office": self.office_pid()}
            case "sockets":
                return {"left": [p.name for p in self.places.socket("office").parent.glob("import-*")]}
            case "customers":
                return {"customers": self.customers()}
            case _:
                return scan(order["pid"], self.mark, {})

    def begin(self, stop_at: int) -> dict[str, Any]:
        """Import a file with canaries; it stands still once so many rows are staged."""
        self.reached, self.go = threading.Event(), threading.Event()
        self.told: dict[str, Any] = {}
        rows = self.rows()
        self.values = sorted(rows.values())
        path = self.folder / "customers.csv"
        lines = [f"C-{secrets.token_hex(4)},Sari,billing,{text}" for text in rows.values()]
        path.write_text("\n".join(["customer_number,full_name,queue,street_address", *lines, ""]), "utf-8")

        def on_rows(count: int) -> None:
            if count == stop_at:
                self.reached.set()
                assert self.go.wait(600)

        self.thread = threading.Thread(target=self._import, args=(path, on_rows), daemon=True)
        self.thread.start()
        until(lambda: self.reached.is_set() or bool(self.told))
        sockets = list(self.places.socket("office").parent.glob("import-*"))
        if self.told or len(sockets) != 1:
            return {"told": self.told, "sockets": len(sockets)}
        pid = self.office_pid()
        return {
            "office": pid,
            "nursery": children_of(pid),
            "child": peer_of(sockets[0]),
            "beside": children_of(peer_of(sockets[0])),
            "mark": self.mark,
            "leak": self.leak,
            "values": [text.split(self.mark)[1] for text in self.values],
        }

    def rows(self) -> dict[int, str]:
        """Sealed values, each with the mark and 88 random bits."""
        return {n: f"S3NT-contact-{self.mark}{secrets.token_hex(DIGITS // 2)}" for n in range(ROWS)}

    def _import(self, path: Path, on_rows: Any) -> None:
        from app.domain.errors import TiraiError
        from app.sources.csv_file import open_csv

        session = self.session()
        try:
            report = session.bring_in(open_csv(path), on_rows=on_rows)
            self.told = {"done": report.done.rows if report.done else None, "bad": len(report.bad)}
        except TiraiError as error:
            self.told = {"error": error.message, "code": error.code, "exit": error.exit_code}
        finally:
            session.end()

    def finish(self) -> dict[str, Any]:
        """Let it go on, and wait for its end."""
        self.go.set()
        self.thread.join(280)
        return self.told

    def session(self) -> Any:
        """A command of somebody whose code is unused."""
        person = self.free.pop(0)
        self.free.append(person)
        return self._door().sign_in_for_command(person.account, person.password, lasting_code(person))

    def customers(self) -> int:
        """How many customers a console would get."""
        from app.session.sign_in import SignIn

        person = self.free.pop(0)
        self.free.append(person)
        door: SignIn = self._door()
        signed = door._sign_in(person.account, person.password, lasting_code(person), "console")
        try:
            return signed.identity.client.customer_page(0, 1).total
        finally:
            signed.identity.leave("signed_out")

    def _door(self) -> Any:
        from app.bootstrap.program import Program
        from app.bootstrap.way_to_office import connect
        from app.session.sign_in import SignIn
        from tests.office.made import QuietGuardian

        return SignIn(
            self.places,
            lambda: connect(Program(self.places)),
            lambda: self.store,
            self.policy,
            start_office=lambda: None,
            announce=QuietGuardian(),
        )

    def end(self) -> None:
        """End the office."""
        with contextlib.suppress(OSError):
            pid = self.office_pid()
            os.kill(pid, signal.SIGKILL)
            until(lambda: is_gone(pid))


def main() -> int:
    if sys.argv[1] == "office":
        return office(Path(sys.argv[2]))
    from tests.keyring_session import private_keyring

    folder = Path(sys.argv[1])
    with private_keyring(folder) as environment, own_environment(environment), contextlib.ExitStack() as stack:
        play = ImportPlay(folder)
        stack.callback(play.end)
        print(json.dumps({"ready": True}), flush=True)
        for line in sys.stdin:
            print(json.dumps(play.play(json.loads(line))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
