"""The back office's clock. The shipped program has no hook to change it; tests give another by constructor."""

import time
from functools import cache
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Wall time for records and boot time for durations."""

    def now_ms(self) -> int:
        """Milliseconds since 1970, UTC."""

    def boot_s(self) -> float:
        """Seconds that count through a suspend and never run backwards."""

    def boot_id(self) -> str:
        """Which boot `boot_s` counts in; waits start again with another one."""


class SystemClock:
    """The machine's clocks."""

    def now_ms(self) -> int:
        """Milliseconds since 1970, UTC."""
        return time.time_ns() // 1_000_000

    def boot_s(self) -> float:
        """`CLOCK_BOOTTIME` where there is one (it counts through a suspend), else the monotonic clock."""
        if hasattr(time, "CLOCK_BOOTTIME"):
            return time.clock_gettime(time.CLOCK_BOOTTIME)
        return time.monotonic()

    def boot_id(self) -> str:
        """Which boot of the machine this is."""
        return boot_id()


class ServersClock:
    """The clock of gateways, whose waits and terms stand in one database and are judged by whichever of them is asked.

    Each machine counts its own boot time, so durations are told by the wall clock, which servers keep by NTP; a gateway
    whose clock is off is not ready (`app/gateway/`).
    """

    def now_ms(self) -> int:
        """Milliseconds since 1970, UTC."""
        return time.time_ns() // 1_000_000

    def boot_s(self) -> float:
        """Seconds since 1970, UTC."""
        return time.time_ns() / 1e9

    def boot_id(self) -> str:
        """One for all servers, for ever."""
        return "servers"


@cache
def boot_id() -> str:
    """Which boot of the machine this is; waits start again after a reboot, which no process lives through."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""
