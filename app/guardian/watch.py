"""The console's side of the line: what it tells its guardian, and what it does when the guardian is gone.

Invariants: a session is announced *before* its folder or keyring entry exists; the end of file is acted on once,
in a thread of its own, waiting neither for the window nor for the office. From then on nothing is made that the wipe
would have to find: who wants to make it never returns. After the wipe the process replaces its
own image: the memory that held keys is gone, and what runs then is a new guardian with a receipt to show.
"""

import contextlib
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import NoReturn, Protocol

from app.guardian.children import lost, say
from app.guardian.destroy import WipeWork, wipe_sessions
from app.guardian.limits import LINE_BYTES, Limits
from app.guardian.process import leave, open_fds
from app.guardian.receipts import ReceiptError, after_second_look, from_json, new_receipt, to_json
from app.guardian.wire import (
    GUARDIAN_WORDS,
    CacheWritten,
    FolderHeld,
    FolderNamed,
    LeaseKept,
    LineReader,
    Locked,
    LockStands,
    Message,
    NeedOffice,
    OpenApproval,
    RaiseWindow,
    Resumed,
    SessionBegun,
    SessionEnded,
    StopNow,
    Swept,
    Trying,
    WireError,
    encode,
)
from app.session.ends import Receipt

RECEIPT_OPTION = "--receipt-fd"
_LONGEST_S = 999_999


class LineEnd(Protocol):
    """A child's end of the line: a socket, or on Windows two pipes (`windows_line.LineToGuardian`)."""

    def recv(self, most: int, /) -> bytes:
        """Wait for bytes; none at the guardian's end."""

    def sendall(self, data: bytes, /) -> None:
        """Send all of it.

        Raises:
            ConnectionError: the guardian is gone.
        """


class GuardianLink:
    """A child's line to its guardian. Sends are safe from any thread.

    Args:
        line: the child's end, as the body got it; also an attribute.
        on_guardian_lost: called once, in the watching thread; must not return to work (it wipes and replaces or
            ends the process). If it returns or raises, the process ends.
        on_raise: called in the watching thread when the window shall come to the front.
        on_swept: called in the watching thread when the first sweep is over, with its receipt as JSON, or "".
        sessions: what an earlier console announced and locked.
        on_stop: called in the watching thread when the session shall end and the process leave.
    """

    def __init__(
        self,
        line: LineEnd,
        on_guardian_lost: Callable[[], None],
        on_raise: Callable[[], None] | None = None,
        on_swept: Callable[[str], None] | None = None,
        sessions: Sequence[SessionBegun] = (),
        on_stop: Callable[[], None] | None = None,
    ) -> None:
        self.line = self._line = line
        self._on_guardian_lost = on_guardian_lost
        self._on_raise = on_raise
        self._on_swept, self._on_stop = on_swept, on_stop
        self._sending, self._making = threading.Lock(), threading.Lock()
        self._makes_no_more = False
        self._sessions: list[SessionBegun] = list(sessions)
        self._ended: SessionEnded | None = None
        self._watch = threading.Thread(target=self._listen, name="guardian-watch", daemon=True)

    def start(self) -> None:
        """Begin to watch. Call it before anything that needs a guardian."""
        self._watch.start()

    @property
    def sessions(self) -> tuple[SessionBegun, ...]:
        """What was announced, here or by the console before the lock."""
        return tuple(self._sessions)

    @property
    def ended(self) -> SessionEnded | None:
        """The last word, if it was said."""
        return self._ended

    @contextlib.contextmanager
    def making(self) -> Iterator[None]:
        """Hold it while a session's folder, file or keyring entry is made: who wipes waits for that.

        Once the guardian is lost this does not return: the process is about to be replaced, or to end.
        """
        with self._making:
            if not self._makes_no_more:
                yield
                return
        threading.Event().wait()

    def make_no_more(self, patience_s: float) -> None:
        """Let nothing more be made; what is being made may be finished within `patience_s` seconds."""
        self._makes_no_more = True
        if self._making.acquire(timeout=patience_s):
            self._making.release()

    def send_session(self, session: str, name: str, end_token: str, office: str) -> None:
        """Announce a session, before its folder and keyring entry are made.

        Raises:
            WireError: a part is not acceptable (ids: letters, digits, `_`, `-`, at most 64).
        """
        begun = SessionBegun(session, name[:256], end_token, office)
        self._sessions.append(begun)
        self._send(begun)

    def send_lock(self, session: str, lock_fd: int) -> None:
        """Let the guardian hold the folder's lock too, so no sweep takes the folder while either lives."""
        if isinstance(self._line, socket.socket):
            self._send(FolderHeld(session), lock_fd)
        else:
            self._send(FolderNamed(session, str(lock_fd)))

    def send_written(self, session: str, generation: int) -> None:
        """Say which generation stands in the session's cache, so that no earlier copy is ever taken for it."""
        self._send(CacheWritten(session, str(generation)))

    def send_lease(self, session: str, left_s: float) -> None:
        """Say for how long the office lets a session go on; the guardian ends it then, whatever this process does."""
        self._send(LeaseKept(session, str(min(_LONGEST_S, max(0, int(left_s))))))

    def send_locked(self, locked: Locked) -> None:
        """The last word before this process exits for another one that stands at the lock screen.

        Raises:
            WireError: a part is not acceptable.
        """
        self._send(locked)

    def send_lock_stands(self, session: str) -> None:
        """Say that the lock screen is there."""
        self._send(LockStands(session))

    def send_trying(self, session: str) -> None:
        """Say, before a password is judged, that one is tried."""
        self._send(Trying(session))

    def send_resumed(self, session: str) -> None:
        """Say that the session goes on here."""
        self._send(Resumed(session))

    def send_ended(self, receipt: Receipt) -> None:
        """The last word before this process exits; the cause is the receipt's."""
        self._ended = SessionEnded(receipt.cause, to_json(receipt))
        self._send(self._ended)

    def ask_approval(self) -> None:
        """Ask for the desk approval; if one is open, it comes to the front."""
        self._send(OpenApproval())

    def ask_office(self) -> None:
        """Ask for an office, because none answers. The guardian forks it: a console has threads and must not."""
        self._send(NeedOffice())

    def _send(self, message: Message, fd: int | None = None) -> None:
        data = encode(message)
        with self._sending:
            try:
                sent = 0
                if fd is not None and isinstance(self._line, socket.socket):
                    sent = socket.send_fds(self._line, [data], [fd])
                self._line.sendall(data[sent:])
            except ConnectionError:
                pass  # the watching thread sees the same end and acts on it

    def _listen(self) -> None:
        reader = LineReader(GUARDIAN_WORDS)
        try:
            while untrusted := self._line.recv(LINE_BYTES):
                for message in reader.feed(untrusted):
                    if isinstance(message, RaiseWindow) and self._on_raise is not None:
                        self._on_raise()
                    elif isinstance(message, Swept) and self._on_swept is not None:
                        self._on_swept(message.receipt)
                    elif isinstance(message, StopNow) and self._on_stop is not None:
                        self._on_stop()
        except (OSError, WireError):
            pass
        try:
            self._on_guardian_lost()
        except BaseException as error:  # noqa: BLE001 -- the process's end is the erasure
            lost(error)
        leave(5)


