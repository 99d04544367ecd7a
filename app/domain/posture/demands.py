"""What the policy demands of a workstation, and what it lacks. Pure judgement.

Invariants: *unknown* and *never told* lack what is required, as *missing* does; a finding counts for `FRESH_MS` by the
office's clock from when the office heard it, so that a workstation which stops telling is not green for ever.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.posture.words import Part, State

FRESH_MS = 2 * 3600 * 1000
"""Four times the time between two looks (`app/session/posture.py`)."""


class Demand(StrEnum):
    """What the policy says of a part, from the loosest to the strictest."""

    OFF = "off"
    """It is looked at and told, and nothing follows."""
    ADVISED = "advised"
    """The person is shown what to do."""
    REQUIRED = "required"
    """Values stay shut at this workstation until it is there."""


class DemandError(ValueError):
    """What is declared is refused.

    Attributes:
        key: which word is wrong, or empty.
        reason: what is wrong, in one sentence.
    """

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key, self.reason = key, reason


@dataclass(frozen=True, slots=True)
class Heard:
    """How a part stood when the office heard of it last, ms since 1970 by its clock."""

    part: Part
    state: State
    heard_ms: int


def read_demands(table: Mapping[str, object]) -> dict[Part, Demand]:
    """What a policy's table says, by part; every part is there.

    Raises:
        DemandError: an unknown part or word, or one that is missing.
    """
    for key, value in table.items():
        if key not in list(Part):
            raise DemandError(key, f"unknown key {key!r}")
        if value not in list(Demand):
            raise DemandError(key, f"{key} must be one of: {', '.join(Demand)}")
    for part in Part:
        if part not in table:
            raise DemandError("", f"{part} is missing")
    return {part: Demand(str(table[part])) for part in Part}


def looser_part(base: Mapping[Part, Demand], edited: Mapping[Part, Demand]) -> Part | None:
    """The first part of which an edit demands less than its base."""
    order = list(Demand)
    return next((part for part in Part if order.index(edited[part]) < order.index(base[part])), None)


def required(demands: Mapping[Part, Demand]) -> tuple[Part, ...]:
    """What is required, in the order of the screens."""
    return tuple(part for part in Part if demands[part] is Demand.REQUIRED)


def lacking(demands: Mapping[Part, Demand], heard: Iterable[Heard], now_ms: int) -> tuple[Part, ...]:
    """What is required and not there, in the order of the screens.

    Args:
        demands: what the policy says.
        heard: what the office knows of the workstation.
        now_ms: by the office's clock.
    """
    good = {h.part for h in heard if h.state is State.OK and 0 <= now_ms - h.heard_ms <= FRESH_MS}
    return tuple(part for part in required(demands) if part not in good)
