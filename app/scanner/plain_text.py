"""Text as the rules read it: one form for each digit and sign, nothing invisible, and the way back to where it stood.

Agents paste: full-width digits, zero-width characters, no-break spaces and seven kinds of dashes hide a number from a
pattern, though not from a reader. Each character of the plain text knows the place of the one it came from.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\ufe58\ufe63\uff0d\u30fc\u02d7\u2043")
_DOTS = frozenset("\u00b7\u2024\u2027\u2219\u22c5\u30fb\uff0e\u3002\uff61\ufe52")
_BLANKS = frozenset("\u2800\u3164\u115f\u1160\uffa0")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SLASHES = frozenset("\u2044\u2215\uff0f")


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text and where its characters came from.

    Attributes:
        text: what the rules read.
        places: for each character of it, the index of the original character.
    """

    text: str
    places: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in the original, from start and end (exclusive, more than start) in the plain text."""
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> PlainText:
    """Read a text; takes time in proportion to its length."""
    if text.isascii() and not _CONTROL.search(text):
        return PlainText(text, list(range(len(text))))
    kept: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        form = character if " " <= character < "\x7f" or character in "\t\r\n" else _form_of(character)
        if form:
            kept.append(form)
            places.append(at)
    return PlainText("".join(kept), places)


@lru_cache(maxsize=4096)
def _form_of(character: str) -> str:
    """One character for a character, or none: what the rules take it for."""
    if character in _DASHES:
        return "-" if character != "\u00ad" else ""
    if character in _DOTS:
        return "."
    if character in _SLASHES:
        return "/"
    if character in _BLANKS:
        return " "
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me", "Cc"):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in ("Zs", "Zl", "Zp"):
        return " " if category == "Zs" else "\n"
    form = unicodedata.normalize("NFKC", character)
    return form if len(form) == 1 else character
