"""The words of the lock screen."""

from app.session.ends import LockedSession
from app.ui.language import tr as _tr
from app.ui.words import clock_time


def title(lock: LockedSession) -> str:
    """When it was locked, and why."""
    texts = {
        "idle": _tr("Locked at {t}, idle for {n} minutes"),
        "screen_locked": _tr("Locked at {t}, when this computer's screen was locked"),
        "user_switched": _tr("Locked at {t}, when another user came to this computer"),
        "sleep": _tr("Locked at {t}, before this computer slept"),
        "office_lost": _tr("Locked at {t}, because the back office stopped"),
        "clock_set_back": _tr("Locked at {t}, because this computer's clock was set back"),
    }
    text = texts.get(lock.cause) or _tr("Locked at {t}, you locked it")
    return text.format(t=clock_time(lock.at), n=max(1, round(lock.unused_s / 60)))
