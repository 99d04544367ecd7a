"""Figures over time on paper: bars above their numbers, a row of numbers a part, its name and look at the left."""

from app.backoffice.paper import INK, LEADING, QUIET, WIDTH, Paper, width_of, wrapped
from app.domain.compliance.figure_texts import FigureTexts
from app.domain.compliance.figures import Series
from app.domain.compliance.plot import Plot, Style, fewer_parts, plot_of, style_of

_SMALL, _BODY = 7.5, 9.5
_LABELS, _TALL, _HEAD = 106.0, 82.0, 11.0
_BAR, _SWATCH, _GAP = 0.5, 7.0, 5.0


def draw_plot(paper: Paper, name: str, series: Series, texts: FigureTexts) -> None:
    """One plot with its numbers, never over two pages.

    Args:
        paper: where.
        name: which, as `FigureTexts` knows it.
        series: the figures.
        texts: the language.
    """
    shown = fewer_parts(series)
    is_empty = series.is_empty or not series.columns
    names = (
        [] if is_empty else [wrapped(texts.part(part), _SMALL, _LABELS - _SWATCH - 2 * _GAP) for part in shown.parts]
    )
    rows = sum(map(len, names))
    paper.need(_BODY * LEADING + _HEAD + _TALL + (rows + 1) * _SMALL * LEADING + len(names) * 3 + 12)
    paper.block(0, texts.text(name), _BODY, WIDTH, strong=True)
    if is_empty:
        paper.block(0, texts.text("nothing"), _BODY, WIDTH, ink=QUIET)
        paper.space(10)
        return
    styles = [style_of(part, at) for at, part in enumerate(shown.parts)]
    each = (WIDTH - _LABELS) / len(shown.columns)
    paper.space(4)
    _draw_bars(paper, plot_of(shown), each, texts, styles)
    paper.space(_HEAD + _TALL + 3)
    for at, column in enumerate(shown.columns):
        _centred(paper, _LABELS + (at + 0.5) * each, texts.column(column), QUIET)
    paper.space(_SMALL * LEADING + 2)
    for part, style, lines in zip(shown.parts, styles, names, strict=True):
        paper.rule()
        paper.space(2)
        paper.bar(0, paper.y + 1.5, _SWATCH, _SWATCH, style)
        for at, count in enumerate(part.counts):
            _centred(paper, _LABELS + (at + 0.5) * each, texts.number(count), INK if count else QUIET)
        for line in lines:
            paper.text(_SWATCH + _GAP, line, _SMALL)
            paper.space(_SMALL * LEADING)
        paper.space(1)
    paper.space(12)


def _draw_bars(paper: Paper, plot: Plot, each: float, texts: FigureTexts, styles: list[Style]) -> None:
    """Below where the paper is; its `y` stays."""
    top, floor = paper.y, paper.y + _HEAD + _TALL
    for share, value in plot.ticks:
        paper.y = floor - share * _TALL
        paper.rule(_LABELS, WIDTH - _LABELS)
        paper.y -= _SMALL * 0.64
        paper.text(_LABELS - _GAP, texts.number(value), _SMALL, ink=QUIET, to_right=True)
    for bar in plot.bars:
        x, height = _LABELS + (bar.column + (1 - _BAR) / 2) * each, (bar.high - bar.low) * _TALL
        paper.bar(x, floor - bar.high * _TALL, each * _BAR, max(height - 0.6, 0.4), styles[bar.part])
    for column, share, total in plot.tops:
        paper.y = floor - share * _TALL - _SMALL * LEADING
        _centred(paper, _LABELS + (column + 0.5) * each, texts.number(total), INK)
    paper.y = top


def _centred(paper: Paper, x: float, text: str, ink: float) -> None:
    paper.text(x - width_of(text, _SMALL) / 2, text, _SMALL, ink=ink)
