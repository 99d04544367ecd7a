"""Quotas: how many fields of a class a role opens by itself in a shift, and how fast. Pure judgement over times.

A *shift* is not a plan of who works when: it is the last `SHIFT_S` before now, as long as the longest session, so that
nothing begins anew at a known moment. Times come in the order of the log, whose numbers no clock moves.

Invariant: a clock that is set back opens nothing. What was opened "later" than now counts, and so does what was opened
after it, whatever time it bears (`never_earlier`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.role import Role

SHIFT_S = 36_000
"""Ten hours: the longest session (`decisions.md`, *Numbers*)."""
SHIFT_MOST, PACE_COUNT_MOST, PACE_LEAST_S, PACE_MOST_S = 1_000, 60, 60, 3_600
"""No file may set more than this: a thousand a shift, one a second on the average of a minute."""
NEAR = 0.8
"""From here on the person is told (`ui.md` section 3)."""


class Shut(StrEnum):
    """Why a person does not open a class by themselves now; the word is the refusal's code, too."""

    QUOTA = "quota"
    """All of this shift is used."""
    PACE = "quota_pace"
    """Too many in too short a time."""
    HOURS = "off_hours"
    """Outside the hours of work (`app/domain/working_hours.py`)."""


@dataclass(frozen=True, slots=True)
class Quota:
    """What a role may open of a class by itself.

    Attributes:
        shift: fields in a shift.
        pace_count: fields in any `pace_s` seconds.
        pace_s: seconds.
    """

    shift: int
    pace_count: int
    pace_s: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands with a quota.

    Attributes:
        used: of this shift.
        pace_used: of the last `pace_s` seconds.
        shut: why the next one is refused, or nothing.
        wait_ms: until one is free again by itself; 0 while none is needed.
    """

    quota: Quota
    used: int
    pace_used: int
    shut: Shut | None = None
    wait_ms: int = 0


def is_near(used: int, shift: int) -> bool:
    """Whether so much is used that the person should be told."""
    return shift > 0 and used >= shift * NEAR


def never_earlier(times_ms: Iterable[int]) -> list[int]:
    """Times in the order of the log, each as late as the latest before it: a clock that was set back wins nothing."""
    return list(accumulate(times_ms, max))


def judge(quota: Quota, opened_ms: Sequence[int], now_ms: int) -> Standing:
    """How somebody stands who opened fields at these times.

    Args:
        quota: theirs for this class.
        opened_ms: when, in the order of the log; older ones than a shift may be among them.
        now_ms: the time.
    """
    times = never_earlier(opened_ms)
    shift = [at_ms for at_ms in times if at_ms > now_ms - SHIFT_S * 1000]
    pace = [at_ms for at_ms in times if at_ms > now_ms - quota.pace_s * 1000]
    standing = Standing(quota, len(shift), len(pace))
    if len(shift) >= quota.shift:
        return Standing(quota, len(shift), len(pace), Shut.QUOTA, _free_in(shift, quota.shift, SHIFT_S, now_ms))
    if len(pace) >= quota.pace_count:
        return Standing(quota, len(shift), len(pace), Shut.PACE, _free_in(pace, quota.pace_count, quota.pace_s, now_ms))
    return standing


def _free_in(times_ms: Sequence[int], most: int, window_s: int, now_ms: int) -> int:
    """Until so many have left the window that one more fits."""
    return max(1, times_ms[len(times_ms) - most] + window_s * 1000 - now_ms)


class QuotaError(ValueError):
    """A row that is refused.

    Attributes:
        index: which row, from 0.
        key: which of its words is wrong, or empty.
        reason: what is wrong, in one sentence.
    """

    def __init__(self, index: int, key: str, reason: str) -> None:
        super().__init__(reason)
        self.index, self.key, self.reason = index, key, reason


KEYS = ("role", "class", "shift", "pace_count", "pace_s")


def read_quotas(rows: Iterable[object]) -> dict[tuple[Role, DataClass], Quota]:
    """The quotas of a policy's rows.

    Raises:
        QuotaError: an unknown word, a number out of its bounds, or a role and class that stand twice.
    """
    found: dict[tuple[Role, DataClass], Quota] = {}
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            raise QuotaError(index, "", "[[quota]] must be a table")
        who, quota = _row(index, row)
        if who in found:
            raise QuotaError(index, "class", f"{who[0].value} has a quota of {who[1].value} already")
        found[who] = quota
    return found


def _row(index: int, row: dict[str, object]) -> tuple[tuple[Role, DataClass], Quota]:
    for key in row:
        if key not in KEYS:
            raise QuotaError(index, key, f"unknown key {key!r}")
    for key in KEYS:
        if key not in row:
            raise QuotaError(index, "", f"{key} is missing")
    if row["role"] not in set(Role):
        raise QuotaError(index, "role", f"role must be one of: {', '.join(Role)}")
    if row["class"] not in set(SEALED_CLASSES):
        raise QuotaError(index, "class", f"class must be a sealed class: {', '.join(SEALED_CLASSES)}")
    shift = _number(index, row, "shift", 1, SHIFT_MOST)
    pace_count = _number(index, row, "pace_count", 1, PACE_COUNT_MOST)
    if pace_count > shift:
        raise QuotaError(index, "pace_count", "pace_count is above shift, so it would never hold")
    quota = Quota(shift, pace_count, _number(index, row, "pace_s", PACE_LEAST_S, PACE_MOST_S))
    return (Role(str(row["role"])), DataClass(str(row["class"]))), quota


def _number(index: int, row: dict[str, object], key: str, least: int, most: int) -> int:
    value = row[key]
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise QuotaError(index, key, f"{key} must be a whole number from {least} to {most}")
    return value
