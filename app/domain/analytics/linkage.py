"""The attack on an export: somebody who knows a person's quasi values looks for them in the file.

Judged apart from what made the file: it reads the file's own rows, and the answer is a count.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.analytics.measures import grouped


@dataclass(frozen=True, slots=True)
class Linked:
    """What an attacker gets who knows every original person.

    Attributes:
        people: how many they look for.
        found: how many stand in the file as one row that fits and no other: re-identified.
        learned: of how many every row that fits has one and the same sensitive value: it is learned without knowing
            which row is theirs.
        best_guess: the greatest chance to name somebody's row, 1 / rows that fit.
    """

    people: int
    found: int
    learned: int
    best_guess: float

    @property
    def share_found(self) -> float:
        """The share of people who were re-identified."""
        return self.found / self.people if self.people else 0.0


def linked(originals: Mapping[str, Sequence[str]], exported: Mapping[str, Sequence[str]]) -> Linked:
    """Look for each original person in an export.

    Args:
        originals: by pseudonym, what the attacker knows of each person, in the export's own words: the quasi values,
            then a sensitive value that they do not use.
        exported: by pseudonym, the rows of the file.
    """
    rows_of = grouped(exported.values())
    of_one = {tuple(row[:-1]): name for name, row in exported.items() if rows_of[tuple(row[:-1])].total() == 1}
    found = learned = 0
    best = 0.0
    for quasi, people in Counter(tuple(person[:-1]) for person in originals.values()).items():
        fitting = rows_of.get(quasi)
        if fitting is None:
            continue
        best = max(best, 1 / fitting.total())
        learned += people if len(fitting) == 1 else 0
        if quasi in of_one:
            found += tuple(originals.get(of_one[quasi], ())[:-1]) == quasi
    return Linked(len(originals), found, learned, best)
