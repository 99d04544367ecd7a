"""Lock: from Ctrl+L until the lock screen is painted by another process, and until the process that had keys is gone.

And resume: from the password at the lock screen until the same customer's card is back, less what Argon2id took in it
(measured around the very call in that process).

Guardian, console, office and keyring are real; a person is signed in, with a customer open and a note of 2,000
characters. The peer is a plain start of the same program, measured in the same run: from its spawn until its first
window is painted. Times are the machine's monotonic clock, which its processes share.
"""

import json
import os
import select
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.harness import ROOT, Goal, Report, arguments, work_folder
from tests.keyring_session import missing_programs, private_keyring

PATIENCE_S = 90.0
CALM_S = 7.0
"""Between the sign-in and the lock: nobody locks what they have just opened, and the guardian begins things ahead."""
NOTE = "Ibu menelepon lagi karena kartunya. " * 56
_INSIDE = "TIRAI_BENCH_LOCK"


# the guardian's process, and the person before its consoles


def guard(home: Path, events: Path) -> int:
    """A guardian whose consoles say when they are painted, sign somebody in, and lock."""
    from app.bootstrap.console import run_console
    from app.bootstrap.program import Program
    from app.guardian.process import harden

    harden(keep=("QT_QPA_PLATFORM",))
    return run_console(Program(Program.at(home).places, on_console=lambda window: stand_at(window, events)))


def stand_at(window: Any, events: Path) -> None:
    """Tell of the first paint; at the door, sign in and lock."""
    from PySide6.QtWidgets import QLineEdit, QPushButton

    from app.ui.first_paint import FirstPaint

    kind = type(window.centralWidget()).__name__

    def on_painted() -> None:
        told = json.loads((events.parent / f"{events.name}.told").read_text())
        if kind == "LockScreen":
            time_argon2id(events)
            play(window, resume_with(window, events, told["password"]))
        tell(events, kind)
        if kind == "SignInScreen":
            for name in ("account", "password", "code"):
                window.findChild(QLineEdit, name).setText(told[name])
            window.findChild(QPushButton, "sign_in").click()
            play(window, lock_when_ready(window, events))

    FirstPaint(window, on_painted)


def lock_when_ready(window: Any, events: Path) -> "Iterator[bool]":
    """What is waited for, step by step; then the lock."""
    from tests.security.console_steps import is_kept, is_shown

    while window.console is None or window.console.model.rowCount() < 3 or window.console.model.id_at(2) is None:
        yield False
    console = window.console
    console.show_customer(console.model.id_at(2))
    while not is_shown(console, console.model.id_at(2)):
        yield False
    note = console.desk_panel.note
    note.edit.setPlainText(NOTE[:2000])
    while not is_kept(note._keeper):
        yield False
    calm_at = time.monotonic() + CALM_S
    while time.monotonic() < calm_at:
        yield False
    tell(events, "lock", pid=os.getpid(), customer=console.card.customer.id)
    console.leaving.lock_by_hand()


def time_argon2id(events: Path) -> None:
    """Have this process tell how long its Argon2id takes."""
    from app.crypto import account_keys

    module: Any = account_keys
    derive = module.password_root

    def timed(*words: Any) -> bytes:
        started = time.monotonic()
        root: bytes = derive(*words)
        tell(events, "argon2id", s=time.monotonic() - started)
        return root

    module.password_root = timed


