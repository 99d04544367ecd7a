"""A moment as people type it: a day, and a time with a point or a colon. Pure."""

import re
from datetime import datetime, tzinfo

from app.domain.errors import InputRefusedError

_TYPED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\s+(\d{1,2})[.:](\d{2}))?")


def typed_moment(text: str, zone: tzinfo) -> datetime:
    """What was typed, as `27/11/2026 08.30`; a day alone is its beginning.

    Raises:
        InputRefusedError: code `moment`: it is none.
    """
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        raise InputRefusedError("Type a day and a time, as 27/11/2026 08.30.", code="moment")
    day, month, year, hour, minute = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, tzinfo=zone)
    except ValueError as e:
        raise InputRefusedError("There is no such day or time.", code="moment") from e


def shown_moment(at: datetime) -> str:
    """A moment as it is typed."""
    return f"{at:%d/%m/%Y %H.%M}"
