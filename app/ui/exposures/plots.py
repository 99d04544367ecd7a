"""The row of three plots; with it pyqtgraph and numpy are imported, when the workspace is first shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.session.shown_exposures import Overview, Range
from app.ui.exposures.heat_map import HeatMap, hours_shown
from app.ui.exposures.hour_bars import HourBars
from app.ui.exposures.panel import Panel
from app.ui.exposures.reason_bars import ReasonBars
from app.ui.exposures.textures import PLOTTED, Swatch, UsualSwatch
from app.ui.exposures.words import DASH, bar_name, hour_label, reason_name
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label
from app.ui.words import class_name, number

HEIGHT, GAP = 236, 10
SHARES = (522, 442, 342)
WIDEST_REASONS, EDGES = 310, 40
"""The panel of the reasons grows for long names up to this."""


class Plots(QWidget):
    """Bars, heat map, reasons.

    Signals:
        bar_picked: when a bar begins.
        cell_picked: an account and an hour of the day.
        reason_picked: a reason's code.
    """

    bar_picked = Signal(object)
    cell_picked = Signal(object)
    reason_picked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(look.px(HEIGHT))
        self.bars = HourBars(look, self.tr("By hour"))
        self.heat = HeatMap(look, self.tr("Hour by agent"))
        self.reasons = ReasonBars(look, self.tr("Reasons"))
        self.bars_panel = Panel(look, self.bars, self.tr("By hour"))
        self.heat_panel = Panel(look, self.heat, self.tr("Hour by agent"))
        self.reasons_panel = Panel(look, self.reasons, self.tr("Reasons"))
        self.panels = (self.bars_panel, self.heat_panel, self.reasons_panel)
        self._legend: list[QWidget] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for panel, share in zip(self.panels, SHARES, strict=True):
            row.addWidget(panel, share)
        self.bars.picked.connect(self.bar_picked)
        self.heat.picked.connect(self.cell_picked)
        self.reasons.picked.connect(self.reason_picked)

    def show_overview(self, overview: Overview, range_: Range) -> None:
        """Take other numbers."""
        self.bars_panel.say_title(self.tr("By hour") if range_ is Range.TODAY else self.tr("By day"))
        self.bars.show_bars(overview.bars)
        self.heat.show_rows(overview.heat, overview.hours_of_work)
        self.reasons.show_reasons(overview.reasons)
        self.reasons_panel.setMinimumWidth(min(self._look.px(WIDEST_REASONS), self.reasons.names_width() + EDGES))
        shown, total = len(self.heat.rows), overview.agents
        words = self.tr("{n} busiest of {total}").format(n=number(shown), total=number(total))
        self.heat_panel.beside.setText(words if total > shown else "")
        reasons, of = len(self.reasons.reasons), len(overview.reasons)
        words = self.tr("{n} most frequent of {total}").format(n=number(reasons), total=number(of))
        self.reasons_panel.beside.setText(words if of > reasons else "")
        self._show_legend(overview)
        self._show_tables(overview)

    def _show_legend(self, overview: Overview) -> None:
        """The classes that there are, and what is usual where it is known."""
        shown = [c for c in PLOTTED if any(c in bar.counts for bar in overview.bars)]
        wanted = [*(class_name(c) for c in shown)]
        if any(bar.usual is not None for bar in overview.bars):
            wanted.append(self.tr("usual"))
        if [w.objectName() for w in self._legend] == wanted:
            return
        for old in self._legend:
            old.hide()
            old.deleteLater()
        self._legend = []
        at = self.bars_panel.head.count() - 1
        for name, data_class in zip(wanted, [*shown, None], strict=False):
            entry = QWidget()
            entry.setObjectName(name)
            pair = QHBoxLayout(entry)
            pair.setContentsMargins(0, 0, 3, 0)
            pair.setSpacing(6)
            pair.addWidget(Swatch(self._look, data_class) if data_class is not None else UsualSwatch(self._look))
            pair.addWidget(text_label(self._look, name, ink="ink2", size=SMALL))
            self.bars_panel.head.insertWidget(at + len(self._legend), entry)
            self._legend.append(entry)

    def _show_tables(self, overview: Overview) -> None:
        classes = [c for c in PLOTTED if any(c in bar.counts for bar in overview.bars)]
        heads = [self.tr("Time"), *(class_name(c) for c in classes), self.tr("All"), self.tr("Usual")]
        rows = [
            [
                bar_name(bar),
                *(number(bar.counts.get(c, 0)) for c in classes),
                number(bar.total),
                DASH if bar.usual is None else number(round(bar.usual)),
            ]
            for bar in overview.bars
        ]
        self.bars_panel.show_figures(heads, rows)
        hours = hours_shown(overview.heat, overview.hours_of_work)
        self.heat_panel.show_figures(
            [self.tr("Agent"), *(hour_label(hour) for hour in hours), self.tr("All")],
            [[row.name, *(number(row.hours[hour]) for hour in hours), number(row.total)] for row in overview.heat],
        )
        self.reasons_panel.show_figures(
            [self.tr("Exposures"), self.tr("Reason")],
            [[number(reason.count), reason_name(reason)] for reason in overview.reasons],
            name_at=1,
        )

    def stops(self) -> list[QWidget]:
        """What Tab goes through, as one reads."""
        return [stop for panel in self.panels for stop in (panel.turn, panel.plot, panel.table)]

    def turn_over(self) -> None:
        """F2: the plot with the focus as a table, or back; without one, the first."""
        panel = next((panel for panel in self.panels if panel.has_focus()), self.bars_panel)
        panel.turn_over()
        panel.face.setFocus()
