"""Messages to macOS's own objects, through the Objective-C runtime: the few that Qt has no word for.

Never run yet: no Mac was at hand. The tests record what would be sent.
"""

import ctypes
import sys
from collections.abc import Callable
from typing import Any, Protocol

if sys.platform == "darwin":
    import ctypes.util

    _LIBRARY = ctypes.util.find_library("objc")
else:
    _LIBRARY = None


class Messages(Protocol):
    """Sends messages to objects."""

    def class_named(self, name: str) -> int:
        """A class object."""

    def send(self, receiver: int, selector: str, *arguments: int | bytes) -> int:
        """Send one; integers and pointers go as they are, bytes as a C string."""


class ObjectiveC:
    """The runtime of this process."""

    def __init__(self, library: Any = None) -> None:
        """Use this library, for tests; else the system's.

        Raises:
            OSError: there is none.
        """
        if library is None and _LIBRARY is None:
            raise OSError("no Objective-C runtime here")
        self._objc = library if library is not None else ctypes.CDLL(_LIBRARY)
        self._objc.objc_getClass.restype = ctypes.c_void_p
        self._objc.sel_registerName.restype = ctypes.c_void_p

    def class_named(self, name: str) -> int:
        """A class object; 0 if there is none."""
        return int(self._objc.objc_getClass(name.encode()) or 0)

    def send(self, receiver: int, selector: str, *arguments: int | bytes) -> int:
        """Send a message; the answer as a pointer or a number."""
        kinds = [ctypes.c_char_p if isinstance(a, bytes) else ctypes.c_void_p for a in arguments]
        form: Callable[..., Any] = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, *kinds)
        call = ctypes.cast(self._objc.objc_msgSend, form)  # type: ignore[arg-type]
        name = ctypes.c_void_p(self._objc.sel_registerName(selector.encode()))
        return int(call(ctypes.c_void_p(receiver), name, *arguments) or 0)
