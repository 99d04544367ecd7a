"""Words of the posture: parts, states, what to do."""

from collections.abc import Iterable

from app.domain.posture.demands import Demand
from app.domain.posture.words import Part, State
from app.session.posture import ShownPart
from app.ui.language import tr as _tr
from app.ui.saying import joined


def part_name(part: Part) -> str:
    """What a part is called."""
    names = {
        Part.DISK: _tr("Disk encryption"),
        Part.FIREWALL: _tr("Firewall"),
        Part.ANTIVIRUS: _tr("Malware scanner"),
        Part.SCREEN_LOCK: _tr("Screen lock"),
        Part.UPDATES: _tr("System updates"),
    }
    return names[part]


def state_words(state: State) -> str:
    """How a part stands."""
    words = {
        State.OK: _tr("As it should be"),
        State.MISSING: _tr("Not as it should be"),
        State.UNKNOWN: _tr("Unknown"),
    }
    return words[state]


def state_sign(part: ShownPart) -> tuple[str, str]:
    """Icon and colour role; unknown is never the colour of good."""
    if part.shuts:
        return "ban", "danger"
    signs = {
        State.OK: ("circle-check", "ok"),
        State.MISSING: ("triangle-alert", "warn"),
        State.UNKNOWN: ("circle-question-mark", "ink2"),
    }
    return signs[part.state]


def demand_words(demand: Demand | None) -> str:
    """What the policy says of a part, where it says anything."""
    words = {Demand.REQUIRED: _tr("required by your office"), Demand.ADVISED: _tr("advised by your office")}
    return words.get(demand, "") if demand is not None else ""


def advice(part: ShownPart) -> str:
    """What the person does."""
    if part.state is State.OK:
        return ""
    if part.state is State.UNKNOWN:
        return _tr("Nobody could tell from here. IT can look.")
    words = {
        Part.DISK: _tr("Only IT can encrypt a disk. Until then store nothing of customers outside Tirai."),
        Part.FIREWALL: _tr("Ask IT to switch the firewall on."),
        Part.ANTIVIRUS: _tr("Ask IT for a malware scanner, or to look after the one that is there."),
        Part.SCREEN_LOCK: _tr("In the system’s settings let the screen lock by itself within 15 minutes."),
        Part.UPDATES: _tr("Install the system’s updates, or restart if it asks for that; else ask IT."),
    }
    return words[part.part]


def names_of(parts: Iterable[ShownPart]) -> str:
    """Parts in a line."""
    return joined(", ", *(part_name(one.part) for one in parts))
