"""Whether something looks for malware: ClamAV with signatures of these days, or another scanner that runs."""

from app.domain.posture.words import Judged, missing, ok, unknown
from app.system.posture.machine import Machine

FRESH_DAYS = 7
"""Signatures come several times a day; a week without any is a scanner that nobody feeds."""
_SIGNATURES = ("/var/lib/clamav/daily.cld", "/var/lib/clamav/daily.cvd")
OTHERS = {
    "wdavdaemon": "Microsoft Defender",
    "falcon-sensor": "CrowdStrike Falcon",
    "s1-agent": "SentinelOne",
    "sophosav": "Sophos",
    "savd": "Sophos",
    "ds_agent": "Trend Micro",
    "esets_daemon": "ESET",
    "oaeventd": "ESET",
    "bdsecd": "Bitdefender",
    "kesl": "Kaspersky",
}
"""Processes of other scanners, as the kernel shortens their names (15 characters)."""


def antivirus(machine: Machine, now: float) -> Judged:
    """Judge it at a time in seconds since 1970."""
    running = _running(machine)
    if running is None:
        return unknown("other users' processes cannot be seen")
    others = sorted({OTHERS[name] for name in running if name in OTHERS})
    if others:
        return ok(f"{others[0]} runs")
    if not running & {"clamd", "clamonacc"}:
        return missing("no scanner that is known runs")
    times = [at for path in _SIGNATURES if (at := machine.modified_at(path)) is not None]
    if not times:
        return unknown("ClamAV runs; its signatures cannot be seen")
    days = max(0, int((now - max(times)) // 86_400))
    raw = f"ClamAV runs; signatures are {days} days old"
    return ok(raw) if days <= FRESH_DAYS else missing(raw)


def _running(machine: Machine) -> frozenset[str] | None:
    """Names of the processes; None where the first one is hidden, since others are then, too."""
    if machine.text("/proc/1/comm") is None:
        return None
    numbers = [name for name in machine.names("/proc") or () if name.isdigit()]
    return frozenset(comm.strip() for name in numbers if (comm := machine.text(f"/proc/{name}/comm")) is not None)
