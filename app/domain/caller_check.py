"""When a caller counts as identified: which answers count, how many it takes, and what needs an identified caller.

Pure judgement. An answer is *typed*, and the office compares it with what lies there without opening it; or it is
compared with the visible part of the mask *by eye*, and the agent ticks it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.data_class import DataClass


class How(StrEnum):
    """How an answer was compared."""

    TYPED = "typed"
    BY_EYE = "by_eye"


@dataclass(frozen=True, slots=True)
class CallerCheckRule:
    """What policy says of identity checks.

    Attributes:
        fields: names of the fields whose answers count, in the order in which the panel shows them.
        need: how many of them have to match.
        by_eye_max: how many of those may be ticked by eye.
        required_for: classes that open for an agent only while the caller is identified.
        longest_s: a check counts for so many seconds, then the call begins anew.
    """

    fields: tuple[str, ...]
    need: int
    by_eye_max: int
    required_for: frozenset[DataClass]
    longest_s: int

    def counted(self, matched: Mapping[str, Collection[How]]) -> int:
        """How many matches count.

        Args:
            matched: by field, how it matched; a field that was typed rightly needs no tick.
        """
        counted = [matched[name] for name in self.fields if matched.get(name)]
        typed = sum(How.TYPED in how for how in counted)
        return typed + min(len(counted) - typed, self.by_eye_max)

    def is_identified(self, matched: Mapping[str, Collection[How]]) -> bool:
        """Whether these matches are enough."""
        return self.counted(matched) >= self.need
