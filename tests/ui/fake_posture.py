"""A workstation's posture in memory."""

from app.domain.posture.demands import Demand
from app.domain.posture.words import Part, State
from app.session.posture import ShownPart

AT = 1_772_000_000.0


def parts(**states: State) -> tuple[ShownPart, ...]:
    """One of each state, or others by name of the part."""
    stand = {
        Part.DISK: (State.OK, "system: ext4 on dm-crypt; files: ext4 on dm-crypt; swap: none"),
        Part.FIREWALL: (State.OK, "ufw runs and is enabled"),
        Part.ANTIVIRUS: (State.MISSING, "no scanner that is known runs"),
        Part.SCREEN_LOCK: (State.UNKNOWN, "no desktop that is known"),
        Part.UPDATES: (State.OK, "apt, by itself, looked 0 days ago: 0 security updates of 2 wait"),
    }
    return tuple(
        ShownPart(part, states.get(part.value, state), raw, AT, Demand.ADVISED) for part, (state, raw) in stand.items()
    )


class FakePosture:
    """Everything that screens ask for."""

    def __init__(self) -> None:
        self.found = parts()
        self.parts: tuple[ShownPart, ...] = ()
        self.is_anything_required = False
        self.looks = 0

    def look(self) -> tuple[ShownPart, ...]:
        self.looks += 1
        self.parts = self.found
        return self.parts
