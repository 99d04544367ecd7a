"""Brings what the operating system says to the GUI thread: it locks the console, or ends its session.

What comes while somebody is being let in counts once the console is there; an end counts at a lock screen, too.
"""

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.system_events import ENDS, Followed, SystemEvent, SystemEvents
from app.ui.tasks import Tasks


class SystemWatch(QObject):
    """Follows the system for one window.

    Attributes:
        followed: how far the system is heard; None until that is known.

    Signals:
        locks: the console is to lock, for this cause.
        ends: the session is to end, for this cause.
        woke: the machine is awake again.
        heard: how far the system is heard (`Followed`).
    """

    locks = Signal(str)
    ends = Signal(str)
    woke = Signal()
    heard = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._events: SystemEvents | None = None
        self.followed: Followed | None = None
        self._is_entering = self._is_open = False
        self._came: SystemEvent | None = None

    def begin(self, events: SystemEvents) -> None:
        """Follow from now on."""
        self._events = events
        events.follow(self._tasks.on_gui(self.hear, self), self._tasks.on_gui(self.hear_followed, self))
        if self._is_open:
            events.hold()

    @Slot()
    def enter(self) -> None:
        """Somebody is about to be let in: what comes from now on waits for the console."""
        self._is_entering, self._came = True, None

    def stand(self) -> None:
        """A session is open: the machine waits for its lock. Tells what came while it was being opened."""
        self._is_entering, self._is_open = False, True
        if self._events is not None:
            self._events.hold()
        came, self._came = self._came, None
        if came is not None:
            self.hear(came)

    def leave(self) -> None:
        """No session is open any more, and the window stays."""
        self._is_open = False
        if self._events is not None:
            self._events.let_go()

    def hear_followed(self, followed: Followed) -> None:
        """How far the system is heard now."""
        self.followed = followed
        self.heard.emit(followed)

    def hear(self, event: SystemEvent) -> None:
        """The system says this."""
        if event is SystemEvent.AWAKE:
            self.woke.emit()
            return
        if self._is_entering:
            self._came = event
        if event in ENDS:
            self.ends.emit(event.value)
        elif self._is_open:
            self.locks.emit(event.value)
