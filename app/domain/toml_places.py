"""Lines of a TOML text: tomllib says where syntax fails, this says where a table or a key stands.

Invariant: only used to point at a place in an error; a wrong guess misleads nobody about what is refused.
"""

import re
import tomllib
from typing import Any

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
_TABLE = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\"'-]+)\s*\]\]?")


class TomlError(ValueError):
    """The text is not TOML."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def parse_toml(text: str) -> dict[str, Any]:
    """The parsed text.

    Raises:
        TomlError: with the line and the parser's own words, which quote keys and signs but no values.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        words = str(error)
        place = _PLACE.search(words)
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        raise TomlError(line, _PLACE.sub("", words)) from error
    except RecursionError as error:
        raise TomlError(1, "nested too deep") from error


class TomlPlaces:
    """The lines of tables and keys of one TOML text."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, int, str], int] = {}
        self._scan(text)

    def line(self, table: str, key: str = "", index: int = 0) -> int:
        """The line of a key of the index-th table of that name, else of the table, else 1."""
        return self._lines.get((table, index, key)) or self._lines.get((table, index, "")) or 1

    def table_line(self, table: str) -> int:
        """The line of the first table of that name, or 0 where it has no head of its own."""
        return self._lines.get((table, 0, ""), 0)

    def _scan(self, text: str) -> None:
        counts: dict[str, int] = {}
        table, index, quote = "", 0, ""
        for number, line in enumerate(text.split("\n"), start=1):
            if not quote:
                if found := _TABLE.match(line):
                    table = found[2]
                    index = counts[table] = counts.get(table, -1) + 1
                    self._lines[(table, index, "")] = number
                elif key := _key(line):
                    self._lines.setdefault((table, index, key), number)
            quote = _open_quote(line, quote)


def _key(line: str) -> str:
    """The key at the start of a line, without its quotes."""
    found = re.match(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*[=.]""", line)
    return next((part for part in found.groups() if part is not None), "") if found else ""


def _open_quote(line: str, quote: str) -> str:
    """The kind of multi-line string that is open after this line."""
    for mark in re.findall(r'"""|' + "'''", line):
        if not quote:
            quote = mark
        elif quote == mark:
            quote = ""
    return quote
