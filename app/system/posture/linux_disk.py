"""Whether the disks below Tirai's files, the system and the swap are encrypted, read from the kernel.

A mount leads to a block device, and that to what it is made of (`slaves`). It counts as encrypted where each way down
passes dm-crypt, whose `dm/uuid` begins with `CRYPT-`. Limits, said in ADR 0060: a disk
that encrypts itself looks like any other, and how strong the pass phrase is nobody sees.
"""

import re
from dataclasses import dataclass

from app.domain.posture.words import Judged, missing, ok, unknown
from app.system.posture.machine import Machine

_BLOCK = "/sys/class/block"
_DEEPEST = 8
_MEMORY = frozenset({"tmpfs", "ramfs", "rootfs"})
_OVER_FILES = frozenset({"ecryptfs", "fuse.gocryptfs", "fuse.encfs"})
_KNOWN_TYPES = frozenset({"ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "jfs", "vfat", "exfat", "ntfs", "ntfs3"})


@dataclass(frozen=True, slots=True)
class Mount:
    """A line of `/proc/self/mountinfo` that matters here."""

    at: str
    device: str  # major:minor
    type: str
    source: str


def mounts_of(text: str) -> list[Mount]:
    """The mounts of a `mountinfo` (proc_pid_mountinfo(5)); lines of another form are passed over."""
    found = []
    for line in text.splitlines():
        left, mark, right = line.partition(" - ")
        before, after = left.split(), right.split()
        if mark and len(before) >= 5 and len(after) >= 2:
            found.append(Mount(_unescaped(before[4]), before[2], after[0], _unescaped(after[1])))
    return found


def mount_over(mounts: list[Mount], path: str) -> Mount | None:
    """The mount that a path lies on: the longest one, the last where two stand at one place."""
    over = [m for m in mounts if path == m.at or path.startswith(m.at.rstrip("/") + "/")]
    return max(over, key=lambda m: len(m.at), default=None) if over else None


def disk(machine: Machine, home: str) -> Judged:
    """Judge the disks below the system, Tirai's files and the swap."""
    text = machine.text("/proc/self/mountinfo")
    mounts = mounts_of(text) if text else []
    said, states = [], []
    for name, path in (("system", "/"), ("files", home)):
        mount = mount_over(mounts, machine.real(path) or path)
        shut, words = _of_mount(machine, mount)
        states.append(shut)
        said.append(f"{name}: {words}")
    shut, words = _of_swap(machine, mounts)
    states.append(shut)
    raw = "; ".join([*said, f"swap: {words}"])
    if False in states:
        return missing(raw)
    return unknown(raw) if None in states else ok(raw)


def _of_mount(machine: Machine, mount: Mount | None) -> tuple[bool | None, str]:
    if mount is None:
        return None, "no mount found"
    if mount.type in _MEMORY:
        return True, "in memory"
    if mount.type in _OVER_FILES:
        return True, mount.type
    name = _device_name(machine, mount)
    words = mount.type if mount.type in _KNOWN_TYPES else "another file system"
    if name is None:
        return None, f"{words} on no disk that shows"
    return _of_device(machine, name, words)


def _device_name(machine: Machine, mount: Mount) -> str | None:
    """The kernel's name of a mount's device; file systems of several disks have no number of their own."""
    real = machine.real(f"/sys/dev/block/{mount.device}")
    if real is None and mount.source.startswith("/dev/"):
        real = machine.real(mount.source)
    return real.rsplit("/", 1)[-1] if real else None


def _of_device(machine: Machine, name: str, words: str) -> tuple[bool | None, str]:
    if _is_encrypted(machine, name, 0):
        return True, f"{words} on dm-crypt"
    if name.startswith(("loop", "nbd", "zd")):
        return None, f"{words} on {re.sub('[0-9].*', '', name)}"
    return False, f"{words}, no dm-crypt below it"


def _is_encrypted(machine: Machine, name: str, depth: int) -> bool:
    if depth > _DEEPEST or not re.fullmatch(r"[A-Za-z0-9!._-]{1,64}", name):
        return False
    uuid = machine.text(f"{_BLOCK}/{name}/dm/uuid")
    if uuid is not None and uuid.startswith("CRYPT-"):
        return True
    below = machine.names(f"{_BLOCK}/{name}/slaves") or ()
    return bool(below) and all(_is_encrypted(machine, one, depth + 1) for one in below)


def _of_swap(machine: Machine, mounts: list[Mount]) -> tuple[bool | None, str]:
    """What memory is written out to (`/proc/swaps`)."""
    text = machine.text("/proc/swaps")
    if text is None:
        return None, "cannot be read"
    found: list[tuple[bool | None, str]] = []
    for line in text.splitlines()[1:]:
        words = line.split()
        if len(words) < 2:
            continue
        path = _unescaped(words[0])
        if words[1] == "file":
            found.append(_of_mount(machine, mount_over(mounts, path)))
            continue
        name = (machine.real(path) or path).rsplit("/", 1)[-1]
        found.append((True, "in memory") if name.startswith("zram") else _of_device(machine, name, "partition"))
    if not found:
        return True, "none"
    for wanted in (False, None, True):
        for shut, words_of in found:
            if shut is wanted:
                return shut, words_of
    return None, "cannot be read"


def _unescaped(text: str) -> str:
    """The kernel writes blanks and such as three octal digits."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)
