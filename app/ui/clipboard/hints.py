"""What keeps a copy out of histories, clipboard managers and clouds, as each system says it.

KDE: `x-kde-passwordManagerHint` = `secret` (Klipper, and managers that follow it). Windows: the format
`ExcludeClipboardContentFromMonitorProcessing`, and `CanIncludeInClipboardHistory` and `CanUploadToCloudClipboard` with
a DWORD 0 (learn.microsoft.com, *Clipboard Formats*). macOS: the types of nspasteboard.org; Qt gives unknown formats a
name of its own there, so they are put beside Qt's by the pasteboard itself. All are hints: a program that does not
follow them keeps what it sees. Windows and macOS were never run.
"""

import sys
from collections.abc import Callable
from typing import Final

from app.ui.mac_messages import Messages, ObjectiveC

KDE_HINT: Final = "x-kde-passwordManagerHint"
_ZERO_DWORD: Final = b"\x00\x00\x00\x00"
WINDOWS_FORMATS: Final = {
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "CanIncludeInClipboardHistory": _ZERO_DWORD,
    "CanUploadToCloudClipboard": _ZERO_DWORD,
}
MAC_TYPES: Final = ("org.nspasteboard.ConcealedType", "org.nspasteboard.TransientType")


def hint_formats(platform: str = sys.platform) -> dict[str, bytes]:
    """Formats that go with the text, by the names that Qt hands to this system."""
    if platform == "win32":
        return dict(WINDOWS_FORMATS)
    return {} if platform == "darwin" else {KDE_HINT: b"secret"}


def after_copying(platform: str = sys.platform) -> Callable[[], object]:
    """What is to be done once Qt has put a copy into the clipboard."""
    return (lambda: conceal(ObjectiveC())) if platform == "darwin" else lambda: None


def conceal(messages: Messages) -> None:
    """Mark what lies on macOS's pasteboard as concealed and transient."""
    pasteboard = messages.send(messages.class_named("NSPasteboard"), "generalPasteboard")
    string, array = messages.class_named("NSString"), messages.class_named("NSArray")
    empty = messages.send(string, "stringWithUTF8String:", b"")
    for name in MAC_TYPES:
        kind = messages.send(string, "stringWithUTF8String:", name.encode())
        messages.send(pasteboard, "addTypes:owner:", messages.send(array, "arrayWithObject:", kind), 0)
        messages.send(pasteboard, "setString:forType:", empty, kind)
