"""systemd's login manager (logind), on the system bus: sleep, shutdown, and lock, switch and end of one's own session.

<https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html>; a *delay inhibitor* is an open
descriptor for which the machine waits, `InhibitDelayMaxSec` at most (5 s where nobody changed it).
"""

import contextlib
import os

from jeepney import DBusAddress

from app.domain.system_events import SystemEvent
from app.system.bus import Bus, BusError, Signal

LOGIN = "org.freedesktop.login1"
_MANAGER = f"{LOGIN}.Manager"
_SESSION = f"{LOGIN}.Session"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_PATH = "/org/freedesktop/login1"
MANAGER = DBusAddress(_PATH, bus_name=LOGIN, interface=_MANAGER)
WHY = "Lock the console before the machine sleeps"

_BEGINS = {"PrepareForSleep": SystemEvent.SLEEP, "PrepareForShutdown": SystemEvent.SHUTDOWN}


def own_session(bus: Bus) -> str:
    """The bus path of the person's session on this machine; empty where this process belongs to none."""
    by_screen = ("GetSession", "s", ("auto",))  # for a service of the user, which is in no session
    for method, signature, values in (("GetSessionByPID", "u", (os.getpid(),)), by_screen):
        with contextlib.suppress(BusError):
            return str(bus.call(MANAGER, method, signature, values)[0])
    return ""


def heed_login(bus: Bus) -> str:
    """Have the login manager's signals delivered; the path of one's own session, or empty.

    Raises:
        BusError: there is no login manager.
    """
    for member in (*_BEGINS, "SessionRemoved"):
        bus.heed(LOGIN, _MANAGER, member, _PATH)
    if not bus.owner(LOGIN):
        bus.call(MANAGER, "ListInhibitors")  # started by being asked, where it is
    session = own_session(bus)
    if session:
        bus.heed(LOGIN, _SESSION, "Lock", session)
        bus.heed(LOGIN, _PROPERTIES, "PropertiesChanged", session)
    return session


def login_event(signal: Signal, session: str) -> SystemEvent | None:
    """What one of its signals means for this session; None for nothing."""
    if signal.interface == _MANAGER:
        return _of_manager(signal, session)
    if not session or signal.path != session:
        return None
    if (signal.interface, signal.member) == (_SESSION, "Lock"):
        return SystemEvent.SCREEN_LOCKED
    if signal.interface == _PROPERTIES and signal.body[:1] == (_SESSION,):
        changed = {name: value for name, (_signature, value) in signal.body[1].items()}
        if changed.get("State") == "closing":
            return SystemEvent.LOGOUT
        if changed.get("LockedHint") is True:
            return SystemEvent.SCREEN_LOCKED
        if changed.get("Active") is False:
            return SystemEvent.USER_SWITCHED
    return None


def _of_manager(signal: Signal, session: str) -> SystemEvent | None:
    if signal.member == "SessionRemoved":
        return SystemEvent.LOGOUT if session and signal.body[1:] == (session,) else None
    begins = _BEGINS.get(signal.member)
    if begins is None or not signal.body:
        return None
    return begins if signal.body[0] is True else SystemEvent.AWAKE


def hold_up(bus: Bus) -> tuple[int, SystemEvent | None]:
    """Have the machine wait with sleep and shutdown: a descriptor, and what it had begun before.

    Raises:
        BusError: there is no login manager, or it refuses.
    """
    fd = bus.call_for_fd(MANAGER, "Inhibit", "ssss", ("sleep:shutdown", "Tirai", WHY, "delay"))
    asks = MANAGER.with_interface(_PROPERTIES)
    for name, event in (("PreparingForSleep", SystemEvent.SLEEP), ("PreparingForShutdown", SystemEvent.SHUTDOWN)):
        try:
            _signature, has_begun = bus.call(asks, "Get", "ss", (_MANAGER, name))[0]
        except BusError:
            continue
        if has_begun is True:
            return fd, event
    return fd, None
