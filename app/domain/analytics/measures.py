"""k, l and t of a table. The definitions are those of pyCANON, whose answers the tests hold (ADR 0061).

k: the least number of rows that share all quasi values (Sweeney 2002). l: the least number of different sensitive
values among such rows (distinct l-diversity, Machanavajjhala 2007). t: the greatest distance between the sensitive
values of such rows and those of the whole table, half the sum of differences, since categories have no order (Li 2007).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Row = tuple[str, ...]
"""Quasi values, then the sensitive one."""
Groups = Mapping[Row, Counter[str]]
"""Quasi values, and how often each sensitive value stands beside them."""


@dataclass(frozen=True, slots=True)
class Measured:
    """k, l and t of a table; 0, 0 and 0.0 of an empty one.

    Attributes:
        groups: how many different combinations of quasi values there are.
        average: rows per group.
    """

    rows: int
    groups: int
    k: int
    l: int  # noqa: E741  (the measure's own name)
    t: float
    average: float


def grouped(rows: Iterable[Sequence[str]]) -> dict[Row, Counter[str]]:
    """Rows by their quasi values."""
    groups: dict[Row, Counter[str]] = defaultdict(Counter)
    for row in rows:
        groups[tuple(row[:-1])][row[-1]] += 1
    return dict(groups)


def measured(groups: Groups) -> Measured:
    """What a table comes to."""
    sizes = [group.total() for group in groups.values()]
    rows = sum(sizes)
    if not rows:
        return Measured(0, 0, 0, 0, 0.0, 0.0)
    least_l = min(len(group) for group in groups.values())
    return Measured(rows, len(groups), min(sizes), least_l, _t(groups), rows / len(groups))


def _t(groups: Groups) -> float:
    shares = _shares(groups)
    return max(_distance(group, shares) for group in groups.values())


def _distance(group: Counter[str], shares: Mapping[str, float]) -> float:
    size = group.total()
    return sum(abs(group[value] / size - share) for value, share in shares.items()) / 2


def kept_groups(
    groups: Groups,
    k: int,
    l: int,  # noqa: E741  (the measure's own name)
    most_t: float = 1.0,
) -> frozenset[Row]:
    """The quasi values of groups that are large and mixed enough; all others are left out whole.

    Each group that goes changes the whole that the others are compared with, so t is looked at until none is too far.
    """
    kept = {quasi: group for quasi, group in groups.items() if group.total() >= k and len(group) >= l}
    while far := _far(kept, most_t):
        for quasi in far:
            del kept[quasi]
    return frozenset(kept)


def _far(groups: Groups, most_t: float) -> list[Row]:
    shares = _shares(groups)
    return [quasi for quasi, group in groups.items() if _distance(group, shares) > most_t]


def _shares(groups: Groups) -> dict[str, float]:
    whole: Counter[str] = Counter()
    for group in groups.values():
        whole.update(group)
    rows = whole.total()
    return {value: count / rows for value, count in whole.items()}
