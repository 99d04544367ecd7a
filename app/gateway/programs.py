"""IT's own programs as a gateway runs them: named by a file that only root writes, in a fixed environment, no shell."""

import os
import selectors
import stat
import subprocess
import time
from pathlib import Path
from typing import Final

from app.domain.errors import WorkstationError
from app.gateway.secret_files import FOLDER_VARIABLE

_PATH: Final = "/usr/bin:/bin"


def program_environment() -> dict[str, str]:
    """What every program gets: where programs lie, a language, and the folder of credentials, where there is one."""
    folder = os.environ.get(FOLDER_VARIABLE)
    return {"PATH": _PATH, "LANG": "C.UTF-8", **({FOLDER_VARIABLE: folder} if folder else {})}


def demand_unbendable(program: Path, error: type[WorkstationError] = WorkstationError) -> None:
    """Refuse a program that is not there, or that others could change.

    Args:
        program: its whole path.
        error: what to raise, made of a sentence.
    """
    try:
        found = program.stat()
    except OSError as e:
        raise error(f"{program} cannot be run: {e.strerror}.") from e
    if not stat.S_ISREG(found.st_mode) or found.st_uid not in {0, os.geteuid()} or found.st_mode & 0o022:
        raise error(
            f"{program} can be changed by others than root and the gateway's account, so it is not run: chmod go-w."
        )


def has_ended(child: "subprocess.Popen[bytes]", deadline: float) -> bool:
    """Whether a program ends before a moment (monotonic, seconds). Nobody has waited for it yet, nor has this."""
    ended = os.pidfd_open(child.pid)
    try:
        return is_ready(ended, deadline)
    finally:
        os.close(ended)


def is_ready(fd: int, deadline: float) -> bool:
    """Whether there is something to read before a moment (monotonic, seconds)."""
    with selectors.DefaultSelector() as selector:
        selector.register(fd, selectors.EVENT_READ)
        return bool(selector.select(max(0.0, deadline - time.monotonic())))
