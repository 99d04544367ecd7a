"""The clipboard while a copied value lies in it: put, counted, cleared; only as long as it is still ours.

A copy carries a mark of random bytes in a format of Tirai's own. Nothing is cleared that does not carry it, so what
somebody else has copied since stays. No value is kept here: Qt owns the copy, and this process's end takes it along
where the system holds no copy of its own. What is selected in a field of Tirai stays out of X11's selection.
"""

import atexit
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import cache

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from app.session.idle import boot_s
from app.ui.clipboard.hints import after_copying, hint_formats

MARK_FORMAT = "application/x-tirai-copy"
TICK_MS = 500
_TRIES = 3


class ClipboardKeeper(QObject):
    """Puts a value into the clipboard, and takes it out again.

    Signals:
        moved: whole seconds that are left of the copy; 0 once it is gone.
    """

    moved = Signal(int)

    def __init__(
        self, clipboard: QClipboard, parent: QObject | None = None, *, clock: Callable[[], float] = boot_s
    ) -> None:
        super().__init__(parent)
        self._clipboard, self._clock = clipboard, clock
        self._mark, self._until = b"", 0.0
        self._outcome = "left_alone"
        self._ticker = QTimer(self, interval=TICK_MS)
        self._ticker.timeout.connect(self.tick)

    @property
    def outcome(self) -> str:
        """What became of the clipboard since the last copy, as a word of the receipt."""
        return self._outcome

    def put(self, text: str, seconds: int) -> None:
        """Copy a text for so many seconds; the time goes on while the machine sleeps."""
        self._mark, self._until = secrets.token_bytes(16), self._clock() + seconds
        self._clipboard.setMimeData(marked_text(text, self._mark))
        with suppress(OSError):
            after_copying()()
        self._ticker.start()
        self.moved.emit(self.seconds_left())

    def seconds_left(self) -> int:
        """Whole seconds, counted up; 0 if nothing of ours lies there."""
        return max(0, -int(-(self._until - self._clock()) // 1)) if self._mark else 0

    def tick(self) -> None:
        """Judge the time, and whether the copy is still ours."""
        if not self._mark:
            return
        if self.seconds_left() == 0 or not self._is_ours():
            self.clear()
        else:
            self.moved.emit(self.seconds_left())

    def clear(self) -> str:
        """Take the copy out if it is still ours.

        Returns:
            A word of the receipt: removed, left_alone (somebody else's), or failed.
        """
        if not self._mark:
            return self._outcome
        mark, self._mark = self._mark, b""
        self._ticker.stop()
        self._outcome = _cleared(self._clipboard, lambda found: found == mark)
        self.moved.emit(0)
        return self._outcome

    def leave(self) -> str:
        """At a lock and at an end: also take out what was cut or copied in a note (`note_edit`).

        Returns:
            As `clear`.
        """
        outcomes = {self.clear(), clear_left_copy(self._clipboard)}
        self._outcome = next(word for word in ("failed", "removed", "left_alone") if word in outcomes)
        return self._outcome

    def _is_ours(self) -> bool:
        return _mark_in(self._clipboard) == self._mark


def marked_text(text: str, mark: bytes) -> QMimeData:
    """A text as Tirai puts it into the clipboard: with the system's hints, and a mark.

    It is taken out before the interpreter goes. Where the system keeps no copy of its own, Qt would let go of it after
    that, and what Python made cannot be destroyed without Python: a segmentation fault at the process's end.
    """
    _goes_with_the_process()
    data = QMimeData()
    data.setText(text)
    data.setData(MARK_FORMAT, mark)
    for name, value in hint_formats().items():
        data.setData(name, value)
    return data


def select_nothing(clipboard: QClipboard) -> None:
    """X11 gives what is selected in a field to every program and to the middle button: take it back at once."""

    def take_back() -> None:
        if clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)

    clipboard.selectionChanged.connect(take_back)


def clear_left_copy(clipboard: QClipboard) -> str:
    """At the start of a console: take out what a console that died has left, known by Tirai's mark.

    It may be another console's that lives: its person copies again. Without a mark nothing is touched.
    """
    return _cleared(clipboard, bool)


@cache
def _goes_with_the_process() -> None:
    """Once; PySide's own last act, by which the application goes, was registered earlier and so comes later."""
    atexit.register(_let_go)


def _let_go() -> None:
    if QGuiApplication.instance() is not None:
        clear_left_copy(QGuiApplication.clipboard())


def _cleared(clipboard: QClipboard, is_ours: Callable[[bytes], bool]) -> str:
    if not is_ours(_mark_in(clipboard)):
        return "left_alone"
    for _ in range(_TRIES):  # Windows refuses while another program has the clipboard open
        clipboard.clear()
        if not is_ours(_mark_in(clipboard)):
            return "removed"
    return "failed"


def _mark_in(clipboard: QClipboard) -> bytes:
    data = clipboard.mimeData()
    if data is None or not data.hasFormat(MARK_FORMAT):
        return b""
    return bytes(data.data(MARK_FORMAT).data())
