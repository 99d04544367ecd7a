"""The states of a curtain as data: which cloth, which sign, which words (ui.md section 3)."""

from dataclasses import dataclass
from enum import StrEnum


class CurtainState(StrEnum):
    """What a curtain shows."""

    MASKED = "masked"
    TIED = "tied"
    """Not allowed for this role: grey cloth with a slack cord."""
    REQUESTED = "requested"
    GRANTED = "granted"
    """A supervisor approved; the agent has not opened it yet."""
    OPENING = "opening"
    OPEN = "open"
    CLOSING = "closing"
    MATCHED = "matched"
    NO_MATCH = "no_match"
    ACTING = "acting"
    """A program uses it; the cloth stays shut."""
    ACTED = "acted"
    NOT_ACTED = "not_acted"
    REFUSED = "refused"
    ASKED_BACK = "asked_back"
    """A supervisor has a question first."""
    OFFLINE = "offline"
    RESTING = "resting"
    NO_BASIS = "no_basis"


@dataclass(frozen=True, slots=True)
class StateLook:
    """How a state is drawn.

    Attributes:
        tied: grey cloth in place of plum.
        cord: the slack cord across the cloth.
        alpha: opacity of the cloth.
        glyph: Lucide's name of the sign beside it, or empty.
        role: colour role of the sign and its words.
    """

    tied: bool = False
    cord: bool = False
    alpha: float = 1.0
    glyph: str = ""
    role: str = "ink2"


STATE_LOOKS: dict[CurtainState, StateLook] = {
    CurtainState.MASKED: StateLook(),
    CurtainState.TIED: StateLook(tied=True, cord=True, glyph="lock-keyhole", role="ink3"),
    CurtainState.REQUESTED: StateLook(glyph="hourglass", role="warn"),
    CurtainState.GRANTED: StateLook(glyph="circle-check", role="ok"),
    CurtainState.OPENING: StateLook(glyph="refresh-cw", role="ink2"),
    CurtainState.OPEN: StateLook(),
    CurtainState.CLOSING: StateLook(),
    CurtainState.MATCHED: StateLook(glyph="circle-check", role="ok"),
    CurtainState.NO_MATCH: StateLook(glyph="circle-x", role="danger"),
    CurtainState.ACTING: StateLook(glyph="refresh-cw"),
    CurtainState.ACTED: StateLook(glyph="circle-check", role="ok"),
    CurtainState.NOT_ACTED: StateLook(glyph="circle-x", role="danger"),
    CurtainState.REFUSED: StateLook(tied=True, glyph="ban", role="danger"),
    CurtainState.ASKED_BACK: StateLook(tied=True, glyph="message-square", role="info"),
    CurtainState.OFFLINE: StateLook(tied=True, alpha=0.55, glyph="cloud-off", role="ink2"),
    CurtainState.RESTING: StateLook(tied=True, glyph="graduation-cap", role="info"),
    CurtainState.NO_BASIS: StateLook(tied=True, glyph="scale", role="warn"),
}
