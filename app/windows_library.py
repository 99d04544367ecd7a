"""Windows' own libraries by name, and the error of the last call; imports nothing of Tirai.

`ctypes` has the loader there alone, so types cannot be told elsewhere: the one place that asks for it by name.
"""

import ctypes
from typing import Any


def windows_library(name: str) -> Any:
    """A library of the system, which keeps the error of each call for `last_error`.

    Args:
        name: such as `kernel32`.

    Raises:
        AttributeError: this is not Windows.
        OSError: there is no such library.
    """
    load: Any = getattr(ctypes, "WinDLL")  # noqa: B009 (absent elsewhere)
    return load(name, use_last_error=True)


def last_error() -> int:
    """The error of this thread's last call of such a library (winerror.h).

    Raises:
        AttributeError: this is not Windows.
    """
    ask: Any = getattr(ctypes, "get_last_error")  # noqa: B009 (absent elsewhere)
    return int(ask())
