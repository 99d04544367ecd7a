"""The office's side of one action: has its process forked, starts the program there, and hands it the value.

The value goes into a pipe whose other end is the program's standard input, and only once the program has started: it is
on no line, in no argument and in no process between. What the program prints goes nowhere.
"""

import contextlib
import json
import os
import socket
from collections.abc import Callable

from app.domain.action_run import Ran, RunEnd
from app.domain.actions import Action
from app.domain.errors import WorkstationError

STARTED = "started"
START_S = 20.0
"""So long a process may take to come up on a busy workstation."""
LATE_S = 10.0
"""So much later than its time an end may be told; then its process is given up, and the kernel kills the program."""
LINE_BYTES = 64 * 1024


class ActionLine:
    """One running action (`app.domain.actions.RunningAction`)."""

    def __init__(self, line: socket.socket, timeout_s: int) -> None:
        """Follow the process behind this line; its program has not started yet."""
        self._line, self._timeout_s = line, timeout_s
        self._words = line.makefile("rb")
        self._stopped = False
        self._end: RunEnd | None = None

    def start(self, action: Action, value: str) -> None:
        """Have the program started, and hand it the value.

        Raises:
            WorkstationError: its process did not come up; the value went nowhere.
        """
        theirs, ours = os.pipe()
        order = json.dumps({"argv": action.argv, "timeout_s": action.timeout_s}).encode() + b"\n"
        try:
            self._line.settimeout(START_S)
            socket.send_fds(self._line, [order], [theirs])
            os.close(theirs)
            theirs = -1
            said = self._hear()
            if said is None:
                raise WorkstationError("The process for this action did not come up; nothing was done.", code="N4")
            if said.get("word") == STARTED:
                _hand_over(ours, value)
            else:
                self._end = _end_of(said)
        except OSError as e:
            raise WorkstationError("The process for this action did not come up; nothing was done.", code="N4") from e
        finally:
            os.close(ours)
            if theirs != -1:
                os.close(theirs)

    def wait(self) -> RunEnd:
        """The program's end. A process that says nothing any more was killed."""
        try:
            if self._end is None:
                self._line.settimeout(self._timeout_s + LATE_S)
                said = self._hear()
                self._end = RunEnd(Ran.KILLED) if said is None else _end_of(said)
        finally:
            self._words.close()
            self._line.close()
        return RunEnd(Ran.STOPPED) if self._stopped and self._end.how is not Ran.DONE else self._end

    def stop(self) -> None:
        """End the line: the program's process kills it and leaves."""
        self._stopped = True
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_WR)

    def _hear(self) -> dict[str, object] | None:
        try:
            untrusted = json.loads(self._words.readline(LINE_BYTES))
        except (OSError, ValueError):
            return None
        return untrusted if isinstance(untrusted, dict) else None


def begin_action(new_child: Callable[[], socket.socket], action: Action, value: str) -> ActionLine:
    """Start an action's program and hand it a value.

    Args:
        new_child: forks the process for it and returns the line to that.
        action: what to run.
        value: one line of text.

    Raises:
        WorkstationError: no process came up; the value went nowhere.
    """
    running = ActionLine(new_child(), action.timeout_s)
    try:
        running.start(action, value)
    except BaseException:
        running.stop()
        with contextlib.suppress(OSError):
            running.wait()
        raise
    return running


def _hand_over(pipe: int, value: str) -> None:
    """One line, then the end of the program's input. A pipe takes 64 KiB at once, and no value is as long."""
    os.set_blocking(pipe, False)
    with contextlib.suppress(BrokenPipeError):  # it read nothing and has left: its exit code tells
        os.write(pipe, value.encode() + b"\n")


def _end_of(said: dict[str, object]) -> RunEnd:
    word, status = said.get("word"), said.get("status", 0)
    if word not in set(Ran) or not isinstance(status, int) or not 0 <= status <= 255:
        return RunEnd(Ran.KILLED)
    return RunEnd(Ran(str(word)), status)
