"""A person before a real console, and a softphone that tells it by the real `tirai pop` who calls.

Run as an ordinary user: `python pop_play.py FOLDER`. One customer has a number of their own, two share another; the
digits are random, so that a file or a process with them betrays itself. Orders as in `call_play.py`, and: `pop`, run
the command as a softphone does; `crowd`, send what a bad program of the same OS user can send; `traces`, look for
the numbers on the disk and in what other users see of our processes.
"""

import json
import os
import secrets
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.security.call_play import Calls, _answer_to, direct, spoken  # noqa: E402 (run as a program)
from tests.security.console_play import PATIENCE_S, count, emit, everybody, sign_in, words_of  # noqa: E402
from tests.security.lock_play import Locks, acted, order_of  # noqa: E402

if TYPE_CHECKING:
    from tests.demo.driver import Play

WORDS = "Caller disputes the 2 March char"
ORDERS = ("look", "asked", "type", "take", "lock")


def guard(home: Path, events: Path) -> int:
    """A guardian as `tirai console` starts it."""
    from app.bootstrap.console import run_console
    from app.bootstrap.program import Program
    from app.guardian.process import harden
    from tests.patience import guard_longer

    guard_longer()
    harden(keep=("QT_QPA_PLATFORM",))
    begun = Program.at(home)
    return run_console(Program(begun.places, on_console=lambda window: person_at(window, events)))


def person_at(window: Any, events: Path) -> None:
    from PySide6.QtCore import QTimer

    from tests.demo.driver import Driver

    screen = type(window.centralWidget()).__name__
    emit(events, "console", screen=screen)
    if screen == "SignInScreen" and count(events, "console") == 1:
        told = json.loads(order_of(events, "told").read_text())
        QTimer.singleShot(0, lambda: sign_in(window, told, events))
        window.player = Driver(acted(work(window, events), events), window)
    elif screen == "LockScreen":
        window.player = Driver(acted(at_lock(window, events), events), window)


def work(window: Any, events: Path) -> "Play":
    """Wait for customers, then do what the director says."""
    from tests.demo.driver import Until

    yield Until("the console", lambda: window.console is not None, PATIENCE_S)
    yield Until("customers", lambda: window.console.model.rowCount() >= 12, PATIENCE_S)
    emit(events, "ready")
    yield from orders(window, events)


