"""How the cost of a thing grows with the number of rows: a plot by logarithms on both axes, and its exponent.

The exponent is the slope of the straight line that fits the points best (least squares of the logarithms): 0 costs the
same however many there are, 1 twice as much for twice as many. A plot is a small SVG with a ground of its own, so that
it can be read on a light page and on a dark one; it is put together here, since nothing else needs a plotting library.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

Points = list[tuple[int, float]]

WIDTH, PLOT_HEIGHT, LINE = 720, 260, 18
LEFT, RIGHT, TOP = 64, 40, 40
INK, PALE, GROUND = "#231b22", "#dcd3d9", "#ffffff"
COLOURS: Final = ("#6b2a5b", "#9a6200", "#0b5fa5", "#2b7a3d", "#b3430f", "#3c5a66", "#a3195b", "#5b3a1e")
DASHES: Final = ("", "7 3", "2 3", "9 3 2 3")
"""Lines differ in more than their colour."""


def series_of(document: Mapping[str, Any]) -> dict[str, Points]:
    """A document's points by series, in the order of their numbers."""
    found: dict[str, Points] = {}
    for point in document.get("points", []):
        found.setdefault(point["series"], []).append((point["n"], point["value"]))
    return {name: sorted(points) for name, points in found.items()}


def exponent(points: Sequence[tuple[int, float]]) -> float | None:
    """The slope in logarithms; None with fewer than two numbers of rows, or where something cost nothing."""
    if len({n for n, _value in points}) < 2 or any(value <= 0 for _n, value in points):
        return None
    xs, ys = [math.log(n) for n, _value in points], [math.log(value) for _n, value in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return above / sum((x - mean_x) ** 2 for x in xs)


def said(series: Mapping[str, Points]) -> str:
    """The exponents, for the words beside a plot."""
    return "; ".join(f"{name} {_power(points)}" for name, points in series.items())


def _power(points: Points) -> str:
    found = exponent(points)
    return "at one size alone" if found is None else f"n^{round(found, 2) + 0.0:.2f}"


def svg(title: str, unit: str, series: Mapping[str, Points]) -> str:
    """The plot.

    Args:
        title: above it.
        unit: of the values.
        series: by name; every value is above 0.

    Raises:
        ValueError: there is nothing to plot.
    """
    every = [point for points in series.values() for point in points if point[1] > 0]
    if not every:
        raise ValueError("Nothing to plot.")
    across, up = _decades([n for n, _value in every]), _decades([value for _n, value in every])
    height = TOP + PLOT_HEIGHT + 46 + LINE * len(series)

    def x(n: float) -> float:
        return LEFT + _share(n, across) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return TOP + (1 - _share(value, up)) * PLOT_HEIGHT

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-family="sans-serif" '
        f'font-size="12" fill="{INK}"><title>{escape(title)}</title>',
        f'<rect width="{WIDTH}" height="{height}" rx="8" fill="{GROUND}"/>',
        f'<text x="{LEFT}" y="24" font-size="14" font-weight="bold">{escape(title)}, {escape(unit)}</text>',
    ]
    for power in range(across[0], across[1] + 1):
        at = x(10.0**power)
        parts.append(f'<path d="M{at:.1f} {TOP}V{TOP + PLOT_HEIGHT}" stroke="{PALE}"/>')
        parts.append(f'<text x="{at:.1f}" y="{TOP + PLOT_HEIGHT + 18}" text-anchor="middle">{_short(power)}</text>')
    for power in range(up[0], up[1] + 1):
        at = y(10.0**power)
        parts.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="{PALE}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{_short(power)}</text>')
    for at, (name, points) in enumerate(series.items()):
        line = f'stroke="{COLOURS[at % len(COLOURS)]}" stroke-dasharray="{DASHES[at // 2 % len(DASHES)]}"'
        way = " ".join(f"{x(n):.1f},{y(value):.1f}" for n, value in points if value > 0)
        parts.append(f'<polyline points="{way}" fill="none" stroke-width="2" {line}/>')
        dots = (
            f'<circle cx="{x(n):.1f}" cy="{y(v):.1f}" r="3" fill="{COLOURS[at % len(COLOURS)]}"/>' for n, v in points
        )
        parts.extend(dots)
        below = TOP + PLOT_HEIGHT + 44 + LINE * at
        parts.append(f'<path d="M{LEFT} {below - 4}h32" stroke-width="2" {line}/>')
        parts.append(f'<text x="{LEFT + 42}" y="{below}">{escape(name)}: {_power(points)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten below and above."""
    low, high = math.floor(math.log10(min(values)) + 1e-9), math.ceil(math.log10(max(values)) - 1e-9)
    return low, max(high, low + 1)


def _share(value: float, decades: tuple[int, int]) -> float:
    return (math.log10(value) - decades[0]) / (decades[1] - decades[0])


def _short(power: int) -> str:
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:.{-power}f}"
