"""The desktop's screen savers, on the session bus: `ActiveChanged(true)` when the screen is locked or goes dark.

Desktops differ in the name; all speak the same word (freedesktop.org's screen saver, and GNOME's and its kin's).
"""

from app.domain.system_events import SystemEvent
from app.system.bus import Bus, Signal

NAMES = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)


def heed_screen_savers(bus: Bus) -> None:
    """Have their signals delivered, also of one that starts later.

    Raises:
        BusError: the bus refuses.
    """
    for name in NAMES:
        bus.heed(name, name, "ActiveChanged")


def screen_event(signal: Signal) -> SystemEvent | None:
    """What one of their signals means; None for nothing."""
    if signal.interface in NAMES and signal.member == "ActiveChanged" and signal.body[:1] == (True,):
        return SystemEvent.SCREEN_LOCKED
    return None
