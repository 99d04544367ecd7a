"""Real Tirai processes, a person who works at the window, and kills: what stays, what is lost, what memory holds.

Run as an ordinary user, or as root of a user namespace: `python kill_play.py FOLDER ROUNDS`. Each round has an account
of its own: the person signs in, the cache fills, they write notes and reveal, lock and resume, work on and sign out; a
word goes into the round's events before and after each step. What the screen acknowledged is written down there, too;
after the kill a *new* session of somebody else reads it back and verifies the log. Orders as in `walk_play.py`.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.security.console_play import (  # noqa: E402 (run as a program)
    OPEN_NAME,
    PATIENCE_S,
    count,
    emit,
    everybody,
    is_gone,
    own_environment,
    read,
    sign_in,
    tell_receipt,
    until,
    wait_for,
    words_of,
)
from tests.security.console_steps import is_kept, is_open, is_shown, wake  # noqa: E402
from tests.security.early_office import code_to_type, lasting_code, make_early_office  # noqa: E402
from tests.security.memory_scan import keys_in, marked_in, new_mark  # noqa: E402
from tests.security.walk_play import Walk  # noqa: E402

if TYPE_CHECKING:
    from tests.demo.driver import Play

CUSTOMERS = 120
READERS = 12
"""Readers take turns: each has two or three codes within a minute and needs two per round."""
STILL_S, LONGEST_S = 1.0, 12.0
"""Nothing left for so long counts as the end of a wipe; a session that then still goes on is ended."""


# --- the guardian, and the person at its consoles


def guard(home: Path, events: Path) -> int:
    """A guardian as `tirai console` starts it; it learns nothing of the person, and no hour asks for a code."""
    from app.bootstrap.console import run_console
    from app.bootstrap.program import Program, policy
    from app.domain.off_hours import Outside
    from app.guardian.process import harden
    from tests.own_policy import processes_have

    harden(keep=("QT_QPA_PLATFORM",))
    came = policy()
    open_late = replace(came, off_hours=dict.fromkeys(came.off_hours, Outside.OPEN))
    processes_have(lambda: open_late)
    begun = Program.at(home)
    emit(events, "guardian")
    return run_console(Program(begun.places, on_console=lambda window: person_at(window, events)))


def told_to(events: Path) -> dict[str, str]:
    """Account, password and code; read in the moment they are typed, so that they are in no other process."""
    try:
        told: dict[str, str] = json.loads(beside(events, "told").read_text())
    except FileNotFoundError:
        return {}
    return told


def beside(events: Path, name: str) -> Path:
    return events.with_name(f"{events.name}-{name}")


def person_at(window: Any, events: Path) -> None:
    """Work at the first console and at lock screens, until the director says halt."""
    from PySide6.QtCore import QTimer

    from tests.demo.driver import Driver

    screen = window.centralWidget()
    receipt = getattr(screen, "receipt", None)
    emit(events, "console", screen=type(screen).__name__, cause=receipt.cause if receipt else "")
    tell_receipt(window, events)
    if beside(events, "halt").exists() or not beside(events, "told").exists():
        return
    if type(screen).__name__ == "LockScreen":
        window.worker = Driver(acted(at_lock(window, events), events), window)
    elif type(screen).__name__ == "SignInScreen" and count(events, "console") == 1:
        QTimer.singleShot(0, lambda: sign_in(window, told_to(events), events))
        window.worker = Driver(acted(working(window, events), events), window)


def acted(play: "Play", events: Path) -> "Play":
    """The play; what stops it is told: usually the session ended under the person's hands."""
    try:
        yield from play
    except Exception as error:  # noqa: BLE001 -- told to the director
        emit(events, "stopped", error=f"{type(error).__name__}: {error}")