def watched(
    line: LineEnd,
    work: WipeWork,
    program: Sequence[str],
    *,
    on_raise: Callable[[], None] | None = None,
    on_stop: Callable[[], None] | None = None,
    on_swept: Callable[[str], None] | None = None,
    limits: Limits | None = None,
    sessions: Sequence[SessionBegun] = (),
) -> GuardianLink:
    """A started link for a console: when the guardian is lost, wipe, look again, become a fresh Tirai.

    Args:
        line: the console's end.
        work: the same hands that the guardian has.
        program: what to become, for example `[sys.executable, "-I", "-m", "app", "console", "--home", ...]`.
        on_raise: see `GuardianLink`.
        on_stop: see `GuardianLink`.
        on_swept: see `GuardianLink`.
        limits: how long keyring and office are waited for.
        sessions: what an earlier console announced and locked.
    """
    link = GuardianLink(
        line,
        lambda: wipe_and_become_fresh(link, work, program, limits or Limits()),
        on_raise,
        on_swept,
        sessions,
        on_stop,
    )
    link.start()
    return link


def wipe_and_become_fresh(link: GuardianLink, work: WipeWork, program: Sequence[str], limits: Limits) -> NoReturn:
    """What a console does alone: wipe what it announced, look again, and go on as a new guardian with a receipt."""
    receipt: str | None = None
    link.make_no_more(limits.key_first_s)
    if link.sessions:
        wiped = wipe_sessions(work, link.sessions, limits, report=link.ended is None)
        again = wipe_sessions(work, link.sessions, limits, report=False, files_first=True)
        told = _own_receipt(link) or new_receipt("guardian_died", link.sessions[-1].name, (), wiped.audit_entry)
        receipt = to_json(after_second_look(after_second_look(told, wiped.lines), again.lines))
    if isinstance(link.line, socket.socket):
        become_fresh(program, receipt)
    start_fresh(program, receipt, link.sessions)


def become_fresh(program: Sequence[str], receipt: str | None) -> NoReturn:
    """Replace this process by `program`, which gets the receipt on an inherited descriptor.

    The old memory is gone with the old image. Nothing else crosses: every other descriptor but 0, 1 and 2 closes,
    signals have their default action again. The new image is readable until it hardens itself; it has no secret then.

    Args:
        program: path and arguments; `--receipt-fd N` is added if there is a receipt.
        receipt: JSON of a receipt, or None.
    """
    arguments = list(program)
    if receipt is not None:
        fd = os.memfd_create("tirai-receipt")
        os.write(fd, receipt.encode())
        os.lseek(fd, 0, os.SEEK_SET)
        arguments += [RECEIPT_OPTION, str(fd)]
    for other in open_fds():
        with contextlib.suppress(OSError):  # a thread that still works may have closed it meanwhile
            os.set_inheritable(other, other <= 2 or (receipt is not None and other == fd))
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    try:
        os.execve(arguments[0], arguments, os.environ)  # noqa: S606 -- our own program, no shell
    except OSError:
        say("Tirai destroyed its session but could not open a fresh window; start it again.")
        os._exit(5)


def start_fresh(program: Sequence[str], receipt: str | None, sessions: Sequence[SessionBegun]) -> NoReturn:
    """The same where no process takes another's image (Windows): start `program` beside, then end."""
    from app.guardian.windows_fresh import start_beside
    from app.guardian.windows_kernel import RealKernel

    try:
        start_beside(RealKernel(), program, RECEIPT_OPTION, receipt, sessions)
    except OSError:
        say("Tirai destroyed its session but could not open a fresh window; start it again.")
        leave(5)
    leave(0)


def read_receipt(fd: int) -> str | None:
    """The receipt that a former console left on `fd`, or None if it is not one; closes `fd`.

    On Windows see `windows_fresh.left_behind`.
    """
    try:
        with os.fdopen(fd, "rb") as source:
            untrusted = source.read(LINE_BYTES).decode("ascii")
        return to_json(from_json(untrusted))
    except (OSError, UnicodeDecodeError, ReceiptError):
        return None


def _own_receipt(link: GuardianLink) -> Receipt | None:
    return from_json(link.ended.receipt) if link.ended is not None else None
