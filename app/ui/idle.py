"""Notices whether anybody uses the console: keys, mouse, wheel, touch in any window. The rule is `session.idle`.

While the notice stands, the key that keeps the session does nothing else: whoever hits Space to stay must not press
what happens to have the focus. The same holds for a key or press that uncovers, unless the key goes where the person
can see it.

What a person does comes to a native window first, so the windows are watched: a filter of the whole application is
called for each event of each widget, thousands for one card. It is there while a key may have to be swallowed: Qt asks
the focused widget, and no window, whether a key is its own or a shortcut's.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QWindow

from app.session.idle import IdleRule, Stage, Verdict

LOOK_MS, LOOK_CLOSER_MS = 5_000, 1_000
"""How often the rule is asked; each second while the notice stands, which shows them. A window that never has the
focus, a menu say, is watched from the next time on."""

_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})
_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin})
_USES = _KEYS | {
    QEvent.Type.KeyRelease,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TabletPress,
    QEvent.Type.TabletMove,
    QEvent.Type.InputMethod,
}


class IdleWatch(QObject):
    """Watches all windows of this process from `start` to `stop`.

    Attributes:
        types_on: whether a key goes to what a covered console still shows.

    Signals:
        noticed: the session ends in so many seconds, if nobody comes; each second.
        kept: somebody came while the notice stood.
        covers: a call is on and nobody is here: nothing of a customer is to be shown. The console locks in so many
            seconds (infinite: it does not); each second.
        uncovers: somebody came to the covered console.
        locks: nobody came; the console locks. So many seconds has it been unused, and so many later the session ends.
        over: nobody came.
    """

    noticed = Signal(int)
    kept = Signal()
    covers = Signal(float)
    uncovers = Signal()
    locks = Signal(float, float)
    over = Signal()

    def __init__(self, rule: IdleRule, parent: QObject) -> None:
        super().__init__(parent)
        self._rule = rule
        self.types_on: Callable[[], bool] = lambda: False
        self._shows_notice = self._covers = self._sees_all = False
        self._keeping_key = 0
        self._pointer = QPointF()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Watch from now on."""
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch_windows)
        self._watch_windows()
        self._rule.use()
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.disconnect(self._watch_windows)
            application.removeEventFilter(self)
        self._sees_all = False
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)

    def _watch_windows(self, _focused: QWindow | None = None) -> None:
        for window in QGuiApplication.allWindows():
            window.installEventFilter(self)  # once, however often it is said

    def _see_all(self) -> None:
        """See what every object gets while the next key may have to be swallowed; else the windows alone."""
        wants = self._timer.isActive() and (self._shows_notice or self._covers or self._keeping_key != 0)
        application = QGuiApplication.instance()
        if wants is self._sees_all or application is None:
            return
        self._sees_all = wants
        if wants:
            application.installEventFilter(self)
        else:
            application.removeEventFilter(self)

    def set_call(self, is_call: bool) -> None:
        """A call is on, or no longer."""
        self._rule.set_call(is_call)
        if self._timer.isActive():
            self.look()

    @property
    def verdict(self) -> Verdict:
        """How long nobody has used the console, as the rule judges it now."""
        return self._rule.judge()

    def look(self) -> None:
        """Ask the rule, and tell what it says."""
        verdict = self._rule.judge()
        if self._shows_notice and verdict.stage in (Stage.BUSY, Stage.COVER):  # a call that began puts the end off
            self._shows_notice = False
            self.kept.emit()
        if verdict.stage is Stage.OVER:
            self.stop()
            self.over.emit()
        elif verdict.stage is Stage.LOCK:
            self.stop()
            self.locks.emit(verdict.unused_s, verdict.left_s)
        elif verdict.stage is Stage.COVER:
            self._covers = True
            self._timer.setInterval(LOOK_CLOSER_MS)
            self.covers.emit(verdict.locks_in_s)
        elif verdict.stage is Stage.NOTICE:
            self._shows_notice = True
            self._timer.setInterval(LOOK_CLOSER_MS)
            self.noticed.emit(max(1, round(verdict.left_s)))
        if self._timer.isActive():
            self._watch_windows()
            self._see_all()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """See an event of a window, or of any object; True swallows it: the key that keeps the session."""
        kind = event.type()
        if kind not in _USES or not event.spontaneous():
            return False
        if isinstance(event, QMouseEvent) and kind is QEvent.Type.MouseMove:
            if event.globalPosition() == self._pointer:
                return False  # a window moved under a pointer that stood still
            self._pointer = event.globalPosition()
        if isinstance(event, QKeyEvent):
            if self._is_keeping(event):
                event.accept()
                return True
            if event.isAutoRepeat():
                return False  # something lies on the keyboard
        is_uncovering = self._covers and kind in _PRESSES
        self._use()
        if is_uncovering:
            event.accept()
        return is_uncovering

    def _use(self) -> None:
        if self._rule.use().stage in (Stage.LOCK, Stage.OVER):
            self.look()
            return
        shows_notice, covers = self._shows_notice, self._covers
        self._shows_notice = self._covers = False
        if shows_notice or covers:
            self._timer.setInterval(LOOK_MS)
            self._see_all()
        if shows_notice:
            self.kept.emit()
        if covers:
            self.uncovers.emit()

    def _is_keeping(self, event: QKeyEvent) -> bool:
        """Whether this key keeps the session, or is still the one that did, up to its release."""
        is_kept_from = self._shows_notice or (self._covers and not self.types_on())
        if event.type() in _KEYS and is_kept_from and not event.isAutoRepeat():
            self._keeping_key = event.key()
            self._use()
            return True
        if event.key() != self._keeping_key or not self._keeping_key:
            return False
        if event.type() == QEvent.Type.KeyRelease and not event.isAutoRepeat():
            self._keeping_key = 0
            self._see_all()
        return True
