"""A card with a plot: its title, what belongs beside it, and the same numbers as a table (F2)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.exposures.figure_table import FigureTable
from app.ui.exposures.paper import Paper
from app.ui.saying import filled
from app.ui.shortcuts import cap_for
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label


class Panel(QFrame):
    """One plot in its card.

    Attributes:
        plot: the plot.
        table: the same as a table.
        head: the row of the title, for a legend.
    """

    def __init__(self, look: Look, plot: Paper, title: str) -> None:
        super().__init__()
        self._title_words = title
        self.plot = plot
        self.table = FigureTable(look, f"{plot.objectName()}_table", self.tr("{title}, as a table").format(title=title))
        self.setProperty("ground", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 7, 10, 8)
        column.setSpacing(4)
        self.head = QHBoxLayout()
        self.head.setSpacing(6)
        self.head.setContentsMargins(6, 0, 0, 0)
        self.title = text_label(look, title, weight=Weight.SEMIBOLD)
        self.beside = text_label(look, "", ink="ink2", size=SMALL)
        self.beside.setContentsMargins(2, 0, 0, 0)
        self.head.addWidget(self.title)
        self.head.addWidget(self.beside)
        self.head.addStretch(1)
        self.turn = Button(look, "", "quiet", icon="table-2", name=f"{plot.objectName()}_turn")
        self.turn.setFixedSize(look.px(28), look.px(28))
        self.turn.setCheckable(True)
        self.turn.clicked.connect(self.turn_over)
        self.head.addWidget(self.turn)
        column.addLayout(self.head)
        self._faces = QStackedWidget()
        self._faces.addWidget(plot)
        self._faces.addWidget(self.table)
        column.addWidget(self._faces, 1)
        self._name_turn()

    @property
    def is_table(self) -> bool:
        """Whether the table is in front."""
        return self._faces.currentWidget() is self.table

    def say_title(self, title: str) -> None:
        """Another title."""
        self._title_words = title
        self.title.setText(title)
        self.plot.say_title(title)
        self.table.setAccessibleName(self.tr("{title}, as a table").format(title=title))
        self._name_turn()

    def has_focus(self) -> bool:
        """Whether the focus is in it."""
        focus = self.window().focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def turn_over(self) -> None:
        """The plot as a table, or the table as a plot; the focus stays on it."""
        focus = self.window().focusWidget()
        was_inside = focus is not None and self._faces.isAncestorOf(focus)
        self._faces.setCurrentIndex(1 - self._faces.currentIndex())
        self._name_turn()
        if was_inside:
            self.face.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def face(self) -> QWidget:
        """The plot or the table, whichever is in front."""
        return self.table if self.is_table else self.plot

    def _name_turn(self) -> None:
        words = self.tr("{title} as a plot") if self.is_table else self.tr("{title} as a table")
        text = words.format(title=self._title_words)
        self.turn.setChecked(self.is_table)
        self.turn.set_glyph("chart-column" if self.is_table else "table-2")
        self.turn.setAccessibleName(text)
        self.turn.setToolTip(filled("{} ({})", text, cap_for("plot_as_table")))

    def show_figures(self, heads: Sequence[str], rows: Sequence[Sequence[str]], name_at: int = 0) -> None:
        """What the table says, and which of its columns names a row."""
        self.table.show_figures(heads, rows, name_at)
