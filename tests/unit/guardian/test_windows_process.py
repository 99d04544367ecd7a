"""What is asked of Windows to shut a process. A recording stands for it; `make msi-check` runs it under Wine."""

import re
import sys

import pytest

from app.domain.errors import WorkstationError
from app.guardian import process
from app.guardian.windows_process import ACCESS, foreign_modules, require_shut, shut_process

READ_MEMORY, DUPLICATE_HANDLES, WRITE_DAC = 0x0010, 0x0040, 0x40000


class Recording:
    """Windows as a list of what it was asked."""

    def __init__(self, *, refuses: bool = False, tells: str = "", runs: tuple[str, ...] = ()) -> None:
        self.asked: list[tuple[str, object]] = []
        self._refuses, self._tells, self._runs = refuses, tells, runs

    def access(self) -> str:
        return self._tells

    def modules(self) -> tuple[str, ...]:
        return self._runs

    def folders_of_the_system(self) -> tuple[str, ...]:
        return (r"C:\Windows", r"C:\Program Files")

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


def test_that_a_command_there_is_shut_and_a_window_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = Recording()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(process, "RealCalls", lambda: calls)
    monkeypatch.setenv("QT_PLUGIN_PATH", "here")
    assert "QT_PLUGIN_PATH" in process.harden().dropped
    assert ("access", ACCESS) in calls.asked
    with pytest.raises(WorkstationError, match="works with a gateway"):
        process.require_guardian(is_of_gateway=False)
    process.require_guardian(is_of_gateway=True)


AS_WINE_TELLS = "D:P(A;;0x101001;;;OW)(A;;GA;;;SY)"


@pytest.mark.parametrize("told", [ACCESS, AS_WINE_TELLS, "D:P(A;;0x101001;;;OW)(A;;0x1fffff;;;S-1-5-18)"])
def test_that_what_windows_tells_back_is_judged_as_shut(told: str) -> None:
    require_shut(Recording(tells=told))


@pytest.mark.parametrize(
    "told",
    [
        "",
        "D:P",
        "D:(A;;0x101001;;;OW)(A;;GA;;;SY)",
        "D:P(A;;0x101011;;;OW)(A;;GA;;;SY)",
        "D:P(A;;GA;;;OW)(A;;GA;;;SY)",
        "D:P(A;;0x101001;;;OW)(A;;GA;;;SY)(A;;GA;;;BA)",
        "D:P(OA;;0x1;;;OW)",
    ],
)
def test_that_a_process_which_others_may_read_is_told(told: str) -> None:
    with pytest.raises(WorkstationError) as refusal:
        require_shut(Recording(tells=told))
    assert refusal.value.code == "G2"


def test_that_code_from_elsewhere_is_found() -> None:
    own = r"D:\Apps\Tirai"
    runs = (
        r"d:\apps\tirai\python313.dll",
        r"C:\WINDOWS\system32\kernel32.dll",
        r"C:\Program Files\Scanner\hook.dll",
        r"C:\Users\sari\hook.dll",
        r"C:\Windows\..\Users\sari\hook.dll",
        r"C:\WindowsApps\hook.dll",
    )
    assert foreign_modules(Recording(runs=runs), (own,)) == runs[3:]
