"""Footprint: what a guardian costs to start and holds in memory, and what a console holds with very many customers.

Both are the real processes: a guardian with its console, an office that it starts, a keyring of its own, a person who
signs in, and a cache that is filled. The guardian's peer is the least that Python can be (`python -I -S -c pass`), from
its spawn to its end; the guardian is measured from its spawn until it forks for the first time. The console's peer is a
bare Qt window. Resident memory is what the kernel says of each process (`VmRSS`; `Pss` and what is private beside it),
a few seconds after the last row; pages that a console shares with its guardian count in both.
"""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.harness import ROOT, Report, arguments, in_turns, work_folder
from tests.keyring_session import missing_programs, private_keyring

PATIENCE_S = 900.0
SETTLE_S = 2.0
FEW = 100_000
"""Against so many customers a console with more must not grow."""
_INSIDE = "TIRAI_BENCH_FOOTPRINT"
_TELL = """
def tell(event, **more):
    import json, os, time
    line = json.dumps({"event": event, "at": time.monotonic(), "cpu": time.process_time(), **more})
    os.write(1, line.encode() + b"\\n")
def memory():
    found = {}
    for name in ("smaps_rollup", "status"):
        with open(f"/proc/self/{name}") as file:
            for line in file:
                key, _, rest = line.partition(":")
                if key in ("VmRSS", "Pss", "Private_Clean", "Private_Dirty"):
                    found[key] = int(rest.split()[0])
    return found
"""
LEAST_PYTHON = "pass"
STANDING_PYTHON = "import time; print(flush=True); time.sleep(60)"
BARE_WINDOW = f"""
{_TELL}
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication(["bare"])
label = QLabel("Tirai")
label.resize(1180, 760)
label.show()
QTimer.singleShot({SETTLE_S * 1000:.0f}, lambda: (tell("standing", memory=memory()), application.exit(0)))
application.exec()
"""
CONSOLE = f"""
import os, sys
{_TELL}
forked = []
os.register_at_fork(before=lambda: forked or (forked.append(1), tell("forked")))
import app.__main__
import json
from pathlib import Path
from app.bootstrap.console import run_console
from app.bootstrap.program import Program
from app.guardian.process import harden
harden(keep=("QT_QPA_PLATFORM",))
told = json.loads(sys.argv[2])
def stand_at(window):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QLineEdit, QPushButton
    if not told:
        QTimer.singleShot({SETTLE_S * 1000:.0f}, lambda: tell("standing", memory=memory()))
        return
    def begin():
        for name in ("account", "password", "code"):
            window.findChild(QLineEdit, name).setText(told[name])
        window.findChild(QPushButton, "sign_in").click()
    def look():
        form = getattr(window.centralWidget(), "form", None)
        if form is not None and form.error.text():
            timer.stop()
            tell("refused", words=form.error.text())
        if window.console is not None and window.console.model.rowCount() >= told["customers"]:
            timer.stop()
            QTimer.singleShot({SETTLE_S * 1000:.0f}, lambda: tell("standing", memory=memory()))
    timer = QTimer(window, interval=200)
    timer.timeout.connect(look)
    timer.start()
    QTimer.singleShot(200, begin)
sys.exit(run_console(Program(Program.at(Path(sys.argv[1])).places, on_console=stand_at)))
"""


class Run:
    """One process whose words are read line by line; ended with the block."""

    def __init__(self, *command: str) -> None:
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def __enter__(self) -> "Run":
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.terminate()
        self.process.communicate(timeout=PATIENCE_S)

    def until(self, event: str) -> dict[str, Any]:
        """What was told of an event."""
        assert self.process.stdout is not None
        patience = threading.Timer(PATIENCE_S, self.process.kill)
        patience.start()
        try:
            for line in self.process.stdout:
                told = json.loads(line) if line.startswith("{") else {"event": ""}
                if told["event"] == event:
                    return dict(told)
                if told["event"] == "refused":
                    raise RuntimeError(f"{event} never came: {told['words']}")
        finally:
            patience.cancel()
        assert self.process.stderr is not None
        raise RuntimeError(f"{event} never came: {self.process.stderr.read()[-2000:]}")


def memory_mib(pid: int) -> float:
    """Resident memory of a process, which anybody may read."""
    words = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").split("VmRSS:", 1)[1]
    return int(words.split()[0]) / 1024


