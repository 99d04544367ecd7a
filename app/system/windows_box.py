"""A box with one sentence, for a program that Windows started without a terminal and before any window of ours."""

import ctypes
from typing import Any, Final

_STOP: Final = 0x10
"""MB_ICONERROR, with the one button OK."""


def show(sentence: str, libraries: Any = ctypes) -> None:
    """Show it and wait until it is closed.

    Args:
        sentence: what is said.
        libraries: where `user32` is; tests bring their own.
    """
    libraries.windll.user32.MessageBoxW(None, sentence, "Tirai", _STOP)
