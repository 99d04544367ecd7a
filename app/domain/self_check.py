"""The words of `tirai self-check`: how a part stands. Unknown is a state of its own and never ok."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_PARTS: Final = 32
PART_NAME: Final = re.compile(r"[a-z_]{1,32}")


class CheckState(StrEnum):
    """How a part stands."""

    OK = "ok"
    NOT = "not"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """A part, and how it stood when it was last tried."""

    name: str
    state: CheckState
