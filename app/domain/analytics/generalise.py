"""Values made coarse. What cannot be made coarse by its rule becomes *not known*, never the value itself."""

import re
from collections.abc import Callable, Mapping

from app.domain.analytics.settings import Level

NOT_KNOWN = "?"
_AMOUNT = re.compile(r"-?\d{1,15}(\.\d\d)?")
_LONGEST = 80
_FORMULA = ("=", "+", "-", "@")
"""Spreadsheets take a cell that begins so for a formula."""


def coarse(level: Level, raw: str) -> str:
    """A value at a level.

    Args:
        level: how coarse.
        raw: an open value in its normal form, or what a mask shows of a sealed one.
    """
    return _RULES[level](raw) if raw else NOT_KNOWN


def _as_is(raw: str) -> str:
    text = " ".join(raw.split())
    fits = text.isprintable() and len(text) <= _LONGEST and text[:1] not in _FORMULA
    return text if fits else NOT_KNOWN


def _years(width: int) -> Callable[[str], str]:
    def rule(raw: str) -> str:
        if not re.fullmatch(r"[12]\d{3}(-\d\d-\d\d)?", raw):
            return NOT_KNOWN
        first = int(raw[:4]) // width * width
        return str(first) if width == 1 else f"{first}-{first + width - 1}"

    return rule


def _band(raw: str) -> str:
    """Between two of 1, 2 and 5 times powers of ten: half of a value at most is told."""
    if not _AMOUNT.fullmatch(raw):
        return NOT_KNOWN
    amount = int(raw.partition(".")[0])
    if raw.startswith("-"):
        return "below 0"
    if amount == 0:
        return "0" if float(raw) == 0 else "0-1"
    power = 10 ** (len(str(amount)) - 1)
    low = next(step * power for step in (5, 2, 1) if amount >= step * power)
    high = {1: 2, 2: 5, 5: 10}[low // power] * power
    return f"{low}-{high}"


_RULES: Mapping[Level, Callable[[str], str]] = {
    Level.AS_IS: _as_is,
    Level.YEAR: _years(1),
    Level.FIVE_YEARS: _years(5),
    Level.TEN_YEARS: _years(10),
    Level.BAND: _band,
}
