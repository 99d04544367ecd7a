"""What makes this process and its children unreadable for other processes of the same person.

Linux: not dumpable (no core, no `/proc/PID/mem`, no ptrace by the same ordinary user), no core limit, umask 077,
refusal under a tracer, hostile environment variables dropped (`app.clean_start`). A fork inherits all of it; an exec
would lose dumpability until `prctl`, so children are forked and never executed (`protection.md` section 7, rule 5).
Root is out of scope. Windows: `windows_process`; children are started there, and born with their access list
(`windows_kernel`). Other systems are refused here and nowhere else.
"""

import ctypes
import os
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from app.clean_start import drop_hostile, foreign_libraries
from app.domain.errors import WorkstationError
from app.guardian.windows_process import RealCalls, foreign_modules, require_shut, shut_process
from app.own_program import own_folders

_PR_SET_PDEATHSIG = 1
_PR_GET_DUMPABLE = 3
_PR_SET_DUMPABLE = 4
_PRIVATE_UMASK = 0o077


@dataclass(frozen=True, slots=True)
class Hardening:
    """What `harden` achieved.

    Attributes:
        core_limit_bytes: soft and hard limit of a core file; always 0.
        dropped: names (never values) of the environment variables that were dropped.
    """

    core_limit_bytes: int
    dropped: tuple[str, ...]


def require_guardian(*, is_of_gateway: bool) -> None:
    """Refuse a system where no guardian is built, and an office of one's own where none can live.

    Args:
        is_of_gateway: whether this home works with a gateway.

    Raises:
        WorkstationError: the guardian is not built for this system, or not for this home.
    """
    if sys.platform != "win32":
        require_linux()
    elif not is_of_gateway:
        raise WorkstationError(
            "On Windows Tirai works with a gateway, and this workstation knows none yet. IT names it: "
            "tirai gateway use https://..., or the setting gateway_url of the machine's policy.",
            code="G1",
        )


def require_linux() -> None:
    """Refuse any other system, in a sentence that says what to do.

    Raises:
        WorkstationError: nothing of Unix is here, or not as Linux has it.
    """
    if sys.platform != "linux":
        raise WorkstationError(f"Tirai is not built for this system yet ({sys.platform}); use Linux.", code="G1")


def harden(keep: Collection[str] = ()) -> Hardening:
    """Make this process unreadable and its environment harmless. May be called again, also after a fork.

    Args:
        keep: names of hostile-looking variables that the program set itself.

    Raises:
        WorkstationError: another system than Linux, a refusing kernel, or a tracer (debugger) is attached.
    """
    if sys.platform == "win32":
        shut_process(RealCalls())
        return Hardening(core_limit_bytes=0, dropped=drop_hostile(keep))
    require_linux()
    import resource  # of Unix alone

    _fill_standard_fds()
    if _prctl(_PR_SET_DUMPABLE, 0) != 0:
        raise WorkstationError("The kernel did not let this process shut its memory; it is not started.", code="G2")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.umask(_PRIVATE_UMASK)
    # After dumpability is gone nobody new can attach, so this answer stays true.
    require_untraced(Path("/proc/self/status").read_text(encoding="ascii", errors="replace"))
    return Hardening(core_limit_bytes=resource.getrlimit(resource.RLIMIT_CORE)[1], dropped=drop_hostile(keep))


def require_hardened() -> None:
    """Check, in a child right after the fork, that it cannot be read.

    Raises:
        WorkstationError: the process is dumpable; it must not go on.
    """
    if sys.platform == "win32":
        require_shut(RealCalls())
        return
    if _prctl(_PR_GET_DUMPABLE, 0) != 0:
        raise WorkstationError("A child process came up readable for others; it is not started.", code="G2")


def require_untraced(status: str) -> None:
    """Refuse a tracer.

    Args:
        status: text of `/proc/self/status`.

    Raises:
        WorkstationError: a debugger is attached, or the kernel does not say.
    """
    tracer = next((line.split()[1] for line in status.splitlines() if line.startswith("TracerPid:")), "unknown")
    if tracer != "0":
        raise WorkstationError("A debugger is attached to this process; start Tirai without it.", code="G3")


def require_own_code() -> None:
    """Refuse libraries that came in since the start from where this user, or everybody, can change them.

    Called before a secret is typed or derived, when Qt's plug-ins and what they bring are there.

    Raises:
        WorkstationError: there is one; the message names its place.
    """
    found = foreign_modules(RealCalls(), own_folders()) if sys.platform == "win32" else foreign_libraries()
    if found:
        raise WorkstationError(f"{', '.join(found)}: code that anybody here could have changed. Tell IT.", code="G5")


def leave(code: int) -> NoReturn:
    """End this process at once: no thread goes on, nothing is cleaned up.

    Windows' own way out (`ExitProcess`) asks every library first, and may wait for ever for locks of threads that it
    has ended; so a process there ends itself as another one would end it.
    """
    if sys.platform == "win32":
        libraries: Any = ctypes
        kernel = libraries.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.TerminateProcess.argtypes = (ctypes.c_void_p, ctypes.c_uint)
        kernel.TerminateProcess(kernel.GetCurrentProcess(), code)
    os._exit(code)


def die_with_parent(parent: int, signal_number: int) -> None:
    """Ask the kernel for `signal_number` when the parent dies; exit at once if it already has.

    Args:
        parent: process id that the parent had before the fork.
        signal_number: usually SIGKILL.
    """
    _prctl(_PR_SET_PDEATHSIG, signal_number)
    if os.getppid() != parent:
        os._exit(1)


def outlive_parent() -> None:
    """Undo `die_with_parent`: from now on this process has something to destroy."""
    _prctl(_PR_SET_PDEATHSIG, 0)


def open_fds() -> list[int]:
    """Open file descriptors of this process, without the one that lists them."""
    fds = []
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 -- iterdir would leave its own descriptor in the list longer
        fd = int(name)
        try:
            os.fstat(fd)
        except OSError:
            continue
        fds.append(fd)
    return fds


def close_other_fds(keep: Collection[int]) -> None:
    """Close every descriptor but standard input, output, error and `keep`.

    A child that kept the guardian's end of somebody's socket pair would hide the guardian's death.
    """
    wanted = {0, 1, 2, *keep}
    for fd in open_fds():
        if fd not in wanted:
            os.close(fd)


def _fill_standard_fds() -> None:
    """Open `/dev/null` where 0, 1 or 2 is closed, so no socket pair ever gets such a number and leaks."""
    while (fd := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(fd, True)
    os.close(fd)


def _prctl(option: int, argument: int) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    return int(libc.prctl(ctypes.c_int(option), *(ctypes.c_ulong(x) for x in (argument, 0, 0, 0))))
