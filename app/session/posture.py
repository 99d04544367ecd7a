"""The posture of one's own workstation: looked at now and then, told with each lease, shown with what to do.

A look blocks for some seconds: screens have it made off the GUI thread. What was found stays in memory alone; a console
that was locked looks anew. What is demanded comes from the policy in force.
"""

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass

from app.api.messages.posture import FoundPart
from app.domain.policy import Policy
from app.domain.posture.demands import Demand, required
from app.domain.posture.words import Finding, Part, State

LOOK_EVERY_S = 1_800
"""Half an hour between two looks; what the office heard counts four times as long."""
Look = Callable[[], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One part of a workstation, on a screen.

    Attributes:
        part: which.
        state: how it stands.
        raw: what the system said, in one line.
        at: when, seconds since 1970.
        demand: what the policy says of it; None where that does not matter.
        since: since when it stands so, as the office heard it, or None.
        shuts: whether values stay shut for it.
    """

    part: Part
    state: State
    raw: str
    at: float
    demand: Demand | None = None
    since: float | None = None
    shuts: bool = False


class OwnPosture:
    """What was found of this workstation."""

    def __init__(self, look: Look | None, policy: Callable[[], Policy]) -> None:
        """Look in this way.

        Args:
            look: one look; None: nothing is ever found here.
            policy: the one in force.
        """
        self._look, self._policy = look, policy
        self._looking = threading.Lock()
        self._found: tuple[Finding, ...] = ()

    @property
    def parts(self) -> tuple[ShownPart, ...]:
        """What was found last, in the order of the screens; empty before the first look."""
        demands = self._policy().posture
        return tuple(
            ShownPart(
                f.part,
                f.state,
                f.raw,
                f.at_ms / 1000,
                demands[f.part],
                shuts=demands[f.part] is Demand.REQUIRED and f.state is not State.OK,
            )
            for f in self._found
        )

    @property
    def is_anything_required(self) -> bool:
        """Whether values stay shut until this workstation has told how it stands."""
        return bool(required(self._policy().posture))

    def has(self, parts: Collection[str]) -> bool:
        """Whether these parts were found in order; what nobody has looked at, or could tell, is not."""
        return set(parts) <= {f.part.value for f in self._found if f.state is State.OK}

    def look(self) -> tuple[ShownPart, ...]:
        """Look now; somebody who looks already is waited for."""
        if self._look is not None:
            with self._looking:
                self._found = self._look()
        return self.parts

    def told(self) -> tuple[FoundPart, ...]:
        """What the next lease tells."""
        return tuple(FoundPart(part=f.part, state=f.state, raw=f.raw, at_ms=f.at_ms) for f in self._found)
