"""Windows: names of what the Credential Manager keeps for this person; no content is read. Run under Wine, never there.

The list is Windows' own (`CredEnumerateW`, wincred.h), asked by the beginning of a name, so what other programs keep is
not seen at all.
"""

import ctypes
from typing import Final, Protocol

from app.windows_library import last_error, windows_library

_NOT_FOUND: Final = 1168
"""ERROR_NOT_FOUND: no name begins so."""


class Credentials(Protocol):
    """What is asked of Windows."""

    def beginning_with(self, prefix: str) -> list[str]:
        """Whole names that begin so, in any order.

        Raises:
            OSError: Windows does not tell.
        """


def names_below(credentials: Credentials, prefix: str) -> list[str]:
    """Names without the beginning that they share, sorted.

    Args:
        credentials: the system.
        prefix: how they begin. Windows does not tell capitals and small letters apart; here they count.

    Raises:
        OSError: Windows does not tell.
    """
    found = credentials.beginning_with(prefix)
    return sorted({name.removeprefix(prefix) for name in found if name.startswith(prefix)})


class RealCredentials:
    """The system itself."""

    def __init__(self) -> None:
        """Name the functions.

        Raises:
            AttributeError: this is not Windows.
        """
        advapi = windows_library("advapi32")
        self._enumerate, self._free = advapi.CredEnumerateW, advapi.CredFree
        self._enumerate.argtypes = (ctypes.c_wchar_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p)
        self._free.argtypes, self._free.restype = (ctypes.c_void_p,), None

    def beginning_with(self, prefix: str) -> list[str]:
        """See `Credentials`."""
        count, found = ctypes.c_uint32(), ctypes.c_void_p()
        if not self._enumerate(f"{prefix}*", 0, ctypes.byref(count), ctypes.byref(found)):
            if last_error() == _NOT_FOUND:
                return []
            raise OSError(last_error(), "no list of credentials")
        try:
            entries = ctypes.cast(found, ctypes.POINTER(ctypes.POINTER(_Head)))
            return [str(entries[at].contents.name or "") for at in range(count.value)]
        finally:
            self._free(found)


class _Head(ctypes.Structure):
    """The beginning of CREDENTIALW: flags, type, name. What follows, its content among it, is not looked at."""

    _fields_ = (("flags", ctypes.c_uint32), ("type", ctypes.c_uint32), ("name", ctypes.c_wchar_p))
