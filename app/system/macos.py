"""macOS: notifications of the workspace and of the login window, through the Objective-C runtime.

Written to Apple's documentation and tried against recorded names alone: Tirai does not run on macOS yet
(`guardian.process` refuses), so the part below `event_of` has never run.

The notifications come on the main thread, whose run loop Qt runs. macOS waits with a sleep while a handler runs, and
that thread is the one that has to lock; so nothing here holds the machine up, and a port has to do it otherwise (a
power assertion of IOKit, from a thread of its own).
"""

import ctypes
import ctypes.util
import threading
from collections.abc import Callable
from typing import Any

from app.domain.system_events import Followed, SystemEvent, Tell, Told

WORKSPACE = {
    "NSWorkspaceWillSleepNotification": SystemEvent.SLEEP,
    "NSWorkspaceDidWakeNotification": SystemEvent.AWAKE,
    "NSWorkspaceSessionDidResignActiveNotification": SystemEvent.USER_SWITCHED,
    "NSWorkspaceWillPowerOffNotification": SystemEvent.SHUTDOWN,
}
"""Of the workspace's own notification center. Power off is also said at a logout."""
DISTRIBUTED = {"com.apple.screenIsLocked": SystemEvent.SCREEN_LOCKED}
"""Of the login window, to everybody."""


def event_of(name: str) -> SystemEvent | None:
    """What a notification means for the session; None for nothing."""
    return WORKSPACE.get(name) or DISTRIBUTED.get(name)


class MacEvents:
    """What the system tells (`SystemEvents`)."""

    def __init__(self, give_up: Callable[[], object]) -> None:
        """Hear nothing yet; `give_up` is not needed, since macOS goes on without whoever answers too late."""
        self._tell: Tell = lambda _event: None
        self._kept: list[object] = []

    def follow(self, tell: Tell, told: Told) -> None:
        """See `SystemEvents`."""
        self._tell = tell
        try:
            self._observe(_Runtime())
        except (AttributeError, OSError, TypeError):  # another system
            threading.Thread(target=told, args=(Followed(),), daemon=True).start()
            return
        followed = Followed(sleep=True, session=True, screen=True)
        threading.Thread(target=told, args=(followed,), daemon=True).start()

    def hold(self) -> None:
        """See `SystemEvents`; not possible from here, see above."""

    def let_go(self) -> None:
        """See `SystemEvents`."""

    def close(self) -> None:
        """See `SystemEvents`."""
        self._tell = lambda _event: None

    def hear(self, name: str) -> None:
        """Take one notification."""
        event = event_of(name)
        if event is not None:
            self._tell(event)

    def _observe(self, runtime: "_Runtime") -> None:
        def on_notification(_self: int, _selector: int, notification: int) -> None:
            self.hear(runtime.text(runtime.send(notification, "name")))

        observer = runtime.observer(on_notification)
        self._kept.append(observer)
        workspace = runtime.send(runtime.send(runtime.kind("NSWorkspace"), "sharedWorkspace"), "notificationCenter")
        login = runtime.send(runtime.kind("NSDistributedNotificationCenter"), "defaultCenter")
        for center, names in ((workspace, WORKSPACE), (login, DISTRIBUTED)):
            for name in names:
                runtime.add_observer(center, observer, name)


class _Runtime:
    """As much of Objective-C as an observer needs.

    Raises:
        OSError, TypeError: this is not macOS.
    """

    def __init__(self) -> None:
        self._objc: Any = ctypes.CDLL(ctypes.util.find_library("objc") or "libobjc.A.dylib")
        ctypes.CDLL("/System/Library/Frameworks/AppKit.framework/AppKit")
        for function in (self._objc.objc_getClass, self._objc.sel_registerName, self._objc.objc_allocateClassPair):
            function.restype = ctypes.c_void_p
        self._objc.objc_getClass.argtypes = self._objc.sel_registerName.argtypes = (ctypes.c_char_p,)
        self._objc.objc_allocateClassPair.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t)
        self._objc.objc_registerClassPair.argtypes = (ctypes.c_void_p,)
        self._objc.class_addMethod.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)
        self._methods: list[object] = []

    def kind(self, name: str) -> int:
        """A class by its name."""
        return int(self._objc.objc_getClass(name.encode()) or 0)

    def send(self, to: int, message: str, *values: int) -> int:
        """Send a message of pointers; its answer is a pointer."""
        call = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, *(ctypes.c_void_p,) * len(values))
        answer = call(("objc_msgSend", self._objc))(to, self._objc.sel_registerName(message.encode()), *values)
        return int(answer or 0)

    def text(self, string: int) -> str:
        """An NSString as text."""
        address = self.send(string, "UTF8String")
        return ctypes.string_at(address).decode() if address else ""

    def string(self, text: str) -> int:
        """Text as an NSString."""
        buffer = ctypes.create_string_buffer(text.encode())
        return self.send(self.kind("NSString"), "stringWithUTF8String:", ctypes.addressof(buffer))

    def observer(self, hear: Callable[[int, int, int], None]) -> int:
        """An object whose method `hear:` calls this."""
        method = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)(hear)
        self._methods.append(method)
        made = self._objc.objc_allocateClassPair(self.kind("NSObject"), b"TiraiSystemObserver", 0)
        address = ctypes.cast(method, ctypes.c_void_p)
        self._objc.class_addMethod(made, self._objc.sel_registerName(b"hear:"), address, b"v@:@")
        self._objc.objc_registerClassPair(made)
        return self.send(self.send(made, "alloc"), "init")

    def add_observer(self, center: int, observer: int, name: str) -> None:
        """Have a center's notifications of this name sent to the observer."""
        selector = int(self._objc.sel_registerName(b"hear:") or 0)
        self.send(center, "addObserver:selector:name:object:", observer, selector, self.string(name), 0)
