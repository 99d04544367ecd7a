"""Windows: the guardian's processes: the same program, started with the word `child`, known by a process handle.

A console and a wipe helper outlive a killed guardian, for they have something to destroy; an approval is in a job that
ends it. Nothing secret is an argument: kind, home, theme, and the numbers of three inherited handles.
Limits: there is no signal that asks a process to stop; its line says it, and who does not listen is ended.
"""

import signal
import time
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from types import FrameType, TracebackType
from typing import Final

from app.guardian.destroy import Wiped
from app.guardian.helper import NOBODY_DID, parsed_report
from app.guardian.limits import LINE_BYTES, Limits
from app.guardian.orders import Order
from app.guardian.process import require_hardened
from app.guardian.processes import StartInfo, Stop
from app.guardian.start_words import start_line
from app.guardian.windows_kernel import MOST_WAITED, Kernel
from app.guardian.windows_line import WindowsLine
from app.guardian.windows_orders import ends_line, order_line
from app.guardian.wire import SessionBegun

CHILD: Final = "child"
"""The word by which the program is told that it is one."""
LIMITS: Final = replace(
    Limits(), helper_s=90.0, key_first_s=10.0, key_last_s=30.0, lock_stands_s=45.0, lock_leave_s=2.0, leave_s=10.0
)
"""A child here starts anew, reads its own files and imports everything: seconds that a fork does not take.

A helper asks the keyring first, and the import of what asks it counts there."""
KILLED: Final = 137
"""Exit code of what was killed, as on Unix."""
_LOOK_S: Final = 0.5
"""A child that writes without ringing, or whose line ended, is noticed so soon."""
_STOPS: Final = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name))


class WindowsChild:
    """A process known by its handle (`KnownChild`)."""

    def __init__(self, kernel: Kernel, process: int) -> None:
        """Follow it; the handle is this one's."""
        self._kernel, self._process = kernel, process
        self.exit_code: int | None = None

    @property
    def waitable(self) -> int:
        """See `KnownChild`."""
        return self._process

    def wait(self, timeout_s: float) -> bool:
        """See `KnownChild`."""
        if self.exit_code is None:
            self._kernel.wait([self._process], int(max(0.0, timeout_s) * 1000))
            self.exit_code = self._kernel.exit_code(self._process)
            if self.exit_code is not None:
                self._kernel.close(self._process)
        return self.exit_code is not None

    def stop(self) -> bool:
        """See `KnownChild`: Windows has no such word for a program without a console."""
        return False

    def kill(self) -> None:
        """See `KnownChild`."""
        while self.exit_code is None:
            self._kernel.end(self._process, KILLED)
            self.wait(60.0)

    def take(self, handle: int) -> int:
        """See `KnownChild`: a handle of our own, which holds what the child's holds."""
        if self.exit_code is not None or handle <= 0:
            raise OSError(handle)
        return self._kernel.taken(self._process, handle)


