"""Windows: what is asked of its kernel for a guardian's children: pipes, processes, jobs, waits. Run under Wine alone.

Everything is a handle, which names one object for as long as it is open; no process is ever named by its number.
Invariants: a process is born with an access list that lets nobody of this person do more than end it
(`windows_process.ACCESS`), so no other program can have opened it before; it inherits the named handles and no other.
Limits: its threads have the system's usual list (one of their own made libraries fail under Wine).
"""

import ctypes
import subprocess
from collections.abc import Sequence
from typing import Any, Final, Protocol

from app.guardian.windows_process import ACCESS
from app.windows_library import last_error, windows_library

FOREVER: Final = 0xFFFFFFFF
PIPE_BYTES: Final = 256 * 1024
MOST_WAITED: Final = 64
"""MAXIMUM_WAIT_OBJECTS."""

_SIGNALLED, _STILL_ACTIVE = 0, 259
_BROKEN_PIPE, _NO_DATA, _PIPE_NOT_CONNECTED = 109, 232, 233
_ENDS = (_BROKEN_PIPE, _NO_DATA, _PIPE_NOT_CONNECTED)
_INHERIT: Final = 1
_EXTENDED_STARTUP, _UNICODE, _SUSPENDED = 0x00080000, 0x00000400, 0x00000004
_HANDLE_LIST: Final = 0x00020002
_SAME_ACCESS: Final = 2
_SYNCHRONIZE: Final = 0x00100000
_KILL_ON_CLOSE, _EXTENDED_LIMITS = 0x00002000, 9


class Kernel(Protocol):
    """What is asked of Windows; a refusal is an OSError."""

    def new_pipe(self) -> tuple[int, int]:
        """An anonymous pipe: the handle that reads and the one that writes, neither inherited."""

    def new_event(self) -> int:
        """An event that is forgotten as soon as one has waited for it (auto reset)."""

    def ring(self, event: int) -> None:
        """Set an event."""

    def start(self, words: Sequence[str], handles: Sequence[int], job: int = 0) -> int:
        """Start a program that inherits these handles alone; a handle to its process.

        Args:
            words: program and arguments.
            handles: what it inherits.
            job: a job that it belongs to before its first instruction; 0: none.
        """

    def new_job(self) -> int:
        """A job whose processes end with the last handle to it."""

    def access_of(self, process: int) -> str:
        """The process's access list, as text."""

    def wait(self, handles: Sequence[int], timeout_ms: int) -> bool:
        """Wait for one of them; whether one was ready."""

    def exit_code(self, process: int) -> int | None:
        """How a process ended, or None while it lives."""

    def end(self, process: int, code: int) -> None:
        """End a process at once; one that has ended already is no error."""

    def waiting(self, pipe: int) -> int:
        """How many bytes can be read now.

        Raises:
            BrokenPipeError: nobody can write any more, and nothing is left.
        """

    def read(self, pipe: int, most: int) -> bytes:
        """Wait for bytes; none at the end."""

    def write(self, pipe: int, data: bytes) -> None:
        """Write all of it, waiting for who reads.

        Raises:
            BrokenPipeError: nobody reads any more.
        """

    def taken(self, process: int, handle: int) -> int:
        """A handle of our own to what a handle of another process names."""

    def this_process(self) -> int:
        """A handle to this process by which it can be waited for, and no more."""

    def shut_down_late(self) -> None:
        """At a logoff or shutdown this process ends after those with windows."""

    def close(self, handle: int) -> None:
        """Close a handle."""


