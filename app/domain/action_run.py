"""How a program that uses a field ends, and what it is while it runs. Words alone: a screen may import them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Ran(StrEnum):
    """How an action's program ended."""

    DONE = "done"
    FAILED = "failed"
    """It said so itself: another exit code than 0."""
    TIMED_OUT = "timed_out"
    MISSING = "missing"
    """It is not there, or may not be executed, or the system gave no process for it: it was handed nothing."""
    CHANGEABLE = "changeable"
    """Somebody could have changed it who is no administrator of this machine: it was handed nothing."""
    KILLED = "killed"
    """By a signal that was not ours, or its process could not be followed to its end."""
    STOPPED = "stopped"
    """The person stopped it."""


@dataclass(frozen=True, slots=True)
class RunEnd:
    """The end of an action's program; what it printed is kept nowhere.

    Attributes:
        how: as above.
        status: its exit code, where it gave one; its signal, where it was killed.
    """

    how: Ran
    status: int = 0


class RunningAction(Protocol):
    """An action's program while it runs."""

    def wait(self) -> RunEnd:
        """Its end, which comes within its time."""

    def stop(self) -> None:
        """Kill it; `wait` tells."""
