"""macOS: the machine policy in managed preferences of `org.tirai.console`, which a profile of device management sets.

Only what macOS says is *forced* counts, so that `defaults write` by a person does nothing; recommendations are the
forced dictionary `Recommended`. Names that a profile sets and the program does not know are found in the files that
macOS makes of profiles. Tested against a fake; never run on a Mac.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from app.domain.machine_policy.errors import CONTENT, PLACE, MachinePolicyError
from app.domain.machine_policy.said import Said
from app.domain.machine_policy.settings import SETTINGS

DOMAIN: Final = "org.tirai.console"
RECOMMENDED: Final = "Recommended"
MANAGED: Final = Path("/Library/Managed Preferences")
_ALLOWED_BESIDE: Final = ("Payload", "_")
"""How names begin that macOS itself puts beside a profile's settings."""


class Preferences(Protocol):
    """What is asked of macOS."""

    def names(self) -> Sequence[str]:
        """Names that profiles set for the domain, as far as they can be listed.

        Raises:
            OSError, ValueError: they cannot be read.
        """

    def forced(self, name: str) -> object | None:
        """A value that a profile forces, or None."""


def read_preferences(preferences: Preferences | None = None) -> list[Said]:
    """What profiles force.

    Raises:
        MachinePolicyError: it cannot be read, or is not of the form that is wanted.
    """
    asked = preferences if preferences is not None else _MacPreferences()
    try:
        listed = [name for name in asked.names() if not name.startswith(_ALLOWED_BESIDE)]
    except (OSError, ValueError) as error:
        raise MachinePolicyError(PLACE, DOMAIN, f"it cannot be read ({type(error).__name__})") from error
    known = [setting.key for setting in SETTINGS]
    said = {name: asked.forced(name) for name in known}
    mandatory = {name: value for name, value in said.items() if value is not None}
    unknown = {name: None for name in listed if name not in known and name != RECOMMENDED}
    recommended = asked.forced(RECOMMENDED)
    if recommended is not None and not isinstance(recommended, Mapping):
        raise MachinePolicyError(CONTENT, DOMAIN, f"{RECOMMENDED} is a dictionary")
    found = Said(DOMAIN, mandatory | unknown, dict(recommended or {}))
    return [found] if found.mandatory or found.recommended else []


class _MacPreferences:
    """macOS' own, by CoreFoundation."""

    def names(self) -> Sequence[str]:
        """See `Preferences`."""
        import getpass
        import plistlib

        found: set[str] = set()
        for file in (MANAGED / f"{DOMAIN}.plist", MANAGED / getpass.getuser() / f"{DOMAIN}.plist"):
            if file.exists():
                found |= set(plistlib.loads(file.read_bytes()))
        return sorted(found)

    def forced(self, name: str) -> object | None:
        """See `Preferences`."""
        if sys.platform != "darwin":
            return None
        return _forced(name)


def _forced(name: str) -> object | None:
    """A forced value: asked of CoreFoundation, taken over as the bytes of a property list."""
    import ctypes
    import plistlib

    cf: Any = ctypes.CDLL("/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation")
    pointer = ctypes.c_void_p
    cf.CFStringCreateWithCString.restype = cf.CFPreferencesCopyAppValue.restype = pointer
    cf.CFPropertyListCreateData.restype = cf.CFDataGetBytePtr.restype = pointer
    cf.CFStringCreateWithCString.argtypes = [pointer, ctypes.c_char_p, ctypes.c_uint32]
    cf.CFPreferencesAppValueIsForced.argtypes = cf.CFPreferencesCopyAppValue.argtypes = [pointer, pointer]
    cf.CFPreferencesAppValueIsForced.restype = ctypes.c_ubyte
    cf.CFPropertyListCreateData.argtypes = [pointer, pointer, ctypes.c_long, ctypes.c_ulong, pointer]
    cf.CFDataGetBytePtr.argtypes = cf.CFDataGetLength.argtypes = cf.CFRelease.argtypes = [pointer]
    cf.CFDataGetLength.restype = ctypes.c_long
    utf8, binary = 0x08000100, 200  # kCFStringEncodingUTF8, kCFPropertyListBinaryFormat_v1_0
    key, domain = (cf.CFStringCreateWithCString(None, text.encode(), utf8) for text in (name, DOMAIN))
    value = data = None
    try:
        if not cf.CFPreferencesAppValueIsForced(key, domain):
            return None
        value = cf.CFPreferencesCopyAppValue(key, domain)
        data = cf.CFPropertyListCreateData(None, value, binary, 0, None) if value else None
        if not data:
            raise MachinePolicyError(PLACE, DOMAIN, f"{name} is forced and cannot be read")
        found: object = plistlib.loads(ctypes.string_at(cf.CFDataGetBytePtr(data), cf.CFDataGetLength(data)))
        return found
    finally:
        for one in (data, value, domain, key):
            if one:
                cf.CFRelease(one)
