"""The process of one action: starts the program that IT named, waits for its end, kills it when its time is over.

It is forked by the office's nursery, so it knows no key, and it never sees the value: that waits in a pipe which
becomes the program's standard input. The program gets a short environment of our own, `/dev/null` for what it prints, a
session of its own, no other descriptor, and no shell. A program that Tirai ships is run without being executed, so that
it cannot be read; any other is executed, and readable for its OS user as every program is.
"""

import contextlib
import json
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.clean_start import can_be_changed
from app.domain.action_run import Ran
from app.guardian.action_line import LINE_BYTES, STARTED
from app.guardian.children import Child, fork

Shipped = Mapping[str, Callable[[Sequence[str]], int]]
"""Programs of Tirai's own by name: words in, exit code out; the value is on standard input."""
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
_LOOK_MS = 60_000


@dataclass(frozen=True, slots=True)
class _Order:
    argv: tuple[str, ...]
    timeout_s: int
    stdin: int


def be_action(line: socket.socket, shipped: Shipped) -> int:
    """One action's whole life.

    Args:
        line: to the office; the order comes first, and its end means stop.
        shipped: programs of Tirai's own.

    Returns:
        Exit code.
    """
    order = _hear(line)
    if order is None:
        return 1
    if any(_is_changeable(word) for word in order.argv):
        _say(line, Ran.CHANGEABLE)
        return 0
    word, theirs = os.pipe()
    try:
        child = fork(lambda: _be_program(order, theirs, shipped), keep=(order.stdin, theirs), with_guardian=True)
    except OSError:  # no process or memory to be had
        _say(line, Ran.MISSING)
        return 0
    os.close(theirs)
    os.close(order.stdin)
    until = time.monotonic() + order.timeout_s
    if os.read(word, 1):  # ended without a byte: it has started
        child.kill()
        _say(line, Ran.MISSING)
        return 0
    _say(line, STARTED)
    _say(line, *_follow(child, line, until))
    return 0


def _be_program(order: _Order, word: int, shipped: Shipped) -> int:
    """In the child: become the program."""
    os.setsid()
    os.chdir("/")
    null = os.open(os.devnull, os.O_RDWR)
    for fd, to in ((order.stdin, 0), (null, 1), (null, 2)):
        os.dup2(fd, to)
    os.close(order.stdin)
    os.close(null)
    os.environ.clear()
    os.environ.update(ENVIRONMENT)
    program = shipped.get(order.argv[0])
    if program is not None:
        os.close(word)
        return program(order.argv[1:])
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and what it executes would, too
    try:
        os.execve(order.argv[0], order.argv, ENVIRONMENT)  # noqa: S606 -- no shell: what IT named, as it stands
    except OSError:
        os.write(word, b"!")
    return 127


def _follow(child: Child, line: socket.socket, until: float) -> tuple[str, int]:
    """Wait for its end, kill it when its time is over or the office says so; how it ended."""
    poll = select.poll()
    poll.register(child.pidfd, select.POLLIN)
    poll.register(line.fileno(), select.POLLIN)
    while not child.wait(0):
        left_s = until - time.monotonic()
        if left_s <= 0:
            _kill_all(child)
            return Ran.TIMED_OUT, 0
        poll.poll(min(_LOOK_MS, max(1, int(left_s * 1000))))
        if not child.wait(0) and _is_over(line):
            _kill_all(child)
            return Ran.STOPPED, 0
    code = child.exit_code or 0
    if 128 < code <= 128 + signal.NSIG:
        return Ran.KILLED, code - 128
    return (Ran.FAILED, code) if code else (Ran.DONE, 0)


def _kill_all(child: Child) -> None:
    """The program, and what it has begun in its session."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.kill()


def _is_over(line: socket.socket) -> bool:
    try:
        return not line.recv(1, socket.MSG_DONTWAIT | socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        return True


def _is_changeable(word: str) -> bool:
    """Whether a word of the command is a file that this OS user or everybody could have changed."""
    return word.startswith("/") and os.path.isfile(word) and can_be_changed(word)  # noqa: PTH113 -- a word, no Path


def _hear(line: socket.socket) -> _Order | None:
    try:
        text, fds, _, _ = socket.recv_fds(line, LINE_BYTES, 1, socket.MSG_CMSG_CLOEXEC)
        order = json.loads(text)
        return _Order(tuple(str(word) for word in order["argv"]), int(order["timeout_s"]), fds[0])
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def _say(line: socket.socket, word: str, status: int = 0) -> None:
    with contextlib.suppress(OSError):  # an office that is gone needs no answer
        line.sendall(json.dumps({"word": word, "status": status}).encode() + b"\n")
