"""Which way this operating system tells of its locks."""

import sys
from collections.abc import Callable

from app.domain.system_events import SystemEvents


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
