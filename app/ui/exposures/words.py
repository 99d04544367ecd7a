"""What plots, flags and table say. Hours and days are the office's; how they are written follows the language."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.exposures.words import ClosedBy, ExposureKind
from app.session.shown_exposures import Bar, HeatRow, ReasonCount, ShownExposure
from app.ui.exposures.textures import PLOTTED
from app.ui.language import tr as _tr
from app.ui.saying import now, said
from app.ui.words import class_name, number, short_day, two_digits, wall_time

DASH = "–"
_NAMES_OF_HASH = 8
"""So many digits of a customer's reference stand for a number that one may not see."""


class OfficeClock:
    """Times as a clock on the office's wall shows them."""

    def __init__(self, zone: str) -> None:
        """Args: zone: such as `Asia/Jakarta`."""
        self._zone = ZoneInfo(zone)

    def _local(self, at: float) -> datetime:
        return datetime.fromtimestamp(at, self._zone)

    def day(self, at: float) -> date:
        """The day."""
        return self._local(at).date()

    @said
    def minutes(self, at: float) -> str:
        """15:00, in Indonesian 15.00."""
        local = self._local(at)
        return wall_time(local.hour, local.minute)

    @said
    def seconds(self, at: float) -> str:
        """15:58:12, in Indonesian 15.58.12."""
        local = self._local(at)
        return wall_time(local.hour, local.minute, local.second)


@said
def day_label(day: date, *, weekday: bool = False) -> str:
    """24 Nov; with its weekday, Tue 24 Nov."""
    return short_day(day, weekday=weekday)


@said
def hour_label(hour: int) -> str:
    """Two digits, under a plot."""
    return two_digits(hour)


@said
def span_of_hour(hour: int) -> str:
    """15:00 to 16:00."""
    return _tr("{a} to {b}").format(a=wall_time(hour, 0), b=wall_time(hour + 1, 0))


@said
def bar_label(bar: Bar) -> str:
    """Under a bar: the hour, or the day of the month."""
    return hour_label(bar.hour) if bar.hour is not None else str(bar.day.day)


@said
def bar_name(bar: Bar) -> str:
    """A bar's time: 15:00 to 16:00, or Tue 24 Nov."""
    return span_of_hour(bar.hour) if bar.hour is not None else day_label(bar.day, weekday=True)


def exposures(count: int) -> str:
    """A count with its word."""
    return _tr("1 exposure") if count == 1 else _tr("{n} exposures").format(n=number(count))


@said
def bar_words(bar: Bar) -> str:
    """A bar as a reader says it."""
    parts = [_tr("{what}: {n}").format(what=class_name(c), n=number(bar.counts[c])) for c in PLOTTED if c in bar.counts]
    if bar.usual is not None:
        parts.append(_tr("usual: {n}").format(n=number(round(bar.usual))))
    words = f"{bar_name(bar)}, {exposures(bar.total)}"
    return f"{words}; {', '.join(parts)}" if parts else words


def heat_words(row: HeatRow, hour: int) -> str:
    """A cell as a reader says it."""
    words = _tr("{name}, {h} o’clock, {count}")
    return words.format(name=row.name, h=hour, count=exposures(row.hours[hour]))


def reason_name(reason: ReasonCount) -> str:
    """A reason's label; notes are read without one."""
    return now(reason.label) or _tr("Notes, read without a reason")


@said
def reason_words(reason: ReasonCount) -> str:
    """A reason as a reader says it."""
    return f"{reason_name(reason)}, {exposures(reason.count)}"


def short_name(name: str) -> str:
    """Yudha S. for Yudha Saputra."""
    first, *more = name.split() or [name]
    return f"{first} {more[-1][0]}." if more else first


def customer_name(shown: str, record: str) -> str:
    """A customer's number; where one may not see it, the beginning of the reference; a dash where nobody was found."""
    return shown or (record[:_NAMES_OF_HASH] if record else DASH)


def kind_words(row: ShownExposure) -> str:
    """How something was opened, and by whom."""
    if row.refused:
        return _tr("Refused")
    names = {
        ExposureKind.REVEAL: _tr("Reveal"),
        ExposureKind.UNLOCK: _tr("Unlock"),
        ExposureKind.NOTES: _tr("Notes"),
        ExposureKind.USE: _tr("By reference"),
        ExposureKind.LOOKUP: _tr("Lookup"),
    }
    if row.opened_by:
        return _tr("Unlock, {name}").format(name=row.opened_by.split()[0])
    return names[row.kind]


def reason_or_refusal(row: ShownExposure) -> str:
    """Why it was opened, or why it was not."""
    if not row.refused:
        return row.reason or DASH
    words = {
        "denied": _tr("a supervisor said no"),
        "role": _tr("the role does not open it"),
        "quota": _tr("the shift’s reveals were used up"),
        "quota_pace": _tr("too many in a short time"),
        "off_hours": _tr("outside the hours of work"),
        "not_in_queue": _tr("not in one of their queues"),
        "no_class_key": _tr("without the key of the class"),
        "training": _tr("without the lesson"),
        "rules": _tr("without the rules accepted"),
        "posture": _tr("at a workstation that lacks a protection"),
        "reason": _tr("without a reason that fits"),
        "not_identified": _tr("the caller was not identified"),
        "unlock": _tr("without an unlock"),
        "expired": _tr("the unlock was over"),
        "no_match": _tr("what the caller said did not fit"),
    }
    return words.get(row.refused.removeprefix("notes_"), _tr("the office did not allow it"))


def open_words(row: ShownExposure) -> str:
    """How long it stood open."""
    if row.shown_s is not None:
        return _tr("{n} s").format(n=number(round(row.shown_s)))
    return _tr("up to {n} s").format(n=row.limit_s) if row.limit_s else DASH


def closed_words(closed_by: ClosedBy | None) -> str:
    """Why it closed, for a reader; empty where nobody knows."""
    if closed_by is None:
        return ""
    names = {
        ClosedBy.TIME: _tr("closed by itself"),
        ClosedBy.PERSON: _tr("closed by hand"),
        ClosedBy.ANOTHER: _tr("another field took its place"),
        ClosedBy.LEFT: _tr("closed as the window was left"),
        ClosedBy.REVOKED: _tr("closed by a supervisor"),
        ClosedBy.SESSION: _tr("closed by a lock or the session’s end"),
    }
    return names[closed_by]


def call_words(row: ShownExposure) -> str:
    """Whether a call was on; a dash where the reason takes none."""
    if row.on_call:
        return _tr("Yes")
    return _tr("No call") if row.takes_caller else DASH


def widest_words() -> dict[str, tuple[str, ...]]:
    """What two columns of the table have to have room for."""
    return {"open": (_tr("Open"), _tr("up to {n} s").format(n=300)), "call": (_tr("Yes"), _tr("No call"))}


def line_words(cells: Mapping[str, str]) -> str:
    """A line of the table as a reader says it, of its cells by name."""
    return _tr("{time}, {agent} at {seat}: {field} of {customer}; {reason}; {how}, open {open}; call: {call}").format(
        **cells
    )


def field_words(row: ShownExposure) -> str:
    """Which field; notes and lookups have none."""
    return row.field_label or (_tr("Notes") if row.kind is ExposureKind.NOTES else DASH)
