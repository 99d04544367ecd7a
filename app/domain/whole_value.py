"""Whether what somebody types into a search could be a whole sealed value, or a part of one.

A hint for screens: the office judges by the kinds of its inventory. Sealed values are found by their whole, never by a
part (`app/backoffice/lookup.py`).
"""

from enum import StrEnum

SHORTEST_WHOLE, SHORTEST_PART = 8, 4
_SEPARATORS = " .-()/+"


class Looks(StrEnum):
    """What a text looks like."""

    WORDS = "words"
    PART = "part"
    """Digits, too few for a number of somebody."""
    WHOLE = "whole"


def looks_like(text: str) -> Looks:
    """Judge a text by its form alone."""
    text = text.strip()
    name, at, host = text.partition("@")
    if at:
        return Looks.WHOLE if name and "." in host.strip(".") and " " not in text else Looks.WORDS
    digits = "".join(c for c in text if c not in _SEPARATORS)
    if not digits.isdecimal() or len(digits) < SHORTEST_PART:
        return Looks.WORDS
    return Looks.WHOLE if len(digits) >= SHORTEST_WHOLE else Looks.PART
