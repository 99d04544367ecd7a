"""Windows: session notifications, the power broadcast and the question of a logoff, in a hidden window of its own.

Written to Microsoft's documentation. Run under Wine, where a trial posts the messages
(`packaging/windows/window_trial.py`); that Windows sends them so was never seen.

A suspend cannot be held up there, but for the two seconds or so for which its message may be answered: the answer waits
until this process has ended. A shutdown is held up by a reason that Windows shows to the person.
"""

import ctypes
import threading
from collections.abc import Callable
from typing import Any, Final

from app.domain.system_events import Followed, SystemEvent, Tell, Told
from app.windows_library import windows_library

WM_QUERYENDSESSION, WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0011, 0x0218, 0x02B1
ENDSESSION_LOGOFF: Final = 0x80000000
_WM_CLOSE, _WM_DESTROY = 0x0010, 0x0002
_NOTIFY_FOR_THIS_SESSION = 0
_SUSPEND_S, _WHY = 1.8, "Tirai ends its session"

_POWER = {0x0004: SystemEvent.SLEEP, 0x0012: SystemEvent.AWAKE}
"""PBT_APMSUSPEND, PBT_APMRESUMEAUTOMATIC (which comes at every wake)."""
_SESSION = {
    0x0002: SystemEvent.USER_SWITCHED,
    0x0004: SystemEvent.USER_SWITCHED,
    0x0006: SystemEvent.LOGOUT,
    0x0007: SystemEvent.SCREEN_LOCKED,
}
"""WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK."""


def event_of(message: int, w_parameter: int, l_parameter: int) -> SystemEvent | None:
    """What a window message means for the session; None for nothing."""
    if message == WM_POWERBROADCAST:
        return _POWER.get(w_parameter)
    if message == WM_WTSSESSION_CHANGE:
        return _SESSION.get(w_parameter)
    if message == WM_QUERYENDSESSION:
        return SystemEvent.LOGOUT if l_parameter & ENDSESSION_LOGOFF else SystemEvent.SHUTDOWN
    return None


class WindowsEvents:
    """What the system tells (`SystemEvents`)."""

    def __init__(self, give_up: Callable[[], object]) -> None:
        """Hear nothing yet; `give_up` is not needed, since Windows ends who answers too late."""
        self._tell: Tell = lambda _event: None
        self._told: Told = lambda _followed: None
        self._window = 0
        self._is_open = False
        self._let_go = threading.Event()

    def follow(self, tell: Tell, told: Told) -> None:
        """See `SystemEvents`."""
        self._tell, self._told = tell, told
        threading.Thread(target=self._hear, name="system-window", daemon=True).start()

    def hold(self) -> None:
        """See `SystemEvents`."""
        self._is_open = True
        self._let_go.clear()

    def let_go(self) -> None:
        """See `SystemEvents`."""
        self._is_open = False
        self._let_go.set()

    def close(self) -> None:
        """See `SystemEvents`."""
        self.let_go()
        if self._window:
            _libraries().user32.PostMessageW(self._window, _WM_CLOSE, 0, 0)

    def answer(self, message: int, w_parameter: int, l_parameter: int) -> None:
        """Take one message: tell it, and hold the system up where an open session needs that."""
        event = event_of(message, w_parameter, l_parameter)
        if event is None:
            return
        self._tell(event)
        if event is SystemEvent.SLEEP and self._is_open:
            self._let_go.wait(_SUSPEND_S)
        elif message == WM_QUERYENDSESSION and self._is_open:
            _libraries().user32.ShutdownBlockReasonCreate(self._window, _WHY)

    def _hear(self) -> None:
        try:
            libraries = _libraries()
        except (AttributeError, OSError):  # another system
            self._told(Followed())
            return
        self._pump(libraries)
        self._told(Followed())

    def _pump(self, libraries: "_Libraries") -> None:
        """Make the hidden window and hand on its messages until it is closed."""
        user, procedure_type = libraries.user32, libraries.procedure_type

        def on_message(window: int, message: int, w_parameter: int, l_parameter: int) -> int:
            self.answer(message, w_parameter, l_parameter)
            if message == _WM_DESTROY:
                user.PostQuitMessage(0)
            return int(user.DefWindowProcW(window, message, w_parameter, l_parameter))

        procedure = procedure_type(on_message)  # kept alive by this frame
        kind = libraries.window_class(procedure, "TiraiSystemEvents")
        if not user.RegisterClassW(ctypes.byref(kind)):
            return
        # A top-level window that is never shown: a message-only one gets no broadcast.
        self._window = user.CreateWindowExW(0, kind.name, "Tirai", 0, 0, 0, 0, 0, None, None, None, None)
        session = bool(libraries.wtsapi32.WTSRegisterSessionNotification(self._window, _NOTIFY_FOR_THIS_SESSION))
        self._told(Followed(sleep=bool(self._window), session=session))
        message = libraries.message_type()
        while user.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
            user.DispatchMessageW(ctypes.byref(message))


class _Libraries:
    """The functions and structures of Windows that are used, with their types.

    Raises:
        AttributeError: this is not Windows.
    """

    def __init__(self) -> None:
        make: Any = getattr(ctypes, "WINFUNCTYPE")  # noqa: B009
        self.user32, self.wtsapi32 = windows_library("user32"), windows_library("wtsapi32")
        handle, number, size = ctypes.c_void_p, ctypes.c_uint, ctypes.c_ssize_t
        self.procedure_type = make(size, handle, number, ctypes.c_size_t, size)
        user = self.user32
        user.DefWindowProcW.argtypes, user.DefWindowProcW.restype = (handle, number, ctypes.c_size_t, size), size
        user.CreateWindowExW.restype = handle
        user.CreateWindowExW.argtypes = (
            *(number, ctypes.c_wchar_p, ctypes.c_wchar_p, number),
            *(ctypes.c_int,) * 4,
            *(handle,) * 4,
        )
        user.PostMessageW.argtypes = (handle, number, ctypes.c_size_t, size)
        user.ShutdownBlockReasonCreate.argtypes = (handle, ctypes.c_wchar_p)
        self.wtsapi32.WTSRegisterSessionNotification.argtypes = (handle, number)

    def window_class(self, procedure: object, name: str) -> Any:
        """WNDCLASSW with this procedure and name."""

        class WindowClass(ctypes.Structure):
            _fields_ = [
                ("style", ctypes.c_uint),
                ("procedure", self.procedure_type),
                ("class_extra", ctypes.c_int),
                ("window_extra", ctypes.c_int),
                *((part, ctypes.c_void_p) for part in ("instance", "icon", "cursor", "background")),
                ("menu", ctypes.c_wchar_p),
                ("name", ctypes.c_wchar_p),
            ]

        return WindowClass(procedure=procedure, name=name)

    def message_type(self) -> Any:
        """An empty MSG."""

        class Message(ctypes.Structure):
            _fields_ = [
                ("window", ctypes.c_void_p),
                ("message", ctypes.c_uint),
                ("w_parameter", ctypes.c_size_t),
                ("l_parameter", ctypes.c_ssize_t),
                ("time", ctypes.c_ulong),
                ("x", ctypes.c_long),
                ("y", ctypes.c_long),
                ("private", ctypes.c_ulong),
            ]

        return Message()


def _libraries() -> _Libraries:
    return _Libraries()
