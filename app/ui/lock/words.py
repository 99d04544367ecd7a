"""The words of the lock screen."""

from app.session.shown import LockedSession
from app.ui.language import tr as _tr
from app.ui.words import clock_time


def title(lock: LockedSession) -> str:
    """When it was locked, and why."""
    if lock.cause == "idle":
        text = _tr("Locked at {t}, idle for {n} minutes")
        return text.format(t=clock_time(lock.at), n=max(1, round(lock.unused_s / 60)))
    return _tr("Locked at {t}, you locked it").format(t=clock_time(lock.at))