def resume_with(window: Any, events: Path, password: str) -> "Iterator[bool]":
    """Type the password, and wait for the customer's card."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.security.console_steps import is_shown

    edit = window.centralWidget().card.password.edit
    QTest.keyClicks(edit, password)
    tell(events, "resume")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    customer = read(events)["lock"]["customer"]
    while window.console is None or not is_shown(window.console, customer):
        yield False
    tell(events, "back")


def play(window: Any, steps: "Iterator[bool]") -> None:
    """Look every few milliseconds; what stops the steps is said, since the program says types alone."""
    from PySide6.QtCore import QTimer

    timer = QTimer(window, interval=5)

    def step() -> None:
        try:
            if next(steps, None) is not None:
                return
        except Exception:  # noqa: BLE001 (said, and the play is over)
            traceback.print_exc()
        timer.stop()

    timer.timeout.connect(step)
    timer.start()


def tell(events: Path, event: str, **parts: object) -> None:
    """A line with the time of now."""
    with events.open("a") as file:
        file.write(json.dumps({"event": event, "at": time.monotonic(), **parts}) + "\n")


# the measuring


def read(events: Path) -> dict[str, dict[str, Any]]:
    """What was told, by event."""
    try:
        lines = events.read_text().splitlines()
    except FileNotFoundError:
        return {}
    return {line["event"]: line for line in map(json.loads, lines)}


def wait_for(events: Path, event: str) -> dict[str, Any]:
    """The event, once it is told."""
    end = time.monotonic() + PATIENCE_S
    while event not in (told := read(events)):
        if time.monotonic() > end:
            raise RuntimeError(f"{event} never came; {list(told)} did.")
        time.sleep(0.002)
    return told[event]


def turn_ms(home: Path, events: Path, person: Any) -> tuple[float, float, float, float, float]:
    """Milliseconds of one person's day.

    Returns:
        Of a plain start, of a lock until its screen is painted, until the old process is gone; of a resume less its
        Argon2id, and of that.
    """
    from tests.security.early_office import lasting_code

    told = {"account": person.account, "password": person.password, "code": lasting_code(person)}
    (events.parent / f"{events.name}.told").write_text(json.dumps(told))
    started = time.monotonic()
    guardian = subprocess.Popen([sys.executable, "-m", "benchmarks.lock", "guard", str(home), str(events)], cwd=ROOT)
    try:
        painted = wait_for(events, "SignInScreen")["at"]
        lock = wait_for(events, "lock")
        gone = gone_at(lock["pid"])
        locked = wait_for(events, "LockScreen")["at"]
        back, resume = wait_for(events, "back")["at"], read(events)["resume"]["at"]
        argon2id = read(events)["argon2id"]["s"]
    finally:
        guardian.terminate()
        guardian.wait(PATIENCE_S)
    lasted = painted - started, locked - lock["at"], gone - lock["at"], back - resume - argon2id, argon2id
    start, lock_ms, gone_ms, resume_ms, argon2id_ms = (seconds * 1000 for seconds in lasted)
    return start, lock_ms, gone_ms, resume_ms, argon2id_ms


def gone_at(pid: int) -> float:
    """When a process ended; not later than it is noticed here."""
    try:
        fd = os.pidfd_open(pid)
    except ProcessLookupError:
        return time.monotonic()
    try:
        poll = select.poll()
        poll.register(fd, select.POLLIN)
        poll.poll(PATIENCE_S * 1000)
        return time.monotonic()
    finally:
        os.close(fd)


@contextmanager
def office_of(folder: Path, repeats: int) -> Iterator[tuple[Path, list[Any]]]:
    """A home with an office and an agent for each round, since each code works once."""
    from app.storage.keyring_store import open_key_store
    from app.storage.places import Places
    from tests.demo.customers import HEADERS, demo_customers
    from tests.security.early_office import make_early_office

    places = Places.find(folder / "office").prepare()
    office = make_early_office(places, open_key_store())
    office.bring_in([{HEADERS[name]: text for name, text in c.items()} for c in demo_customers(20, 3)])
    names = [f"agent{n}" for n in range(repeats)]
    office.hire_all([(name, "agent") for name in names])
    office.stop()
    yield places.home, [office.people[name] for name in names]


def measure(repeats: int) -> None:
    """Measure and report; the environment names the private keyring."""
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    settings = {"repeats": repeats, "Qt platform": platform, "keyring": "gnome-keyring over D-Bus"}
    report = Report("lock", "Lock", settings)
    with work_folder() as folder, office_of(folder, repeats + 1) as (home, people):
        taken = [turn_ms(home, folder / f"events{n}", person) for n, person in enumerate(people)][1:]
    starts, locks, gone, resumes, derivations = zip(*taken, strict=True)
    peer = "plain start of the same program, painted"
    report.add("Ctrl+L to lock screen painted", locks, starts, unit="ms", peer_name=peer)
    report.add("resume to the record back, less Argon2id", resumes, starts, unit="ms", peer_name=peer)
    report.add("Argon2id in it", derivations, unit="ms")
    report.add("Ctrl+L to old process gone", gone, unit="ms", goal=Goal(1000, of="ours"))
    report.finish()


def main() -> None:
    """Start a private keyring, and measure in a process of its own that knows it."""
    if sys.argv[1:2] == ["guard"]:
        sys.exit(guard(Path(sys.argv[2]), Path(sys.argv[3])))
    asked = arguments(__doc__, repeats=7)
    if os.environ.get(_INSIDE):
        measure(asked.repeats)
        return
    if missing := missing_programs():
        sys.exit(f"The lock needs a private keyring: {' and '.join(missing)} are missing.")
    with work_folder() as folder, private_keyring(folder) as environment:
        inside = environment | {_INSIDE: "1", "QT_QPA_PLATFORM": "offscreen"}
        sys.exit(subprocess.call([sys.executable, "-m", "benchmarks.lock", *sys.argv[1:]], env=inside, cwd=ROOT))


if __name__ == "__main__":
    main()
