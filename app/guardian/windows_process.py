"""Windows: what shuts a process there as `prctl` and the core limit do on Linux. Written for the port and never run.

No report of a crash may hold this process's memory (Windows Error Reporting), no box may ask about one, and other
programs of the same person may end the process and no more: its access list gives nobody the right to read its memory,
to duplicate its handles or to change that list (the entry for OWNER RIGHTS). Administrators are out of scope, and so is
whoever held a handle before. Tests say what is asked of the system; Tirai itself is refused there still (`process`).
"""

import sys
from pathlib import Path
from typing import Any, Final, Protocol

from app.domain.errors import WorkstationError

SILENT_ERRORS: Final = 0x0001 | 0x0002
"""SEM_FAILCRITICALERRORS and SEM_NOGPFAULTERRORBOX."""
REPORTS_WITHOUT_HEAP: Final = 0x0001
"""WER_FAULT_REPORTING_FLAG_NOHEAP: should a report be made all the same."""
MAY_BE_ENDED: Final = 0x0001 | 0x1000 | 0x100000
"""PROCESS_TERMINATE, PROCESS_QUERY_LIMITED_INFORMATION and SYNCHRONIZE."""
ACCESS: Final = f"D:P(A;;0x{MAY_BE_ENDED:x};;;OW)(A;;GA;;;SY)"
"""Security descriptor: protected from inheritance; the owner, by name of OWNER RIGHTS; the system, everything."""


class WindowsCalls(Protocol):
    """What is asked of Windows; each answers whether it was done."""

    def set_error_mode(self, mode: int) -> bool:
        """`SetErrorMode`."""

    def exclude_from_reports(self, program: str) -> bool:
        """`WerAddExcludedApplication`, for this person."""

    def set_report_flags(self, flags: int) -> bool:
        """`WerSetFlags`."""

    def set_access(self, descriptor: str) -> bool:
        """`SetKernelObjectSecurity` of this process, from its text."""


def shut_process(calls: WindowsCalls, program: str = sys.executable) -> None:
    """Keep this process's memory out of reports and out of other programs' reach.

    Args:
        calls: the system.
        program: whose reports are excluded.

    Raises:
        WorkstationError: the access list could not be set, so the process stays readable.
    """
    calls.set_error_mode(SILENT_ERRORS)
    calls.exclude_from_reports(Path(program).name)
    calls.set_report_flags(REPORTS_WITHOUT_HEAP)
    if not calls.set_access(ACCESS):
        raise WorkstationError("Windows did not let this process shut its memory; it is not started.", code="G2")


class RealCalls:
    """The system itself."""

    def __init__(self) -> None:
        import ctypes

        libraries: Any = ctypes
        self._c: Any = ctypes
        self._kernel, self._wer = libraries.WinDLL("kernel32"), libraries.WinDLL("wer")
        self._advapi = libraries.WinDLL("advapi32")
        self._kernel.GetCurrentProcess.restype = ctypes.c_void_p

    def set_error_mode(self, mode: int) -> bool:
        """The old mode is answered, whatever happens."""
        self._kernel.SetErrorMode(self._c.c_uint(mode))
        return True

    def exclude_from_reports(self, program: str) -> bool:
        """S_OK is 0."""
        return bool(self._wer.WerAddExcludedApplication(self._c.c_wchar_p(program), 0) == 0)

    def set_report_flags(self, flags: int) -> bool:
        """S_OK is 0."""
        return bool(self._kernel.WerSetFlags(self._c.c_uint(flags)) == 0)

    def set_access(self, descriptor: str) -> bool:
        """Anything but 0 is a success."""
        made = self._c.c_void_p()
        convert = self._advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW
        if not convert(self._c.c_wchar_p(descriptor), 1, self._c.byref(made), None):
            return False
        process = self._c.c_void_p(self._kernel.GetCurrentProcess())
        try:
            dacl = 4
            return bool(self._advapi.SetKernelObjectSecurity(process, dacl, made))
        finally:
            self._kernel.LocalFree(made)
