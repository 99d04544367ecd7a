"""Figures over time as HTML: bars as drawn shapes, and below them each number as a table that can be read aloud."""

from html import escape

from app.domain.compliance.figure_texts import FigureTexts
from app.domain.compliance.figures import Series
from app.domain.compliance.plot import Bar, Plot, Style, Texture, fewer_parts, plot_of, rising_lines, style_of

_WIDTH, _HEIGHT, _HEAD, _FOOT = 1000.0, 180.0, 22.0, 6.0
"""Of the drawing, in its own units."""
_BAR = 0.5
"""A bar's share of its column."""
_TILE = 7
STYLE = """
figure { margin: 1.4rem 0 0; break-inside: avoid; } figcaption { font-weight: 600; margin-bottom: .3rem; }
figure svg { display: block; width: 100%; height: auto; }
figure table { table-layout: fixed; font-size: .8rem; } figure th { font-size: .8rem; font-weight: 400; }
figure th, figure td { padding: .2rem 0; text-align: center; font-variant-numeric: tabular-nums; }
figure th[scope="row"], figure th.corner { width: 20%; text-align: left; }
figure th[scope="row"] svg { display: inline-block; width: .75rem; height: .75rem; margin-right: .45rem; }
figure td.none { color: #8b8780; }
"""
_LABELS = 200.0
"""What the heads of rows take; 20 % of the width, as the style says."""


def plot_html(name: str, series: Series, texts: FigureTexts) -> str:
    """One plot with its table.

    Args:
        name: which, as `FigureTexts` knows it; part of ids in the page.
        series: the figures.
        texts: the language.
    """
    title = f"<figcaption>{escape(texts.text(name))}</figcaption>"
    if series.is_empty or not series.columns:
        return f"<figure>{title}<p>{escape(texts.text('nothing'))}</p></figure>\n"
    shown = fewer_parts(series)
    styles = [style_of(part, at) for at, part in enumerate(shown.parts)]
    patterns = "".join(_pattern(f"{name}-{at}", style) for at, style in enumerate(styles))
    return f"""<figure>{title}
<svg viewBox="0 0 {_WIDTH:g} {_HEIGHT + _FOOT:g}" role="img" aria-label="{escape(texts.text(name))}">
<defs>{patterns}</defs>
{_drawing(name, plot_of(shown), len(shown.columns), texts, styles)}</svg>
{_table(name, shown, texts, styles)}</figure>
"""


def _drawing(name: str, plot: Plot, columns: int, texts: FigureTexts, styles: list[Style]) -> str:
    each, tall = (_WIDTH - _LABELS) / columns, _HEIGHT - _HEAD
    found = []
    for share, value in plot.ticks:
        y = _HEIGHT - share * tall - 0.5
        grey = "#8b8780" if value == 0 else "#dedad3"
        found.append(f'<line x1="{_LABELS:g}" x2="{_WIDTH:g}" y1="{y:.1f}" y2="{y:.1f}" stroke="{grey}"/>')
        found.append(_text(_LABELS - 10, y + 4, "end", texts.number(value), "#5b5853"))
    found += [_bar(name, one, each, tall, styles[one.part]) for one in plot.bars]
    for column, share, total in plot.tops:
        x, y = _LABELS + (column + 0.5) * each, _HEIGHT - share * tall - 6
        found.append(_text(x, y, "middle", texts.number(total), "#1c1b19"))
    return "\n".join(found)


def _text(x: float, y: float, anchor: str, text: str, colour: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="13" fill="{colour}"'
    return f'<text {place} aria-hidden="true">{escape(text)}</text>'


def _bar(name: str, bar: Bar, each: float, tall: float, style: Style) -> str:
    x, width = _LABELS + (bar.column + (1 - _BAR) / 2) * each, each * _BAR
    y, height = _HEIGHT - bar.high * tall, max((bar.high - bar.low) * tall - 1, 0.5)  # a hair of ground between two
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect {place} fill="url(#{name}-{bar.part})" stroke="#{style.colour}"/>'


def _pattern(key: str, style: Style) -> str:
    """What fills a part; a tile that repeats."""
    size, colour = _TILE, f"#{style.colour}"
    ground = f'<rect width="{size}" height="{size}" fill="{"#fff" if style.texture is not Texture.SOLID else colour}"/>'
    marks = {
        Texture.SOLID: "",
        Texture.HOLLOW: "",
        Texture.RISING: "".join(
            f'<line x1="{a:g}" y1="{size - b:g}" x2="{c:g}" y2="{size - d:g}" stroke="{colour}" stroke-width="2.4"/>'
            for a, b, c, d in rising_lines(-size, 0, 2 * size, size, size)
        ),
        Texture.DOTTED: f'<circle cx="{size / 2}" cy="{size / 2}" r="2" fill="{colour}"/>',
        Texture.LEVEL: f'<rect y="2" width="{size}" height="3" fill="{colour}"/>',
    }[style.texture]
    return f'<pattern id="{key}" width="{size}" height="{size}" patternUnits="userSpaceOnUse">{ground}{marks}</pattern>'


def _table(name: str, series: Series, texts: FigureTexts, styles: list[Style]) -> str:
    heads = "".join(f'<th scope="col">{escape(texts.column(one))}</th>' for one in series.columns)
    rows = ""
    for at, part in enumerate(series.parts):
        swatch = (
            f'<svg viewBox="0 0 12 12" aria-hidden="true"><rect x=".5" y=".5" width="11" height="11" '
            f'fill="url(#{name}-{at})" stroke="#{styles[at].colour}"/></svg>'
        )
        cells = "".join(
            f"<td>{texts.number(count)}</td>" if count else '<td class="none">0</td>' for count in part.counts
        )
        rows += f'<tr><th scope="row">{swatch}{escape(texts.part(part))}</th>{cells}</tr>\n'
    return f'<table><tr><th class="corner"></th>{heads}</tr>\n{rows}</table>'
