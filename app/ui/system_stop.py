"""Ends from outside: the desktop's session manager says that its person leaves, or a signal tells Tirai to stop.

A session that is open then is ended as if its person had signed out: the note is saved, everything is wiped, the office
is told. The session manager's question is answered once that is done, because a desktop goes on as soon as it is.
"""

import contextlib
import os
import signal
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEventLoop, QObject, QSocketNotifier, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QSessionManager

from app.domain import patience


class LogoutWatch(QObject):
    """Listens to the desktop's session manager (X11's, Windows' and macOS's, through Qt)."""

    def __init__(self, application: QGuiApplication, end: Callable[[], object], is_open: Callable[[], bool]) -> None:
        """Listen.

        Args:
            application: asks.
            end: begins to end the session.
            is_open: whether there still is one.
        """
        super().__init__(application)
        self._end, self._is_open = end, is_open
        application.commitDataRequest.connect(self.on_asked)

    def on_asked(self, manager: QSessionManager | None = None) -> None:
        """The person leaves: end the session before this is answered, and do not come back by itself."""
        if manager is not None:
            manager.setRestartHint(QSessionManager.RestartHint.RestartNever)
        if not self._is_open():
            return
        self._end()
        waiting = QEventLoop()
        look = QTimer(waiting, interval=20)
        look.timeout.connect(lambda: None if self._is_open() else waiting.quit())
        look.start()
        QTimer.singleShot(round(patience.LOGOUT_S * 1000), waiting, waiting.quit)
        if self._is_open():
            waiting.exec()


class StopSignals(QObject):
    """Hears the signals that tell a process to stop, without waiting for Python's next step.

    Signals:
        stopped: the number of the first one.
    """

    stopped = Signal(int)

    def __init__(self, numbers: Sequence[signal.Signals], parent: QObject) -> None:
        super().__init__(parent)
        self._reading, writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        for number in numbers:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _wake)
        self._notifier = QSocketNotifier(self._reading, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)

    def _on_woken(self) -> None:
        heard = b""
        with contextlib.suppress(BlockingIOError):
            heard = os.read(self._reading, 64)
        if heard:
            self._notifier.setEnabled(False)
            self.stopped.emit(heard[0])


def _wake(_number: int, _frame: object) -> None:
    """The number is in the pipe already."""
