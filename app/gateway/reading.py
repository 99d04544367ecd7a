"""Reading a TOML file that people write by hand: every fault is named with its line, and all of them at once.

Invariant: a fault names the key, what is wrong and what to write instead, never the value that stands there: somebody
may have typed a password into the wrong line.
"""

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from app.domain.errors import InputRefusedError
from app.domain.toml_places import TomlPlaces

T = TypeVar("T")
NEEDED: Final = object()
"""In place of a key's usual value: there is none."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong line.

    Attributes:
        line: from 1.
        key: `table.key`, or the table's name.
        what: what is wrong.
        instead: what to write.
    """

    line: int
    key: str
    what: str
    instead: str

    def said(self, file: Path) -> str:
        """In one line, as compilers say it, so that editors find the place."""
        return f"{file}:{self.line}: {self.key}: {self.what}; {self.instead}"


class FaultsError(InputRefusedError):
    """A file is refused: all that is wrong with it (code `gateway_config`)."""

    def __init__(self, file: Path, faults: Iterable[Fault]) -> None:
        self.file = file
        self.faults = tuple(sorted(faults, key=lambda f: f.line))
        super().__init__("\n".join(f.said(file) for f in self.faults), code="gateway_config")


class Wrong(ValueError):  # noqa: N818 -- said by a judge of one value, and caught by the table
    """A value is not what its key wants."""

    def __init__(self, what: str, instead: str) -> None:
        super().__init__(what)
        self.what, self.instead = what, instead


Judge = Callable[[Any], T]


class Sheet:
    """A whole file while it is read."""

    def __init__(self, text: str, tables: dict[str, Any]) -> None:
        """Read what was parsed from this text."""
        self.faults: list[Fault] = []
        self.places = TomlPlaces(text)
        self._tables = tables

    def table(self, name: str) -> "Table":
        """A table by its name; one that is not there is empty."""
        found = self._tables.get(name, {})
        if not isinstance(found, dict):
            self.fault(self.places.line("", name), name, "this is a table", f"write [{name}] in a line of its own")
            found = {}
        return Table(self, name, found)

    def has(self, name: str) -> bool:
        """Whether there is such a table."""
        return name in self._tables

    def refuse_unknown(self, known: Iterable[str]) -> None:
        """Name tables that there are not."""
        known = tuple(known)
        for name in self._tables.keys() - set(known):
            line = max(self.places.line(name), self.places.line("", name))
            self.fault(line, name, "there is no such table", _nearest(name, known))

    def fault(self, line: int, key: str, what: str, instead: str) -> None:
        """Take down a fault."""
        self.faults.append(Fault(line, key, what, instead))


class Table:
    """One table while it is read. What a fault keeps from being read comes as None; the file is refused afterwards."""

    def __init__(self, sheet: Sheet, name: str, found: dict[str, Any]) -> None:
        """Read this table of the sheet."""
        self._sheet, self.name, self._found = sheet, name, found
        self._known: list[str] = []

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._found

    def take(self, key: str, judge: Judge[T], usual: object = NEEDED) -> T:
        """A key's value.

        Args:
            key: its name.
            judge: turns the value into what is wanted, or says what is wrong.
            usual: what counts where the key is not there.
        """
        self._known.append(key)
        if key not in self._found:
            if usual is NEEDED:
                self.fault("", f"{key} is missing", f"write {key} = ... below [{self.name}]", named=key)
                return cast("T", None)
            return cast("T", usual)
        try:
            return judge(self._found[key])
        except Wrong as wrong:
            self.fault(key, wrong.what, wrong.instead)
            return cast("T", None)

    def fault(self, key: str, what: str, instead: str, *, named: str = "") -> None:
        """Take down a fault of this table, or of one of its keys."""
        line = self._sheet.places.line(self.name, key)
        self._sheet.fault(line, f"{self.name}.{key or named}".rstrip("."), what, instead)

    def done(self) -> None:
        """Name keys that nobody asked for."""
        for key in self._found.keys() - set(self._known):
            self.fault(key, "there is no such key", _nearest(key, self._known))


def _nearest(name: str, known: Iterable[str]) -> str:
    known = tuple(known)
    close = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    return f"did you mean {close[0]}?" if close else f"there are: {', '.join(known)}"


# judges


def text(value: Any) -> str:
    """A text in one line."""
    if not isinstance(value, str) or not value or not value.isprintable():
        raise Wrong("this is no text in one line", 'write it between quotes, as "..."')
    return value


def whole(least: int, most: int) -> Judge[int]:
    """A whole number within bounds."""

    def judge(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Wrong("this is no number within its bounds", f"write a whole number from {least} to {most}")
        return value

    return judge


def path(value: Any) -> Path:
    """A whole path."""
    found = Path(text(value))
    if not found.is_absolute() or ".." in found.parts:
        raise Wrong("this is no whole path", 'write it from the root, as "/etc/tirai/..."')
    return found


def words(value: Any) -> tuple[str, ...]:
    """A list of texts, one at least."""
    if not isinstance(value, list) or not value:
        raise Wrong("this is no list of texts", 'write ["...", "..."]')
    return tuple(text(word) for word in value)


def one_of(known: Iterable[str]) -> Judge[str]:
    """A word of a list."""
    known = tuple(known)

    def judge(value: Any) -> str:
        if value not in known:
            raise Wrong("this word is not known here", f"write one of: {', '.join(known)}")
        return str(value)

    return judge
