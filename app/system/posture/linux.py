"""What is looked at on Linux, part by part."""

from collections.abc import Callable

from app.domain.posture.words import Part
from app.system.posture.linux_antivirus import antivirus
from app.system.posture.linux_disk import disk
from app.system.posture.linux_firewall import firewall
from app.system.posture.linux_screen_lock import screen_lock
from app.system.posture.linux_updates import updates
from app.system.posture.looking import Looks


def looks(home: str, clock: Callable[[], float]) -> Looks:
    """The looks, for Tirai's files in this folder."""
    return {
        Part.DISK: lambda machine: disk(machine, home),
        Part.FIREWALL: firewall,
        Part.ANTIVIRUS: lambda machine: antivirus(machine, clock()),
        Part.SCREEN_LOCK: screen_lock,
        Part.UPDATES: lambda machine: updates(machine, clock()),
    }
