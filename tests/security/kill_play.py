"""Real Tirai processes for kills in the middle of work: what was acknowledged before a kill must be there afterwards.

Run as an ordinary user: `python kill_play.py FOLDER ROUNDS`. Beside what `console_play.py` does, its people work: one
customer after the other, a note to each, a reveal at every second. Each acknowledgment is written to a file outside
the session as it is seen on the screen; after the kill a *new* session of somebody else reads the notes back and
verifies the log. The office is made an hour in the past, so that every code of now is unused.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.security.console_play import (  # noqa: E402 (run as a program)
    PATIENCE_S,
    Director,
    count,
    emit,
    is_gone,
    own_environment,
    read,
    sign_in,
    tell_receipt,
    until,
    wait_for,
    words_of,
)

if TYPE_CHECKING:
    from tests.demo.driver import Play

READERS = 12
"""Readers take turns: each has two or three codes within a minute and needs two per round."""


# --- the guardian, and the person at its console


def guard(home: Path, events: Path) -> int:
    """A guardian as `tirai console` starts it; a person's secrets come on standard input."""
    told = json.loads(sys.stdin.readline())
    from app.bootstrap import Program, run_console
    from app.guardian.process import harden

    harden(keep=("QT_QPA_PLATFORM",))
    begun = Program.at(home)
    emit(events, "guardian")
    return run_console(Program(begun.places, on_console=lambda window: person_at(window, told, events)))


def person_at(window: Any, told: dict[str, str], events: Path) -> None:
    """Sign in and work at the first console; at a later one only say what its window shows."""
    from PySide6.QtCore import QTimer

    screen = window.centralWidget()
    first = count(events, "console") == 0
    receipt = getattr(screen, "receipt", None)
    emit(events, "console", screen=type(screen).__name__, cause=receipt.cause if receipt else "")
    tell_receipt(window, events)
    if first and told and type(screen).__name__ == "SignInScreen":
        QTimer.singleShot(0, lambda: begin(window, told, events))


def begin(window: Any, told: dict[str, str], events: Path) -> None:
    from tests.demo.driver import Driver

    sign_in(window, told, events)
    window.worker = Driver(working(window, events), window)


def is_shown(console: Any, id_: int) -> bool:
    """Whether the card is this customer's."""
    return console.card.customer is not None and console.card.customer.id == id_


def is_kept(keeper: Any) -> bool:
    """Whether the office has acknowledged the note."""
    return bool(keeper.is_kept and keeper.note)


def is_open(row: Any) -> bool:
    """Whether a value is on show."""
    return bool(row.curtain.is_open)


