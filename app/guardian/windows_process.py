"""Windows: what shuts a process there as `prctl` and the core limit do on Linux. Run under Wine, never on Windows.

No report of a crash may hold this process's memory (Windows Error Reporting), no box may ask about one, and other
programs of the same person may end the process and no more: its access list gives nobody the right to read its memory,
to duplicate its handles or to change that list (the entry for OWNER RIGHTS). Administrators are out of scope, and so is
whoever held a handle before. Code may come from Tirai's own folder, from Windows' and from Program Files, which only
administrators write: what a virus scanner brings into every process lies there.
"""

import re
import sys
from collections.abc import Collection, Sequence
from pathlib import Path, PureWindowsPath
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

_LONGEST_PATH: Final = 32_768
_MOST_MODULES: Final = 4096


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

    def access(self) -> str:
        """`GetKernelObjectSecurity` of this process, as text; empty where nothing is told."""

    def modules(self) -> Sequence[str]:
        """Files whose code is in this process (`EnumProcessModules`)."""

    def folders_of_the_system(self) -> Sequence[str]:
        """Folders that only administrators write: Windows' own, and Program Files."""


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


def require_shut(calls: WindowsCalls) -> None:
    """Check that nobody but the system may do more with this process than end it.

    Raises:
        WorkstationError: somebody may, or the system does not tell.
    """
    require_shut_access(calls.access())


def require_shut_access(told: str) -> None:
    """The same for an access list that was read already, of this process or of another.

    Args:
        told: the list as text (SDDL).

    Raises:
        WorkstationError: somebody may do more than end the process, or the system does not tell.
    """
    entries = [re.fullmatch(r"A;[^;]*;([^;]*);;;([^;]+)", entry) for entry in re.findall(r"\(([^)]*)\)", told)]
    if not told.startswith("D:P") or not entries or not all(map(_is_harmless, entries)):
        raise WorkstationError("This process can be read by others; it is not started.", code="G2")


def _is_harmless(entry: re.Match[str] | None) -> bool:
    if entry is None:
        return False
    rights, whose = entry.groups()
    if whose in {"SY", "S-1-5-18"}:
        return True
    return rights.startswith("0x") and int(rights, 16) & ~MAY_BE_ENDED == 0


def foreign_modules(calls: WindowsCalls, own: Collection[str]) -> tuple[str, ...]:
    """Files whose code runs here and that lie outside of Tirai's own folders and the system's.

    Args:
        calls: the system.
        own: Tirai's folders.
    """
    folders = [PureWindowsPath(folder) for folder in (*own, *calls.folders_of_the_system())]
    return tuple(name for name in calls.modules() if not _is_below(PureWindowsPath(name), folders))


def _is_below(place: PureWindowsPath, folders: Sequence[PureWindowsPath]) -> bool:
    return ".." not in place.parts and any(place.is_relative_to(folder) for folder in folders)


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

    def access(self) -> str:
        """Two questions: how long it is, and what it says."""
        process, dacl, needed = self._c.c_void_p(self._kernel.GetCurrentProcess()), 4, self._c.c_uint(0)
        self._advapi.GetKernelObjectSecurity(process, dacl, None, 0, self._c.byref(needed))
        if not needed.value:
            return ""
        held = self._c.create_string_buffer(needed.value)
        if not self._advapi.GetKernelObjectSecurity(process, dacl, held, needed, self._c.byref(needed)):
            return ""
        text = self._c.c_wchar_p()
        convert = self._advapi.ConvertSecurityDescriptorToStringSecurityDescriptorW
        if not convert(held, 1, dacl, self._c.byref(text), None):
            return ""
        try:
            return str(text.value or "")
        finally:
            self._kernel.LocalFree(self._c.cast(text, self._c.c_void_p))

    def modules(self) -> Sequence[str]:
        """As many as are there; a list that grows meanwhile is asked for again with room to spare."""
        process, needed = self._c.c_void_p(self._kernel.GetCurrentProcess()), self._c.c_uint(0)
        held = (self._c.c_void_p * _MOST_MODULES)()
        if not self._kernel.K32EnumProcessModules(process, held, self._c.sizeof(held), self._c.byref(needed)):
            raise WorkstationError("Windows does not tell what runs in this process; it is not started.", code="G5")
        count = min(needed.value // self._c.sizeof(self._c.c_void_p), _MOST_MODULES)
        return [self._file_of(held[at]) for at in range(count)]

    def folders_of_the_system(self) -> Sequence[str]:
        """By Windows' own word and the machine's registry, never by the environment."""
        import winreg

        room = self._c.create_unicode_buffer(_LONGEST_PATH)
        self._kernel.GetSystemWindowsDirectoryW(room, _LONGEST_PATH)
        registry: Any = winreg
        key = r"SOFTWARE\Microsoft\Windows\CurrentVersion"
        found = [room.value]
        with registry.OpenKey(registry.HKEY_LOCAL_MACHINE, key) as opened:
            for name in ("ProgramFilesDir", "ProgramFilesDir (x86)"):
                try:
                    found.append(str(registry.QueryValueEx(opened, name)[0]))
                except OSError:
                    continue
        return [folder for folder in found if folder]

    def _file_of(self, module: int | None) -> str:
        room = self._c.create_unicode_buffer(_LONGEST_PATH)
        self._kernel.GetModuleFileNameW(self._c.c_void_p(module), room, _LONGEST_PATH)
        return str(room.value)
