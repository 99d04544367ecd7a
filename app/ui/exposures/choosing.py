"""What the table is narrowed to: a bar, a cell, a reason, together; or what a flag is about, alone. Values, no widgets.

Picking again what is chosen takes it back. A bar of an hour and a cell both name an hour: the later takes the place of
the earlier.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.exposures.words import ExposureKind
from app.session.shown_exposures import Bar, Chosen, Flag, Overview, Range, ReasonCount, Scope
from app.ui.exposures.flag_words import flag_title
from app.ui.exposures.words import bar_name, reason_name, span_of_hour
from app.ui.saying import filled

NOTHING = Chosen()
HOUR_S, DAY_S = 3_600, 86_400


def by_code(reasons: Sequence[ReasonCount]) -> tuple[ReasonCount, ...]:
    """Reasons of one code together, under the more frequent label: to reveal and to ask have some in common."""
    merged: dict[str, ReasonCount] = {}
    for reason in sorted(reasons, key=lambda one: -one.count):
        first = merged.get(reason.code)
        merged[reason.code] = reason if first is None else replace(first, count=first.count + reason.count)
    return tuple(sorted(merged.values(), key=lambda one: -one.count))


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice.

    Attributes:
        chosen: what the office is asked for.
        bar: the bar, where one is chosen.
        reason: the reason, where one is chosen; notes have none, and are chosen by their kind.
        flag: what is looked at, in place of all others.
    """

    chosen: Chosen = NOTHING
    bar: Bar | None = None
    reason: ReasonCount | None = None
    flag: Flag | None = None

    @property
    def is_empty(self) -> bool:
        """Whether all of the scope is shown."""
        return self.chosen == NOTHING and self.flag is None

    @property
    def cell(self) -> tuple[str, int] | None:
        """Account and hour of the chosen cell."""
        chosen = self.chosen
        return (chosen.agent, chosen.hour) if chosen.hour is not None and self.flag is None else None

    def scope(self, scope: Scope) -> Scope:
        """The scope of the table: a flag looks back over thirty days, whatever the plots show."""
        return Scope(Range.MONTH) if self.flag is not None else scope

    def _base(self) -> "Choice":
        return Choice() if self.flag is not None else self

    def with_bar(self, bar: Bar, next_start: float | None) -> "Choice":
        """Choose a bar, or take it back; `next_start` is where the bar after it begins, or None for the last."""
        base = self._base()
        if base.bar is not None and base.bar.start == bar.start:
            return base.without("bar")
        until = next_start if next_start is not None else bar.start + (HOUR_S if bar.hour is not None else DAY_S)
        if bar.hour is not None and base.cell is not None:
            base = base.without("cell")
        return replace(base, bar=bar, chosen=replace(base.chosen, since=bar.start, until=until))

    def with_cell(self, agent: str, hour: int) -> "Choice":
        """Choose a cell of the heat map, or take it back."""
        base = self._base()
        if base.cell == (agent, hour):
            return base.without("cell")
        if base.bar is not None and base.bar.hour is not None:
            base = base.without("bar")
        return replace(base, chosen=replace(base.chosen, agent=agent, hour=hour))

    def with_reason(self, reason: ReasonCount) -> "Choice":
        """Choose a reason, or take it back."""
        base = self._base()
        if base.reason is not None and base.reason.code == reason.code:
            return base.without("reason")
        kind = None if reason.code else ExposureKind.NOTES
        return replace(base, reason=reason, chosen=replace(base.chosen, reason=reason.code, kind=kind))

    def with_flag(self, flag: Flag) -> "Choice":
        """Look at a flag."""
        return Choice(flag.look, flag=flag)

    def without(self, part: str) -> "Choice":
        """Take one part back: `bar`, `cell`, `reason` or `flag`."""
        if part == "bar":
            return replace(self, bar=None, chosen=replace(self.chosen, since=None, until=None))
        if part == "cell":
            return replace(self, chosen=replace(self.chosen, agent="", hour=None))
        if part == "reason":
            return replace(self, reason=None, chosen=replace(self.chosen, reason="", kind=None))
        return Choice()

    def within(self, overview: Overview) -> "Choice":
        """The same in other plots: what they do not have any more goes."""
        choice = self
        if choice.bar is not None:
            same = next((bar for bar in overview.bars if bar.start == choice.bar.start), None)
            choice = replace(choice, bar=same) if same is not None else choice.without("bar")
        if choice.reason is not None and choice.reason.code not in {reason.code for reason in overview.reasons}:
            choice = choice.without("reason")
        if choice.cell is not None and choice.cell[0] not in {row.agent for row in overview.heat}:
            choice = choice.without("cell")
        return choice

    def parts(self, overview: Overview) -> list[tuple[str, str]]:
        """Each part with its words."""
        if self.flag is not None:
            return [("flag", flag_title(self.flag))]
        found = []
        if self.bar is not None:
            found.append(("bar", bar_name(self.bar)))
        if self.cell is not None:
            agent, hour = self.cell
            name = next((row.name for row in overview.heat if row.agent == agent), agent)
            found.append(("cell", filled("{}, {}", name, span_of_hour(hour))))
        if self.reason is not None:
            found.append(("reason", reason_name(self.reason)))
        return found
