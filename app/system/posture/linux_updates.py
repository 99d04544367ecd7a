"""Whether security updates of the system are in: apt's own simulation of an upgrade, over lists of these days."""

import re

from app.domain.posture.words import Judged, missing, ok, unknown
from app.system.posture.machine import Machine

FRESH_DAYS = 7
_STAMPS = ("/var/lib/apt/periodic/update-success-stamp", "/var/lib/apt/lists/partial", "/var/lib/apt/lists")
_SECURITY = re.compile(r"^Inst \S+ .*\([^)]*(?:-security|Debian-Security)\b", re.MULTILINE | re.IGNORECASE)
_ANY = re.compile(r"^Inst ", re.MULTILINE)
_AUTOMATIC = re.compile(r"^\s*APT::Periodic::Unattended-Upgrade\s+\"([^\"]*)\"", re.MULTILINE)


def updates(machine: Machine, now: float) -> Judged:
    """Judge it at a time in seconds since 1970."""
    times = [at for path in _STAMPS if (at := machine.modified_at(path)) is not None]
    if not times:
        return unknown("no apt here, and no other way is known")
    if machine.modified_at("/run/reboot-required") is not None:
        return missing("updates are in; the machine waits for a restart")
    days = max(0, int((now - max(times)) // 86_400))
    if days > FRESH_DAYS:
        return missing(f"apt looked for updates {days} days ago")
    ran = machine.run("apt-get", "-s", "-q", "-o", "Debug::NoLocking=true", "upgrade")
    if ran is None or ran.code != 0:
        return unknown("apt does not answer")
    security, every = pending(ran.text)
    automatic = "by itself" if _is_automatic(machine) else "by hand"
    raw = f"apt, {automatic}, looked {days} days ago: {security} security updates of {every} wait"
    return missing(raw) if security else ok(raw)


def pending(text: str) -> tuple[int, int]:
    """How many security updates, and how many in all, an upgrade would bring (`apt-get -s upgrade`)."""
    return len(_SECURITY.findall(text)), len(_ANY.findall(text))


def _is_automatic(machine: Machine) -> bool:
    said = []
    for name in machine.names("/etc/apt/apt.conf.d") or ():
        said += _AUTOMATIC.findall(machine.text(f"/etc/apt/apt.conf.d/{name}") or "")
    return bool(said) and said[-1] not in ("", "0")
