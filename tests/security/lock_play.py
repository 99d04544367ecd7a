"""A person who locks a real console and resumes it, or does not; and kills while that goes on.

Run as an ordinary user, or as root of a user namespace: `python lock_play.py FOLDER`. The password is read from a file
in the moment it is typed, so that it is in no process but the one that types it. The console that locks tells its keys
to the spool, which only the judge reads: it is gone a moment later. Orders as in `walk_play.py`.
"""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from base64 import b64encode
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.security.console_play import (  # noqa: E402 (run as a program)
    PATIENCE_S,
    count,
    emit,
    everybody,
    is_gone,
    own_environment,
    read,
    say,
    sign_in,
    until,
    wait_for,
    words_of,
)
from tests.security.console_steps import is_kept, is_open, is_shown  # noqa: E402
from tests.security.early_office import code_to_type, make_early_office  # noqa: E402
from tests.security.memory_scan import new_mark  # noqa: E402
from tests.security.walk_play import Walk, dump  # noqa: E402
from tests.security.watched_files import WatchedFiles  # noqa: E402

if TYPE_CHECKING:
    from tests.demo.driver import Play

DRAFT_CHARACTERS = 2_000
ORDERS = ("wrong", "leak", "resume")
PEOPLE = ("ratna", "sari", *(f"agent{n}" for n in range(9)))


# --- the guardian, and the person at its consoles


def guard(home: Path, events: Path, *keep: str) -> int:
    """A guardian as `tirai console` starts it; it learns the account's name alone."""
    from app.bootstrap.console import run_console
    from app.bootstrap.program import Program
    from app.guardian.process import harden
    from tests.patience import guard_longer

    guard_longer()
    harden(keep=("QT_QPA_PLATFORM", *keep))
    begun = Program.at(home)
    emit(events, "guardian")
    return run_console(Program(begun.places, on_console=lambda window: person_at(window, events)))


def person_at(window: Any, events: Path) -> None:
    from PySide6.QtCore import QTimer

    from tests.demo.driver import Driver

    screen = type(window.centralWidget()).__name__
    emit(events, "console", screen=screen)
    if screen == "SignInScreen" and count(events, "console") == 1:
        told = json.loads((events.parent / f"{events.name}-told").read_text())
        QTimer.singleShot(0, lambda: sign_in(window, told, events))
        window.player = Driver(acted(work(window, events), events), window)
    elif screen == "LockScreen":
        window.player = Driver(acted(at_lock(window, events), events), window)


