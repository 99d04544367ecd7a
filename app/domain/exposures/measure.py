"""What a rule measures, and when it fires.

A rule is a pure function: rows of the log and the office's hours in, measures out. A measure does not depend on the
threshold; the flags of a threshold are the measures that reach it. So *how often would each value have fired* is a
count, and moving a threshold neither renames a flag nor loses what was said to it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.exposures.row import Row
from app.domain.exposures.words import Rule
from app.domain.office_hours import OfficeHours

DAY_MS = 24 * 3600 * 1000
FEW = 5
"""With fewer others than these, what is usual for one person is told by everybody's."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What one rule counted for one subject in one stretch of time.

    Attributes:
        subject: account, or record in hex.
        since_ms, until_ms: the stretch; the end is not included.
        value: what was counted; never 0.
        exposures: values shown in it.
        no_call: of these, how many without an identity check.
        agents: how many people.
        days: on how many days of the office.
        last_entry: number of the newest entry in it.
    """

    rule: Rule
    subject: str
    since_ms: int
    until_ms: int
    value: int
    exposures: int
    no_call: int
    agents: int
    days: int
    last_entry: int


@dataclass(frozen=True, slots=True)
class Fired:
    """A measure that reached the threshold, with what is usual.

    Attributes:
        usual: low and high quartile of the subject's other measures, of everybody's where it has few; None without any.
    """

    measure: Measure
    threshold: int
    usual: tuple[int, int] | None


MeasureRule = Callable[[Sequence[Row], OfficeHours], list[Measure]]


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """A rule and the bounds of its threshold.

    Attributes:
        measures: the rule.
        default: the threshold where nobody has set one.
        least, most: what it may be set to, so that nobody drowns the desk in flags or turns a rule off.
        by_subject: whether *usual* is that of the subject first, else everybody's.
    """

    rule: Rule
    measures: MeasureRule
    default: int
    least: int
    most: int
    by_subject: bool = True

    def fired(self, measures: Iterable[Measure], threshold: int) -> list[Fired]:
        """The flags of a threshold, the newest first."""
        found = list(measures)
        usual = _Usual(found, by_subject=self.by_subject)
        over = [measure for measure in found if measure.value >= threshold]
        over.sort(key=lambda m: (m.last_entry, m.subject), reverse=True)
        return [Fired(measure, threshold, usual.beside(measure)) for measure in over]

    def would_fire(self, measures: Iterable[Measure]) -> tuple[int, ...]:
        """For each value from `least` to `most`, how many flags it raises."""
        values = [measure.value for measure in measures]
        return tuple(sum(value >= at for value in values) for at in range(self.least, self.most + 1))


class _Usual:
    """Quartiles beside one measure."""

    def __init__(self, measures: list[Measure], *, by_subject: bool) -> None:
        self._all = sorted(measure.value for measure in measures)
        self._of: dict[str, list[int]] = {}
        if by_subject:
            for measure in measures:
                self._of.setdefault(measure.subject, []).append(measure.value)

    def beside(self, measure: Measure) -> tuple[int, int] | None:
        own = self._of.get(measure.subject, [])
        values = sorted(own) if len(own) > FEW else self._all
        others = list(values)
        others.remove(measure.value)
        return quartiles(others)


def quartiles(values: Sequence[int]) -> tuple[int, int] | None:
    """Low and high quartile of sorted values, None without any."""
    return (values[len(values) // 4], values[len(values) * 3 // 4]) if values else None


@dataclass(slots=True)
class Tally:
    """Counts of one subject in one stretch; filled row by row."""

    value: int = 0
    exposures: int = 0
    no_call: int = 0
    last_entry: int = 0
    agents: set[str] = field(default_factory=set)
    days: set[int] = field(default_factory=set)

    def add(self, row: Row, day: int) -> None:
        """Count a row in."""
        self.value += 1
        self.exposures += row.shows
        self.no_call += row.shows and not row.on_call
        self.last_entry = max(self.last_entry, row.entry)
        self.agents.add(row.agent)
        self.days.add(day)

    def measure(self, rule: Rule, subject: str, since_ms: int, until_ms: int) -> Measure:
        """What came of it."""
        numbers = (self.value, self.exposures, self.no_call, len(self.agents), len(self.days), self.last_entry)
        return Measure(rule, subject, since_ms, until_ms, *numbers)


def per_day(rule: Rule, rows: Iterable[Row], hours: OfficeHours) -> list[Measure]:
    """Count rows by person and day of the office."""
    tallies: dict[tuple[str, int], Tally] = {}
    for row in rows:
        day = hours.local(row.at_ms).date().toordinal()
        tallies.setdefault((row.agent, day), Tally()).add(row, day)
    ends = _DayEnds(hours)
    return [tally.measure(rule, agent, *ends.of(day)) for (agent, day), tally in tallies.items()]


class _DayEnds:
    def __init__(self, hours: OfficeHours) -> None:
        self._hours, self._known = hours, dict[int, tuple[int, int]]()

    def of(self, ordinal: int) -> tuple[int, int]:
        """Begin and end of a day, ms since 1970."""
        if ordinal not in self._known:
            self._known[ordinal] = (
                self._hours.day_start_ms(_day(ordinal)),
                self._hours.day_start_ms(_day(ordinal + 1)),
            )
        return self._known[ordinal]


def _day(ordinal: int) -> date:
    return date.fromordinal(ordinal)
