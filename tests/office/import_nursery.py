"""The nursery of made offices: the product's own, with its own children, begun as a program since tests have threads.

One serves all offices of a test run, from the first import or action on. Its children follow the clock that the test
moves.
"""

import functools
import importlib
import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READY = b"ready"
sys.path.insert(0, str(ROOT))

from app.bootstrap.offices import action_body  # noqa: E402
from app.domain.actions import Action  # noqa: E402
from app.guardian import action_line  # noqa: E402
from app.guardian.action_line import ActionLine  # noqa: E402
from app.guardian.nursery import Nursery, run_nursery  # noqa: E402 (run as a program)
from tests.office.moved_clock import FollowedClock  # noqa: E402


@functools.cache
def nursery(before: str = "") -> Nursery:
    """A nursery of this process, which ends with it. It has loaded everything: what its children do waits for that no
    more, and an office is not patient with them.

    Args:
        before: `module:function` to call there first; what it changes, its children have changed.
    """
    line, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, str(Path(__file__).resolve()), str(theirs.fileno()), before]
        program = subprocess.Popen(command, cwd="/", pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
    program.returncode = 0  # nobody waits for it: it goes with the line
    assert line.recv(len(READY)) == READY, "the nursery did not come up"
    return Nursery(line)


def new_import() -> socket.socket:
    """A line to a fresh process for an import."""
    return nursery().child()


def import_body(line: socket.socket) -> int:
    """The process of one import, as in `app.bootstrap`, but for its clock."""
    from app.api.server.import_child import be_import
    from app.bootstrap.program import policy
    from app.guardian.beside import begin_beside

    return be_import(line, policy(), FollowedClock, begin_beside)


def source_body(line: socket.socket) -> int:
    """The process of one scheduled import, as in `app.bootstrap`."""
    from app.bootstrap.offices import source_body as body

    return body(line)


def new_source() -> socket.socket:
    """A line to a fresh process that reads a source."""
    return nursery().child(2)


def begin_action(action: Action, value: str) -> ActionLine:
    """Start an action's program, as in `app.bootstrap`."""
    return action_line.begin_action(lambda: nursery().child(1), action, value)


def main() -> int:
    import app.api.server.import_child  # noqa: F401
    from app.guardian.process import harden

    harden()
    if sys.argv[2]:
        module, _, function = sys.argv[2].partition(":")
        getattr(importlib.import_module(module), function)()
    line = socket.socket(fileno=int(sys.argv[1]))
    line.sendall(READY)
    return run_nursery(line, import_body, action_body, source_body)


if __name__ == "__main__":
    os._exit(main())
