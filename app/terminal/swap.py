"""Whether memory of this workstation may come onto its disk: what the self-check says of swap. It never fails a check.

Only the system can keep pages off the disk (`MemorySwapMax=0` in a unit, or no swap) or make them noise (an encrypted
swap, or one in memory). Linux only; a hibernation writes to swap, too, and is the same finding.
"""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

NONE, SHUT_OUT, NOISE = "none", "not for this process", "encrypted, or in memory"
PLAIN = "on, and not encrypted: memory of an open session may stay on the disk; encrypt it, or switch it off"
_BLOCK: Final = Path("/sys/class/block")


def swap() -> str:
    """What is found, in a few words."""
    try:
        swaps = Path("/proc/swaps").read_text("utf-8", "replace")
    except OSError:
        return "unknown"
    return judged(swaps, swap_limit(), is_noise)


def judged(swaps: str, limit: str, is_noise: Callable[[str], bool]) -> str:
    """The answer.

    Args:
        swaps: text of `/proc/swaps`: a head, then a line per area that begins with its path.
        limit: what this process's control group may swap out: bytes, `max`, or empty.
        is_noise: whether an area is encrypted, or only in memory.
    """
    areas = [line.split()[0] for line in swaps.splitlines()[1:] if line.strip()]
    if not areas:
        return NONE
    if limit == "0":
        return SHUT_OUT
    return NOISE if all(map(is_noise, areas)) else PLAIN


def swap_limit() -> str:
    """`memory.swap.max` of this process's control group (version 2), or nothing."""
    try:
        group = Path("/proc/self/cgroup").read_text("utf-8").strip().rpartition("::")[2]
        return (Path("/sys/fs/cgroup") / group.lstrip("/") / "memory.swap.max").read_text("ascii").strip()
    except OSError:
        return ""


def is_noise(area: str) -> bool:
    """Whether a swap device, or the disk below a swap file, is zram or goes through dm-crypt."""
    try:
        found = Path(area).stat()
    except OSError:
        return False
    number = found.st_rdev if stat.S_ISBLK(found.st_mode) else found.st_dev
    device = Path(f"/sys/dev/block/{os.major(number)}:{os.minor(number)}")
    return device.exists() and _is_shut(_BLOCK / device.resolve().name)


def _is_shut(device: Path) -> bool:
    """This device, or each of those below it."""
    if device.name.startswith("zram"):
        return True
    try:
        if (device / "dm/uuid").read_text("ascii").startswith("CRYPT-"):
            return True
    except OSError:
        pass
    below = sorted((device / "slaves").glob("*"))
    return bool(below) and all(_is_shut(_BLOCK / one.name) for one in below)
