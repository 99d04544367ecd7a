"""Every process of Tirai that can hold a secret, alive at once, and what a program of the same person gets of them.

Run as an ordinary user: `python everybody_play.py FOLDER`. A person signs in at a console and opens the desk approval;
`tirai import` waits for its import child, which stands still; `tirai account add` has a password and waits for a code.
Beside them stands a plain program, which anybody of the same person can read: the control.
"""

import contextlib
import ctypes
import errno
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.office.raw_import import peer_of  # noqa: E402 (run as a program)
from tests.security.console_play import (  # noqa: E402
    PATIENCE_S,
    emit,
    own_environment,
    sign_in,
    until,
    wait_for,
)
from tests.security.early_office import code_to_type, lasting_code  # noqa: E402
from tests.security.kill_play import KillDirector  # noqa: E402

ROWS = 20_000
"""So many that an import is at work for long enough to be seen at it."""
PTRACE_ATTACH = 16
_WINDOWS = ("console", "approval")
_LOOK = "import sys; print('here', flush=True); sys.stdin.readline()"


def guard(home: Path, events: Path) -> int:
    """A guardian as `tirai console` starts it."""
    told = json.loads(sys.stdin.readline())
    from app.bootstrap.console import run_console
    from app.bootstrap.program import Program
    from app.guardian.process import harden
    from tests.patience import guard_longer

    guard_longer()
    harden(keep=("QT_QPA_PLATFORM",))
    emit(events, "guardian")
    return run_console(
        Program(
            Program.at(home).places,
            on_console=lambda window: person_at(window, told, events),
            on_approval=lambda _window: emit(events, "approval"),
        )
    )


def person_at(window: Any, told: dict[str, str], events: Path) -> None:
    """Sign in, and ask for the desk approval as its button does."""
    from PySide6.QtCore import QTimer

    from tests.demo.driver import Driver, Until

    def work() -> Any:
        yield Until("the console", lambda: window.console is not None, PATIENCE_S)
        yield Until("customers", lambda: window.console.model.rowCount() > 0)
        window.console.approval_wanted.emit()

    emit(events, "console")
    QTimer.singleShot(0, lambda: sign_in(window, told, events))
    window.worker = Driver(work(), window)


class Everybody(KillDirector):
    """Brings all of them to life, and looks at them."""

    def bring(self) -> dict[str, int]:
        """Process ids by what they are."""
        resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
        os.umask(0)
        self.begin_console()
        self.plain = self.waiting(sys.executable, "-c", _LOOK)
        assert self.plain.stdout is not None
        self.plain.stdout.readline()
        self.adding = self.half_signed("account", "add", "nina", "--name", "Nina")
        self.importing = self.held_import()
        office = self._office_pid()
        assert office is not None
        (nursery,) = children_of(office)
        guardian, console, approval = self.started[0].pid, *(wait_for(self.events, w)["pid"] for w in _WINDOWS)
        until(lambda: len(children_of(guardian)) == 4)
        offices, ahead = sorted(set(children_of(guardian)) - {console, approval})
        return {
            "guardian": guardian,
            "console": console,
            "approval": approval,
            "next console": ahead,
            "nursery of offices": offices,
            "office": office,
            "nursery": nursery,
            "import child": self.child,
            "beside it": children_of(self.child)[0],
            "tirai import": self.importing.pid,
            "tirai account add": self.adding.pid,
            "plain": self.plain.pid,
        }

    def begin_console(self) -> None:
        person = self.people.pop()
        self.events = self.folder / "events"
        told = {"account": person.account, "password": person.password, "code": code_to_type(person)}
        command = [sys.executable, str(Path(__file__).resolve()), "guard", str(self.places.home), str(self.events)]
        guardian = subprocess.Popen(command, cwd="/", stdin=subprocess.PIPE, start_new_session=True)
        assert guardian.stdin is not None
        guardian.stdin.write(json.dumps(told).encode() + b"\n")
        guardian.stdin.close()
        self.started.append(guardian)
        wait_for(self.events, "approval")

    def waiting(self, *line: str) -> "subprocess.Popen[bytes]":
        """A program that waits for its standard input."""
        cores = self.folder / "cores"
        cores.mkdir(exist_ok=True)
        return subprocess.Popen(line, cwd=cores, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)

    def half_signed(self, *words: str) -> "subprocess.Popen[bytes]":
        """A command that has its password and waits for the code."""
        home = ("--home", str(self.places.home), "--account", "hendra", "--secrets-stdin")
        process = self.waiting(sys.executable, "-I", "-m", "app", *words, *home)
        assert process.stdin is not None
        process.stdin.write(b"a password that is not the right one\n")
        process.stdin.flush()
        until(lambda: is_reading(process.pid))
        return process

    def held_import(self) -> "subprocess.Popen[bytes]":
        """`tirai import` of a supervisor, whose import child is stopped in the middle."""
        person = self._free_reader()
        path = self.folder / "customers.csv"
        rows = [f"C-{n:06},Sari,billing,Jalan {n}" for n in range(ROWS)]
        path.write_text("\n".join(["customer_number,full_name,queue,street_address", *rows, ""]), "utf-8")
        home = ("--home", str(self.places.home), "--account", person.account, "--secrets-stdin")
        process = self.waiting(sys.executable, "-I", "-m", "app", "import", str(path), "--keep", *home)
        assert process.stdin is not None
        process.stdin.write(f"{person.password}\n{lasting_code(person)}\n".encode())
        process.stdin.flush()
        found: list[int] = []

        def stopped() -> bool:
            for socket in self.places.socket("office").parent.glob("import-*"):
                with contextlib.suppress(OSError):
                    if not is_talked_to(socket):
                        continue  # its office still waits for its first word, and would give it up
                    found.append(peer_of(socket))
                    os.kill(found[-1], signal.SIGSTOP)
            return bool(found)

        until(stopped)
        self.child = found[-1]
        return process

    def abort(self) -> dict[str, Any]:
        """Abort the command that has a password; whether a core was written, as the kernel and the folder say."""
        os.kill(self.adding.pid, signal.SIGABRT)
        _, status = os.waitpid(self.adding.pid, 0)
        self.adding.returncode = -signal.SIGABRT
        files = [p.name for p in (self.folder / "cores").iterdir()]
        return {"signal": os.WTERMSIG(status), "core": os.WCOREDUMP(status), "files": files}

    def modes(self) -> dict[str, Any]:
        """What lies in the home, the cache and the runtime folder, and what of it others could reach."""
        umask = os.umask(0)
        roots = (self.places.home, self.places.cache_root, self.places.runtime)
        found = [path for root in roots for path in (root, *root.rglob("*"))]
        return {
            "umask": umask,
            "names": sorted({path.name for path in found}),
            "open": [str(path) for path in found if path.lstat().st_mode & 0o077],
            "sockets": [str(path) for path in found if path.is_socket()],
        }

    def stop(self) -> None:
        """Let everybody end."""
        with contextlib.suppress(OSError, AttributeError):
            os.kill(self.child, signal.SIGKILL)
        for process in (getattr(self, name, None) for name in ("plain", "adding", "importing")):
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()


