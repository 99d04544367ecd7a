"""A person who writes a note while the office hangs, and signs out; and the next one, whose console delivers it.

Run as an ordinary user, or as root of a user namespace: `python outbox_play.py FOLDER`. The office is stopped by
SIGSTOP (it lives and answers nothing) or killed. Orders as in `lock_play.py`.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.patience import wait_as_people  # noqa: E402 (run as a program)
from tests.security.console_play import (  # noqa: E402
    PATIENCE_S,
    count,
    emit,
    own_environment,
    sign_in,
    until,
)
from tests.security.console_steps import is_kept, is_shown, wake  # noqa: E402
from tests.security.lock_play import Locks, acted, order_of  # noqa: E402
from tests.security.walk_play import dump  # noqa: E402

if TYPE_CHECKING:
    from tests.demo.driver import Play


def guard(home: Path, events: Path) -> int:
    """A guardian as `tirai console` starts it; it learns the account's name alone."""
    from app.bootstrap.console import run_console
    from app.bootstrap.program import Program
    from app.guardian.process import harden

    harden(keep=("QT_QPA_PLATFORM",))
    begun = Program.at(home)
    emit(events, "guardian")
    return run_console(Program(begun.places, on_console=lambda window: person_at(window, events)))


def person_at(window: Any, events: Path) -> None:
    from PySide6.QtCore import QTimer

    from tests.demo.driver import Driver

    screen = window.centralWidget()
    emit(events, "console", screen=type(screen).__name__)
    if count(events, "console") == 1:
        told = json.loads(order_of(events, "told").read_text())
        QTimer.singleShot(0, lambda: sign_in(window, told, events))
        window.player = Driver(acted(work(window, events), events), window)
    elif hasattr(screen, "receipt"):
        receipt = screen.receipt
        dump(window, events, f"{events.name}-receipt")
        emit(events, "receipt", cause=receipt.cause, details=list(receipt.details), note=receipt.note)


def work(window: Any, events: Path) -> "Play":
    """See what waits; write when told, once with an office and once without; sign out when told."""
    from tests.demo.driver import Until, click

    yield Until("the console", lambda: window.console is not None, PATIENCE_S)
    console = window.console
    yield Until("customers", lambda: console.model.rowCount() > 2 and console.model.id_at(2) is not None)
    id_ = console.model.id_at(2)
    console.show_customer(id_)
    yield Until("the card", partial(is_shown, console, id_))
    yield Until("nothing waits", lambda: not console.status._waits.isVisible(), PATIENCE_S)
    note = console.desk_panel.note
    emit(events, "ready")
    yield Until("words", lambda: order_of(events, "write").exists() or order_of(events, "leave").exists(), PATIENCE_S)
    if order_of(events, "write").exists():
        note.edit.setPlainText("a beginning")
        yield Until("the note is kept", partial(is_kept, note._keeper))
        wait_as_people()  # whom an office that hangs does not hold up
        emit(events, "began", record=note._keeper.record, note=note._keeper.note)
        yield Until("the office hangs", order_of(events, "hangs").exists, PATIENCE_S)
        note.edit.setPlainText(order_of(events, "write").read_text())
        yield Until("it waits", lambda: note._state.text() == "Waits for the back office", PATIENCE_S)
        yield Until("it is counted", console.status._waits.isVisible, PATIENCE_S)
        emit(events, "waits", words=console.status._waits.text())
        yield Until("the end", order_of(events, "leave").exists, PATIENCE_S * 3)
    click(console.bar.sign_out)


class Outboxes(Locks):
    """Plays sessions one after the other, with an office that hangs meanwhile."""

    program = Path(__file__).resolve()

    def play(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order."""
        match order["do"]:
            case "office":
                pid = self._office_pid()
                with contextlib.suppress(ProcessLookupError, TypeError):
                    os.kill(pid, getattr(signal, order["signal"]))  # type: ignore[arg-type]
                return {"office": pid}
            case "end":
                self.end_of_round()
                return {}
            case "outbox":
                return {"files": self.kept()}
            case "delivered":
                with contextlib.suppress(TimeoutError):  # what stays is told
                    until(lambda: not self.kept())
                return {"files": self.kept()}
            case "texts":
                return {"text": (self.spool / f"{self.events.name}-receipt.texts").read_text("utf-8")}
            case "notes":
                return {"notes": self.notes(order["record"])}
            case _:
                return super().play(order)

    def kept(self) -> dict[str, int]:
        """What waits for the office, with its size."""
        folder, found = self.places.home / "outbox", dict[str, int]()
        for path in folder.iterdir() if folder.exists() else ():
            with contextlib.suppress(FileNotFoundError):  # just delivered
                if not path.name.startswith("."):
                    found[path.name] = path.stat().st_size
        return found

    def notes(self, record: str) -> dict[str, str]:
        """What a supervisor reads there; this console delivers nothing."""
        from app.bootstrap.program import policy
        from app.session.sign_in import SignIn
        from tests.office.made import QuietGuardian
        from tests.security.early_office import lasting_code

        hendra, quiet = self.staff["hendra"], QuietGuardian()
        door = SignIn(
            self.places, self._connect, lambda: self.store, policy(), start_office=self._start_office, announce=quiet
        )
        desk = door.sign_in("hendra", hendra.password, lasting_code(hendra))
        try:
            return {note.id: note.text.reveal() for note in desk.notes(record)}
        finally:
            desk.end("signed_out")

    def _start_office(self) -> None:
        command = [sys.executable, str(self.program), "office", str(self.places.home)]
        subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, check=True)


def main() -> int:
    if sys.argv[1] == "guard":
        return guard(Path(sys.argv[2]), Path(sys.argv[3]))
    if sys.argv[1] == "office":
        return wake(Path(sys.argv[2]))
    from tests.keyring_session import private_keyring

    folder = Path(sys.argv[1])
    (folder / "tmp").mkdir(mode=0o700)
    with private_keyring(folder) as environment, own_environment(environment | {"TMPDIR": str(folder / "tmp")}):
        director = Outboxes(folder)
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
