"""What the system does against capture of one window: asked the same way everywhere, answered by each system.

Windows: `SetWindowDisplayAffinity` with `WDA_EXCLUDEFROMCAPTURE` (from Windows 10 2004 on; before that `WDA_MONITOR`,
which shows a black window). macOS: `NSWindow.sharingType` none; from macOS 15 on ScreenCaptureKit is reported to ignore
it (tauri-apps/tauri#14200), so it is set there and not counted on. X11 and Wayland have no such word. Windows and macOS
were never run: the tests record what would be asked.
"""

import ctypes
import platform
import sys
from typing import Any, Final, Protocol

from app.ui.mac_messages import Messages, ObjectiveC

WDA_NONE: Final = 0x00
WDA_MONITOR: Final = 0x01
WDA_EXCLUDEFROMCAPTURE: Final = 0x11
SHARING_NONE: Final = 0
SHARING_READ_ONLY: Final = 1
LAST_DEPENDABLE_MACOS: Final = 14


class CaptureBlock(Protocol):
    """One system's way."""

    @property
    def is_dependable(self) -> bool:
        """Whether a window that is blocked is out of screenshots and shared screens, as far as the system says."""

    def apply(self, window: int, *, blocked: bool) -> bool:
        """Block a window, or let it be captured.

        Args:
            window: the native handle (`QWindow.winId`).
            blocked: which.

        Returns:
            Whether the system took it.
        """


class WindowsBlock:
    """Windows, by user32."""

    is_dependable = True

    def __init__(self, user32: Any = None) -> None:
        """Use this library, for tests; else the system's."""
        self._user32 = user32 if user32 is not None else ctypes.WinDLL("user32")  # type: ignore[attr-defined, unused-ignore]

    def apply(self, window: int, *, blocked: bool) -> bool:
        """As `CaptureBlock`; an older Windows shows a black window instead of none."""
        for affinity in (WDA_EXCLUDEFROMCAPTURE, WDA_MONITOR) if blocked else (WDA_NONE,):
            if self._user32.SetWindowDisplayAffinity(ctypes.c_void_p(window), ctypes.c_uint32(affinity)):
                return True
        return False


class MacBlock:
    """macOS, by the window of a view."""

    def __init__(self, messages: Messages | None = None, version: str = "") -> None:
        """Send by this runtime, for tests; else the system's."""
        self._messages: Messages = messages if messages is not None else ObjectiveC()
        major = (version or platform.mac_ver()[0]).partition(".")[0]
        self._dependable = major.isdigit() and int(major) <= LAST_DEPENDABLE_MACOS

    @property
    def is_dependable(self) -> bool:
        """As `CaptureBlock`."""
        return self._dependable

    def apply(self, window: int, *, blocked: bool) -> bool:
        """As `CaptureBlock`; a view without a window yet is not blocked yet."""
        native = self._messages.send(window, "window")
        if not native:
            return False
        self._messages.send(native, "setSharingType:", SHARING_NONE if blocked else SHARING_READ_ONLY)
        return True


def block_of_this_system(name: str = sys.platform) -> CaptureBlock | None:
    """The way of this system; None where there is none."""
    if name == "win32":
        return WindowsBlock()
    return MacBlock() if name == "darwin" else None
