"""Whether the desktop locks its screen by itself, within fifteen minutes (PCI DSS 8.2.8)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.posture.words import Judged, missing, ok, unknown
from app.system.posture.machine import Machine

LONGEST_S = 900


@dataclass(frozen=True, slots=True)
class _Schema:
    """Where a desktop of GNOME's family keeps it (GSettings)."""

    saver: str
    session: str
    unit_s: int = 1  # of its idle delay


_SCHEMAS: Mapping[str, _Schema] = {
    "GNOME": _Schema("org.gnome.desktop.screensaver", "org.gnome.desktop.session"),
    "UNITY": _Schema("org.gnome.desktop.screensaver", "org.gnome.desktop.session"),
    "BUDGIE": _Schema("org.gnome.desktop.screensaver", "org.gnome.desktop.session"),
    "X-CINNAMON": _Schema("org.cinnamon.desktop.screensaver", "org.cinnamon.desktop.session"),
    "CINNAMON": _Schema("org.cinnamon.desktop.screensaver", "org.cinnamon.desktop.session"),
    "MATE": _Schema("org.mate.screensaver", "org.mate.session", 60),
}


def screen_lock(machine: Machine) -> Judged:
    """Judge the desktop that this session is of."""
    desktops = machine.variable("XDG_CURRENT_DESKTOP").upper().split(":")
    for name in desktops:
        if name in _SCHEMAS:
            return _by_settings(machine, name, _SCHEMAS[name])
        if name == "KDE":
            return _kde(machine)
    return unknown("no desktop that is known" if any(desktops) else "no desktop")


def _by_settings(machine: Machine, name: str, schema: _Schema) -> Judged:
    enabled = _setting(machine, schema.saver, "lock-enabled")
    idle = _number(_setting(machine, schema.session, "idle-delay"))
    delay = _number(_setting(machine, schema.saver, "lock-delay"))
    if enabled is None or idle is None:
        return unknown(f"{name}: its settings cannot be read")
    return judged(name, is_on=enabled == "true", after_s=idle * schema.unit_s, delay_s=delay or 0)


def judged(name: str, *, is_on: bool, after_s: int, delay_s: int) -> Judged:
    """What a desktop's settings come to.

    Args:
        name: of the desktop.
        is_on: whether it locks.
        after_s: seconds without use; 0: never.
        delay_s: seconds from then on until it asks for a password.
    """
    if not is_on:
        return missing(f"{name}: the screen is not locked")
    if after_s <= 0:
        return missing(f"{name}: never without use")
    raw = f"{name}: locked {after_s + delay_s} s without use"
    return ok(raw) if after_s + delay_s <= LONGEST_S else missing(raw)


def _setting(machine: Machine, schema: str, key: str) -> str | None:
    ran = machine.run("gsettings", "get", schema, key)
    return ran.text.strip() if ran is not None and ran.code == 0 and ran.text.strip() else None


def _number(said: str | None) -> int | None:
    """GVariant text: `uint32 300` or `5`."""
    match = re.fullmatch(r"(?:u?int\d+\s+)?(\d{1,9})", said or "")
    return int(match[1]) if match else None


def _kde(machine: Machine) -> Judged:
    folder = machine.variable("XDG_CONFIG_HOME") or machine.variable("HOME") + "/.config"
    text = machine.text(f"{folder}/kscreenlockerrc")
    return kde_judged(text or "")


def kde_judged(text: str) -> Judged:
    """What `kscreenlockerrc` says; what it does not, Plasma has as on, after five minutes and five seconds."""
    section, said = "", dict[str, str]()
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip()
        elif section == "[Daemon]" and "=" in line:
            key, _, value = line.partition("=")
            said[key.strip()] = value.strip()
    minutes, grace = said.get("Timeout", "5"), said.get("LockGrace", "5")
    if not minutes.isdigit() or not grace.isdigit() or len(minutes) > 6 or len(grace) > 6:
        return unknown("KDE: its file cannot be understood")
    is_on = said.get("Autolock", "true").lower() == "true"
    return judged("KDE", is_on=is_on, after_s=int(minutes) * 60, delay_s=int(grace))
