"""The machine around the program: which of its locks are heard, its clock, and how its own system protects it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.storage.last_check import read_last_check
from app.system.posture.looking import look_here
from app.system.posture.machine import Machine, OwnMachine
from app.terminal.checks.finding import CheckState, Detail, Finding, Told

MOST_OFF_S: Final = 30
"""An authenticator's step (RFC 6238): further off, codes do not fit."""
_SET_BACK_S: Final = 120
_POSTURE_ADVICE: Final = {
    "disk": "Encrypt the disk, swap too (dm-crypt, BitLocker, FileVault).",
    "firewall": "Switch the system's firewall on.",
    "antivirus": "Have a malware scanner run.",
    "screen_lock": "Have the screen lock itself within 15 minutes.",
    "updates": "Install the security updates that wait, and have them come by themselves.",
}


def system_locks() -> Told:
    """Which of the system's own locks would lock a console; a session goes on without them."""
    from app.system.choice import followed_here

    followed = followed_here()
    heard = {"sleep": followed.sleep, "own session": followed.session, "screen savers": followed.screen}
    said = ", ".join(f"{name} {'heard' if is_heard else 'not heard'}" for name, is_heard in heard.items())
    details: dict[str, Detail] = {name.replace(" ", "_"): is_heard for name, is_heard in heard.items()}
    return Told(said, CheckState.OK if all(heard.values()) else CheckState.NOT, details)


def clock(
    home: Path,
    office_ms: Callable[[], int | None],
    machine: Machine | None = None,
    now: Callable[[], float] = time.time,
) -> Told:
    """The clock on the wall beside the office's, the last self-check's and the system's own word; and steady time.

    Args:
        home: where the last self-check lies.
        office_ms: what the office's clock says, ms since 1970; None where none answers.
        machine: which answers whether the clock is kept by a server.
        now: seconds since 1970.
    """
    if not runs_on():
        return Told("steady time does not run on", CheckState.NOT, {"steady": False})
    details: dict[str, Detail] = {"steady": True}
    kept = read_last_check(home)
    if kept is not None and now() < kept.at_ms / 1000 - _SET_BACK_S:
        return Told("behind the last self-check: it was set back", CheckState.NOT, details | {"set_back": True})
    office, asked_at = office_ms(), now()
    synchronised = is_synchronised(machine or OwnMachine())
    details |= {"synchronised": "unknown" if synchronised is None else "yes" if synchronised else "no"}
    words = {
        None: "nobody says whether it is kept by a server",
        True: "kept by a server",
        False: "not kept by a server",
    }
    if office is not None:
        off = round(asked_at - office / 1000)
        details["off_s"] = off
        if abs(off) > MOST_OFF_S:
            return Told(f"{abs(off)} s {'ahead of' if off > 0 else 'behind'} the office", CheckState.NOT, details)
        return Told(f"as the office's; {words[synchronised]}", CheckState.OK, details)
    state = {None: CheckState.UNKNOWN, True: CheckState.OK, False: CheckState.NOT}[synchronised]
    return Told(f"no office to compare with; {words[synchronised]}", state, details)


def runs_on() -> bool:
    """Whether steady time runs forward; the one that counts sleep is never behind the one that does not."""
    first = time.monotonic()
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    counted = time.clock_gettime(boot) if boot is not None else None
    second = time.monotonic()
    return second >= first and (counted is None or counted >= first - 1)


def is_synchronised(machine: Machine) -> bool | None:
    """What `timedatectl` says; None where nobody does."""
    ran = machine.run("timedatectl", "show", "--property=NTPSynchronized", "--value")
    said = ran.text.strip() if ran is not None and ran.code == 0 else ""
    return {"yes": True, "no": False}.get(said)


def posture(home: Path) -> tuple[Finding, ...]:
    """How this workstation's own system protects it; some seconds. The office's policy says what it demands."""
    states = {"ok": CheckState.OK, "missing": CheckState.NOT, "unknown": CheckState.UNKNOWN}
    found = []
    for one in look_here(home):
        state = states[one.state.value]
        advice = "" if state is CheckState.OK else _POSTURE_ADVICE[one.part.value]
        found.append(Finding(f"posture_{one.part.value}", state, one.raw, advice, counts=False))
    return tuple(found)
