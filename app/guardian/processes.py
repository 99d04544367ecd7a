"""What a guardian needs of a system: children that are known safely, lines to them, and a wait for all of it.

Unix forks (`forked`), Windows starts the same program with another word (`app/guardian/windows`). Invariants that both
keep: a child is known by something that can never mean another process; it is proved unreadable for others before it
is told anything; what it wrote before it died can still be heard; its line ends with it.
"""

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from app.guardian.destroy import Wiped
from app.guardian.orders import Order
from app.guardian.wire import SessionBegun
from app.session.ends import LockedSession


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


class KnownChild(Protocol):
    """A child process.

    Attributes:
        exit_code: None while it lives; then the code, or 128 + signal.
    """

    exit_code: int | None

    @property
    def waitable(self) -> int:
        """What `Processes.wait` waits for: it is ready once the process has ended."""

    def wait(self, timeout_s: float) -> bool:
        """Whether it has ended, waiting up to `timeout_s`."""

    def stop(self) -> bool:
        """Have the system tell it to stop; False where the system has no word for that, and its line says it."""

    def kill(self) -> None:
        """End it at once and wait for that: after this its memory is unreachable."""

    def take(self, handle: int) -> int:
        """A descriptor of our own for an open file of the child, which it named by number.

        Raises:
            OSError: there is none, or this system hands descriptors over by itself.
        """


class ChildLine(Protocol):
    """The guardian's end of a line; never blocks."""

    @property
    def waitable(self) -> int:
        """What `Processes.wait` waits for: there may be something to hear."""

    def hear(self, most: int) -> tuple[bytes, list[int]]:
        """What is there, at most so many bytes, and the descriptors that came with it; no bytes at the line's end.

        Raises:
            BlockingIOError: nothing is there yet.
        """

    def tell(self, data: bytes) -> None:
        """Send; a child that does not listen is not waited for.

        Raises:
            OSError: it cannot be sent.
        """

    def close(self) -> None:
        """End the line."""


class Stop(Protocol):
    """Whether the guardian was told to stop.

    Attributes:
        number: of the first stop signal, or 0.
    """

    number: int

    @property
    def waitable(self) -> int:
        """What `Processes.wait` waits for."""

    def drain(self) -> None:
        """Forget that it was ready."""


class Processes(Protocol):
    """The guardian's children and how it waits."""

    def require_shut(self) -> None:
        """Check that nobody else reads the guardian itself.

        Raises:
            WorkstationError: somebody could.
        """

    def console(self, start: StartInfo) -> tuple[KnownChild, ChildLine]:
        """Begin a console; it outlives a killed guardian until it has destroyed what it holds.

        Raises:
            OSError: the system gives no process.
        """

    def make_ready(self) -> None:
        """Begin the next console ahead, where this system can and has room: it imports, and waits to be needed."""

    def drop_ready(self) -> None:
        """End what waits to be needed; nothing will be."""

    def approval(self) -> tuple[KnownChild, ChildLine]:
        """Begin a desk approval; the system ends it with the guardian.

        Raises:
            OSError: the system gives no process.
        """

    def office(self) -> KnownChild | None:
        """Begin a child that has an office started; None where none is started from here."""

    def wipe(self, order: Order) -> Wiped:
        """Have this destroyed by a helper, by a second one if the first dies or hangs; it outlives the guardian."""

    def tell_ends(self, sessions: Collection[SessionBegun]) -> KnownChild | None:
        """Begin a child that tells the office of ends; None where nobody is told."""

    def heed_stops(self) -> AbstractContextManager[Stop]:
        """Hear stop signals for a while."""

    def wait(self, waitables: Collection[int], timeout_s: float | None) -> None:
        """Wait until one of them is ready, or for so long."""
