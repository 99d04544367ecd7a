"""What a screen reader says by itself (ui.md section 8): opened, closed, saved politely; refusals at once. No value."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

LOOK_MS, MOST_LOOKS = 250, 40
"""How often, and how many times, a fresh process looks whether a reader is there."""


def announce(source: QObject, text: str, *, now: bool = False) -> None:
    """Let a reader say a sentence.

    Args:
        source: the widget it is about.
        text: plain words, never a value.
        now: interrupt what is being read (refused, offline, session ends).
    """
    if not text or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(source, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if now else politeness.Polite)
    QAccessible.updateAccessibility(event)


class FirstWords(QObject):
    """The first sentence of a process that has just begun: said once a reader can hear it, or not at all.

    Qt asks the accessibility bus while the first window stands already, so that what is said with the first paint is
    heard by nobody.
    """

    def __init__(self, source: QObject, text: str) -> None:
        super().__init__(source)
        self._source, self._text, self._looks = source, text, 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        self._looks += 1
        if QAccessible.isActive():
            announce(self._source, self._text, now=True)
        if QAccessible.isActive() or self._looks >= MOST_LOOKS:
            self._timer.stop()
