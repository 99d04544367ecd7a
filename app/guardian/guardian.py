"""The guardian: one single-threaded loop that outlives its consoles and has destroyed what they left.

It holds session ids, display names and end tokens, never a key, a password or a customer's value; it imports no Qt,
keyring, cipher or HTTP. Its promise: whichever way a console goes (signed out, closed, killed, gone mad), a helper
process removes keyring entry and files and looks again, and only then does a fresh console show the receipt.
A console that *locks* says so and goes; the next one stands at the lock screen, and keyring entry and files wait under
the guardian's hands: it keeps the session's deadline and counts the tries. Anything else that ends a console is an end.
What it waits for, and how long, is in `limits`. If the guardian itself is killed, its consoles see the end of file
and do the same (`watch`); if all are killed, the next start sweeps before anything else.
"""

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.errors import WorkstationError
from app.guardian.children import say
from app.guardian.destroy import CONSOLE_DIED, STOPPED, Wiped
from app.guardian.lease_watch import LeaseWatch
from app.guardian.limits import Limits
from app.guardian.lock_watch import LockWatch
from app.guardian.orders import Sweep, WipeSessions
from app.guardian.processes import KnownChild, Processes, StartInfo, Stop
from app.guardian.ready_watch import ReadyWatch
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
from app.session.ends import Receipt, WipeLine

_CRASH_LOOP_EXIT = 5


class Guardian:
    """Runs consoles one after the other, an approval beside them, and wipes.

    Args:
        processes: how its children begin on this system, and how it waits for them.
        first_receipt: what a console whose guardian died hands over (`watch.read_receipt`).
        sweeps_first: whether the first console waits for the sweep: its window then begins something that no receipt
            may interrupt.
        limits: durations; tests bring shorter ones.
    """

    def __init__(
        self,
        processes: Processes,
        *,
        first_receipt: str | None = None,
        sweeps_first: bool = False,
        limits: Limits | None = None,
    ) -> None:
        self._processes = processes
        self._first_receipt, self._sweeps_first = first_receipt, sweeps_first
        self._limits = limits or Limits()
        self._approval: Ward | None = None
        self._office_starter: KnownChild | None = None
        self._office_wanted = False
        self._errands: list[KnownChild] = []
        self._deaths: deque[float] = deque(maxlen=self._limits.deaths)
        self._heeding = processes.heed_stops()
        self._stop: Stop
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
        self._processes.require_shut()
        with self._heeding as self._stop:
            try:
                return self._run()
            except OSError as error:
                raise WorkstationError(
                    "This system gives Tirai no process or memory; close programs.", code="G4"
                ) from error
            finally:
                self._processes.drop_ready()
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
            return Ward(self._processes.console(start), held)
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
        self._approval = Ward(self._processes.approval())

    def _start_office(self) -> None:
        """Have an office started; asked while one is being started, look again after that."""
        self._office_wanted = self._office_starter is not None and not self._office_starter.wait(0)
        if self._office_wanted:
            return
        self._office_starter = self._processes.office()
        if self._office_starter is not None:
            self._errands.append(self._office_starter)

    # --- the loop

    def _attend(self, console: Ward) -> None:
        """Serve children until the console's process has ended or a stop signal came."""
        kill_at: float | None = None
        ready = ReadyWatch(self._limits)
        while not self._stop.number:
            if console.child.exit_code is None:  # it may have gone while the first sweep went on
                self._wait_for_events(console, kill_at, ready.look_in_s(console))
            dead = console.child.wait(0)
            self._serve(console)  # after the look whether it lives: all its last words are there by now
            self._tend_approval()
            self._errands = [errand for errand in self._errands if not errand.wait(0)]
            if self._office_wanted:
                self._start_office()
            if dead:
                return
            if ready.is_time(console):
                self._processes.make_ready()
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

    def _wait_for_events(self, console: Ward, kill_at: float | None, ready_in_s: float | None) -> None:
        waitables = [self._stop.waitable]
        for ward in (console, self._approval):
            if ward is not None and ward.child.exit_code is None:
                waitables.append(ward.child.waitable)
                if not ward.closed:
                    waitables.append(ward.line.waitable)
        waitables += [errand.waitable for errand in self._errands if errand.exit_code is None]
        look_in_s = self._lock_watch.look_in_s(console) if self._lock_watch else None
        kill_in_s = None if kill_at is None else max(0.0, kill_at - time.monotonic())
        waits = [look_in_s, self._leases.look_in_s(console), kill_in_s, ready_in_s]
        self._processes.wait(waitables, min((wait for wait in waits if wait is not None), default=None))
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
        wiped = self._processes.wipe(Sweep())
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
        console.stop()
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
        return self._processes.wipe(WipeSessions(tuple(sessions), report, cause, tuple(before)))

    def _forget_approval(self, sessions: list[SessionBegun]) -> None:
        """An approval died without a word: it left nothing on the disk; only the office is told, and nobody waits."""
        errand = self._processes.tell_ends(sessions)
        if errand is not None:
            self._errands.append(errand)

    def _is_crash_loop(self, console: Ward) -> bool:
        if console.ended is not None:
            return False
        now = time.monotonic()
        self._deaths.append(now)
        return len(self._deaths) == self._limits.deaths and now - self._deaths[0] <= self._limits.deaths_within_s

    def _end_approval(self) -> None:
        if self._approval is not None:
            self._approval.stop()
            if not self._approval.child.wait(self._limits.stop_s):
                self._approval.child.kill()
            self._approval.let_go()


@dataclass(frozen=True, slots=True)
class _Told:
    """The first sweep's receipt, and whether its console lived to hear it."""

    receipt: str | None
    is_heard: bool


def _receipt_or_none(untrusted: str | None) -> Receipt | None:
    if untrusted is None:
        return None
    try:
        return from_json(untrusted)
    except ReceiptError:
        return None