def working(window: Any, events: Path) -> "Play":
    """The first half of the script: from the sign-in to the lock."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.demo.driver import Until

    form = window.centralWidget().form
    yield Until("an answer", lambda: window.console is not None or form.error.text(), PATIENCE_S)
    if window.console is None:
        emit(events, "refused", words=form.error.text())
        return
    console = window.console
    emit(events, "fill", keys=keys_of(console))
    yield Until("customers", lambda: console.model.rowCount() > 0 and console.model.id_at(0) is not None)
    for turn in range(2):
        yield from one_customer(window, events, turn)
    if beside(events, "halt").exists():
        return
    emit(events, "lock")
    QTest.keyClick(console, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def at_lock(window: Any, events: Path) -> "Play":
    """The second half: resume, work on, sign out."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.demo.driver import Pause, Until, click

    emit(events, "locked")
    yield Pause(0.3)
    if beside(events, "halt").exists():
        return
    password = window.centralWidget().card.password.edit
    QTest.keyClicks(password, told_to(events)["password"])
    emit(events, "resume")
    QTest.keyClick(password, Qt.Key.Key_Return)
    yield Until("the console", lambda: window.console is not None, PATIENCE_S)
    emit(events, "resumed", keys=keys_of(window.console))
    yield Until("the customer", lambda: window.console.card.customer is not None, PATIENCE_S)
    yield from one_customer(window, events, 3)
    if beside(events, "halt").exists():
        return
    emit(events, "wipe")
    click(window.console.bar.sign_out)


