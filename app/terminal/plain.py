"""Text of others on a terminal: names, workstations and reasons are rows that somebody may have written by hand."""

from collections.abc import Iterable

_INSTEAD = "\N{REPLACEMENT CHARACTER}"


def plain(text: str) -> str:
    """One line without control signs: an escape sequence could move the cursor and show a person something else."""
    return "".join(sign if sign.isprintable() else _INSTEAD for sign in text)


def plain_lines(lines: Iterable[str]) -> list[str]:
    """The same for each of several lines."""
    return [plain(line) for line in lines]
