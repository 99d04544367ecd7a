"""What a screen reader says by itself (ui.md section 8): opened, closed, saved politely; refusals at once. No value."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent


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