def working(window: Any, events: Path) -> "Play":
    """Write and reveal until the session is over."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.demo.driver import Until, click, press, shows

    try:
        form = window.centralWidget().form
        yield Until("an answer", lambda: window.console is not None or form.error.text(), PATIENCE_S)
        if window.console is None:
            emit(events, "refused", words=form.error.text())
            return
        console = window.console
        yield Until("customers", lambda: console.model.rowCount() > 0 and console.model.id_at(0) is not None)
        for turn in range(10_000):
            id_ = console.model.id_at(turn % console.model.rowCount())
            console.show_customer(id_)
            yield Until("the card", partial(is_shown, console, id_))
            note = console.desk_panel.note
            keeper = note._keeper
            QTest.keyClicks(note.edit, f"call {turn} noted")
            note.save_now()
            yield Until("the note is kept", partial(is_kept, keeper))
            emit(events, "acknowledged", record=keeper.record, note=keeper.note, text=keeper._kept)
            if turn % 2:
                row = console.card.row("mobile_phone")
                click(row.button)
                yield Until("the question", lambda: shows(window, "reveal_popover"))
                press(Qt.Key.Key_1)
                yield Until("the value", partial(is_open, row))
                emit(events, "revealed", record=keeper.record, field="mobile_phone")
    except Exception as error:  # noqa: BLE001 -- the session ended under the person's hands
        emit(events, "stopped", error=type(error).__name__)


# --- the office, made an hour ago


def make_early_office(places: Any, store: Any) -> Any:
    """An office with the real keyring, made by a clock that is an hour behind; it serves in this process."""
    from app.domain.policy import load_policy
    from app.resource_files import resource_text
    from tests.office.made import MadeOffice, QuietGuardian
    from tests.office.moved_clock import MovedClock

    class HourAgo(MovedClock):
        def __init__(self) -> None:
            self.ahead_ms = -3_600_000

        def boot_s(self) -> float:
            return time.monotonic()

    class EarlyOffice(MadeOffice):
        def __init__(self) -> None:
            self.places, self.store, self.clock = places, store, HourAgo()
            self.policy = load_policy(resource_text("policy", "default.toml"))
            self.guardian, self.people = QuietGuardian(), {}
            self.inventory_text = resource_text("inventory", "customer.toml")
            self.made = self._set_up()
            self._thread = None

        def hire_all(self, people: list[tuple[str, str]]) -> None:
            """Invite and enrol each (account, role), then grant all in one session."""
            from app.domain.role import Role

            administrator = self.command("adi")
            for account, role in people:
                self._person(account, account.title(), role, QUEUES)
                self.enrol(account, administrator.invite(account, account.title(), Role(role), QUEUES))
            administrator.end()
            holder = self.command("hendra")
            for account, _role in people:
                holder.grant(account)
            holder.end()

    office = EarlyOffice()
    office.serve()
    return office


QUEUES = ("billing", "delivery")


def lasting_code(person: Any) -> str:
    """A fresh code that stays valid for half a minute at least, however long the typing takes."""
    authenticator = person.authenticator
    authenticator.last_step = max(authenticator.last_step, int(time.time() // 30) - 1)
    return str(authenticator.fresh_code())


# --- the director


@dataclass
class Acknowledged:
    """What the person at the screen was told before the kill."""

    notes: list[dict[str, Any]]
    reveals: list[dict[str, Any]]

    @classmethod
    def until_now(cls, events: Path) -> "Acknowledged":
        told = read(events)
        return cls([e for e in told if e["event"] == "acknowledged"], [e for e in told if e["event"] == "revealed"])


class KillDirector(Director):
    """Makes the office and plays rounds of work and kill."""

    def __init__(self, folder: Path, rounds: int) -> None:
        from app.domain.policy import load_policy
        from app.resource_files import resource_text
        from app.storage.keyring_store import open_key_store
        from app.storage.places import Places
        from tests.security.canaries import needles, planted
        from tests.security.console_play import OPEN_NAME

        self.folder = folder
        self.places = Places.find(folder / "office").prepare()
        self.store = open_key_store()
        self.policy = load_policy(resource_text("policy", "default.toml"))
        rows, canaries = planted(24)
        self.wanted = [*needles(canaries), OPEN_NAME]
        workers = [(f"agent{n}", "agent") for n in range(rounds)]
        readers = [(f"reader{n}", "supervisor") for n in range(min(rounds, READERS))]
        office = make_early_office(self.places, self.store)
        office.bring_in(rows)
        office.hire_all([*workers, *readers])
        office.stop()
        self.people = [office.people[name] for name, _role in workers]
        self.readers = [office.people[name] for name, _role in readers]
        self.rounds = 0
        self.started: list[subprocess.Popen[bytes]] = []

    def begin(self, person: Any) -> tuple[Path, "subprocess.Popen[bytes]"]:
        """A fresh guardian; with a person before it, or with nobody."""
        self.rounds += 1
        events = self.folder / f"events-{self.rounds}"
        told = {}
        if person is not None:
            told = {"account": person.account, "password": person.password, "code": lasting_code(person)}
        command = [sys.executable, str(Path(__file__).resolve()), "guard", str(self.places.home), str(events)]
        guardian = subprocess.Popen(command, cwd="/", stdin=subprocess.PIPE, start_new_session=True)
        assert guardian.stdin is not None
        guardian.stdin.write(json.dumps(told).encode() + b"\n")
        guardian.stdin.close()
        self.started.append(guardian)
        return events, guardian

    def play(self, order: dict[str, Any]) -> dict[str, Any]:
        """One round: work, wait for `after` and `delay_s` more, kill `who`, look what is left and what is lost."""
        begun = time.monotonic()
        person = self.people.pop()
        events, guardian = self.begin(person)
        console = wait_for(events, "console")["pid"]
        wait_for(events, order["after"])
        time.sleep(order["delay_s"])
        until(lambda: self._office_pid() is not None)  # it may still be starting
        office = self._office_pid()
        acknowledged = Acknowledged.until_now(events)
        signed_in = any(e["event"] == "signed_in" for e in read(events))
        before = self.left()
        after = self._kill(order["who"], events, guardian, console, office, signed_in=signed_in)
        result = {
            "signed_in": signed_in,
            "before": before,
            "left": self.left(),
            "plain_left": self.plain_text(),
            "acknowledged": [len(acknowledged.notes), len(acknowledged.reveals)],
            **after,
        }
        self.end_of_round()
        result |= {"at_the_end": self.left()} | self.lost(person.account, acknowledged, signed_in=signed_in)
        return result | {"seconds": round(time.monotonic() - begun, 1)}

    def _kill(
        self,
        who: str,
        events: Path,
        guardian: "subprocess.Popen[bytes]",
        console: int,
        office: int | None,
        *,
        signed_in: bool,
    ) -> dict[str, Any]:
        after: dict[str, Any] = {}
        match who:
            case "console":
                os.kill(console, signal.SIGKILL)
                until(lambda: count(events, "console") == 2 or guardian.poll() is not None)
            case "guardian":
                guardian.kill()
                until(lambda: is_gone(console) or b"console" in words_of(console))
            case "office":
                assert office is not None
                os.kill(office, signal.SIGKILL)
                # Killed before the console's first word to it, an office is woken anew, and the sign-in goes on there.
                ends = ("refused",) if signed_in else ("refused", "acknowledged")
                until(lambda: count(events, "console") == 2 or any(count(events, end) for end in ends))
                if count(events, "console") < 2:
                    self.end_of_round()
            case "all":
                assert office is not None
                for pid in (console, office):
                    os.kill(pid, signal.SIGSTOP)
                guardian.kill()
                for pid in (console, office):
                    os.kill(pid, signal.SIGKILL)
                until(lambda: is_gone(console) and is_gone(office))
                after["stays"], after["plain"], after["opens"] = self.left(), self.plain_text(), self.opens_with_half()
                events, _guardian = self.begin(None)
                wait_for(events, "receipt" if any(after["stays"].values()) else "console")
        last = [e for e in read(events) if e["event"] in ("console", "receipt")][-1]
        return after | {"screen": last["screen"], "cause": last["cause"]}

    def lost(self, account: str, acknowledged: Acknowledged, *, signed_in: bool) -> dict[str, Any]:
        """What a new session of somebody else misses of what was acknowledged."""
        from app.session.sign_in import SignIn
        from tests.office.made import QuietGuardian

        self._wake_office()
        reader = self._free_reader()
        door = SignIn(
            self.places,
            self._connect,
            lambda: self.store,
            self.policy,
            start_office=lambda: None,
            announce=QuietGuardian(),
        )
        desk = door.sign_in(reader.account, reader.password, lasting_code(reader))
        held = {
            n.id: n.text.reveal() for record in {e["record"] for e in acknowledged.notes} for n in desk.notes(record)
        }
        desk.end("signed_out")
        command = door.sign_in_for_command(reader.account, reader.password, lasting_code(reader))
        verdict = command.verify_audit()
        entries = list(command._entries(lambda _count: None))
        command.end()
        written = {
            (e.record, e.reference) for e in entries if (e.event, e.outcome, e.actor) == ("note.write", "ok", account)
        }
        opened = {(e.record, e.field) for e in entries if (e.event, e.outcome, e.actor) == ("reveal", "ok", account)}
        signed = any((e.event, e.outcome, e.actor) == ("sign_in", "ok", account) for e in entries)
        return {
            "notes_lost": [e["note"] for e in acknowledged.notes if not held.get(e["note"], "").startswith(e["text"])],
            "writes_unlogged": [e["note"] for e in acknowledged.notes if (e["record"], e["note"]) not in written],
            "reveals_unlogged": [e for e in acknowledged.reveals if (e["record"], e["field"]) not in opened],
            "sign_in_unlogged": signed_in and not signed,
            "log_holds": verdict.ok,
            "entries": verdict.entries,
        }

    def _free_reader(self) -> Any:
        """The reader who has waited longest."""
        reader = self.readers.pop(0)
        self.readers.append(reader)
        return reader

    def _wake_office(self) -> None:
        if self._office_pid() is None:
            command = [sys.executable, str(Path(__file__).resolve()), "office", str(self.places.home)]
            subprocess.run(command, cwd="/", check=True)

    def _connect(self) -> Any:
        from app.api.client.client import ApiClient
        from app.api.client.transport import SocketTransport

        return ApiClient(SocketTransport(self.places.socket("office")))


def wake(home: Path) -> int:
    """Start the office, as a command of the terminal does."""
    from app.bootstrap import Program, start_office
    from app.guardian.process import harden

    harden()
    start_office(Program.at(home))
    return 0


def main() -> int:
    if sys.argv[1] == "guard":
        return guard(Path(sys.argv[2]), Path(sys.argv[3]))
    if sys.argv[1] == "office":
        return wake(Path(sys.argv[2]))
    from tests.keyring_session import private_keyring

    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    with private_keyring(folder) as environment, own_environment(environment), contextlib.ExitStack() as stack:
        begun = time.monotonic()
        director = KillDirector(folder, rounds)
        stack.callback(director.end)
        isolated = [sys.executable, "-I", "-c", "import app"]
        installed = subprocess.run(isolated, cwd="/", stderr=subprocess.DEVNULL, check=False).returncode == 0
        print(json.dumps({"installed": installed, "seconds": round(time.monotonic() - begun, 1)}), flush=True)
        for line in sys.stdin:
            print(json.dumps(director.play(json.loads(line))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
