"""The four plots of the compliance page; with it pyqtgraph and numpy are imported, when they are first wanted."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.compliance.figures import Figures, Series
from app.ui.exposures.panel import Panel
from app.ui.privacy.compliance.figure_words import column_name, part_name
from app.ui.privacy.compliance.part_bars import PartBars, PartSwatch, drawn, style_of
from app.ui.saying import filled
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.labels import text_label
from app.ui.words import number

GAP = 10


class FiguresPanel(Panel):
    """One plot in its card, with what its parts are called below the title."""

    def __init__(self, look: Look, name: str, title: str, of_columns: str) -> None:
        self.bars = PartBars(look, name, title)
        super().__init__(look, self.bars, title)
        self._look, self._of_columns = look, of_columns
        self.legend = FlowRow(12)
        self._entries: list[QWidget] = []
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, self.legend)

    def show_series(self, series: Series) -> None:
        """Take other figures; the table has every part, the plot as many as can be told apart."""
        shown = drawn(series)
        self.bars.show_series(shown)
        self._show_legend(shown)
        heads = [self._of_columns, *(part_name(part) for part in series.parts)]
        rows = [
            [column_name(column), *(number(part.counts[at]) for part in series.parts)]
            for at, column in enumerate(series.columns)
        ]
        self.show_figures(heads, rows)

    def _show_legend(self, series: Series) -> None:
        for old in self._entries:
            old.hide()
            old.deleteLater()
        self._entries = []
        for at, part in enumerate(series.parts):
            entry = QWidget()
            pair = QHBoxLayout(entry)
            pair.setContentsMargins(6 if at == 0 else 0, 0, 0, 0)
            pair.setSpacing(6)
            pair.addWidget(PartSwatch(self._look, *style_of(part, at)))
            pair.addWidget(text_label(self._look, filled("{}", part_name(part)), ink="ink2", size=SMALL))
            self.legend.add(entry)
            self._entries.append(entry)


class Plots(QWidget):
    """Requests and consents over time, what has to go, and training by lesson."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        month, lesson = self.tr("Month"), self.tr("Lesson")
        self.requests = FiguresPanel(look, "plot_requests", self.tr("Requests, by the month they came"), month)
        self.consents = FiguresPanel(look, "plot_consents", self.tr("Consents in force, at each month’s end"), month)
        self.ahead = FiguresPanel(look, "plot_ahead", self.tr("Values that have to go, by month"), month)
        self.training = FiguresPanel(look, "plot_training", self.tr("Certificates, people by lesson"), lesson)
        self.panels = (self.requests, self.consents, self.ahead, self.training)
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 2, 20, 14)
        grid.setSpacing(GAP)
        for at, panel in enumerate(self.panels):
            grid.addWidget(panel, at // 2, at % 2)
        for at in (0, 1):
            grid.setRowStretch(at, 1)
            grid.setColumnStretch(at, 1)

    def show_figures(self, figures: Figures) -> None:
        """Take other figures."""
        self.requests.show_series(figures.requests)
        self.consents.show_series(figures.consents)
        self.ahead.show_series(figures.ahead)
        self.training.show_series(figures.training)

    def turn_over(self) -> None:
        """F2: the plot with the focus as a table, or back; without one, the first."""
        panel = next((panel for panel in self.panels if panel.has_focus()), self.requests)
        panel.turn_over()
        panel.face.setFocus()

    def close_innermost(self) -> bool:
        """Esc: a plot that is a table; whether there was one."""
        panel = next((panel for panel in self.panels if panel.is_table and panel.has_focus()), None)
        if panel is not None:
            panel.turn_over()
        return panel is not None
