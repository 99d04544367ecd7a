"""Days out of what the office has: of a moment, and of a field's text."""

from contextlib import suppress
from datetime import UTC, date, datetime


def day_in(text: str) -> list[date]:
    """The day that a field says; none where it says no day."""
    with suppress(ValueError):
        return [date.fromisoformat(text)] if text else []
    return []


def day_of(ms: int) -> date:
    """The day of a moment, in UTC."""
    return datetime.fromtimestamp(ms / 1000, UTC).date()
