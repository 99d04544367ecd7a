"""A plot of stacked bars as numbers between 0 and 1: what a page and a paper draw is the same. Pure.

Parts are told apart by colour and by texture, so that a copy in grey still says which is which.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.compliance.figures import COUNTS, ENDS_SOON, LACKING, LATE, ON_TIME, OPEN, Part, Series

MOST_PARTS: Final = 5
"""So many parts are told apart; of more, the last is all others together."""
OTHERS: Final = "others"
_MOST_TICKS: Final = 5
_HEADROOM: Final = 1.12
"""Above the highest bar there is room for its number."""


class Texture(StrEnum):
    """What fills a bar."""

    SOLID = "solid"
    RISING = "rising"
    DOTTED = "dotted"
    LEVEL = "level"
    HOLLOW = "hollow"


@dataclass(frozen=True, slots=True)
class Style:
    """How a part looks: a colour as `1C6840` and its texture."""

    colour: str
    texture: Texture


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a column, from `low` to `high` of the plot's height."""

    column: int
    part: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn.

    Attributes:
        bars: parts of columns, from below.
        ticks: heights of the scale's lines with their numbers.
        tops: height and total of each column that has something.
    """

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, int], ...]
    tops: tuple[tuple[int, float, int], ...]


_OK, _GREY, _DANGER, _WARN, _ACCENT = "1C6840", "7E5F77", "A3241F", "875300", "6B2A5B"
_BY_CODE: Final = {
    ON_TIME: Style(_OK, Texture.SOLID),
    OPEN: Style(_GREY, Texture.HOLLOW),
    LATE: Style(_DANGER, Texture.RISING),
    COUNTS: Style(_OK, Texture.SOLID),
    ENDS_SOON: Style(_WARN, Texture.DOTTED),
    LACKING: Style(_DANGER, Texture.RISING),
    "ahead": Style(_ACCENT, Texture.SOLID),
}
_BY_PLACE: Final = (
    Style("3F7CAC", Texture.SOLID),
    Style(_ACCENT, Texture.RISING),
    Style("B36F00", Texture.DOTTED),
    Style("2E7D6B", Texture.LEVEL),
    Style(_GREY, Texture.HOLLOW),
)


def style_of(part: Part, at: int) -> Style:
    """How a part looks; by its place where it has no look of its own."""
    return _BY_CODE.get(part.code, _BY_PLACE[at % MOST_PARTS])


def fewer_parts(series: Series) -> Series:
    """A series with no more parts than can be told apart."""
    if len(series.parts) <= MOST_PARTS:
        return series
    by_size = sorted(series.parts, key=lambda part: -sum(part.counts))
    shown, rest = by_size[: MOST_PARTS - 1], by_size[MOST_PARTS - 1 :]
    others = tuple(sum(column) for column in zip(*(part.counts for part in rest), strict=True))
    return Series(series.columns, (*shown, Part(OTHERS, others)))


def plot_of(series: Series) -> Plot:
    """The plot of a series, which has no more parts than `fewer_parts` leaves."""
    totals = [series.total(at) for at in range(len(series.columns))]
    highest = max([*totals, 1])
    step = _step(highest)
    most = -(-highest // step) * step
    top = max(most, highest * _HEADROOM)
    bars = []
    for column in range(len(series.columns)):
        below = 0
        for place, part in enumerate(series.parts):
            count = part.counts[column]
            if count:
                bars.append(Bar(column, place, below / top, (below + count) / top))
                below += count
    ticks = tuple((value / top, value) for value in range(0, most + 1, step))
    tops = tuple((column, total / top, total) for column, total in enumerate(totals) if total)
    return Plot(tuple(bars), ticks, tops)


def _step(highest: int) -> int:
    """1, 2 or 5 with zeros, so that there are few lines."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * _MOST_TICKS >= highest:
                return step
        size *= 10


def rising_lines(left: float, bottom: float, width: float, height: float, gap: float) -> Sequence[tuple[float, ...]]:
    """Lines that rise to the right through a box, as x, y, x, y with y upward; not cut at its edges."""
    count = int((width + height) / gap) + 1
    return [
        (left + at * gap - height, bottom, left + at * gap, bottom + height) for at in range(1, count + 1)
    ]  # fmt: skip
