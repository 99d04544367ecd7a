"""What the operating system says that concerns an open session, whichever system it is; and how far it is followed.

Invariant: an event asks for a lock or an end, never for less protection: an unlocked screen or a woken machine brings
nobody back without the password.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class SystemEvent(StrEnum):
    """What happens; the words are the causes of locks and ends."""

    SCREEN_LOCKED = "screen_locked"
    USER_SWITCHED = "user_switched"
    SLEEP = "sleep"
    SHUTDOWN = "shutdown"
    LOGOUT = "os_logout"
    AWAKE = "awake"


LOCKS = frozenset({SystemEvent.SCREEN_LOCKED, SystemEvent.USER_SWITCHED, SystemEvent.SLEEP})
"""These lock the console. Suspend and hibernation are one: the login manager does not tell them apart beforehand."""

ENDS = frozenset({SystemEvent.SHUTDOWN, SystemEvent.LOGOUT})
"""These end the session."""

WAITED_FOR = frozenset({SystemEvent.SLEEP, SystemEvent.SHUTDOWN})
"""For these the system waits, a few seconds at most, while it is held."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What of the system is heard.

    Attributes:
        sleep: sleep and shutdown of the machine, which waits for an open session.
        session: lock and switch of the person's own session, and its end.
        screen: the desktop's screen savers.
    """

    sleep: bool = False
    session: bool = False
    screen: bool = False

    @property
    def hears_locks(self) -> bool:
        """Whether the system's own lock locks this console, too."""
        return self.session or self.screen


Tell = Callable[[SystemEvent], object]
Told = Callable[[Followed], object]


class SystemEvents(Protocol):
    """One system's way to tell. All calls return at once; `tell` and `told` are called in threads of their own."""

    def follow(self, tell: Tell, told: Told) -> None:
        """Tell from now on; `told` what is followed, now and whenever that changes."""

    def hold(self) -> None:
        """A session is open: have the system wait for its lock or end before it sleeps or shuts down.

        It is held until this process has ended, or `let_go`.
        """

    def let_go(self) -> None:
        """No session is open any more, and this process lives on."""

    def close(self) -> None:
        """Follow no more, and let go."""