class WindowsProcesses:
    """The guardian's processes (`Processes`).

    Args:
        kernel: the system.
        program: the words that start Tirai.
        words: what every child is told of its home.
        reports: whether the office is told of ends.
        limits: how long a helper is waited for.
    """

    def __init__(
        self,
        kernel: Kernel,
        program: Sequence[str],
        words: Sequence[str],
        *,
        reports: bool = True,
        limits: Limits = LIMITS,
    ) -> None:
        self._kernel, self._program, self._words = kernel, tuple(program), tuple(words)
        self._reports, self._limits = reports, limits
        self._bell = kernel.new_event()
        self._job = 0

    def require_shut(self) -> None:
        """See `Processes`."""
        require_hardened()
        self._kernel.shut_down_late()

    def console(self, start: StartInfo) -> tuple[WindowsChild, WindowsLine]:
        """See `Processes`."""
        return self._begin("console", start_line(start))

    def make_ready(self) -> None:
        """See `Processes`: nothing is begun ahead here."""

    def drop_ready(self) -> None:
        """See `Processes`."""

    def approval(self) -> tuple[WindowsChild, WindowsLine]:
        """See `Processes`."""
        self._job = self._job or self._kernel.new_job()
        return self._begin("approval", start_line(StartInfo()), self._job)

    def office(self) -> None:
        """See `Processes`: no office lives on Windows."""

    def wipe(self, order: Order) -> Wiped:
        """See `Processes`."""
        for again in (False, True):
            done = self._helped(order_line(order, again=again))
            if done is not None:
                return done
        return NOBODY_DID

    def tell_ends(self, sessions: Collection[SessionBegun]) -> WindowsChild | None:
        """See `Processes`. It has its order as soon as it asks, which is waited for here."""
        if not self._reports:
            return None
        child, line = self._begin("teller", ends_line(tuple(sessions)))
        until = time.monotonic() + self._limits.helper_s
        while not line.is_shut and time.monotonic() < until:
            try:
                if not line.hear(1)[0]:
                    break
            except BlockingIOError:
                self.wait((child.waitable, line.waitable), until - time.monotonic())
        line.close()
        return child

    def heed_stops(self) -> AbstractContextManager[Stop]:
        """See `Processes`."""
        return _Stops(self._kernel)

    def wait(self, waitables: Collection[int], timeout_s: float | None) -> None:
        """See `Processes`."""
        handles = list(dict.fromkeys(waitables))[:MOST_WAITED]
        self._kernel.wait(handles, int(min(_LOOK_S, _LOOK_S if timeout_s is None else timeout_s) * 1000) + 1)

    def _begin(self, kind: str, order: bytes, job: int = 0) -> tuple[WindowsChild, WindowsLine]:
        """Start a child with the ends of its two pipes and the bell."""
        kernel = self._kernel
        hears, tells = kernel.new_pipe()
        says, heard = kernel.new_pipe()
        handles = (hears, heard, self._bell)
        words = (*self._program, CHILD, kind, ",".join(map(str, handles)), *self._words)
        try:
            process = kernel.start(words, handles, job)
        except OSError:
            kernel.close(tells)
            kernel.close(says)
            raise
        finally:
            kernel.close(hears)
            kernel.close(heard)
        return WindowsChild(kernel, process), WindowsLine(kernel, process, says, tells, self._bell, order)

    def _helped(self, order: bytes) -> Wiped | None:
        try:
            child, line = self._begin("helper", order)
        except OSError:  # no process or memory to be had right now
            time.sleep(_LOOK_S)
            return None
        try:
            return parsed_report(self._told(child, line, time.monotonic() + self._limits.helper_s))
        finally:
            child.kill()
            line.close()

    def _told(self, child: WindowsChild, line: WindowsLine, until: float) -> bytes:
        """A helper's one line, for as long as it lives and until then."""
        untrusted = b""
        while b"\n" not in untrusted and len(untrusted) <= LINE_BYTES and time.monotonic() < until:
            is_over = child.wait(0)
            try:
                part, _none = line.hear(LINE_BYTES)
            except BlockingIOError:
                if is_over:
                    break
                self.wait((child.waitable, line.waitable), until - time.monotonic())
                continue
            if not part:
                break
            untrusted += part
        return untrusted


class _Stops(AbstractContextManager["_Stops"]):
    """Ctrl-C and its like, as a number and an event. A logoff ends a guardian without a word; its console hears it."""

    def __init__(self, kernel: Kernel) -> None:
        self.number, self.waitable = 0, 0
        self._kernel = kernel
        self._before: dict[int, object] = {}

    def __enter__(self) -> "_Stops":
        self.waitable = self._kernel.new_event()
        self._before = {number: signal.signal(number, self._note) for number in _STOPS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        self._kernel.close(self.waitable)

    def drain(self) -> None:
        """It forgets by itself."""

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.number = self.number or number
        self._kernel.ring(self.waitable)
