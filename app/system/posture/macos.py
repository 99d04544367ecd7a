"""What is looked at on macOS: answers of its own commands that every user gets. The parsers are pure.

Not run on macOS by anybody yet: the outputs in the tests are recorded from their makers' documentation.
"""

import re
from collections.abc import Callable
from datetime import datetime

from app.domain.posture.words import Judged, Part, missing, ok, unknown
from app.system.posture.looking import Looks
from app.system.posture.machine import Machine

LONGEST_S, FRESH_DAYS = 900, 7
_FIREWALL = "/usr/libexec/ApplicationFirewall/socketfilterfw"
_UPDATES = "/Library/Preferences/com.apple.SoftwareUpdate"


def looks(clock: Callable[[], float]) -> Looks:
    """The looks."""
    return {
        Part.DISK: lambda machine: disk_judged(_said(machine, "fdesetup", "status")),
        Part.FIREWALL: lambda machine: firewall_judged(_said(machine, _FIREWALL, "--getglobalstate")),
        Part.ANTIVIRUS: lambda machine: antivirus_judged(_said(machine, "spctl", "--status")),
        Part.SCREEN_LOCK: lambda machine: lock_judged(
            _said(machine, "sysadminctl", "-screenLock", "status"),
            _said(machine, "defaults", "-currentHost", "read", "com.apple.screensaver", "idleTime"),
        ),
        Part.UPDATES: lambda machine: updates_judged(_said(machine, "defaults", "read", _UPDATES), clock()),
    }


def _said(machine: Machine, *command: str) -> str:
    ran = machine.run(*command)
    return ran.text if ran is not None else ""


def disk_judged(text: str) -> Judged:
    """FileVault."""
    if "Encryption in progress" in text or "Decryption in progress" in text:
        return missing("FileVault is on its way")
    if re.search(r"^FileVault is On\.", text, re.MULTILINE):
        return ok("FileVault is on")
    return missing("FileVault is off") if "FileVault is Off." in text else unknown("FileVault does not tell")


def firewall_judged(text: str) -> Judged:
    """The firewall of applications; state 2 lets nothing in."""
    match = re.search(r"\(State = ([0-2])\)", text)
    if match is None:
        return unknown("the firewall does not tell")
    return ok(f"on, state {match[1]}") if match[1] != "0" else missing("off")


def antivirus_judged(text: str) -> Judged:
    """Gatekeeper, which goes with XProtect."""
    if "assessments enabled" in text:
        return ok("Gatekeeper and XProtect are on")
    return missing("Gatekeeper is off") if "assessments disabled" in text else unknown("Gatekeeper does not tell")


def lock_judged(lock: str, idle: str) -> Judged:
    """What asks for the password, and after how long without use; `sysadminctl` says it since macOS 13."""
    if "screenLock is off" in lock:
        return missing("the screen is not locked")
    match = re.search(r"screenLock delay is (immediate|(\d{1,7}) seconds)", lock)
    if match is None or not idle.strip().isdigit() or len(idle.strip()) > 7:
        return unknown("the screen lock does not tell")
    after_s = int(idle.strip())
    if after_s == 0:
        return missing("never without use")
    whole_s = after_s + int(match[2] or 0)
    raw = f"locked {whole_s} s without use"
    return ok(raw) if whole_s <= LONGEST_S else missing(raw)


def updates_judged(text: str, now: float) -> Judged:
    """What the system noted at its last look: whether something waits, and when that was."""
    waits = re.search(r"LastRecommendedUpdatesAvailable = (\d{1,4});", text)
    looked = re.search(r'LastSuccessfulDate = "([0-9: +-]{19,25})"', text)
    if waits is None or looked is None:
        return unknown("Software Update does not tell")
    try:
        at = datetime.strptime(looked[1], "%Y-%m-%d %H:%M:%S %z").timestamp()
    except ValueError:
        return unknown("Software Update does not tell")
    days = max(0, int((now - at) // 86_400))
    raw = f"Software Update, looked {days} days ago: {waits[1]} updates wait"
    return missing(raw) if int(waits[1]) or days > FRESH_DAYS else ok(raw)
