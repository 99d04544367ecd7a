"""IT's exception to the block of screen capture: for a time that is known beforehand, with a reason.

Invariant: an exception begins, ends within `LONGEST_S`, and says why; there is none without an end. It is data of the
policy, so whoever may change the policy makes one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

LONGEST_S = 3 * 24 * 3600
"""Three days: a weekend's work. Longer is no exception."""
KEYS = ("from", "until", "reason")
_LONGEST_REASON = 200


class CaptureExceptionError(ValueError):
    """An exception that is refused.

    Attributes:
        key: which of its words is wrong.
        reason: what is wrong, in one sentence.
    """

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key, self.reason = key, reason


@dataclass(frozen=True, slots=True)
class CaptureException:
    """Times in seconds since 1970."""

    begins_at: float
    ends_at: float
    reason: str

    def holds(self, now: float) -> bool:
        """Whether it counts now."""
        return self.begins_at <= now < self.ends_at


def read_capture_exception(table: Mapping[str, object]) -> CaptureException:
    """The exception of a policy's table.

    Raises:
        CaptureExceptionError: it has no end, no offset of its times, is too long, backwards, or without a reason.
    """
    for key in table:
        if key not in KEYS:
            raise CaptureExceptionError(key, f"unknown key {key!r}")
    for key in KEYS:
        if key not in table:
            why = "an exception without an end is refused" if key == "until" else f"{key} is missing"
            raise CaptureExceptionError(key, why)
    begins, ends = _time(table, "from"), _time(table, "until")
    if ends <= begins:
        raise CaptureExceptionError("until", "until is not after from")
    if ends - begins > LONGEST_S:
        raise CaptureExceptionError("until", f"an exception lasts {LONGEST_S // 86_400} days at most")
    reason = table["reason"]
    if not isinstance(reason, str) or not reason.strip() or not reason.isprintable() or len(reason) > _LONGEST_REASON:
        raise CaptureExceptionError("reason", f"reason must be a text of up to {_LONGEST_REASON} characters")
    return CaptureException(begins, ends, reason.strip())


def _time(table: Mapping[str, object], key: str) -> float:
    value = table[key]
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise CaptureExceptionError(key, f"{key} must be a time with its offset, like 2026-12-01T12:00:00+07:00")
    return value.timestamp()
