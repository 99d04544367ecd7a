"""What is looked at on Windows: answers of PowerShell and the registry that every user gets. The parsers are pure.

Not run on Windows by anybody yet: the outputs in the tests are recorded from their makers' documentation.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from app.domain.posture.words import Judged, Part, missing, ok, product, unknown
from app.system.posture.looking import Looks
from app.system.posture.machine import Machine

LONGEST_S, FRESH_DAYS = 900, 7
_DISK = (
    "(New-Object -ComObject Shell.Application).NameSpace($env:SystemDrive)"
    ".Self.ExtendedProperty('System.Volume.BitLockerProtection')"
)
_FIREWALL = "Get-NetFirewallProfile | Select-Object Name,Enabled | ConvertTo-Json -Compress"
_ANTIVIRUS = (
    "Get-CimInstance -Namespace root/SecurityCenter2 -ClassName AntiVirusProduct"
    " | Select-Object displayName,productState | ConvertTo-Json -Compress"
)
_UPDATES = (
    "$s=(New-Object -ComObject Microsoft.Update.Session).CreateUpdateSearcher();$s.Online=$false;"
    "$u=$s.Search(\"IsInstalled=0 and IsHidden=0 and Type='Software'\").Updates;"
    "$r=(New-Object -ComObject Microsoft.Update.AutoUpdate).Results;"
    "@{pending=$u.Count;important=@($u|?{$_.MsrcSeverity}).Count;"
    "searched=$r.LastSearchSuccessDate.ToString('s')}|ConvertTo-Json -Compress"
)
_DESKTOP = r"HKCU\Control Panel\Desktop"
_SYSTEM = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System"
_BITLOCKER = {
    "1": ok("BitLocker is on"),
    "2": missing("BitLocker is off"),
    "3": missing("BitLocker encrypts"),
    "4": missing("BitLocker decrypts"),
    "5": missing("BitLocker rests"),
    "6": ok("BitLocker is on, locked"),
    "8": missing("BitLocker waits for its activation"),
}
"""Values of `System.Volume.BitLockerProtection`; 0 and 7 tell nothing."""


def looks(clock: Callable[[], float]) -> Looks:
    """The looks."""
    return {
        Part.DISK: lambda machine: disk_judged(_shell(machine, _DISK)),
        Part.FIREWALL: lambda machine: firewall_judged(_shell(machine, _FIREWALL)),
        Part.ANTIVIRUS: lambda machine: antivirus_judged(_shell(machine, _ANTIVIRUS)),
        Part.SCREEN_LOCK: lambda machine: lock_judged(_query(machine, _DESKTOP), _query(machine, _SYSTEM)),
        Part.UPDATES: lambda machine: updates_judged(_shell(machine, _UPDATES), clock()),
    }


def _shell(machine: Machine, words: str) -> str:
    ran = machine.run("powershell", "-NoProfile", "-NonInteractive", "-Command", words)
    return ran.text if ran is not None and ran.code == 0 else ""


def _query(machine: Machine, key: str) -> str:
    ran = machine.run("reg", "query", key)
    return ran.text if ran is not None and ran.code == 0 else ""


def disk_judged(text: str) -> Judged:
    """BitLocker of the system's drive."""
    return _BITLOCKER.get(text.strip(), unknown("BitLocker does not tell"))


def firewall_judged(text: str) -> Judged:
    """The three profiles: all of them must be on, since a network chooses which one holds."""
    rows = _rows(text)
    if not rows:
        return unknown("the firewall does not tell")
    off = sorted(product(str(row.get("Name", ""))) for row in rows if row.get("Enabled") not in (1, True))
    return missing(f"off: {', '.join(off)}") if off else ok(f"on: {len(rows)} profiles")


def antivirus_judged(text: str) -> Judged:
    """The security centre's products; of `productState` the second byte tells on, the third up to date."""
    rows = [row for row in _rows(text) if isinstance(row.get("productState"), int)]
    if not rows:
        return unknown("the security centre does not tell")
    for row in rows:
        state = row["productState"]
        if state >> 8 & 0xF0 == 0x10 and state & 0xF0 == 0:
            return ok(f"{product(str(row.get('displayName', '')))} is on and up to date")
    return missing("no scanner is on and up to date")


def lock_judged(desktop: str, system: str) -> Judged:
    """A screen saver that asks for the password, or the machine's limit without use."""
    machine_s = _value(system, "InactivityTimeoutSecs")
    if machine_s:
        raw = f"locked {machine_s} s without use, for everybody"
        return ok(raw) if machine_s <= LONGEST_S else missing(raw)
    if not desktop:
        return unknown("the registry does not tell")
    active, secure = _value(desktop, "ScreenSaveActive"), _value(desktop, "ScreenSaverIsSecure")
    after_s = _value(desktop, "ScreenSaveTimeOut")
    if not active or not secure or not after_s:
        return missing("the screen is not locked without use")
    raw = f"locked {after_s} s without use"
    return ok(raw) if after_s <= LONGEST_S else missing(raw)


def updates_judged(text: str, now: float) -> Judged:
    """What Windows Update knows, without asking its servers."""
    rows = _rows(text)
    try:
        important, every = int(rows[0]["important"]), int(rows[0]["pending"])
        searched = datetime.fromisoformat(str(rows[0]["searched"])).replace(tzinfo=UTC).timestamp()
    except (IndexError, KeyError, TypeError, ValueError):
        return unknown("Windows Update does not tell")
    days = max(0, int((now - searched) // 86_400))
    raw = f"Windows Update, looked {days} days ago: {important} security updates of {every} wait"
    return missing(raw) if important or days > FRESH_DAYS else ok(raw)


def _rows(untrusted: str) -> list[dict[str, Any]]:
    """ConvertTo-Json gives one object, or a list of them."""
    try:
        said = json.loads(untrusted)
    except (ValueError, RecursionError):
        return []
    rows = said if isinstance(said, list) else [said]
    return [row for row in rows if isinstance(row, dict)][:32]


def _value(text: str, name: str) -> int:
    """A number of `reg query`: `REG_SZ 600` or `REG_DWORD 0x384`; 0 where it is not there."""
    match = re.search(rf"^\s+{name}\s+REG_\w+\s+(0x[0-9a-fA-F]{{1,8}}|\d{{1,9}})\s*$", text, re.MULTILINE)
    return int(match[1], 0) if match else 0
