"""The rules of the exposure ledger over a made month: how many flags are right, how many offences are found.

`python -m benchmarks.exposures [--seed N] [--log N]`. Right is a flag that holds something an offender did; found is an
offence that a flag of its rule holds. Each offender keeps below the threshold now and then, so that no rule finds all.
With `--log 1000000` it also asks a real office what the ledger's screen asks, over a log of so many entries.
"""

import argparse
import time
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.exposures.measure import Fired
from app.domain.exposures.row import Row
from app.domain.exposures.rules import flags
from app.domain.exposures.words import Rule
from benchmarks.exposure_log import lines_of, measured
from benchmarks.exposure_month import AGENTS, CALLER_REASONS, DAYS, HOURS, Month, made_month
from benchmarks.harness import work_folder


@dataclass(frozen=True, slots=True)
class Score:
    """How a rule did.

    Attributes:
        flags: how many it raised.
        right: of these, how many hold something that an offender did.
        planted: how many offences it should find.
        found: how many it found.
    """

    flags: int
    right: int
    planted: int
    found: int

    @property
    def precision(self) -> float:
        """Right ones of its flags; 1 where it raised none."""
        return self.right / self.flags if self.flags else 1.0

    @property
    def recall(self) -> float:
        """Found ones of the offences; 1 where there were none."""
        return self.found / self.planted if self.planted else 1.0


def scores(month: Month, thresholds: Mapping[Rule, int] | None = None) -> dict[Rule, Score]:
    """How each rule did over a month, with its default threshold or another."""
    rows = month.rows
    raised = flags(rows, HOURS, CALLER_REASONS, thresholds or {})
    offences = frozenset[int]().union(*(planted.entries for planted in month.planted))
    times = {row.entry: row for row in rows}
    return {rule: _score(rule, [f for f in raised if f.measure.rule is rule], month, offences, times) for rule in Rule}


def _score(rule: Rule, raised: list[Fired], month: Month, offences: frozenset[int], rows: Mapping[int, Row]) -> Score:
    planted = [p for p in month.planted if p.rule is rule]
    right = sum(any(_holds(fired, rows[entry]) for entry in offences) for fired in raised)
    found = sum(
        any(fired.measure.subject == p.subject and any(_holds(fired, rows[e]) for e in p.entries) for fired in raised)
        for p in planted
    )
    return Score(len(raised), right, len(planted), found)


def _holds(fired: Fired, row: Row) -> bool:
    measure = fired.measure
    is_subject = row.record == measure.subject if measure.rule is Rule.SAME_CUSTOMER else row.agent == measure.subject
    return is_subject and measure.since_ms <= row.at_ms < measure.until_ms


def table(found: Mapping[Rule, Score]) -> str:
    """The scores as lines of text."""
    lines = [f"{'rule':<15}{'flags':>6}{'right':>7}{'precision':>11}{'planted':>9}{'found':>7}{'recall':>8}"]
    for rule, s in found.items():
        counts = f"{s.flags:>6}{s.right:>7}{s.precision:>11.2f}{s.planted:>9}{s.found:>7}{s.recall:>8.2f}"
        lines.append(f"{rule.value:<15}{counts}")
    return "\n".join(lines)


def main() -> None:
    """Make the month, judge it, print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=int, default=0, help="entries of a log to ask; takes minutes")
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    seed = asked.seed
    month = made_month(seed)
    started = time.perf_counter()
    raised = flags(month.rows, HOURS, CALLER_REASONS, {})
    taken = time.perf_counter() - started
    print(f"{len(month.entries)} openings and refusals of {AGENTS} agents in {DAYS} days, seed {seed}.")
    print(f"{len(raised)} flags in {taken * 1000:.0f} ms.\n")
    print(table(scores(month)))
    print("\nWithout the five offenders:\n")
    print(table(scores(made_month(seed, offenders=False))))
    if asked.log:
        with work_folder() as folder:
            times = measured(folder, asked.log, asked.repeats)
        print(f"\nA log of {asked.log} entries, median and longest of {asked.repeats}:\n")
        print(lines_of(times))


if __name__ == "__main__":
    main()
