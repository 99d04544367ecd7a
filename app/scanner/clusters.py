"""Digits that stand together, with signs, spaces or a line break between them: what a number can hide in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

LONGEST = 19
"""Digits of the longest number that is looked for."""
SHORTEST = 6
"""Digits of the shortest one, card codes and years apart."""
_CLUSTER = re.compile(r"[0-9](?:[ .\-/()_,~*|\t\r\n]{0,3}[0-9])*")
_GROUP = re.compile(r"[0-9]+")
_SPLIT = re.compile(r"[.,][ \n\t]|\n[ \t]*\n")


@dataclass(frozen=True)
class Cluster:
    """Groups of digits and where they stand.

    Attributes:
        text: the plain text.
        groups: start and end of each group in it.
    """

    text: str
    groups: tuple[tuple[int, int], ...]

    @cached_property
    def digits(self) -> str:
        """All digits."""
        return "".join(self.text[start:end] for start, end in self.groups)

    @cached_property
    def offsets(self) -> list[int]:
        """How many digits stand before each group, and the number of all."""
        offsets = [0]
        for start, end in self.groups:
            offsets.append(offsets[-1] + end - start)
        return offsets

    def windows(self, first: int) -> Iterator["Window"]:
        """The windows from one group on, longest first, of `SHORTEST` to `LONGEST` digits."""
        begin, last = self.offsets[first], first
        while last < len(self.groups) and self.offsets[last + 1] - begin <= LONGEST:
            last += 1
        while last > first and self.offsets[last] - begin >= SHORTEST:
            yield Window(self, first, last)
            last -= 1


class Window:
    """Some neighbouring groups of a cluster.

    Attributes:
        digits: the digits alone.
        start: index of the first digit in the plain text.
        end: index after the last one.
        last: index after the last group in its cluster.
    """

    __slots__ = ("_cluster", "_first", "digits", "end", "last", "start")

    def __init__(self, cluster: Cluster, first: int, last: int) -> None:
        """The groups from `first` to before `last`."""
        self._cluster, self._first, self.last = cluster, first, last
        self.digits = cluster.digits[cluster.offsets[first] : cluster.offsets[last]]
        self.start, self.end = cluster.groups[first][0], cluster.groups[last - 1][1]

    @property
    def groups(self) -> tuple[int, ...]:
        """How many digits stand together, group by group."""
        return tuple(end - start for start, end in self._cluster.groups[self._first : self.last])

    @property
    def between(self) -> tuple[str, ...]:
        """What stands between the groups."""
        groups = self._cluster.groups[self._first : self.last]
        return tuple(self._cluster.text[groups[n][1] : groups[n + 1][0]] for n in range(len(groups) - 1))

    @property
    def is_split(self) -> bool:
        """Whether a sentence or a clause ends between, or a line is empty: rather two numbers than one."""
        return any(_SPLIT.match(gap) for gap in self.between)


def clusters(text: str) -> Iterator[Cluster]:
    """All clusters of a text, in order."""
    for match in _CLUSTER.finditer(text):
        if match.end() - match.start() >= SHORTEST:
            yield Cluster(text, tuple(group.span() for group in _GROUP.finditer(text, match.start(), match.end())))
