"""One console per account and OS user: the same account again raises the first window (`decisions.md`, Names).

A signed-in console listens on a socket of its own in the owner-only runtime folder; a door asks there before it signs
anybody in. Nothing is said but "raise" and "here", and only to processes of the same OS user; a window that does not
answer within a second is taken for gone, and the sign-in then ends its session.
"""

import contextlib
import hashlib
import os
import socket
import struct
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Signal, Slot

PATIENCE_S = 1.0
_ASK, _ANSWER = b"raise\n", b"here\n"
_NAME_DIGITS = 16


def socket_name(account: str) -> str:
    """Name of an account's socket in the runtime folder."""
    return "console-" + hashlib.sha256(account.strip().lower().encode()).hexdigest()[:_NAME_DIGITS]


def raise_other(path: Path) -> bool:
    """Ask the console at `path` to come to the front. Blocks for a second at most.

    Returns:
        Whether one of this OS user answered.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(PATIENCE_S)
        try:
            line.connect(str(path))
            if not _is_own(line):
                return False
            line.sendall(_ASK)
            return line.recv(len(_ANSWER)) == _ANSWER
        except OSError:
            return False


class OneWindow(QObject):
    """Listens for doors of the same account.

    Args:
        path_of: the path of a socket by its name.
        account: whose console this is already, at a lock screen; or empty.

    Signals:
        raise_wanted: bring this console to the front.
    """

    raise_wanted = Signal()

    def __init__(self, path_of: Callable[[str], Path], parent: QObject | None = None, *, account: str = "") -> None:
        super().__init__(parent)
        self._path_of = path_of
        self._listener: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._path: Path | None = None
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.leave)
        if account:
            self.stand_for(account)

    def elsewhere(self, account: str) -> bool:
        """Whether another console has this account and came to the front; for any thread but the GUI's."""
        return raise_other(self._path_of(socket_name(account)))

    def stand_for(self, account: str) -> None:
        """Listen as the console of an account, if it does not already; an older socket is replaced."""
        if self._listener is not None:
            return
        path = self._path_of(socket_name(account))
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK)
        try:
            with contextlib.suppress(FileNotFoundError):
                path.unlink()
            listener.bind(str(path))
            listener.listen(8)
        except OSError:  # without it, the same account again ends this session instead of raising it
            listener.close()
            return
        self._listener, self._path = listener, path
        self._notifier = QSocketNotifier(listener.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_asked)

    @Slot()
    def leave(self) -> None:
        """Listen no more."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier = None
        if self._listener is not None and self._path is not None:
            self._listener.close()
            self._listener = None
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _on_asked(self) -> None:
        if self._listener is None:
            return
        try:
            line, _address = self._listener.accept()
        except OSError:
            return
        with line:
            line.settimeout(PATIENCE_S / 4)
            with contextlib.suppress(OSError):
                if _is_own(line) and line.recv(len(_ASK)) == _ASK:
                    line.sendall(_ANSWER)
                    self.raise_wanted.emit()


def _is_own(line: socket.socket) -> bool:
    """Whether the other end belongs to this OS user (Linux; other systems are refused at the start)."""
    peer = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return bool(struct.unpack("3i", peer)[1] == os.getuid())