def least_python_ms() -> float:
    """From the spawn to the end of the least Python."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-I", "-S", "-c", LEAST_PYTHON], check=True)
    return (time.monotonic() - began) * 1000


def least_python_mib() -> float:
    """What it holds."""
    with Run("-I", "-S", "-c", STANDING_PYTHON) as run:
        assert run.process.stdout is not None
        run.process.stdout.readline()
        return memory_mib(run.process.pid)


def guardian(home: Path) -> tuple[float, float]:
    """Milliseconds until it forks, and what it holds in MiB while its console stands at the door."""
    with Run("-c", CONSOLE, str(home), "{}") as run:
        forked = run.until("forked")
        run.until("standing")
        return (forked["at"] - run.began) * 1000, memory_mib(run.process.pid)


def bare_window() -> dict[str, int]:
    """KiB that a bare window holds."""
    with Run("-c", BARE_WINDOW) as run:
        return dict(run.until("standing")["memory"])


def console(home: Path, person: Any, customers: int) -> dict[str, int]:
    """KiB that a console holds once its cache is filled."""
    from tests.security.early_office import lasting_code

    told = {"account": person.account, "password": person.password, "code": lasting_code(person)}
    with Run("-c", CONSOLE, str(home), json.dumps(told | {"customers": customers})) as run:
        return dict(run.until("standing")["memory"])


def office_of(folder: Path, n: int, people: int) -> tuple[Path, list[Any]]:
    """A home with an office of so many customers, and an agent for each turn, since each code works once."""
    from app.storage.keyring_store import open_key_store
    from app.storage.places import Places
    from benchmarks.many_customers import IMPORTED, multiply
    from tests.demo.customers import HEADERS, demo_customers
    from tests.security.early_office import QUEUES, make_early_office

    places = Places.find(folder / f"office-{n}").prepare()
    office = make_early_office(places, open_key_store())
    customers = [one | {"queue": QUEUES[at % 2]} for at, one in enumerate(demo_customers(min(n, IMPORTED), 3))]
    office.bring_in([{HEADERS[name]: text for name, text in one.items()} for one in customers])
    names = [f"agent{at}" for at in range(people)]
    office.hire_all([(name, "agent") for name in names])
    multiply(office.back_office.opened, n)
    office.stop()
    return places.home, [office.people[name] for name in names]


def measure(counts: tuple[int, ...], repeats: int, *, is_full: bool) -> None:
    """Measure and report; the environment names the private keyring. A full run has consoles alone."""
    consoles = max(1, repeats // 4)
    settings = {
        "repeats": repeats,
        "repeats of a console": consoles,
        "Qt platform": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "compiled modules": "kept, as in an installed program",
    }
    report = Report("footprint", "Footprint", settings, is_full=is_full)
    with work_folder() as folder:
        if not is_full:
            _guardians(report, folder / "empty", repeats)
        held: dict[int, dict[str, list[float]]] = {}
        for count in counts:
            home, people = office_of(folder, count, consoles)
            bare: list[dict[str, int]] = []
            held[count] = {"VmRSS": [], "Pss": [], "private": []}
            for person in people:
                bare.append(_with_private(bare_window()))
                ours = _with_private(console(home, person, count))
                for name, values in held[count].items():
                    values.append(ours[name] / 1024)
            _say(report, count, held[count], bare)
        few, *more = held
        for count in more:
            name = f"{count:,} customers against {few:,}"
            pair = held[count]["VmRSS"], held[few]["VmRSS"]
            report.add(name, *pair, unit="MiB", peer_name=f"{few:,} customers")
    report.finish()


def _guardians(report: Report, home: Path, repeats: int) -> None:
    """What a guardian costs to start, and what it holds."""
    home.mkdir(mode=0o700)
    (home / "office.json").write_text("{}")  # a name plate: the window stands at the door
    guardian(home)  # what is compiled stays
    guardians: list[tuple[float, float]] = []

    def start() -> float:
        guardians.append(guardian(home))
        return guardians[-1][0]

    starts = in_turns({"ours": start, "least": least_python_ms}, repeats)
    holds = [least_python_mib() for _ in guardians]
    least = "python -I -S -c pass"
    report.add("guardian: start", starts["ours"], starts["least"], unit="ms", peer_name=f"{least}, to its end")
    mib = [one[1] for one in guardians]
    report.add("guardian: resident memory", mib, holds, unit="MiB", peer_name=least)


def _with_private(memory: dict[str, int]) -> dict[str, int]:
    return memory | {"private": memory["Private_Clean"] + memory["Private_Dirty"]}


def _say(report: Report, count: int, held: dict[str, list[float]], bare: list[dict[str, int]]) -> None:
    words = {"VmRSS": "", "Pss": ", shared pages divided (PSS)", "private": ", private pages alone"}
    for name, more in words.items():
        theirs = [one[name] / 1024 for one in bare]
        row = f"console with {count:,} customers{more}"
        report.add(row, held[name], theirs, unit="MiB", peer_name="bare QApplication and QLabel")
    report.grow("console", count, sorted(held["VmRSS"])[len(held["VmRSS"]) // 2], "MiB")


def main() -> None:
    """Start a private keyring, and measure in a process of its own that knows it."""
    asked = arguments(__doc__, repeats=9, n=FEW)
    if os.environ.get(_INSIDE):
        few = min(FEW, asked.n // 10)
        measure((few, asked.n) if asked.full else (asked.n,), asked.repeats, is_full=asked.full)
        return
    if missing := missing_programs():
        sys.exit(f"This benchmark needs {' and '.join(missing)} (packages dbus and gnome-keyring).")
    with work_folder() as folder, private_keyring(folder) as environment:
        inside = environment | {_INSIDE: "1", "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        sys.exit(subprocess.call([sys.executable, "-m", "benchmarks.footprint", *sys.argv[1:]], env=inside, cwd=ROOT))


if __name__ == "__main__":
    main()
