"""Whether a service runs, as systemd tells everybody."""

from app.system.posture.machine import Machine


def active_units(machine: Machine, *units: str) -> frozenset[str] | None:
    """Those of these units that are active; None where no systemd answers.

    Args:
        machine: what is looked at.
        units: names with their suffix. `systemctl is-active` prints a line for each, in order, and ends with another
            code than 0 where one is not active.
    """
    ran = machine.run("systemctl", "is-active", *units)
    if ran is None:
        return None
    said = ran.text.split("\n")[: len(units)]
    if len(said) < len(units) or not all(said):
        return None
    return frozenset(unit for unit, state in zip(units, said, strict=True) if state.strip() == "active")
