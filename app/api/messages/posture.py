"""Messages about the posture of a workstation: what its console found, and what administrators see of it."""

from pydantic import Field

from app.api.messages.wire import MOST_ENTRIES, Message
from app.domain.posture.words import LONGEST_RAW, Part, State

MOST_FOUND = len(Part)
_RAW = rf"^[ -~]{{0,{LONGEST_RAW}}}$"


class FoundPart(Message):
    """What a console found of one part of its workstation; `at_ms` by the workstation's clock."""

    part: Part
    state: State
    raw: str = Field(pattern=_RAW)
    at_ms: int = Field(ge=0, le=MOST_ENTRIES)


class KnownPart(Message):
    """What the office knows of one part of a workstation.

    Attributes:
        raw: what the system said there.
        at_ms: when it was found, by the workstation's clock.
        heard_ms: when the office heard it last, by its own.
        since_ms: since when it stands so, by the office's clock.
        is_lacking: whether it is required, and values stay shut there for it.
    """

    part: Part
    state: State
    raw: str
    at_ms: int
    heard_ms: int
    since_ms: int
    is_lacking: bool
