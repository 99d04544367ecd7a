"""The guardian: one single-threaded loop that outlives its consoles and has destroyed what they left.

It holds session ids, display names and end tokens, never a key, a password or a customer's value; it imports no Qt,
keyring, cipher or HTTP. Its promise: whichever way a console goes (signed out, closed, killed, gone mad), a helper
process removes keyring entry and files and looks again, and only then does a fresh console show the receipt.
A console that *locks* says so and goes; the next one stands at the lock screen, and keyring entry and files wait under
the guardian's hands: it keeps the session's deadline and counts the tries. Anything else that ends a console is an end.
What it waits for, and how long, is in `limits`. If the guardian itself is killed, its consoles see the end of file
and do the same (`watch`); if all are killed, the next start sweeps before anything else.
"""

import os
import select
import signal
import socket
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import FrameType, TracebackType

from app.domain.errors import WorkstationError
from app.guardian.children import STOP_SIGNALS, Child, fork, say
from app.guardian.destroy import CONSOLE_DIED, STOPPED, Wiped, WipeWork, sweep, wipe_sessions
from app.guardian.helper import Task, run_in_helper
from app.guardian.lease_watch import LeaseWatch
from app.guardian.limits import Limits
from app.guardian.lock_watch import LockWatch
from app.guardian.process import require_hardened
from app.guardian.receipts import (
    CAUSES,
    ReceiptError,
    after_second_look,
    found_something,
    from_json,
    new_receipt,
    to_json,
)
from app.guardian.ward import Held, Ward
from app.guardian.wire import LeaseKept, Locked, NeedOffice, OpenApproval, RaiseWindow, SessionBegun, Swept
from app.session.ends import LockedSession, Receipt, WipeLine

_CRASH_LOOP_EXIT = 5


@dataclass(frozen=True, slots=True)
class StartInfo:
    """Why a child was started.

    Attributes:
        receipt: JSON of the receipt to show (`receipts.from_json`), or None for a plain start.
        is_swept: whether what dead sessions left is gone already; otherwise `Swept` follows on the line, and no
            session may begin before it.
        lock: of the session that the console before this one has locked; this one stands at the lock screen.
        sessions: what that one announced.
    """

    receipt: str | None = None
    is_swept: bool = True
    lock: LockedSession | None = None
    sessions: tuple[SessionBegun, ...] = ()


Body = Callable[[socket.socket, StartInfo], int]
"""A console or approval: gets its end of the socket pair, returns its exit code. Runs in a forked child."""


