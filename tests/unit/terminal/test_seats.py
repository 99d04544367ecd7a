"""What `tirai seat list` says of a workstation's own protection."""

from dataclasses import replace

from app.domain.posture.words import Part, State
from app.session.posture import ShownPart
from app.session.workstations import Workstation, WorkstationState
from app.terminal.seats import seat_lines

AT = 1_772_000_000.0


def protection(*posture: ShownPart) -> str:
    """The line about it."""
    seat = Workstation(
        id="0a" * 16, name="SBY-0401", first_seen=AT, last_seen=AT, version="0.1.0", policy=0, is_policy_old=False,
        checked_at=None, check_failed=(), state=WorkstationState.KNOWN, changed_by="", changed_at=None, is_here=False,
        unwiped=0, sessions=(), orders=(), posture=posture,
    )  # fmt: skip
    (line,) = [line for line in seat_lines(seat) if "protection" in line]
    return line.strip()


def test_that_the_machines_policy_is_told_by_digest_and_source() -> None:
    seat = Workstation(
        id="0a" * 16, name="SBY-0401", first_seen=AT, last_seen=AT, version="0.1.0", policy=0, is_policy_old=False,
        checked_at=None, check_failed=(), state=WorkstationState.KNOWN, changed_by="", changed_at=None, is_here=False,
        unwiped=0, machine="ab" * 32, machine_from="registry",
    )  # fmt: skip
    assert "  machine policy: abababababab, from registry" in seat_lines(seat)
    assert "  machine policy: none" in seat_lines(replace(seat, machine="", machine_from=""))


def test_that_each_part_is_listed_as_it_stands_and_unknown_as_unknown() -> None:
    disk = ShownPart(Part.DISK, State.MISSING, "", AT, shuts=True)
    lock = ShownPart(Part.SCREEN_LOCK, State.UNKNOWN, "", AT)
    assert protection(disk, lock).startswith("protection: disk missing, screen lock unknown, 2026-")
    assert protection(disk, lock).endswith("; values stay shut there")
    assert not protection(lock).endswith("there")
    assert protection() == "protection: never told"
