"""The guardian's processes on Unix: forks, known by a pidfd, socket pairs, one `poll` for all of it."""

import contextlib
import os
import select
import signal
import socket
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from types import FrameType, TracebackType

from app.guardian.ahead import Load, OfficeNursery, has_room, wait_to_be_needed
from app.guardian.children import STOP_SIGNALS, Child, fork
from app.guardian.destroy import CONSOLE_DIED, Wiped, WipeWork
from app.guardian.helper import run_in_helper
from app.guardian.limits import Limits
from app.guardian.orders import Order
from app.guardian.process import require_hardened
from app.guardian.processes import KnownChild, StartInfo, Stop
from app.guardian.start_words import start_line
from app.guardian.wire import SessionBegun

Body = Callable[[socket.socket, StartInfo], int]
"""A console or approval: gets its end of the socket pair, returns its exit code. Runs in a forked child."""


class SocketLine:
    """The guardian's end of a socket pair (`ChildLine`)."""

    def __init__(self, line: socket.socket) -> None:
        """Use this end; descriptors travel over it."""
        self._line = line
        line.setblocking(False)

    @property
    def waitable(self) -> int:
        """See `ChildLine`."""
        return self._line.fileno()

    def hear(self, most: int) -> tuple[bytes, list[int]]:
        """See `ChildLine`."""
        try:
            untrusted, fds, _, _ = socket.recv_fds(self._line, most, 4, socket.MSG_CMSG_CLOEXEC)
        except ConnectionError:
            return b"", []
        return untrusted, fds

    def tell(self, data: bytes) -> None:
        """See `ChildLine`."""
        self._line.send(data, socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)

    def tell_all(self, data: bytes) -> bool:
        """Send at once; whether all of it went."""
        try:
            return self._line.send(data, socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL) == len(data)
        except OSError:
            return False

    def close(self) -> None:
        """See `ChildLine`."""
        self._line.close()


def fork_with_line(body: Callable[[socket.socket], int], *, with_guardian: bool = False) -> tuple[Child, SocketLine]:
    """Fork a child that has the other end of a line.

    Args:
        body: see `fork`.
        with_guardian: see `fork`.
    """
    ours, theirs = socket.socketpair()
    line = SocketLine(ours)
    child = fork(lambda: body(theirs), keep=(theirs.fileno(),), with_guardian=with_guardian)
    theirs.close()
    return child, line


class ForkedProcesses:
    """The guardian's processes (`Processes`).

    Args:
        console: body of the console; imports Qt and the rest itself, in the child.
        approval: body of the desk approval.
        work: the hands that wipe (`storage_work`).
        start_office: starts an office if none lives (`office_start.ensure_office`); runs in a child of its own.
        load: imports what a console needs, ahead; None: no console is begun ahead.
        load_office: imports what an office needs, once for all that are started from here; None: each does.
        has_office: whether one answers: then nothing is imported for it before it is time to make ready.
        limits: durations; tests bring shorter ones.
    """

    def __init__(
        self,
        console: Body,
        approval: Body,
        work: WipeWork,
        *,
        start_office: Callable[[], None] | None = None,
        load: Load | None = None,
        load_office: Callable[[], None] | None = None,
        has_office: Callable[[], bool] = lambda: False,
        limits: Limits | None = None,
    ) -> None:
        self._console, self._approval, self._work = console, approval, work
        self._start_office, self._limits = start_office, limits or Limits()
        self._offices = OfficeNursery(start_office, load_office, has_office) if start_office is not None else None
        self._load = load
        self._ready: tuple[Child, SocketLine] | None = None

    def require_shut(self) -> None:
        """See `Processes`."""
        require_hardened()

    def console(self, start: StartInfo) -> tuple[Child, SocketLine]:
        """See `Processes`: the one that was begun ahead, if it waits, or a new one."""
        ready, self._ready = self._ready, None
        if ready is not None:
            child, line = ready
            if not child.wait(0) and line.tell_all(start_line(start)):
                return child, line
            child.kill()
            line.close()
        return fork_with_line(lambda line: self._console(line, start))

    def make_ready(self) -> None:
        """See `Processes`."""
        if not has_room():
            return
        if self._offices is not None:
            with contextlib.suppress(OSError):
                self._offices.begin()
        load = self._load
        if load is None or (self._ready is not None and not self._ready[0].wait(0)):
            return
        self.drop_ready()
        with contextlib.suppress(OSError):  # no process to be had: the next console is begun when it is needed
            self._ready = fork_with_line(lambda line: wait_to_be_needed(line, load, self._console), with_guardian=True)

    def drop_ready(self) -> None:
        """See `Processes`."""
        ready, self._ready = self._ready, None
        if ready is not None:
            ready[0].kill()
            ready[1].close()

    def approval(self) -> tuple[Child, SocketLine]:
        """See `Processes`."""
        return fork_with_line(lambda line: self._approval(line, StartInfo()), with_guardian=True)

    def office(self) -> KnownChild | None:
        """See `Processes`."""
        body = self._start_office
        if body is None or self._offices is None:
            return None
        return self._offices.errand() or fork(lambda: _then_zero(body))

    def wipe(self, order: Order) -> Wiped:
        """See `Processes`."""
        return run_in_helper(lambda again: order.run(self._work, self._limits, again), self._limits.helper_s)

    def tell_ends(self, sessions: Collection[SessionBegun]) -> Child | None:
        """See `Processes`."""
        tell = self._work.report_end
        if tell is None:
            return None
        return fork(lambda: _then_zero(lambda: [tell(s, (), CONSOLE_DIED) for s in sessions]), deaf=True)

    def heed_stops(self) -> AbstractContextManager[Stop]:
        """See `Processes`."""
        return _StopSignals()

    def wait(self, waitables: Collection[int], timeout_s: float | None) -> None:
        """See `Processes`."""
        poll = select.poll()
        for one in waitables:
            poll.register(one, select.POLLIN)
        poll.poll(None if timeout_s is None else timeout_s * 1000 + 1)


class _StopSignals(AbstractContextManager["_StopSignals"]):
    """Turns the stop signals into a readable descriptor and a number."""

    def __init__(self) -> None:
        self.number = 0
        self.waitable = -1
        self._write_fd = -1
        self._before: dict[int, object] = {}

    def __enter__(self) -> "_StopSignals":
        self.waitable, self._write_fd = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(self._write_fd, warn_on_full_buffer=False)
        heeded = [number for number in STOP_SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]  # nohup, &
        self._before = {number: signal.signal(number, self._note) for number in heeded}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        os.close(self.waitable)
        os.close(self._write_fd)

    def drain(self) -> None:
        """Empty the descriptor."""
        try:
            while os.read(self.waitable, 64):
                pass
        except BlockingIOError:
            pass

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.number = self.number or number


def _then_zero(call: Callable[[], object]) -> int:
    call()
    return 0
