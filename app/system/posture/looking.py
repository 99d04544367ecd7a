"""One look at this workstation, whatever its system: each part is judged by itself, and none takes others down."""

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from app.domain.posture.words import Finding, Judged, Part, bounded, unknown
from app.system.posture.machine import Machine, OwnMachine

Looks = Mapping[Part, Callable[[Machine], Judged]]


def looks_of_this_system(home: Path, clock: Callable[[], float] = time.time) -> Looks:
    """What is looked at on this system.

    Args:
        home: the folder of Tirai's own files.
        clock: seconds since 1970.
    """
    if sys.platform == "win32":
        from app.system.posture import windows

        return windows.looks(clock)
    if sys.platform == "darwin":
        from app.system.posture import macos

        return macos.looks(clock)
    from app.system.posture import linux

    return linux.looks(str(home), clock)


def look(looks: Looks, machine: Machine, clock: Callable[[], float] = time.time) -> tuple[Finding, ...]:
    """Every part's finding, in the order of the screens; blocks for some seconds at most.

    A look that breaks is a part that nobody can tell of, never one that is as it should be.
    """
    found = []
    for part in Part:
        try:
            judged = looks[part](machine)
        except Exception as error:  # noqa: BLE001 -- outside words that no parser expected
            judged = unknown(f"the look broke: {type(error).__name__}")
        found.append(Finding(part, judged.state, bounded(judged.raw), int(clock() * 1000)))
    return tuple(found)


def look_here(home: Path) -> tuple[Finding, ...]:
    """One look at this workstation."""
    return look(looks_of_this_system(home), OwnMachine())
