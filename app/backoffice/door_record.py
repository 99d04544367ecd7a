"""What the front-door file holds, and how it is written: one door per account, and the workstation's own count."""

from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field
from typing import Any

from app.crypto.derive import PASSWORD_COST, PROFILE, PasswordCost, at_least


@dataclass(slots=True)
class Door:
    """What one account finds at the door.

    Attributes:
        salt: Argon2id salt, 16 bytes.
        cost: Argon2id parameters.
        slots: wrapped file key, one or (during an enrolment) two.
        activation: an activation slot, or empty.
        activation_until_ms: when it stops opening.
        failed_ms: times of failed tries since the last sign-in, the newest last.
        failed_count: how many failed in a row.
        wait_until_boot_s: boot time until which tries wait, with `boot_id`.
        boot_id: the boot that it counts in; after a reboot the wait starts again.
    """

    salt: bytes = b""
    cost: PasswordCost = PASSWORD_COST
    slots: list[bytes] = field(default_factory=list)
    activation: bytes = b""
    activation_until_ms: int = 0
    failed_ms: list[int] = field(default_factory=list)
    failed_count: int = 0
    wait_until_boot_s: float = 0.0
    boot_id: str = ""


@dataclass(slots=True)
class Device:
    """The workstation's count over all accounts.

    Attributes:
        level: how full its bucket is, at `at_boot_s`.
        at_boot_s: boot time of that, with `boot_id`.
        wait_until_boot_s: boot time until which all tries wait.
        boot_id: the boot that both count in.
        alarm_ms: when the last alarm was raised, ms since 1970.
    """

    level: float = 0.0
    at_boot_s: float = 0.0
    wait_until_boot_s: float = 0.0
    boot_id: str = ""
    alarm_ms: int = 0


def door_json(door: Door) -> dict[str, Any]:
    """A door as it is written."""
    raw = asdict(door)
    raw["salt"], raw["activation"] = _text(door.salt), _text(door.activation)
    raw["slots"] = [_text(s) for s in door.slots]
    return raw


def door_of(raw: dict[str, Any]) -> Door:
    """A door as it was written."""
    raw = dict(raw)
    raw["salt"], raw["activation"] = b64decode(raw["salt"]), b64decode(raw["activation"])
    raw["slots"] = [b64decode(s) for s in raw["slots"]]
    raw["cost"] = PasswordCost(**raw["cost"])
    return Door(**raw)


def profile_json(profile: PasswordCost) -> dict[str, Any]:
    """What new passwords are derived with here, with the name of the program's profile that it was made under."""
    return {"name": PROFILE, "cost": asdict(profile)}


def profile_of(raw: dict[str, Any] | None) -> PasswordCost:
    """The same as it was written; one of an older profile is raised to this program's."""
    if raw is None:
        return PASSWORD_COST
    cost = PasswordCost(**raw["cost"])
    return cost if raw["name"] == PROFILE else at_least(cost, PASSWORD_COST)


def _text(data: bytes) -> str:
    return b64encode(data).decode()
