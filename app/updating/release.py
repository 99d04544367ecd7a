"""A release, as the signed list of releases names it, and whether it is for this machine today.

The list is TUF's `targets` metadata: each target is one package, and its `custom` part says `version`, `for` (the kind
of package and machine) and `rollout`, the part of all workstations, in per cent, that may have it.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.domain.errors import VerificationError
from app.domain.versions import VERSION, is_older, order_of

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,127}")
_KIND: Final = re.compile(r"(deb|rpm|msi)-[a-z0-9_]{1,16}")
_PARTS: Final = {"version", "for", "rollout"}


@dataclass(frozen=True, slots=True)
class Release:
    """One package.

    Attributes:
        name: its file's name.
        version: of Tirai, numbers and dots.
        kind: such as `deb-amd64`.
        rollout: per cent of the workstations that may have it, 0 to 100.
        length: bytes.
    """

    name: str
    version: str
    kind: str
    rollout: int
    length: int


def release_of(name: str, length: int, custom: Mapping[str, Any] | None) -> Release:
    """A release from a verified target.

    Raises:
        VerificationError: it says too little, too much, or what cannot be.
    """
    said = dict(custom or {})
    version, kind, rollout = said.get("version"), said.get("for"), said.get("rollout")
    if (
        set(said) != _PARTS
        or _NAME.fullmatch(name) is None
        or not (isinstance(version, str) and isinstance(kind, str) and type(rollout) is int)
        or _KIND.fullmatch(kind) is None
        or VERSION.fullmatch(version) is None
        or not 0 <= rollout <= 100
        or length <= 0
    ):
        what = f"The signed list describes {name[:60]!r} in a way that this version does not know."
        raise VerificationError(f"{what} Nothing was installed; update by hand.", code="U6")
    return Release(name, version, kind, rollout, length)


def share_of(machine: str, version: str) -> int:
    """Where this machine stands in the rollout of a version, 0 to 99: the same at each look, another for each version.

    Args:
        machine: what is steady and the machine's own, such as its machine id; it leaves the machine in no form.
        version: of the release.
    """
    told = b"tirai/rollout/v1\0" + machine.encode() + b"\0" + version.encode()
    return int.from_bytes(hashlib.sha256(told).digest()[:8], "big") % 100


def newest_for(releases: Iterable[Release], *, kind: str, installed: str, machine: str) -> Release | None:
    """The newest release that is for this machine, newer than what is installed, and that its turn has come for."""
    newer = [r for r in releases if r.kind == kind and is_older(installed, r.version)]
    due = [r for r in newer if share_of(machine, r.version) < r.rollout]
    return max(due, key=lambda r: order_of(r.version), default=None)