def orders(window: Any, events: Path) -> "Play":
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.demo.driver import Pause, Until

    console = window.console
    while True:
        yield Until("an order", lambda: any(order_of(events, name).exists() for name in ORDERS), PATIENCE_S * 5)
        order = next(name for name in ORDERS if order_of(events, name).exists())
        text = order_of(events, order).read_text()
        order_of(events, order).unlink()
        if order == "lock":
            QTest.keyClick(console, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
            return
        if order == "type":
            console.desk_panel.note.focus_note()
            QTest.keyClicks(console.desk_panel.note.edit, text)
        elif order == "take":
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        if text and order == "look":
            yield Until("what is looked for", partial(is_seen, window, text), PATIENCE_S)
        elif order == "asked":
            yield Until("that it asks who calls", lambda: state(window)["checks"], PATIENCE_S)
        yield Pause(0.3)
        emit(events, "seen", **state(window))


def is_seen(window: Any, text: str) -> bool:
    return text in spoken(window)


def state(window: Any) -> dict[str, Any]:
    """What the console shows, and where the focus is."""
    console, focus = window.console, window.focusWidget()
    customer, check = console.card.customer, console.card.check
    return {
        "shown": spoken(window),
        "title": window.windowTitle(),
        "name": customer.name if customer is not None else "",
        "calls": console.calls.count,
        "note": console.desk_panel.note.edit.toPlainText(),
        "types": focus is console.desk_panel.note.edit,
        "checks": check is not None and focus is not None and check.isAncestorOf(focus),
        "lookups": console.popping._turn,
    }


def at_lock(window: Any, events: Path) -> "Play":
    """Stand at the lock screen until the password is given."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.demo.driver import Until

    screen = window.centralWidget()
    emit(events, "locked", shown=spoken(window), title=window.windowTitle())
    yield Until("the resume", order_of(events, "resume").exists, PATIENCE_S * 5)
    text = order_of(events, "resume").read_text()
    order_of(events, "resume").unlink()
    emit(events, "at_lock", shown=spoken(window), title=window.windowTitle())
    QTest.keyClicks(screen.card.password.edit, text)
    QTest.keyClick(screen.card.password.edit, Qt.Key.Key_Return)
    yield Until("the console", lambda: window.console is not None, PATIENCE_S)
    emit(events, "resumed")
    yield from orders(window, events)


class Pops(Calls):
    """Plays sessions with callers."""

    program = Path(__file__).resolve()
    session_of = Locks.session_of

    def _plant(self, customers: int) -> tuple[list[dict[str, str]], dict[tuple[str, str], str]]:
        from tests.demo.customers import HEADERS

        self.numbers = [f"0812{secrets.randbelow(10**8):08}" for _ in range(3)]
        alone, shared, self.nobodys = self.numbers
        rows, canaries = super()._plant(customers)
        for row in rows:
            row[HEADERS["second_phone"]] = ""
        for row, number in zip(rows, (alone, shared, shared), strict=False):
            row[HEADERS["mobile_phone"]] = number
        self.names = [row[HEADERS["full_name"]] for row in rows[:3]]
        return rows, canaries

    def play(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order."""
        match order["do"]:
            case "who":
                return {"numbers": self.numbers, "names": self.names}
            case "runtime":
                return {"runtime": str(self.places.runtime)}
            case "pop":
                return super().play(order | {"do": "tirai", "command": ["pop"]})
            case "crowd":
                return self.crowd()
            case "traces":
                return self.traces()
            case _:
                return super().play(order)

    def crowd(self) -> dict[str, Any]:
        """What a bad program of the same OS user can say of callers, and a thousand callers at once."""
        from app.session.console_line import Ask, ask, consoles_in

        (path,) = consoles_in(self.places.runtime)
        said = {
            "no number": Ask("pop", {}).to_line(),
            "words": Ask("pop", {"phone": "Sari <b>"}).to_line(),
            "a national form": Ask("pop", {"phone": "081277001234"}).to_line(),
            "other digits": Ask("pop", {"phone": "+\u0661\u0662\u0663\u0664\u0665\u0666"}).to_line(),
            "an escape": b'{"does": "pop", "phone": "+62\\u001b[2J"}\n',
            "a list": b'{"does": "pop", "phone": ["+6281277001234"]}\n',
            "another text": b'{"does": "pop", "phone": "", "name": "Sari"}\n',
            "a long number": Ask("pop", {"phone": "+" + "9" * 120}).to_line(),
            "a long id": Ask("pop", {"phone": "", "call": "a" * 129}).to_line(),
        }
        answered = {name: _answer_to(path, words) for name, words in said.items()}
        flood = [ask(path, Ask("pop", {"phone": f"+62813{nth:08}", "call": str(nth % 40)})) for nth in range(1_000)]
        return {"answered": answered, "flood": sorted({str(answer) for answer in flood})}

    def traces(self) -> dict[str, Any]:
        """Files and processes in which a number's last eight digits stand in the open."""
        from tests.security.canaries import files_below

        needles = [number[-8:] for number in self.numbers]
        wanted = [form for n in needles for form in (n.encode(), n.encode("utf-16-le"), n.encode().hex().encode())]
        roots = (self.folder, Path(os.environ["XDG_RUNTIME_DIR"]))
        files = [str(path) for root in roots for path, content in files_below(root)
                 if self.spool not in path.parents and any(n in content for n in wanted)]  # fmt: skip
        ours = [pid for pid in everybody() if self._is_ours(pid)]
        seen = [pid for pid in ours if any(n.encode() in b" ".join(words_of(pid)) + _comm(pid) for n in needles)]
        rows = (self.spool / "rows").read_bytes()
        return {"files": files, "processes": len(ours), "seen": seen, "control": any(n in rows for n in wanted)}


def _comm(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/comm").read_bytes()
    except OSError:
        return b""


def main() -> int:
    if sys.argv[1] == "guard":
        return guard(Path(sys.argv[2]), Path(sys.argv[3]))
    return direct(Pops, Path(sys.argv[1]))


if __name__ == "__main__":
    sys.exit(main())
