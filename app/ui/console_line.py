"""The console's end of `session.console_line`: listens, answers each caller one line, and waits for nobody.

Invariants: nothing here blocks the GUI thread; of callers who stand there without a word, the newest `MOST_CALLERS` are
kept for `patience.CALLER_S`; a caller of another OS user, and one who says too much, is left without an answer.
"""

import contextlib
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from app.domain import patience
from app.session import console_line
from app.session.console_line import LONGEST, Answer, Ask, answer_line, read_ask

MOST_CALLERS, AT_ONCE, QUEUE = 32, 8, 64
LOOK_MS = 250
SOCKET_MODE = 0o600


@dataclass(eq=False, slots=True)
class _Caller:
    line: socket.socket
    notifier: QSocketNotifier
    since: float
    said: bytearray = field(default_factory=bytearray)


class ConsoleLine(QObject):
    """Listens on one socket.

    Args:
        answer: answers a question; called on the GUI thread, so it must not take long.
    """

    def __init__(self, answer: Callable[[Ask], Answer], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answer = answer
        self._listener: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._path: Path | None = None
        self._callers: list[_Caller] = []
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._drop_silent)

    @property
    def is_listening(self) -> bool:
        """Whether it listens."""
        return self._listener is not None

    def listen(self, path: Path) -> bool:
        """Listen at a path; what lies there is replaced, a link too. Whether it does."""
        if not hasattr(socket, "AF_UNIX"):  # Windows: nobody is heard there
            return False
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK)
        try:
            with contextlib.suppress(FileNotFoundError):
                path.unlink()
            listener.bind(str(path))
            path.chmod(SOCKET_MODE)
            listener.listen(QUEUE)
        except OSError:
            listener.close()
            return False
        self._listener, self._path = listener, path
        self._notifier = QSocketNotifier(listener.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_callers)
        return True

    def close(self) -> None:
        """Listen no more."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier = None
        for caller in tuple(self._callers):
            self._drop(caller)
        if self._listener is not None and self._path is not None:
            self._listener.close()
            self._listener = None
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _on_callers(self) -> None:
        for _ in range(AT_ONCE):
            if self._listener is None:
                return
            try:
                line, _address = self._listener.accept()
            except OSError:
                return
            self._take(line)

    def _take(self, line: socket.socket) -> None:
        line.setblocking(False)
        if not console_line.is_own(line):
            line.close()
            return
        notifier = QSocketNotifier(line.fileno(), QSocketNotifier.Type.Read, self)
        caller = _Caller(line, notifier, time.monotonic())
        notifier.activated.connect(partial(self._on_said, caller))
        self._callers.append(caller)
        if len(self._callers) > MOST_CALLERS:
            self._drop(self._callers[0])
        self._look.start()
        self._on_said(caller)  # most have spoken before they are let in

    def _on_said(self, caller: _Caller, *_descriptor: object) -> None:
        if caller not in self._callers:
            return
        try:
            part = caller.line.recv(LONGEST + 1 - len(caller.said))
        except BlockingIOError:
            return
        except OSError:
            part = b""
        caller.said += part
        line, end, _rest = caller.said.partition(b"\n")
        if end and len(line) < LONGEST:
            question = read_ask(bytes(line))
            answer = self._answer(question) if question is not None else Answer.REFUSED
            with contextlib.suppress(OSError):
                caller.line.sendall(answer_line(answer))
            self._drop(caller)
        elif end or not part or len(caller.said) > LONGEST:
            self._drop(caller)

    def _drop(self, caller: _Caller) -> None:
        if caller in self._callers:
            self._callers.remove(caller)
        caller.notifier.setEnabled(False)
        caller.notifier.deleteLater()
        caller.line.close()
        if not self._callers:
            self._look.stop()

    def _drop_silent(self) -> None:
        now = time.monotonic()
        for caller in tuple(self._callers):
            if now - caller.since > patience.CALLER_S:
                self._drop(caller)
