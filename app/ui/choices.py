"""What the person chose for their screens: read once at sign-in, kept at each change. No right hangs on it.

A screen asks by name and gives what holds where nothing was chosen: `choices.flag("single_keys", True)`. What has
another type than asked for counts as not chosen.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

Choice = bool | int | str | tuple[int, ...] | tuple[str, ...]


class Choices(QObject):
    """One person's choices at this workstation.

    Args:
        chosen: before.
        keep: writes all of them; does not block.

    Signals:
        changed: the name of a choice that is another now.
    """

    changed = Signal(str)

    def __init__(
        self,
        chosen: Mapping[str, Choice] | None = None,
        keep: Callable[[Mapping[str, Choice]], object] = lambda _choices: None,
    ) -> None:
        super().__init__()
        self._chosen: dict[str, Choice] = dict(chosen or {})
        self._keep = keep

    def flag(self, name: str, otherwise: bool = False) -> bool:
        """A choice of yes or no."""
        value = self._chosen.get(name)
        return value if isinstance(value, bool) else otherwise

    def number(self, name: str, otherwise: int = 0) -> int:
        """A whole number."""
        value = self._chosen.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else otherwise

    def word(self, name: str, otherwise: str = "") -> str:
        """A word."""
        value = self._chosen.get(name)
        return value if isinstance(value, str) else otherwise

    def words(self, name: str) -> tuple[str, ...]:
        """A list of words."""
        value = self._chosen.get(name)
        return tuple(one for one in value if isinstance(one, str)) if isinstance(value, tuple) else ()

    def numbers(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        value = self._chosen.get(name)
        return tuple(one for one in value if isinstance(one, int)) if isinstance(value, tuple) else ()

    def keep(self, name: str, value: Choice) -> None:
        """Choose; the same again is nothing new."""
        before = self._chosen.get(name)
        if type(before) is type(value) and before == value:
            return
        self._chosen[name] = value
        self._keep(self._chosen)
        self.changed.emit(name)