def one_customer(window: Any, events: Path, turn: int) -> "Play":
    """A note that is kept, and at every second customer a value that is shown."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.demo.driver import Until, click, press, shows

    console = window.console
    yield Until("the list", lambda: console.model.id_at(turn) is not None)
    id_ = console.model.id_at(turn)
    console.show_customer(id_)
    yield Until("the card", partial(is_shown, console, id_))
    note = console.desk_panel.note
    keeper = note._keeper
    QTest.keyClicks(note.edit, f"call {turn} noted")
    emit(events, "save")
    note.save_now()
    yield Until("the note is kept", partial(is_kept, keeper))
    emit(events, "acknowledged", record=keeper.record, note=keeper.note, text=keeper._kept)
    if turn % 2:
        row = console.card.row("street_address")
        click(row.button)
        yield Until("the question", lambda: shows(window, "reveal_popover"))
        emit(events, "reveal")
        press(Qt.Key.Key_1)
        yield Until("the value", partial(is_open, row))
        emit(events, "revealed", record=keeper.record, field="street_address")


def keys_of(console: Any) -> dict[str, str]:
    """What the open session keeps in this process, for the judge."""
    identity = console._desk._identity
    keys = {
        "session HPKE": identity.session_kem[:32],
        "session signing": identity.session_seed,
        "account HPKE": identity.keys.kem[:32],
        "account signing": identity.keys.seed,
        "token": identity.client._token,
        "cache": console._desk._open._key,
    }
    return {name: key.hex() for name, key in keys.items()}


# --- the director


class KillDirector(Walk):
    """Makes the office with canaries, and plays rounds of work and kill."""

    def __init__(self, folder: Path, rounds: int) -> None:
        from app.domain.policy_reader import load_policy
        from app.resource_files import resource_text
        from app.storage.keyring_store import open_key_store
        from app.storage.places import Places

        self.folder, self.spool, self.begun_at = folder, folder / "spool", time.time()
        self.spool.mkdir(mode=0o700)
        self.places = Places.find(folder / "office").prepare()
        self.store = open_key_store()
        self.policy = load_policy(resource_text("policy", "default.toml"))
        self.mark = new_mark()
        rows, self.canaries = self._plant(CUSTOMERS)
        workers = [(f"agent{n}", "agent") for n in range(rounds)]
        readers = [(f"reader{n}", "supervisor") for n in range(min(rounds, READERS))]
        office = make_early_office(self.places, self.store)
        office.bring_in(rows)
        office.hire_all([*workers, *readers])
        self.keys, self.office_id = self._keys(office), office.made.plate.office
        client = office.connect()
        self.salts = {name: client.salt(name) for name, _role in workers}
        client.close()
        office.stop()
        self.people = [office.people[name] for name, _role in reversed(workers)]
        self.readers = [office.people[name] for name, _role in readers]
        self.rounds = 0
        self.started: list[subprocess.Popen[bytes]] = []

    def play(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order; what goes wrong in it is an answer, too."""
        try:
            return self.obey(order)
        except Exception as error:  # noqa: BLE001 -- told to the judge
            places = [f"{f.name}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
            happened = [f"{e['event']} {e.get('error', '')}{e.get('words', '')}".strip() for e in read(self.events)]
            return {"broke": f"{type(error).__name__}: {error} at {' '.join(places[-6:])} after {happened}"}

    def obey(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order."""
        match order["do"]:
            case "skip":
                return {"skipped": self.people.pop().account}
            case "round":
                return self.round(order)
            case "open":
                return self.open()
            case "close":
                self.end_of_round()
                return {"left": self.left()}
            case "again":  # it was a lock: end that, too
                self.kill("console")
                return self.settled()
            case "finish":
                return self.finish()
            case _:
                return super().play(order)

    def begin(self, *, works: bool) -> "subprocess.Popen[bytes]":
        """A fresh guardian; with the round's person before it, or with nobody."""
        self.events = self.spool / f"events{self.rounds}{'' if works else '-again'}"
        if works:
            told = {"account": self.person.account, "password": self.person.password, "code": code_to_type(self.person)}
            beside(self.events, "told").write_text(json.dumps(told))
        command = [sys.executable, str(Path(__file__).resolve()), "guard", str(self.places.home), str(self.events)]
        with (self.folder / "stderr").open("ab") as words:
            guardian = subprocess.Popen(
                command, cwd="/", stdin=subprocess.DEVNULL, stdout=words, stderr=words, start_new_session=True
            )
        self.started.append(guardian)
        return guardian

    def open(self) -> dict[str, Any]:
        """A session in the middle of its work: the control for what a scan finds."""
        self.rounds += 1
        self.person = self.people.pop()
        self.guardian = self.begin(works=True)
        wait_for(self.events, "acknowledged")
        beside(self.events, "halt").touch()
        self.halves = {s: self.store.session(s) for s in self.store.session_ids()}
        self.told = read(self.events)
        return self._look()

    def round(self, order: dict[str, Any]) -> dict[str, Any]:
        """Work, wait for `after` and `delay_s` more, kill `who`, and see it settled."""
        self.rounds += 1
        self.person = self.people.pop()
        self.guardian = self.begin(works=True)
        wait_for(self.events, "console")
        until(lambda: count(self.events, order["after"]) + count(self.events, "stopped") > 0)
        time.sleep(order["delay_s"])
        self._wait_for_office()
        beside(self.events, "halt").touch()
        self.halves = {s: self.store.session(s) for s in self.store.session_ids()}
        self.told = read(self.events)
        self.kill(order["who"])
        return {"in": self.told[-1]["event"], "had": len(self.halves), **self.settled()}

    def _wait_for_office(self) -> None:
        """It may still be starting; at a lock and after the end of a session there is none."""
        with contextlib.suppress(TimeoutError):
            until(lambda: self._office_pid() is not None or self._needs_no_office())

    def _needs_no_office(self) -> bool:
        last = read(self.events)[-1]["event"]
        comes_after = last == "console" and count(self.events, "console") > 1
        return comes_after or last in ("refused", "lock", "locked", "wipe", "receipt", "stopped")

    def kill(self, who: str) -> None:
        """SIGKILL; of several nobody sees another one die."""
        console = next(e["pid"] for e in reversed(read(self.events)) if e["event"] == "console")
        office = self._office_pid()
        named = {"console": [console], "guardian": [self.guardian.pid], "office": [office]}
        named |= {"both": [console, self.guardian.pid], "all": [console, self.guardian.pid, office]}
        pids = [pid for pid in named[who] if pid is not None]
        if who in ("both", "all"):  # a lock may be about to bring another console
            pids += [pid for pid in self.pids() if pid not in (*pids, office)]
        for number in (signal.SIGSTOP, signal.SIGKILL) if len(pids) > 1 else (signal.SIGKILL,):
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
        until(lambda: all(is_gone(pid) for pid in pids))

    def pids(self) -> list[int]:
        """Every living process of this home, the office too."""
        return [pid for pid in everybody() if self._is_ours(pid) and not is_zombie(pid)]

    def settled(self) -> dict[str, Any]:
        """Wait until what must come of a kill has come: a wipe, a lock, or nobody who could do anything."""
        begun = still = time.monotonic()
        found: dict[str, Any] = {"swept": False, "ended": False, "opens": []}
        while True:
            time.sleep(0.05)
            left, others, now = self.left(), [p for p in self.pids() if p != self._office_pid()], time.monotonic()
            at_the_door = self._is_at_the_door(others)
            if any(left.values()) or self._is_busy() or at_the_door:
                still = now
            if now - still > STILL_S:
                return found | {"state": "wiped", **self._look()}
            if not others and not found["swept"]:
                found |= {"swept": True, "opens": self.opens_with_half(), "stays": left}
                self.guardian = self.begin(works=False)
                wait_for(self.events, "console")
                begun = now
            elif self._stands_locked(others) and now - begun > STILL_S and not self._is_busy():
                return found | {"state": "locked", **self._look()}
            elif (at_the_door or now - begun > LONGEST_S) and not found["ended"]:
                found["ended"] = True
                self.guardian.terminate()
                begun = now
            elif now - begun > PATIENCE_S:
                return found | {"state": "never", **self._look()}

    def _is_busy(self) -> bool:
        """Whether somebody is just being signed in or resumed, or is about to type."""
        last = read(self.events)[-1]
        types = last["event"] == "console" and count(self.events, "console") == 1
        types = types and beside(self.events, "told").exists()
        return (types or last["event"] in ("submitted", "resume")) and b"guard" in words_of(last["pid"])

    def _is_at_the_door(self, others: list[int]) -> bool:
        """Whether the sign-in was refused: the form stands there with what was typed, which is the person's to keep."""
        last = read(self.events)[-1]
        return last["event"] == "refused" and last["pid"] in others

    def _stands_locked(self, others: list[int]) -> bool:
        last = [e for e in read(self.events) if e["event"] in ("console", "locked", "resumed")][-1:]
        return bool(last) and last[0]["event"] == "locked" and last[0]["pid"] in others and len(others) > 1

    def _look(self) -> dict[str, Any]:
        """What a scan outside needs: processes, keys; and what files and keyring show now."""
        keys = self.keys_of_round()
        return {
            "left": self.left(),
            "pids": self.pids(),
            "office": self._office_pid(),
            "tried": [e["pid"] for e in read(self.events) if e["event"] == "resume"],
            "mark": self.mark,
            "keys": {name: key.hex() for name, key in keys.items()},
            "places": self.in_places(keys),
            "keyring": self.in_keyring(keys),
        }

    def keys_of_round(self) -> dict[str, bytes]:
        """The office's, the session's, and what the person's password and the keyring give."""
        from app.crypto.account_keys import cache_key, password_keys, slot_key
        from app.crypto.derive import PasswordCost

        account, password, salt = self.person.account, self.person.password, self.salts[self.person.account]
        cost = PasswordCost(salt.memory_kib, salt.passes, salt.lanes)
        derived = password_keys(account, password, salt.salt, cost)
        slot = slot_key(self.office_id, account, self.store.seat_half(), derived.console)
        keys = self.keys | {"W": derived.wrapping, "V": derived.verifier, "C": derived.console, "slot": slot}
        keys |= {"password": password.encode(), "password in UTF-16": password.encode("utf-16-le")}
        for n, told in enumerate(e for e in self.told if "keys" in e):
            keys |= {f"{name} {n}": bytes.fromhex(key) for name, key in told["keys"].items()}
        for session, half in self.halves.items():
            if half is not None:
                keys[f"half {session[:4]}"] = half
                made = cache_key(self.office_id, account, bytes.fromhex(session), half, derived.console)
                keys[f"cache of {session[:4]}"] = made
        return keys

    def in_places(self, keys: dict[str, bytes]) -> list[str]:
        """Files with a canary, a key or a customer's name, wherever this user can write."""
        found = []
        for path, content in self._written():
            hits = sorted(keys_in([content], keys)) + sorted(marked_in([content], self.mark))
            is_ours = self.folder in path.parents  # elsewhere others of this user may try other things
            found += [f"{path}: {', '.join(hits)}"] if hits or (is_ours and OPEN_NAME in content) else []
        return found

    def _written(self) -> list[tuple[Path, bytes]]:
        from tests.security.canaries import files_below

        own = [(p, c) for p, c in files_below(self.folder, Path(os.environ["XDG_RUNTIME_DIR"]))]
        found = [(p, c) for p, c in own if self.spool not in p.parents]
        for root in filter(Path.is_dir, map(Path, ("/tmp", "/var/tmp", "/dev/shm"))):
            for path in root.rglob("*"):
                with contextlib.suppress(OSError):
                    at = path.lstat()
                    mine = at.st_uid == os.getuid() and at.st_mtime > self.begun_at
                    if mine and path.is_file() and not path.is_symlink() and self.folder not in path.parents:
                        found.append((path, path.read_bytes()))
        return found

    def in_keyring(self, keys: dict[str, bytes]) -> list[str]:
        """Entries of any collection whose secret holds a canary or a key; H, which opens the front door, is none."""
        import secretstorage

        found = []
        with contextlib.closing(secretstorage.dbus_init()) as bus:
            for collection in secretstorage.get_all_collections(bus):
                for item in collection.get_all_items():
                    secret = item.get_secret()
                    hits = sorted(keys_in([secret], keys)) + sorted(marked_in([secret], self.mark))
                    found += [f"{item.get_label()}: {', '.join(hits)}"] if hits else []
        return found

    def finish(self) -> dict[str, Any]:
        """End whoever still lives; then a new session of somebody else reads back what was acknowledged."""
        self.end_of_round()
        signed_in = any(e["event"] == "signed_in" for e in self.told)
        return {"at_the_end": self.left(), **self.lost(signed_in=signed_in)}

    def lost(self, *, signed_in: bool) -> dict[str, Any]:
        """What a new session of somebody else misses of what was acknowledged."""
        from app.session.sign_in import SignIn
        from tests.office.made import QuietGuardian

        account = self.person.account
        notes = [e for e in self.told if e["event"] == "acknowledged"]
        reveals = [e for e in self.told if e["event"] == "revealed"]
        reader, quiet = self._free_reader(), QuietGuardian()
        door = SignIn(
            self.places, self._connect, lambda: self.store, self.policy, start_office=self._wake_office, announce=quiet
        )
        desk = door.sign_in(reader.account, reader.password, lasting_code(reader))
        held = {n.id: n.text.reveal() for record in {e["record"] for e in notes} for n in desk.notes(record)}
        desk.end("signed_out")
        command = door.sign_in_for_command(reader.account, reader.password, lasting_code(reader))
        verdict = command.verify_audit()
        entries = list(command._entries(lambda _count: None))
        command.end()
        own = [e for e in entries if (e.outcome, e.actor) == ("ok", account)]
        written = {(e.record, e.reference) for e in own if e.event == "note.write"}
        opened = {(e.record, e.field) for e in own if e.event == "reveal"}
        missing = [f"note {e['note']}" for e in notes if not held.get(e["note"], "").startswith(e["text"])]
        missing += [f"entry of note {e['note']}" for e in notes if (e["record"], e["note"]) not in written]
        missing += [f"entry of reveal {e['field']}" for e in reveals if (e["record"], e["field"]) not in opened]
        for told, event in (("signed_in", "sign_in"), ("resumed", "session.resume")):
            if any(e["event"] == told for e in self.told) and not any(e.event == event for e in own):
                missing.append(f"entry of {event}")
        return {
            "acknowledged": len(notes) + len(reveals) + signed_in,
            "lost": missing,
            "log_holds": verdict.ok,
            "entries": verdict.entries,
        }

    def _free_reader(self) -> Any:
        """The reader who has waited longest."""
        reader = self.readers.pop(0)
        self.readers.append(reader)
        return reader

    def _wake_office(self) -> None:
        command = [sys.executable, str(Path(__file__).resolve()), "office", str(self.places.home)]
        subprocess.run(command, cwd="/", check=True)

    def _connect(self) -> Any:
        from app.api.client.client import ApiClient
        from app.api.client.transport import SocketTransport

        return ApiClient(SocketTransport(self.places.socket("office")))


def is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


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
