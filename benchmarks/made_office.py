"""A real office in a process of its own, as it runs in production; only the clock and the keyring's shelf are ours."""

import contextlib
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.api.server.import_child import be_import
from app.backoffice import database
from app.domain.policy import Policy
from app.domain.quota import PACE_LEAST_S, SHIFT_MOST, Quota
from app.guardian.beside import begin_beside
from app.guardian.nursery import start_nursery
from app.guardian.process import harden
from app.session.desk import Desk
from app.storage import sqlcipher
from benchmarks.harness import cpu_s
from tests.demo.customers import Customer, demo_customers
from tests.office.made import MadeOffice
from tests.office.moved_clock import MovedClock

START_S = 20.0
LOOK_EVERY_S = 2.0
"""As in production: an office of a test looks forty times as often whether anybody needs it, which is work, too."""


class SharedClock(MovedClock):
    """A moved clock whose lead both processes see."""

    def __init__(self, ahead_ms: int) -> None:
        """Begin with this lead."""
        self._ahead = multiprocessing.get_context("fork").Value("q", ahead_ms)

    @property
    def ahead_ms(self) -> int:
        """The lead."""
        return int(self._ahead.value)

    @ahead_ms.setter
    def ahead_ms(self, value: int) -> None:
        self._ahead.value = value

    def lead_others(self, home: Path) -> None:
        """Its processes share this clock already."""


class OfficeOfItsOwn(MadeOffice):
    """An office whose server shares no interpreter with the console that is measured.

    It is set up without memory security, which would else be on in the console's process as well from then on.
    """

    before_serving: Callable[[], None] = staticmethod(lambda: None)
    """Done in the office's process first; changes what is measured."""

    look_every_s = LOOK_EVERY_S

    _process: Any = None

    def __init__(self, folder: Path, inventory: str | None = None) -> None:
        """Set the office up in `folder`."""
        secure = sqlcipher.connect
        without_memory_security()
        try:
            super().__init__(folder, inventory)
        finally:
            sqlcipher.connect = secure
        self.trains = True  # its policy asks for no lesson, and what is served elsewhere is given none from here

    def serve(self, linger_s: float = 600.0, open_linger_s: float | None = None) -> None:
        """Fork (before any thread of ours lives) and serve there."""
        self.clock = SharedClock(self.clock.ahead_ms)
        self._process = multiprocessing.get_context("fork").Process(
            target=self._serve, args=(linger_s, open_linger_s), daemon=True
        )
        self._process.start()
        path, until = self.places.socket("office"), time.monotonic() + START_S
        while not path.exists():
            assert time.monotonic() < until, "the office does not come up"
            time.sleep(0.005)

    def _serve(self, linger_s: float, open_linger_s: float | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        harden()
        self.before_serving()
        self.new_import = start_nursery(self._import).child
        super().serve(linger_s, open_linger_s)
        assert self._thread is not None
        self._thread.join()
        os._exit(0)

    def _import(self, line: socket.socket) -> int:
        """The process of one import."""
        return be_import(line, self.policy, lambda _home: self.clock, begin_beside)

    def cpu_s(self) -> float:
        """CPU seconds of all its processes: this one, the office, its nursery, and imports, which must have ended."""
        (nursery,) = _children(self._process.pid)
        while _children(nursery):
            time.sleep(0.005)
        return cpu_s() + cpu_s(self._process.pid) + cpu_s(nursery) + ended_s(nursery)

    def stop(self) -> None:
        """End that process."""
        if self._process is not None:
            self._process.terminate()
            self._process.join(20)
            self._process = None


def _children(pid: int) -> list[int]:
    """Processes that a process has forked."""
    words = [task.joinpath("children").read_text(encoding="ascii") for task in Path(f"/proc/{pid}/task").iterdir()]
    return [int(child) for child in " ".join(words).split()]


def ended_s(pid: int) -> float:
    """CPU seconds of a process's children that have ended (`proc(5)`: cutime, cstime)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(") ", 1)[1].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def office_of_its_own(folder: Path, before_serving: Callable[[], None] = lambda: None) -> Iterator[OfficeOfItsOwn]:
    """An office that serves from a process of its own until the block is left."""
    folder.mkdir(mode=0o700, exist_ok=True)
    office = OfficeOfItsOwn(folder)
    office.policy = generous(office.policy)
    office.before_serving = before_serving
    office.serve()
    try:
        yield office
    finally:
        office.stop()


def generous(policy: Policy) -> Policy:
    """The policy with the quotas of reveals far up, so that they do not stop a measurement."""
    return replace(policy, quotas=dict.fromkeys(policy.quotas, Quota(SHIFT_MOST, SHIFT_MOST, PACE_LEAST_S)))


def without_memory_security() -> None:
    """Have the office of this process open its file without SQLCipher's memory security.

    Before anything is opened: what is on once stays on, in forked children, too.
    """
    connect = sqlcipher.connect

    def without(path: Path, key: bytes, *, memory_security: bool, **rest: Any) -> sqlcipher.Connection:
        return connect(path, key, memory_security=False, **rest)

    sqlcipher.connect = without


def without_fsync() -> None:
    """Have the office of this process commit without waiting for the disk. For measuring only."""
    prepare = database._prepare

    def lazy(page_cache_kib: int, connection: Any, _record: object) -> None:
        prepare(page_cache_kib, connection, _record)
        connection.execute("PRAGMA synchronous = OFF")

    database._prepare = lazy


def rows_of(customers: list[Customer]) -> list[dict[str, str]]:
    """The customers with the inventory's own headers."""
    return [{name: value for name, value in c.items() if name != "internal_score"} for c in customers]


def filled_office(office: MadeOffice, n: int) -> None:
    """Bring `n` customers in and hire an agent of all queues, `ratna`."""
    office.bring_in(rows_of(demo_customers(n)))
    office.hire("ratna", "Ratna Dewanti", queues=("*",))


def signed_in(office: MadeOffice, account: str = "ratna") -> Desk:
    """A desk whose cache is empty still."""
    return office.sign_in().sign_in(account, office.people[account].password, office.code(account))


def desk_fill_s(folder: Path, n: int) -> float:
    """CPU seconds of one whole fill, office and console together: rows, messages, socket, cache."""
    with office_of_its_own(folder) as office:
        filled_office(office, n)
        desk = signed_in(office)
        started = office.cpu_s()
        desk.fill(lambda _done, _total: None)
        taken = office.cpu_s() - started
        assert desk.person is not None
        desk.end("signed_out")
    return taken
