"""What a cell of a workbook says, as text: numbers without noise, dates in ISO 8601, nothing evaluated.

Excel keeps 15 digits of a number (IEEE 754); a longer one has lost its end already and is refused.
"""

import re
from datetime import datetime, timedelta
from decimal import Context, Decimal, InvalidOperation

DIGITS = 15
_NUMBER_LIMIT = 64
_SMALLEST, _LARGEST = -330, 310
_ROUNDING = Context(prec=DIGITS)
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Number formats that are dates or times without saying so (ECMA-376 part 1, 18.8.30)."""
_NOT_A_DATE_SIGN = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*.', re.IGNORECASE)
_DATE_SIGN = re.compile(r"[dy]", re.IGNORECASE)
_TIME_SIGN = re.compile(r"[hs]|AM/PM", re.IGNORECASE)
_MONTH_ONLY = re.compile(r"m", re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_ZEROS = re.compile(r"0{2,64}")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HALF = re.compile("[\ud800-\udfff]")
_LAST_SERIAL = 2_958_466


class CellFault(Exception):  # noqa: N818  (not an error for people: the reader adds the place)
    """The cell cannot be taken as it is; the words say why, without its text."""


def is_date_format(number: int, code: str) -> bool:
    """Whether a number format shows dates or times."""
    if not code:
        return number in _BUILT_IN_DATES
    plain = _NOT_A_DATE_SIGN.sub("", code.split(";", maxsplit=1)[0])
    if _ELAPSED.search(plain) or plain.lower() == "general":
        return False
    return any(sign.search(plain) for sign in (_DATE_SIGN, _TIME_SIGN, _MONTH_ONLY)) and "#" not in plain


def zeros_of(code: str) -> int:
    """How many digits a format such as `0000000000` fills up to, or 0."""
    return len(code) if _ZEROS.fullmatch(code) else 0


def unescaped(text: str) -> str:
    """Text with Excel's `_x000D_` taken back to its sign (ECMA-376 part 1, 22.9.2.19).

    Raises:
        CellFault: a sign that no text has: NUL, or half a character.
    """
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
    if "\0" in plain or _HALF.search(plain):
        raise CellFault("A NUL character" if "\0" in plain else "Half a character")
    return plain


def number_text(raw: str, zeros: int = 0) -> str:
    """A number as digits.

    Raises:
        CellFault: no number, or one with more digits than Excel keeps.
    """
    value = _decimal(raw)
    if value.is_zero():
        return "0".zfill(zeros)
    rounded = _ROUNDING.plus(value).normalize(_ROUNDING)
    if max(value.adjusted(), rounded.adjusted()) >= DIGITS:
        raise CellFault(f"A number of more than {DIGITS} digits; Excel has destroyed its end. Export it as text")
    text = f"{rounded:f}"
    return text.zfill(zeros) if zeros and text.isdigit() else text


def date_text(raw: str, *, since_1904: bool) -> str:
    """A date serial as `1987-03-28`, `1987-03-28T09:30:00`, or `09:30:00` for a time of day alone.

    Raises:
        CellFault: no number, or no date.
    """
    value = _decimal(raw)
    if not 0 <= value < _LAST_SERIAL:
        raise CellFault("A date outside the years 1900 to 9999")
    days = int(value)
    seconds = int(((value - days) * 86_400).to_integral_value())
    if not since_1904 and days == 60:
        raise CellFault("The date 29 February 1900, which never was")
    if not days and not since_1904:
        return (datetime(1900, 1, 1) + timedelta(seconds=seconds)).strftime("%H:%M:%S")
    day_zero = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if days > 60 else 31)
    try:
        moment = day_zero + timedelta(days=days, seconds=seconds)
    except OverflowError as error:
        raise CellFault("A date outside the years 1900 to 9999") from error
    return moment.date().isoformat() if not seconds else moment.isoformat()


def _decimal(raw: str) -> Decimal:
    try:
        value = Decimal(raw.strip()) if len(raw) <= _NUMBER_LIMIT else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not _SMALLEST < value.adjusted() < _LARGEST:
        raise CellFault("A number that cannot be read")
    return value
