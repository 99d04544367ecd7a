"""What is begun ahead: knows nothing before it is needed, goes with its guardian, and is taken once."""

import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.guardian.ahead import Errand, has_room
from app.guardian.guardian import Guardian
from app.guardian.limits import Limits
from app.guardian.processes import Processes, Stop
from app.guardian.ready_watch import ReadyWatch
from app.guardian.ward import Ward
from tests.unit.guardian.playing import GONE
from tests.unit.guardian.playing import played as played_with

PROLOGUE = """
import os, signal, socket, sys, time
from pathlib import Path
import app.guardian.forked as forked
from app.guardian.processes import StartInfo
from app.guardian.process import harden, open_fds
from app.guardian.wire import RaiseWindow, encode

harden()
forked.has_room = lambda: True
FIRST, RECEIPT = os.getpid(), '{"cause": "kept"}'

def load(is_wanted):
    Path(f"/tmp/tirai-ahead-{FIRST}").write_text(f"{os.getpid()} {len(open_fds()) - 3} {is_wanted()}")

def console(line, start):
    line.sendall(f"{os.getpid()} {start.receipt}\\n".encode())
    words = line.makefile("rb")
    line.sendall(words.readline())
    words.read()
    return 7

def loaded():
    path = Path(f"/tmp/tirai-ahead-{FIRST}")
    for _ in range(12_000):
        if path.exists() and len(said := path.read_text().split()) == 3:
            path.unlink()
            return int(said[0]), int(said[1]), said[2]
        time.sleep(0.01)

def heard(line):
    line = line._line
    line.setblocking(True)
    found = b""
    while not found.endswith(b"\\n"):
        found += line.recv(1)
    return found.decode().split()
"""
PROLOGUE += (
    GONE
    + """
processes = forked.ForkedProcesses(console, console, None, load=load)
"""
)


def played(program: str) -> str:
    """What a program prints that is a guardian."""
    return played_with(PROLOGUE, program)


def test_that_the_console_that_waits_is_told_at_its_turn_and_hears_what_follows() -> None:
    said = played("""
    held = os.open("/dev/null", os.O_RDONLY)  # as the lock of a session's folder
    processes.make_ready()
    ahead, fds, is_wanted = loaded()
    processes.make_ready()  # one waits already
    child, line = processes.console(StartInfo(RECEIPT))
    line.tell(encode(RaiseWindow()))
    print(heard(line) == [str(ahead), *RECEIPT.split()], heard(line), fds, is_wanted)
    line.close()
    print(child.wait(60), child.exit_code)
    """)
    assert said == 'True [\'{"say":"raise"}\'] 1 False\nTrue 7'


def test_that_a_console_that_was_killed_while_it_waited_is_begun_anew() -> None:
    said = played("""
    processes.make_ready()
    ahead = loaded()[0]
    os.kill(ahead, signal.SIGKILL)
    gone(ahead)
    child, line = processes.console(StartInfo(RECEIPT))
    print(int(heard(line)[0]) not in (ahead, FIRST))
    """)
    assert said == "True"


def test_that_what_waits_goes_with_its_guardian_and_what_was_needed_does_not() -> None:
    said = played("""
    pid = os.fork()
    if pid == 0:
        processes.make_ready()
        needed = loaded()[0]
        child, line = processes.console(StartInfo(RECEIPT))
        heard(line)
        processes.make_ready()
        waits = loaded()[0]
        Path(f"/tmp/tirai-ahead-told-{FIRST}").write_text(f"{needed} {waits}")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    path = Path(f"/tmp/tirai-ahead-told-{FIRST}")
    needed, waits = map(int, path.read_text().split())
    path.unlink()
    print(gone(waits), gone(needed))
    """)
    # The one that was needed sees its line end, as a console does, and leaves by itself.
    assert said == "True True"


def test_that_what_was_needed_is_not_killed_with_its_guardian() -> None:
    said = played("""
    import ctypes
    libc, asked = ctypes.CDLL(None), []

    def tells(line, start):
        number = ctypes.c_int(-1)
        libc.prctl(2, ctypes.byref(number), 0, 0, 0)  # PR_GET_PDEATHSIG
        line.sendall(f"{number.value}\\n".encode())
        return 0

    def load(is_wanted):
        number = ctypes.c_int(-1)
        libc.prctl(2, ctypes.byref(number), 0, 0, 0)
        Path(f"/tmp/tirai-ahead-{FIRST}").write_text(f"{os.getpid()} {number.value} {is_wanted()}")

    processes = forked.ForkedProcesses(tells, tells, None, load=load)
    processes.make_ready()
    print(loaded()[1] == signal.SIGKILL, heard(processes.console(StartInfo())[1]))
    """)
    assert said == "True ['0']"


def test_that_what_waits_is_ended_with_the_guardians_work() -> None:
    said = played("""
    processes.make_ready()
    ahead = loaded()[0]
    processes.drop_ready()
    print(gone(ahead))
    """)
    assert said == "True"