class Guardian:
    """Runs consoles one after the other, an approval beside them, and wipes.

    Args:
        console: body of the console; imports Qt and the rest itself, in the child.
        approval: body of the desk approval.
        work: the hands that wipe (`storage_work`).
        start_office: starts an office if none lives (`office_start.ensure_office`); runs in a child of its own.
        first_receipt: what a console whose guardian died hands over (`watch.read_receipt`).
        sweeps_first: whether the first console waits for the sweep: its window then begins something that no receipt
            may interrupt.
        limits: durations; tests bring shorter ones.
    """

    def __init__(
        self,
        console: Body,
        approval: Body,
        work: WipeWork,
        *,
        start_office: Callable[[], None] | None = None,
        first_receipt: str | None = None,
        sweeps_first: bool = False,
        limits: Limits | None = None,
    ) -> None:
        self._console_body = console
        self._approval_body = approval
        self._work = work
        self._start_office_body = start_office
        self._first_receipt, self._sweeps_first = first_receipt, sweeps_first
        self._limits = limits or Limits()
        self._approval: Ward | None = None
        self._office_starter: Child | None = None
        self._office_wanted = False
        self._errands: list[Child] = []
        self._deaths: deque[float] = deque(maxlen=self._limits.deaths)
        self._stop = _StopSignals()
        self._lock_watch: LockWatch | None = None
        self._next_lock: LockWatch | None = None
        self._leases = LeaseWatch(self._limits)
        self._end_cause = ""

    def run(self) -> int:
        """Sweep, and run consoles until one leaves without a session or a stop signal comes; the exit code.

        The first console's window comes up while the helper sweeps, but where a receipt is to be shown at once.

        Raises:
            WorkstationError: `process.harden` was not called first, or the system gives no more processes.
        """
        require_hardened()
        with self._stop:
            try:
                return self._run()
            except OSError as error:
                raise WorkstationError(
                    "This system gives Tirai no process or memory; close programs.", code="G4"
                ) from error
            finally:
                self._end_approval()

    def _run(self) -> int:
        waits = self._sweeps_first or self._first_receipt is not None
        start = StartInfo(self._swept(self._first_receipt) if waits else None, is_swept=waits)
        held: Held | None = None
        while not self._stop.number:
            console = self._fork_console(start, held)
            held = None
            swept = None if start.is_swept else self._sweep_beside(console)
            self._start_office()
            self._attend(console)
            if self._stop.number:
                return self._stopped(console)
            if console.locked is not None and console.ended is None and not console.broke_protocol:
                start, held = self._hand_over(console, console.locked)
                continue
            receipt = self._clean_up(console, swept)
            console.let_go()
            if receipt is None:
                return console.child.exit_code or 0
            start = StartInfo(receipt)
            if self._is_crash_loop(console):
                say("Tirai's window died three times within a minute. Everything it held is destroyed.")
                say("Start it again; if it dies again, tell your administrator.")
                return _CRASH_LOOP_EXIT
        if held is not None:
            self._forget(held)
        return 128 + self._stop.number

    # --- children

    def _fork_console(self, start: StartInfo, held: Held | None) -> Ward:
        self._lock_watch, self._end_cause = self._next_lock, ""
        self._next_lock = None
        try:
            return Ward(lambda line: self._console_body(line, start), held=held)
        except OSError:
            if held is not None:
                self._forget(held)
            raise

    def _hand_over(self, console: Ward, word: Locked) -> tuple[StartInfo, Held]:
        """What the next console is started with: to stand at the lock screen."""
        generation = console.generations.get(word.session, 0)
        self._next_lock = LockWatch(word, console.sessions[-1].name, generation, self._limits)
        return StartInfo(lock=self._next_lock.lock, sessions=tuple(console.sessions)), console.hand_over()

    def _forget(self, held: Held) -> None:
        """A locked session that no console can stand before."""
        self._wipe(held.sessions, report=True, cause=STOPPED if self._stop.number else CONSOLE_DIED)
        held.let_go()

    def _open_approval(self) -> None:
        if self._approval is not None and not self._approval.child.wait(0):
            self._approval.tell(RaiseWindow())
            return
        self._approval = Ward(lambda line: self._approval_body(line, StartInfo()), with_guardian=True)

    def _start_office(self) -> None:
        """Have an office started; asked while one is being started, look again after that."""
        body = self._start_office_body
        if body is None:
            return
        self._office_wanted = self._office_starter is not None and not self._office_starter.wait(0)
        if self._office_wanted:
            return
        self._office_starter = fork(lambda: _then_zero(body))
        self._errands.append(self._office_starter)

    # --- the loop

    def _attend(self, console: Ward) -> None:
        """Serve children until the console's process has ended or a stop signal came."""
        kill_at: float | None = None
        while not self._stop.number:
            if console.child.exit_code is None:  # it may have gone while the first sweep went on
                self._wait_for_events(console, kill_at)
            dead = console.child.wait(0)
            self._serve(console)  # after the look whether it lives: all its last words are there by now
            self._tend_approval()
            self._errands = [errand for errand in self._errands if not errand.wait(0)]
            if self._office_wanted:
                self._start_office()
            if dead:
                return
            self._end_cause = self._end_cause or self._why_ends(console)
            if self._end_cause:
                kill_at = time.monotonic()
            if kill_at is None and (console.closed or console.ended or console.locked):
                patience_s = self._patience_s(console)
                kill_at = time.monotonic() + (0 if console.broke_protocol else patience_s)
            if kill_at is not None and time.monotonic() >= kill_at:
                console.child.kill()

    def _why_ends(self, console: Ward) -> str:
        """Why a session ends now, whatever its console does, or ""."""
        at_lock = self._lock_watch.end_of(console) if self._lock_watch else ""
        return at_lock or self._leases.end_of(console)

    def _patience_s(self, console: Ward) -> float:
        if console.ended:
            return self._limits.leave_s
        return self._limits.lock_leave_s if console.locked else self._limits.silent_s

    def _wait_for_events(self, console: Ward, kill_at: float | None) -> None:
        poll = select.poll()
        poll.register(self._stop.fd, select.POLLIN)
        for ward in (console, self._approval):
            if ward is not None and ward.child.exit_code is None:
                poll.register(ward.child.pidfd, select.POLLIN)
                if not ward.closed:
                    poll.register(ward.line, select.POLLIN)
        for errand in self._errands:
            poll.register(errand.pidfd, select.POLLIN)
        look_in_s = self._lock_watch.look_in_s(console) if self._lock_watch else None
        kill_in_s = None if kill_at is None else max(0.0, kill_at - time.monotonic())
        waits = [look_in_s, self._leases.look_in_s(console), kill_in_s]
        longest_s = min((wait for wait in waits if wait is not None), default=None)
        poll.poll(None if longest_s is None else longest_s * 1000 + 1)
        self._stop.drain()

    def _serve(self, ward: Ward) -> None:
        for wish in ward.hear():
            if isinstance(wish, OpenApproval):
                self._open_approval()
            elif isinstance(wish, NeedOffice):
                self._start_office()
            elif isinstance(wish, LeaseKept):
                self._leases.kept(wish)

    def _tend_approval(self) -> None:
        ward = self._approval
        if ward is None:
            return
        ward.hear()
        if ward.closed and not ward.child.wait(0) and ward.broke_protocol:
            ward.child.kill()
        if not ward.child.wait(0):
            return
        ward.hear()
        if ward.sessions and ward.ended is None:
            self._forget_approval(list(ward.sessions))
        ward.let_go()
        self._approval = None

    # --- destroying

    def _swept(self, handed_over: str | None) -> str | None:
        first = _receipt_or_none(handed_over)
        wiped = self._help(lambda again: sweep(self._work, self._limits, files_first=again))
        if first is not None:
            return to_json(after_second_look(first, wiped.lines))
        if not found_something(wiped.lines):
            return None
        return to_json(new_receipt("sweep", "", wiped.lines))

    def _sweep_beside(self, console: Ward) -> "_Told":
        """Sweep while a console's window comes up, and tell it; the receipt, and whether it was there to hear it."""
        receipt = self._swept(None)
        is_heard = not console.child.wait(0)
        console.tell(Swept(receipt or ""))
        return _Told(receipt, is_heard=is_heard)

    def _clean_up(self, console: Ward, swept: "_Told | None") -> str | None:
        """Wipe after a console; the receipt for the next one, or None if there is nothing to tell.

        A receipt of the first sweep is told again if the console died before a session, or was gone before the sweep.
        """
        if not console.sessions:
            has_died = bool(console.child.exit_code)
            if swept is not None and swept.receipt is not None and (has_died or not swept.is_heard):
                return self._swept(swept.receipt)
            return self._swept(None) if has_died else None
        told = _receipt_or_none(console.ended.receipt) if console.ended else None
        cause = self._end_cause or (console.ended.cause if console.ended else CONSOLE_DIED)
        cause = cause if cause in CAUSES else CONSOLE_DIED
        before = told.lines if told is not None else ()
        is_told = told is not None and told.audit_entry is not None
        wiped = self._wipe(console.sessions, report=not is_told, cause=cause, before=before)
        if told is not None:
            return to_json(after_second_look(told, wiped.lines, wiped.audit_entry))
        return to_json(new_receipt(cause, console.sessions[-1].name, wiped.lines, wiped.audit_entry))

    def _stopped(self, console: Ward) -> int:
        """A stop signal: let the console save what is written and end, or end it; wipe, and look again."""
        console.child.send(signal.SIGTERM)
        if not console.child.wait(self._limits.stop_s):
            console.child.kill()
        console.hear()
        wiped = Wiped(())
        if console.sessions:
            told = _receipt_or_none(console.ended.receipt) if console.ended else None
            cause = told.cause if told is not None else STOPPED
            before = told.lines if told is not None else ()
            is_told = told is not None and told.audit_entry is not None
            self._wipe(console.sessions, report=not is_told, cause=cause, before=before)
            wiped = self._wipe(console.sessions, report=False)
        if not all(line.ok for line in wiped.lines):
            say("Tirai could not destroy everything; run `tirai wipe`.")
        console.let_go()
        return 128 + self._stop.number

    def _wipe(
        self,
        sessions: list[SessionBegun],
        *,
        report: bool,
        cause: str = CONSOLE_DIED,
        before: Sequence[WipeLine] = (),
    ) -> Wiped:
        return self._help(
            lambda again: wipe_sessions(
                self._work, sessions, self._limits, report=report, files_first=again, cause=cause, before=before
            )
        )

    def _help(self, task: Task) -> Wiped:
        return run_in_helper(task, self._limits.helper_s)

    def _forget_approval(self, sessions: list[SessionBegun]) -> None:
        """An approval died without a word: it left nothing on the disk; only the office is told, and nobody waits."""
        tell = self._work.report_end
        if tell is not None:
            self._errands.append(
                fork(lambda: _then_zero(lambda: [tell(s, (), CONSOLE_DIED) for s in sessions]), deaf=True)
            )

    def _is_crash_loop(self, console: Ward) -> bool:
        if console.ended is not None:
            return False
        now = time.monotonic()
        self._deaths.append(now)
        return len(self._deaths) == self._limits.deaths and now - self._deaths[0] <= self._limits.deaths_within_s

    def _end_approval(self) -> None:
        if self._approval is not None:
            self._approval.child.send(signal.SIGTERM)
            if not self._approval.child.wait(self._limits.stop_s):
                self._approval.child.kill()
            self._approval.let_go()


@dataclass(frozen=True, slots=True)
class _Told:
    """The first sweep's receipt, and whether its console lived to hear it."""

    receipt: str | None
    is_heard: bool


class _StopSignals(AbstractContextManager["_StopSignals"]):
    """Turns the stop signals into a readable descriptor and a number."""

    def __init__(self) -> None:
        self.number = 0
        self.fd = -1
        self._write_fd = -1
        self._before: dict[int, object] = {}

    def __enter__(self) -> "_StopSignals":
        self.fd, self._write_fd = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
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
        os.close(self.fd)
        os.close(self._write_fd)

    def drain(self) -> None:
        """Empty the descriptor."""
        try:
            while os.read(self.fd, 64):
                pass
        except BlockingIOError:
            pass

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.number = self.number or number


def _receipt_or_none(untrusted: str | None) -> Receipt | None:
    if untrusted is None:
        return None
    try:
        return from_json(untrusted)
    except ReceiptError:
        return None


def _then_zero(call: Callable[[], object]) -> int:
    call()
    return 0
