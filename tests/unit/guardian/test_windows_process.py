"""What would be asked of Windows to shut a process. A recording stands for it: nothing of this was run there."""

import re
import sys

import pytest

from app.domain.errors import WorkstationError
from app.guardian import process
from app.guardian.windows_process import ACCESS, shut_process

READ_MEMORY, DUPLICATE_HANDLES, WRITE_DAC = 0x0010, 0x0040, 0x40000


class Recording:
    """Windows as a list of what it was asked."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.asked: list[tuple[str, object]] = []
        self._refuses = refuses

    def set_error_mode(self, mode: int) -> bool:
        self.asked.append(("mode", mode))
        return True

    def exclude_from_reports(self, program: str) -> bool:
        self.asked.append(("excluded", program))
        return not self._refuses

    def set_report_flags(self, flags: int) -> bool:
        self.asked.append(("flags", flags))
        return not self._refuses

    def set_access(self, descriptor: str) -> bool:
        self.asked.append(("access", descriptor))
        return not self._refuses


def test_that_reports_are_excluded_and_others_may_only_end_the_process() -> None:
    calls = Recording()
    shut_process(calls, "/programs/tirai.exe")
    assert calls.asked == [("mode", 3), ("excluded", "tirai.exe"), ("flags", 1), ("access", ACCESS)]
    rights = {who: int(mask, 16) for mask, who in re.findall(r"\(A;;0x([0-9a-f]+);;;(\w+)\)", ACCESS)}
    assert set(rights) == {"OW"}
    assert not rights["OW"] & (READ_MEMORY | DUPLICATE_HANDLES | WRITE_DAC)
    assert ACCESS.startswith("D:P"), "nothing is inherited"


def test_that_a_process_that_stays_readable_is_not_started() -> None:
    with pytest.raises(WorkstationError) as refusal:
        shut_process(Recording(refuses=True), "tirai.exe")
    assert refusal.value.code == "G2"


def test_that_a_start_there_is_shut_before_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = Recording()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(process, "RealCalls", lambda: calls)
    with pytest.raises(WorkstationError, match="not built for this system yet"):
        process.harden()
    assert ("access", ACCESS) in calls.asked
