r"""Windows: the machine policy in `HKLM\Software\Policies\Tirai`, and `Recommended` below it, in the 64-bit view.

Only administrators write there (Windows' own access lists, which are not judged again here); `HKEY_CURRENT_USER` is
never asked. Texts are REG_SZ, numbers and booleans (0, 1) REG_DWORD, lists REG_MULTI_SZ, as the template writes them.
Invariants: a value of another type, an unknown value and an unknown key below are refused.
"""

import sys
from collections.abc import Sequence
from typing import Final, Protocol

from app.domain.machine_policy.errors import CONTENT, PLACE, MachinePolicyError
from app.domain.machine_policy.said import Said
from app.domain.machine_policy.setting import Kind
from app.domain.machine_policy.settings import BY_KEY

POLICIES: Final = r"Software\Policies\Tirai"
RECOMMENDED: Final = "Recommended"
REG_SZ, REG_DWORD, REG_MULTI_SZ = 1, 4, 7
"""Numbers of the types, as Windows has them (winnt.h)."""
_TYPES: Final = {
    Kind.BOOL: (REG_DWORD, "REG_DWORD"),
    Kind.NUMBER: (REG_DWORD, "REG_DWORD"),
    Kind.CHOICE: (REG_SZ, "REG_SZ"),
    Kind.TEXT: (REG_SZ, "REG_SZ"),
    Kind.TEXTS: (REG_MULTI_SZ, "REG_MULTI_SZ"),
}


class Registry(Protocol):
    """What is asked of the local machine's registry, by paths below HKEY_LOCAL_MACHINE."""

    def values(self, path: str) -> Sequence[tuple[str, object, int]] | None:
        """Name, value and type of all values of a key; None: there is no such key.

        Raises:
            OSError: it cannot be read.
        """

    def keys(self, path: str) -> Sequence[str]:
        """Names of the keys below a key that is there.

        Raises:
            OSError: it cannot be read.
        """


def read_registry(registry: Registry | None = None) -> list[Said]:
    """What the registry says; nothing, where the key is not there or empty.

    Raises:
        MachinePolicyError: it cannot be read, or holds what the template does not write.
    """
    asked = registry if registry is not None else _WindowsRegistry()
    try:
        values = asked.values(POLICIES)
        if values is None:
            return []
        below = list(asked.keys(POLICIES))
        inner = next((name for name in below if name.lower() == RECOMMENDED.lower()), None)
        recommended = (asked.values(rf"{POLICIES}\{RECOMMENDED}") or ()) if inner is not None else ()
        deeper = asked.keys(rf"{POLICIES}\{RECOMMENDED}") if inner is not None else ()
    except OSError as error:
        raise MachinePolicyError(PLACE, rf"HKLM\{POLICIES}", f"it cannot be read ({error.strerror})") from error
    if unknown := [name for name in (*below, *deeper) if name is not inner]:
        shown = unknown[0] if unknown[0].isprintable() else "an unprintable one"
        raise MachinePolicyError(CONTENT, rf"HKLM\{POLICIES}", f"there is no key {shown} below it")
    said = Said(rf"HKLM\{POLICIES}", _taken(POLICIES, values), _taken(rf"{POLICIES}\{RECOMMENDED}", recommended))
    return [said] if said.mandatory or said.recommended else []


def _taken(path: str, values: Sequence[tuple[str, object, int]]) -> dict[str, object]:
    return {name: _value(path, name, value, type_number) for name, value, type_number in values}


def _value(path: str, name: str, value: object, type_number: int) -> object:
    setting = BY_KEY.get(name)
    if setting is None:
        return value  # judged with everything else
    number, word = _TYPES[setting.kind]
    if type_number != number:
        raise MachinePolicyError(CONTENT, rf"HKLM\{path}", f"{name} is of type {type_number}; it must be {word}")
    if setting.kind is Kind.BOOL:
        if value not in (0, 1):
            raise MachinePolicyError(CONTENT, rf"HKLM\{path}", f"{name} is 0 or 1")
        return bool(value)
    return value


class _WindowsRegistry:
    """Windows' own."""

    def values(self, path: str) -> Sequence[tuple[str, object, int]] | None:
        """See `Registry`."""
        if sys.platform != "win32":
            raise OSError("there is no registry")
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path, 0, _access()) as key:
                return [winreg.EnumValue(key, at) for at in range(winreg.QueryInfoKey(key)[1])]
        except FileNotFoundError:
            return None

    def keys(self, path: str) -> Sequence[str]:
        """See `Registry`."""
        if sys.platform != "win32":
            raise OSError("there is no registry")
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path, 0, _access()) as key:
            return [winreg.EnumKey(key, at) for at in range(winreg.QueryInfoKey(key)[0])]


def _access() -> int:
    if sys.platform != "win32":
        raise OSError("there is no registry")
    import winreg

    return winreg.KEY_READ | winreg.KEY_WOW64_64KEY
