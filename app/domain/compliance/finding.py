"""What was found when a control was looked at, and the report that the findings make."""

from dataclasses import dataclass
from typing import Final

from app.domain.compliance.controls import Control, Source

DAY_MS: Final = 86_400_000


def counted(n: int, one: str, many: str) -> str:
    """A figure with what it counts, as English says one and several."""
    return f"{n} {one if n == 1 else many}"


@dataclass(frozen=True, slots=True)
class Found:
    """What the office shows for a control at one moment.

    Attributes:
        is_met: whether that is what the control asks.
        en: what was looked at and what it came to; where the control is not met, why.
        id: the same in Indonesian.
    """

    is_met: bool
    en: str
    id: str

    def text(self, language: str) -> str:
        """The sentence in a language; Indonesian for `id`, otherwise English."""
        return self.id if language == "id" else self.en


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of a report.

    Attributes:
        control: what was asked.
        found: what there is.
        at_ms: when it was looked at, by the office's clock.
    """

    control: Control
    found: Found
    at_ms: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many controls of a source are met, and how many not."""

    source: Source
    met: int
    not_met: int


def tallies(findings: tuple[Finding, ...]) -> tuple[Tally, ...]:
    """The counts by source, in the order of the sources."""
    found = {source: [one.found.is_met for one in findings if one.control.source is source] for source in Source}
    return tuple(Tally(source, sum(met), len(met) - sum(met)) for source, met in found.items() if met)