class RealKernel:
    """The system itself."""

    def __init__(self) -> None:
        """Name the functions with their types.

        Raises:
            AttributeError: this is not Windows.
        """
        kernel, advapi = windows_library("kernel32"), windows_library("advapi32")
        handle, number, pointer = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p
        self._security_of: Any = _typed(
            advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW, ctypes.c_wchar_p, number, pointer, pointer
        )
        self._text_of: Any = _typed(
            advapi.ConvertSecurityDescriptorToStringSecurityDescriptorW, pointer, number, number, pointer, pointer
        )
        self._get_security: Any = _typed(advapi.GetKernelObjectSecurity, handle, number, pointer, number, pointer)
        self._free: Any = _typed(kernel.LocalFree, pointer, answers=pointer)
        self._pipe: Any = _typed(kernel.CreatePipe, pointer, pointer, pointer, number)
        self._event: Any = _typed(kernel.CreateEventW, pointer, number, number, ctypes.c_wchar_p, answers=handle)
        self._set: Any = _typed(kernel.SetEvent, handle)
        self._inheriting: Any = _typed(kernel.SetHandleInformation, handle, number, number)
        self._process: Any = _typed(
            kernel.CreateProcessW,
            *(ctypes.c_wchar_p, pointer, pointer, pointer, number, number),
            *(pointer, ctypes.c_wchar_p, pointer, pointer),
        )
        self._list: Any = _typed(kernel.InitializeProcThreadAttributeList, pointer, number, number, pointer)
        self._listed: Any = _typed(
            kernel.UpdateProcThreadAttribute,
            *(pointer, number, ctypes.c_size_t, pointer, ctypes.c_size_t, pointer, pointer),
        )
        self._unlist: Any = _typed(kernel.DeleteProcThreadAttributeList, pointer, answers=None)
        self._resume: Any = _typed(kernel.ResumeThread, handle, answers=number)
        self._job: Any = _typed(kernel.CreateJobObjectW, pointer, ctypes.c_wchar_p, answers=handle)
        self._limit: Any = _typed(kernel.SetInformationJobObject, handle, number, pointer, number)
        self._bind: Any = _typed(kernel.AssignProcessToJobObject, handle, handle)
        self._wait: Any = _typed(kernel.WaitForMultipleObjects, number, pointer, number, number, answers=number)
        self._code: Any = _typed(kernel.GetExitCodeProcess, handle, pointer)
        self._end: Any = _typed(kernel.TerminateProcess, handle, number)
        self._peek: Any = _typed(kernel.PeekNamedPipe, handle, pointer, number, pointer, pointer, pointer)
        self._read: Any = _typed(kernel.ReadFile, handle, pointer, number, pointer, pointer)
        self._write: Any = _typed(kernel.WriteFile, handle, pointer, number, pointer, pointer)
        self._duplicate: Any = _typed(kernel.DuplicateHandle, handle, handle, handle, pointer, number, number, number)
        self._here: Any = _typed(kernel.GetCurrentProcess, answers=handle)
        self._late: Any = _typed(kernel.SetProcessShutdownParameters, number, number)
        self._close: Any = _typed(kernel.CloseHandle, handle)

    def new_pipe(self) -> tuple[int, int]:
        """See `Kernel`."""
        reads, writes = ctypes.c_void_p(), ctypes.c_void_p()
        self._must(self._pipe(ctypes.byref(reads), ctypes.byref(writes), None, PIPE_BYTES))
        return int(reads.value or 0), int(writes.value or 0)

    def new_event(self) -> int:
        """See `Kernel`."""
        return self._must(self._event(None, 0, 0, None))

    def ring(self, event: int) -> None:
        """See `Kernel`."""
        self._must(self._set(event))

    def new_job(self) -> int:
        """See `Kernel`."""
        job = self._must(self._job(None, None))
        limits = (ctypes.c_uint32 * 36)()  # JOBOBJECT_EXTENDED_LIMIT_INFORMATION, 144 bytes on 64-bit Windows
        limits[4] = _KILL_ON_CLOSE  # BasicLimitInformation.LimitFlags, behind two 64-bit times
        self._must(self._limit(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)))
        return job

    def start(self, words: Sequence[str], handles: Sequence[int], job: int = 0) -> int:
        """See `Kernel`; it is born suspended, so that nothing of it runs before it is in its job."""
        security = ctypes.c_void_p()
        self._must(self._security_of(ACCESS, 1, ctypes.byref(security), None))
        attributes = None
        try:
            shut = _SecurityAttributes(ctypes.sizeof(_SecurityAttributes), security, 0)
            attributes, listed = self._handle_list(handles)
            startup = _StartupInfoEx(attributes=ctypes.cast(attributes, ctypes.c_void_p))
            startup.size = ctypes.sizeof(startup)
            made = _ProcessInformation()
            line = ctypes.create_unicode_buffer(subprocess.list2cmdline(words))
            for one in handles:
                self._must(self._inheriting(one, _INHERIT, _INHERIT))
            flags = _EXTENDED_STARTUP | _UNICODE | _SUSPENDED
            begun = self._process(
                words[0],
                line,
                ctypes.byref(shut),
                None,
                1,
                flags,
                None,
                None,
                ctypes.byref(startup),
                ctypes.byref(made),
            )
            failure = last_error()
            for one in handles:
                self._inheriting(one, _INHERIT, 0)
            del listed
        finally:
            if attributes is not None:
                self._unlist(attributes)
            self._free(security)
        if not begun:
            raise OSError(failure, "no process")
        try:
            if job:
                self._must(self._bind(job, made.process))
            self._must(self._resume(made.thread) != FOREVER)
        except OSError:
            self._end(made.process, 1)
            self._close(made.process)
            raise
        finally:
            self._close(made.thread)
        return int(made.process)

    def access_of(self, process: int) -> str:
        """See `Kernel`."""
        dacl, needed = 4, ctypes.c_uint32(0)
        self._get_security(process, dacl, None, 0, ctypes.byref(needed))
        held = ctypes.create_string_buffer(max(1, needed.value))
        if not self._get_security(process, dacl, held, needed, ctypes.byref(needed)):
            return ""
        text = ctypes.c_wchar_p()
        if not self._text_of(held, 1, dacl, ctypes.byref(text), None):
            return ""
        try:
            return str(text.value or "")
        finally:
            self._free(ctypes.cast(text, ctypes.c_void_p))

    def wait(self, handles: Sequence[int], timeout_ms: int) -> bool:
        """See `Kernel`."""
        few = handles[:MOST_WAITED]
        array = (ctypes.c_void_p * len(few))(*few)
        found = self._wait(len(few), array, 0, timeout_ms)
        return bool(found < len(few))

    def exit_code(self, process: int) -> int | None:
        """See `Kernel`."""
        if not self.wait([process], 0):
            return None
        code = ctypes.c_uint32(_STILL_ACTIVE)
        self._must(self._code(process, ctypes.byref(code)))
        return int(code.value)

    def end(self, process: int, code: int) -> None:
        """See `Kernel`."""
        self._end(process, code)

    def waiting(self, pipe: int) -> int:
        """See `Kernel`."""
        there = ctypes.c_uint32(0)
        if not self._peek(pipe, None, 0, None, ctypes.byref(there), None):
            raise BrokenPipeError
        return int(there.value)

    def read(self, pipe: int, most: int) -> bytes:
        """See `Kernel`."""
        room, came = ctypes.create_string_buffer(most), ctypes.c_uint32(0)
        if not self._read(pipe, room, most, ctypes.byref(came), None):
            return b""
        return room.raw[: came.value]

    def write(self, pipe: int, data: bytes) -> None:
        """See `Kernel`."""
        while data:
            went = ctypes.c_uint32(0)
            if not self._write(pipe, data, len(data), ctypes.byref(went), None):
                raise BrokenPipeError
            data = data[went.value :]

    def taken(self, process: int, handle: int) -> int:
        """See `Kernel`."""
        ours = ctypes.c_void_p()
        self._must(self._duplicate(process, handle, self._here(), ctypes.byref(ours), 0, 0, _SAME_ACCESS))
        return int(ours.value or 0)

    def this_process(self) -> int:
        """See `Kernel`."""
        ours, here = ctypes.c_void_p(), self._here()
        self._must(self._duplicate(here, here, here, ctypes.byref(ours), _SYNCHRONIZE, 0, 0))
        return int(ours.value or 0)

    def shut_down_late(self) -> None:
        """See `Kernel`; 0x280 is what every program has, and higher ones come first."""
        self._late(0x180, 0)

    def close(self, handle: int) -> None:
        """See `Kernel`."""
        self._close(handle)

    def _handle_list(self, handles: Sequence[int]) -> tuple[Any, Any]:
        """An attribute list that names the handles, and what has to live as long."""
        size = ctypes.c_size_t(0)
        self._list(None, 1, 0, ctypes.byref(size))
        room = ctypes.create_string_buffer(size.value)
        self._must(self._list(room, 1, 0, ctypes.byref(size)))
        named = (ctypes.c_void_p * len(handles))(*handles)
        self._must(self._listed(room, 0, _HANDLE_LIST, named, ctypes.sizeof(named), None, None))
        return room, named

    def _must(self, answer: int | None) -> int:
        if not answer:
            raise OSError(last_error(), "Windows refused")
        return int(answer)


def _typed(function: Any, *arguments: Any, answers: Any = ctypes.c_int) -> Any:
    function.argtypes, function.restype = arguments, answers
    return function


class _SecurityAttributes(ctypes.Structure):
    """SECURITY_ATTRIBUTES."""

    _fields_ = (("size", ctypes.c_uint32), ("descriptor", ctypes.c_void_p), ("inherits", ctypes.c_int))


class _StartupInfoEx(ctypes.Structure):
    """STARTUPINFOEXW."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        *((name, ctypes.c_void_p) for name in ("reserved", "desktop", "title")),
        *((name, ctypes.c_uint32) for name in ("x", "y", "width", "height", "columns", "rows", "fill", "flags")),
        ("show", ctypes.c_uint16),
        ("reserved_bytes", ctypes.c_uint16),
        *((name, ctypes.c_void_p) for name in ("more", "reads", "writes", "complains")),
        ("attributes", ctypes.c_void_p),
    )


class _ProcessInformation(ctypes.Structure):
    """PROCESS_INFORMATION."""

    _fields_ = (
        ("process", ctypes.c_void_p),
        ("thread", ctypes.c_void_p),
        ("process_number", ctypes.c_uint32),
        ("thread_number", ctypes.c_uint32),
    )