def acted(play: "Play", events: Path) -> "Play":
    """The play; what stops it is told to the judge."""
    try:
        yield from play
    except Exception as error:  # noqa: BLE001 -- told to the judge
        import traceback

        places = [f"{f.name}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
        emit(events, "stopped", error=f"{type(error).__name__}: {error}", at=places)


def order_of(events: Path, name: str) -> Path:
    return events.parent / f"{events.name}-{name}"


def work(window: Any, events: Path) -> "Play":
    """Open a customer, reveal a value and let it go, write a long note; lock when told."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.demo.driver import Until, click, press, shows

    yield Until("the console", lambda: window.console is not None, PATIENCE_S)
    console = window.console
    yield Until("customers", lambda: console.model.rowCount() > 2 and console.model.id_at(2) is not None)
    id_ = console.model.id_at(2)
    console.show_customer(id_)
    yield Until("the card", partial(is_shown, console, id_))
    row = console.card.row("street_address")
    click(row.button)
    yield Until("the question", lambda: shows(window, "reveal_popover"))
    press(Qt.Key.Key_1)
    yield Until("the value", partial(is_open, row))
    press(Qt.Key.Key_Escape)
    keeper = console.desk_panel.note._keeper
    console.desk_panel.note.edit.setPlainText(order_of(events, "draft").read_text())
    yield Until("the note is kept", partial(is_kept, keeper))
    identity = console._desk._identity
    keys = {
        "session HPKE": identity.session_kem[:32],
        "session signing": identity.session_seed,
        "account HPKE": identity.keys.kem[:32],
        "account signing": identity.keys.seed,
        "token": identity.client._token,
        "cache": console._desk._open._key,
    } | {f"class {c.value}": secret[:32] for (c, _v), secret in identity.class_keys.items()}
    emit(events, "ready", id=id_, note=keeper.note, keys={name: key.hex() for name, key in keys.items()})
    yield Until("an order to lock", order_of(events, "lock").exists, PATIENCE_S * 3)
    emit(events, "locking", at=time.time())
    QTest.keyClick(console, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def at_lock(window: Any, events: Path) -> "Play":
    """Stand at the lock screen and do what the director says."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.demo.driver import Until, click

    screen = window.centralWidget()
    dump(window, events, f"{events.name}-lock")
    emit(events, "locked", at=time.time(), window=window.isVisible())
    while True:
        yield Until("an order", lambda: any(order_of(events, name).exists() for name in ORDERS), PATIENCE_S * 3)
        order = next(name for name in ORDERS if order_of(events, name).exists())
        text = order_of(events, order).read_text()
        order_of(events, order).unlink()
        if order == "leak":
            window.leaked = [text.encode(), text.encode("utf-16-le"), text.encode().hex(), b64encode(text.encode())]
            emit(events, "leaked")
            continue
        QTest.keyClicks(screen.card.password.edit, text)
        QTest.keyClick(screen.card.password.edit, Qt.Key.Key_Return)
        if order == "resume":
            break
        yield Until("a refusal", lambda: bool(screen.card.error.text()) or not screen.isVisible(), PATIENCE_S)
        emit(events, "refused", words=screen.card.error.text())
    yield Until("the console", lambda: window.console is not None, PATIENCE_S)
    console = window.console
    yield Until("the customer", lambda: console.card.customer is not None, PATIENCE_S)
    yield Until("the draft", lambda: bool(console.desk_panel.note.edit.toPlainText()))
    note = console.desk_panel.note
    emit(events, "resumed", id=console.card.customer.id, note=note.in_hand(), text=note.edit.toPlainText())
    yield Until("the end", order_of(events, "leave").exists, PATIENCE_S * 3)
    click(console.bar.sign_out)


# --- the director


class Locks(Walk):
    """Makes the office with canaries, and plays sessions one after the other."""

    program = Path(__file__).resolve()

    def __init__(self, folder: Path) -> None:
        from app.storage.keyring_store import open_key_store
        from app.storage.places import Places

        self.folder, self.spool = folder, folder / "spool"
        self.spool.mkdir(mode=0o700)
        self.places = Places.find(folder / "office").prepare()
        self.store = open_key_store()
        self.mark = new_mark()
        rows, self.canaries = self._plant(12)
        (self.spool / "rows").write_text(json.dumps(rows))
        self.watched = WatchedFiles(folder, Path(os.environ["XDG_RUNTIME_DIR"]))
        office = make_early_office(self.places, self.store)
        office.bring_in(rows)
        office.hire_all([(name, "agent") for name in PEOPLE])
        self.keys, self.office_id = self._keys(office), office.made.plate.office
        office.stop()
        self.staff = office.people
        self.started: list[subprocess.Popen[bytes]] = []
        self.events = self.spool / "events"
        self.rounds = 0

    def play(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order."""
        match order["do"]:
            case "begin":
                return self.session_of(order["account"])
            case "say":
                say(order_of(self.events, order["name"]), order.get("text", ""))
                return {}
            case "processes":
                return {"pids": [pid for pid in everybody() if self._is_ours(pid)], "office": self._office_pid()}
            case "left":
                return self.left()
            case "gone":
                until(lambda: is_gone(order["pid"]))
                return {}
            case "copy":
                return self.copy(order["name"])
            case "guesses":
                return self.guesses(order["account"])
            case "made":
                roots = {self.folder: "", Path(os.environ["XDG_RUNTIME_DIR"]): "runtime/"}
                made = [f"{short}{p.relative_to(r)}" for p in self.watched.made() for r, short in roots.items()
                        if r in p.parents and self.spool not in (p, *p.parents)]  # fmt: skip
                return {"made": made, "overflown": self.watched.overflown}
            case "round":
                return self.round(order)
            case _:
                return super().play(order)

    def copy(self, name: str) -> dict[str, Any]:
        """What a thief of the disk has: data, configuration, cache and the keyring's files, without what is memory."""
        for part in ("office", "home"):
            shutil.copytree(self.folder / part, self.spool / name / part, symlinks=True)
        return {"folder": str(self.spool / name)}

    def guesses(self, account: str) -> dict[str, Any]:
        """What each guess of a password costs, as the office tells whoever knocks."""
        with contextlib.closing(self._connect()) as client:
            told = client.salt(account)
        return {"memory_kib": told.memory_kib, "passes": told.passes, "lanes": told.lanes, "salt": told.salt.hex()}

    def session_of(self, account: str) -> dict[str, Any]:
        """A guardian, with a person before its console."""
        self.rounds += 1
        self.events = self.spool / f"events{self.rounds}"
        person = self.staff[account]
        told = {"account": account, "password": person.password, "code": code_to_type(person)}
        order_of(self.events, "told").write_text(json.dumps(told))
        draft = (f"{self._new(str(self.rounds), 'draft')} kepada ibu \u00e9\u2026 " * 200)[:DRAFT_CHARACTERS]
        order_of(self.events, "draft").write_text(draft)
        command = [sys.executable, str(self.program), "guard", str(self.places.home), str(self.events)]
        with (self.folder / "stderr").open("ab") as words:
            guardian = subprocess.Popen(
                command, cwd="/", stdin=subprocess.DEVNULL, stdout=words, stderr=words, start_new_session=True
            )
        self.started.append(guardian)
        return {
            "guardian": guardian.pid,
            "console": wait_for(self.events, "console")["pid"],
            "mark": self.mark,
            "password": person.password,
            "draft": draft,
            "keys": {name: key.hex() for name, key in self._keys_of(person).items()},
        }

    def _keys_of(self, person: Any) -> dict[str, bytes]:
        """The office's keys, and what the person's password gives."""
        from app.crypto.account_keys import slot_key
        from app.session.own_password import derive

        self._wake()
        client = self._connect()
        derived, _cost = derive(client, person.account, person.password)
        client.close()
        slot = slot_key(self.office_id, person.account, self.store.seat_half(), derived.console)
        return self.keys | {"W": derived.wrapping, "V": derived.verifier, "C": derived.console, "slot": slot}

    def _connect(self) -> Any:
        from app.api.client.client import ApiClient
        from app.api.client.transport import SocketTransport

        return ApiClient(SocketTransport(self.places.socket("office")))

    def _wake(self) -> None:
        until(lambda: self._office_pid() is not None)

    def round(self, order: dict[str, Any]) -> dict[str, Any]:
        """Lock, kill somebody at a random moment of it, and look what is left."""
        begun = self.session_of(order["account"])
        wait_for(self.events, "ready")
        before = self.left()
        order_of(self.events, "lock").touch()
        wait_for(self.events, "locking")
        time.sleep(random.uniform(0, order["longest_s"]))
        guardian = self.started[-1]
        match order["who"]:
            case "console":
                self._kill([e["pid"] for e in read(self.events) if e["event"] == "console"][-1])
                until(lambda: self.shows("WipedScreen") or self.shows("LockScreen"))
                if not self.shows("WipedScreen"):  # killed after its last word: then it was a lock, and this ends it
                    self._kill([e["pid"] for e in read(self.events) if e["event"] == "console"][-1])
                    until(lambda: self.shows("WipedScreen"))
            case "guardian":
                guardian.kill()
                self.end_of_round()
                self.sweep()
            case _:
                guardian.kill()
                for pid in everybody():
                    if self._is_ours(pid) and pid != self._office_pid():
                        self._kill(pid)
                self.sweep()
        left, hits = self.left(), self._files()
        hits.pop("looked")
        self.end_of_round()
        return {"console": begun["console"], "before": before, "left": left, "plain": sorted(hits)}

    def shows(self, screen: str) -> bool:
        return any(e["event"] == "console" and e["screen"] == screen for e in read(self.events))

    def sweep(self) -> None:
        """The next start; a killed process lets go of its folder's lock a moment after it is seen as gone."""
        from app.storage.wiping import sweep

        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            sweep(self.places, self.store)
            if not any(self.left().values()):
                return
            time.sleep(0.05)

    @staticmethod
    def _kill(pid: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def _is_ours(self, pid: int) -> bool:
        return os.fsencode(self.places.home) in words_of(pid) and pid != os.getpid()


def main() -> int:
    if sys.argv[1] == "guard":
        return guard(Path(sys.argv[2]), Path(sys.argv[3]))
    from tests.keyring_session import private_keyring

    folder = Path(sys.argv[1])
    (folder / "tmp").mkdir(mode=0o700)
    with private_keyring(folder) as environment, own_environment(environment | {"TMPDIR": str(folder / "tmp")}):
        director = Locks(folder)
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
