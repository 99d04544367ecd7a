"""Which way this operating system tells of its locks."""

import queue
import sys
from collections.abc import Callable
from typing import Final

from app.domain.system_events import Followed, SystemEvents

_LOOK_S: Final = 2.0


def events_of_this_system(give_up: Callable[[], object]) -> SystemEvents:
    """What follows this system.

    Args:
        give_up: ends this process at once, where it could not lock in time.
    """
    if sys.platform == "win32":
        from app.system.windows import WindowsEvents

        return WindowsEvents(give_up)
    if sys.platform == "darwin":
        from app.system.macos import MacEvents

        return MacEvents(give_up)
    from app.system.linux import LinuxEvents

    return LinuxEvents(give_up)


def followed_here() -> Followed:
    """What would be followed here, found by following it for a moment; blocks for some seconds at most."""
    if sys.platform == "linux":
        from app.system.linux import followed_here as on_linux

        return on_linux()
    events = events_of_this_system(lambda: None)
    told: queue.SimpleQueue[Followed] = queue.SimpleQueue()
    events.follow(lambda _event: None, told.put)
    try:
        return told.get(timeout=_LOOK_S)
    except queue.Empty:
        return Followed()
    finally:
        events.close()
