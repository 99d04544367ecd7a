"""The machine's clock, moved on by what a test says; the lead lies in a file beside the office's folder, too, so that
other processes of that office go by the same time.
"""

import threading
import time
from pathlib import Path

from app.backoffice.clock import boot_id

LEAD = "clock-lead"


class MovedClock:
    """The clock of a made office."""

    _ahead_ms = 0
    _file: Path | None = None

    @property
    def ahead_ms(self) -> int:
        """How far it is ahead of the machine's."""
        return self._ahead_ms

    @ahead_ms.setter
    def ahead_ms(self, value: int) -> None:
        self._ahead_ms = value
        self._write()

    def lead_others(self, home: Path) -> None:
        """Have a `FollowedClock` of this office go by the same time."""
        self._file = home.with_name(LEAD)
        self._write()

    def _write(self) -> None:
        if self._file is not None:
            part = self._file.with_suffix(f".part-{threading.get_ident()}")  # two people may come at once
            part.write_text(str(self._ahead_ms), encoding="ascii")
            part.replace(self._file)

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000 + self.ahead_ms

    def boot_s(self) -> float:
        return time.monotonic() + self.ahead_ms / 1000

    def boot_id(self) -> str:
        return boot_id()

    def pass_s(self, seconds: float) -> None:
        """Let time pass."""
        self.ahead_ms += int(seconds * 1000)


class FollowedClock:
    """The same clock in another process."""

    def __init__(self, home: Path) -> None:
        self._lead = home.with_name(LEAD)

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000 + self._ahead_ms()

    def boot_s(self) -> float:
        return time.monotonic() + self._ahead_ms() / 1000

    def boot_id(self) -> str:
        return boot_id()

    def _ahead_ms(self) -> int:
        return int(self._lead.read_text(encoding="ascii"))
