"""What a database's value says, as text of a cell: nothing rounded, nothing guessed, dates in ISO 8601.

NULL is an empty cell; a boolean is TRUE or FALSE, as in a workbook; a number has its digits, without noise behind the
point. A time with a zone becomes the time of the declared zone, since its day depends on it; one without a zone stays
as it stands. What is no text (bytes, lists, documents) is refused.
"""

import uuid
from datetime import date, datetime, time, tzinfo
from decimal import Decimal

from app.sources.source import CELL_LIMIT_BYTES
from app.sources.xlsx_cells import CellFault, number_text

DIGITS_LIMIT = 64
"""Digits of a number, before and behind its point."""


class Unreadable:
    """A value that the driver could not turn into one of Python's, such as a date before the year 1.

    Attributes:
        words: what it is, without its text.
    """

    __slots__ = ("words",)

    def __init__(self, words: str) -> None:
        self.words = words


def cell_text(value: object, zone: tzinfo | None) -> str:
    """A value as text.

    Args:
        value: as the driver gives it.
        zone: in which times that have a zone are told, or None where none is declared.

    Raises:
        CellFault: it cannot be taken as it is; the words say why, without it.
    """
    text = _text(value, zone)
    if len(text) * 4 > CELL_LIMIT_BYTES and len(text.encode("utf-8", "surrogatepass")) > CELL_LIMIT_BYTES:
        raise CellFault(f"A text longer than {CELL_LIMIT_BYTES} bytes")
    return text


def _text(value: object, zone: tzinfo | None) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return _digits(Decimal(value) if abs(value) < 10**DIGITS_LIMIT else Decimal("Infinity"))
        case Decimal():
            return _digits(value)
        case float():
            return number_text(repr(value))
        case datetime():
            return _moment(value, zone)
        case date() | time() | uuid.UUID():
            return str(value)
        case Unreadable():
            raise CellFault(value.words)
        case bytes() | bytearray() | memoryview():
            raise CellFault("Bytes, which are no text; let the view turn them into text")
        case _:
            raise CellFault("A value of a kind that is not read; let the view turn it into text")


def _digits(value: Decimal) -> str:
    if not value.is_finite() or max(value.adjusted(), -int(value.as_tuple().exponent)) >= DIGITS_LIMIT:
        raise CellFault(f"A number of more than {DIGITS_LIMIT} digits, or none at all")
    text = f"{value:f}"
    return "0" if not value else text.rstrip("0").rstrip(".") if "." in text else text


def _moment(value: datetime, zone: tzinfo | None) -> str:
    if value.tzinfo is not None:
        if zone is None:
            raise CellFault("A time with a zone: its day depends on time_zone, which the source's file must say")
        try:
            value = value.astimezone(zone).replace(tzinfo=None)
        except OverflowError as error:
            raise CellFault("A time outside the years 1 to 9999") from error
    is_day = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
    return value.date().isoformat() if is_day else value.isoformat()