def children_of(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_talked_to(path: Path) -> bool:
    """Whether somebody's line to this socket was taken (proc_net(5): state 3)."""
    lines = (line.split() for line in Path("/proc/net/unix").read_text().splitlines())
    return any(words[-1] == str(path) and words[5] == "03" for words in lines)


def is_reading(pid: int) -> bool:
    """Whether it sleeps with Typer long since imported: its standard input's first line is gone."""
    with contextlib.suppress(OSError):
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state == "S" and int(Path(f"/proc/{pid}/statm").read_text().split()[1]) > 5_000
    return False


# --- what another program of the same person gets


def tried(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    return "read"


def look_at(pid: int) -> dict[str, Any]:
    """How each way into a process ends, and its limit of core files."""
    libc = ctypes.CDLL(None, use_errno=True)

    def mem() -> object:
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            return memory

    def attach() -> None:
        if libc.ptrace(PTRACE_ATTACH, pid, None, None) != 0:
            raise OSError(ctypes.get_errno(), "ptrace")
        os.waitpid(pid, 0)
        libc.ptrace(17, pid, None, None)

    limits = Path(f"/proc/{pid}/limits").read_text().splitlines()
    core = next(line.split()[4:6] for line in limits if line.startswith("Max core file size"))
    return {
        "mem": tried(mem),
        "maps": tried(lambda: Path(f"/proc/{pid}/maps").read_text()),
        "environ": tried(lambda: Path(f"/proc/{pid}/environ").read_bytes()),
        "fd": tried(lambda: list(Path(f"/proc/{pid}/fd").iterdir())),
        "attach": tried(attach),
        "core": core,
    }


def main() -> int:
    if sys.argv[1] == "guard":
        return guard(Path(sys.argv[2]), Path(sys.argv[3]))
    from tests.keyring_session import private_keyring

    folder = Path(sys.argv[1])
    with private_keyring(folder) as environment, own_environment(environment), contextlib.ExitStack() as stack:
        director = Everybody(folder, 2)
        stack.callback(director.end)
        stack.callback(director.stop)
        print(json.dumps({"pids": director.bring()}), flush=True)
        for line in sys.stdin:
            order = json.loads(line)
            match order["do"]:
                case "abort":
                    answer = director.abort()
                case "modes":
                    answer = director.modes()
                case _:
                    answer = look_at(order["pid"])
            print(json.dumps(answer), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
