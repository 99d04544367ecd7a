"""Forked children: how one begins, and how its end is noticed.

Invariants: a child never executes another program; before its body runs, the guardian's signal handlers are gone,
every descriptor not meant for it is closed and it is proved unreadable; it leaves by `os._exit` only, so nothing
of the guardian's clean-up runs twice. An unexpected error goes to the process's hook, which tells type and place of it,
never its text or locals.
"""

import contextlib
import faulthandler
import os
import select
import signal
import sys
from collections.abc import Callable, Collection
from typing import NoReturn

from app.domain.crash_outline import outline_of
from app.domain.errors import TiraiError
from app.guardian.process import close_other_fds, die_with_parent, require_hardened

STOP_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT") if hasattr(signal, name)
)
"""What ends a guardian in an orderly way: a terminal closed, Ctrl-C, the session manager."""


class Child:
    """A forked process, known by a pidfd, so that its number can never mean another process.

    Attributes:
        pid: process id.
        pidfd: readable once the process has ended.
        exit_code: None while it lives; then the code, or 128 + signal.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.pidfd = os.pidfd_open(pid)
        self.exit_code: int | None = None

    def wait(self, timeout_s: float) -> bool:
        """Whether it has ended, waiting up to `timeout_s`; reaps it."""
        if self.exit_code is not None:
            return True
        poll = select.poll()
        poll.register(self.pidfd, select.POLLIN)
        if not poll.poll(max(0.0, timeout_s) * 1000):
            return False
        _, status = os.waitpid(self.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        self.exit_code = code if code >= 0 else 128 - code
        os.close(self.pidfd)
        return True

    @property
    def waitable(self) -> int:
        """See `KnownChild`."""
        return self.pidfd

    def take(self, handle: int) -> int:
        """Descriptors travel over the line itself here."""
        raise OSError(handle)

    def stop(self) -> bool:
        """SIGTERM, if it still lives."""
        self.send(signal.SIGTERM)
        return True

    def send(self, signal_number: int) -> None:
        """Send a signal if it still lives."""
        if self.exit_code is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.pidfd, signal_number)

    def kill(self) -> None:
        """SIGKILL and reap: after this its memory is unreachable."""
        self.send(signal.SIGKILL)
        while not self.wait(60.0):
            pass


def fork(
    body: Callable[[], int], *, keep: Collection[int] = (), with_guardian: bool = False, deaf: bool = False
) -> Child:
    """Fork a child that runs `body` and exits with what it returns.

    Args:
        body: runs in the child.
        keep: descriptors that stay open in the child, beside 0, 1 and 2.
        with_guardian: the kernel kills the child when the guardian dies (for children with nothing to wipe).
        deaf: the child ignores the stop signals (a wipe helper must finish when the terminal closes).
    """
    _flush()
    parent = os.getpid()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        pid = os.fork()
        if pid == 0:
            _be_child(body, parent, keep, with_guardian=with_guardian, deaf=deaf)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return Child(pid)


def _be_child(
    body: Callable[[], int], parent: int, keep: Collection[int], *, with_guardian: bool, deaf: bool
) -> NoReturn:
    code = 1
    try:
        faulthandler.disable()  # it would write into whatever has its descriptor's number next
        reset_signals(deaf=deaf)
        if with_guardian:
            die_with_parent(parent, signal.SIGKILL)
        close_other_fds(keep)
        require_hardened()
        code = body()
    except TiraiError as error:
        say(error.message)
        code = error.exit_code
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException as error:  # noqa: BLE001 -- nothing may run past a child's body
        lost(error)
    finally:
        _flush()
        os._exit(code)


def reset_signals(*, deaf: bool = False) -> None:
    """Forget the guardian's handlers: default action, or ignored for a `deaf` child; unblock.

    What was ignored before Tirai started (`nohup`) stays ignored.
    """
    signal.set_wakeup_fd(-1)
    for number in STOP_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_IGN if deaf else signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def lost(error: BaseException) -> None:
    """Give an exception that nobody caught to this process's hook (`lost_exceptions`); without one, say its outline."""
    if sys.excepthook is sys.__excepthook__:
        say(outline(error))
    else:
        sys.excepthook(type(error), error, error.__traceback__)


def outline(error: BaseException) -> str:
    """Type and places of an error, without its text, which may carry a value."""
    told = outline_of(error).parts[0]
    return f"Tirai: {told.kind} at {' <- '.join(reversed(told.places))}"


def say(sentence: str) -> None:
    """One line for the terminal that started Tirai; a closed terminal is no error."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(sentence + "\n")
        sys.stderr.flush()


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