def test_that_nothing_is_begun_ahead_where_memory_is_short(tmp_path: Path) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal:       16000000 kB\nMemAvailable:     600000 kB\n")
    assert has_room(meminfo)
    meminfo.write_text("MemTotal:       16000000 kB\nMemAvailable:     500000 kB\n")
    assert not has_room(meminfo)
    assert not has_room(tmp_path / "absent")


def test_that_offices_are_started_by_children_of_one_that_imported_once() -> None:
    said = played("""
    told = Path(f"/tmp/tirai-ahead-{FIRST}")

    def load_office():
        with told.open("a") as file:
            file.write(f"loaded {os.getpid()}\\n")

    def start_office():
        with told.open("a") as file:
            file.write(f"started {os.getppid()}\\n")

    processes = forked.ForkedProcesses(console, console, None, start_office=start_office, load_office=load_office)
    for _ in range(2):
        assert processes.office().wait(60)
    first = told.read_text().split()
    nursery = int(first[1])
    print(first[::2], {int(pid) for pid in first[1::2]} == {nursery})
    os.kill(nursery, signal.SIGKILL)
    os.waitpid(nursery, 0)
    assert processes.office().wait(60)
    again = told.read_text().split()[len(first):]
    print(again[::2], again[1] == again[3] != first[1])
    told.unlink()
    """)
    assert said == "['loaded', 'started', 'started'] True\n['loaded', 'started'] True"


def test_that_nothing_is_imported_for_an_office_that_is_there_before_it_is_time() -> None:
    said = played("""
    told = Path(f"/tmp/tirai-ahead-{FIRST}")

    def says(word):
        with told.open("a") as file:
            file.write(f"{word} {os.getppid() == FIRST}\\n")

    processes = forked.ForkedProcesses(
        console,
        console,
        None,
        start_office=lambda: says("started"),
        load_office=lambda: says("loaded"),
        has_office=lambda: True,
    )
    assert processes.office().wait(60)
    processes.make_ready()
    assert processes.office().wait(60)
    print(told.read_text().split())
    told.unlink()
    """)
    assert said == "['started', 'True', 'loaded', 'True', 'started', 'False']"


@pytest.mark.slow  # imports all of Tirai
def test_that_imports_ahead_leave_one_thread_and_no_application() -> None:
    said = played("""
    from app.bootstrap.ahead import load_console, load_office

    def state():
        return len(os.listdir("/proc/self/task"))

    load_console(lambda: "app.ui.lock.screen" in sys.modules)
    print(state(), "app.session.resume" in sys.modules)
    load_console(lambda: False)
    assert not {"rich", "click", "pygments"} & set(sys.modules), "what httpx brings for a command of its own"
    load_office()
    assert "app.api.server.application" in sys.modules
    from PySide6.QtCore import QCoreApplication
    print(state(), "app.session.resume" in sys.modules, QCoreApplication.instance(), flush=True)
    os._exit(0)
    """)
    assert said == "1 False\n1 True None"


def _console(**states: Any) -> Ward:
    """A console as the guardian knows it."""
    return cast(Ward, SimpleNamespace(**{"sessions": [], "is_lock": False, "ended": None, "locked": None, **states}))


def test_when_the_next_console_is_begun() -> None:
    at_once = ReadyWatch(Limits(ready_after_s=0))
    assert at_once.look_in_s(_console()) is None
    assert not at_once.is_time(_console(sessions=["s"], is_lock=True))
    assert not at_once.is_time(_console(sessions=["s"], locked="word"))
    assert not at_once.is_time(_console(sessions=["s"], ended="word"))
    assert at_once.is_time(_console(sessions=["s"]))
    assert not at_once.is_time(_console(sessions=["s"])), "once for each console"
    later = ReadyWatch(Limits(ready_after_s=600))
    left_s = later.look_in_s(_console(sessions=["s"]))
    assert left_s is not None
    assert 0 < left_s <= 600
    assert not later.is_time(_console(sessions=["s"]))


def test_that_an_errand_that_has_ended_is_waited_for_no_more() -> None:
    """Its line is closed then, and a closed line is nothing that a poll takes: the guardian would be gone."""
    waited_for: list[list[int]] = []
    heeding = SimpleNamespace(waitable=0, drain=lambda: None)
    processes = SimpleNamespace(heed_stops=lambda: heeding, wait=lambda fds, _timeout: waited_for.append(list(fds)))
    guardian = Guardian(cast(Processes, processes))
    guardian._stop = cast(Stop, heeding)
    ours, theirs = socket.socketpair()
    errand = Errand(ours)
    guardian._errands = [errand]
    console = cast(Ward, SimpleNamespace(child=SimpleNamespace(exit_code=0), sessions=[], ended=None, locked=None))
    guardian._wait_for_events(console, None, None)
    assert waited_for.pop() == [0, ours.fileno()], "the control"
    theirs.close()
    assert errand.wait(0)
    guardian._wait_for_events(console, None, None)
    assert waited_for.pop() == [0]
