"""Five figures in one strip, each with what to compare it with."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.session.shown_exposures import Figures, FlagsFound, FlagState, Range
from app.ui.exposures.words import DASH
from app.ui.saying import filled
from app.ui.theme.fonts import FIGURES, SMALL, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import line, set_ink, text_label
from app.ui.words import number

HEIGHT = 62


class Figure(QWidget):
    """A number, what it counts, and a line under it."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 6, 14, 7)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(7)
        self._number = text_label(look, "", size=TITLE, weight=Weight.SEMIBOLD, features=FIGURES)
        self._what = text_label(look, "", ink="ink2")
        self._what.setContentsMargins(0, 4, 0, 0)
        self._under = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        row.addWidget(self._number)
        row.addWidget(self._what)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._under)

    def say(self, figure: str, what: str, under: str, ink: str = "ink") -> None:
        """Show other numbers."""
        self._number.setText(figure)
        set_ink(self._number, ink)
        self._what.setText(what)
        self._under.setText(under)
        self.setAccessibleName(filled("{} {}; {}", figure, what, under) if under else filled("{} {}", figure, what))


class FigureStrip(QFrame):
    """The strip."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(look.px(HEIGHT))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._parts: list[Figure] = []
        for name in ("shown", "open", "alone", "unlocks", "flags"):
            if self._parts:
                between = QVBoxLayout()
                between.setContentsMargins(0, 10, 0, 10)
                between.addWidget(line(vertical=True))
                row.addLayout(between)
            part = Figure(look, f"figure_{name}")
            self._parts.append(part)
            row.addWidget(part, 1)
        self.show_flags(FlagsFound())

    def show_figures(self, figures: Figures, range_: Range) -> None:
        """Take other figures; flags are told by themselves."""
        shown, opened, alone, unlocks, _flags = self._parts
        usual = ""
        if figures.usual is not None:
            usual = self.tr("usual {a} to {b}").format(a=number(figures.usual[0]), b=number(figures.usual[1]))
        one = figures.exposures == 1
        shown.say(number(figures.exposures), self.tr("exposure") if one else self.tr("exposures"), usual)
        median = DASH if figures.median_s is None else self.tr("{n} s").format(n=number(round(figures.median_s)))
        limit = self.tr("limit {n} s").format(n=figures.limit_s)
        opened.say(median, self.tr("median time open"), limit)
        alone.say(
            self._share(figures.verified_alone, figures.calls),
            self.tr("calls solved by verify alone"),
            self._before(figures, range_),
        )
        under = self.tr("{a} refused, {b} expired").format(a=number(figures.refused), b=number(figures.expired))
        unlocks.say(number(figures.granted), self.tr("unlocks granted"), under)

    def _share(self, part: int, whole: int) -> str:
        return self.tr("{n} %").format(n=number(round(100 * part / whole))) if whole else DASH

    def _before(self, figures: Figures, range_: Range) -> str:
        if not figures.before_calls:
            return ""
        words = {
            Range.TODAY: self.tr("{share} the day before"),
            Range.WEEK: self.tr("{share} the 7 days before"),
            Range.MONTH: self.tr("{share} the 30 days before"),
        }
        return words[range_].format(share=self._share(figures.before_verified_alone, figures.before_calls))

    def flag_words(self) -> str:
        """How many flags wait, for a reader."""
        return self._parts[-1].accessibleName()

    def show_flags(self, found: FlagsFound) -> None:
        """How many wait for somebody; with a plus where the office does not send all."""
        waiting = [flag for flag in found.flags if flag.state is not FlagState.ACKNOWLEDGED]
        unseen = sum(flag.is_unseen for flag in waiting)
        what = self.tr("flag to look at") if len(waiting) == 1 else self.tr("flags to look at")
        under = self.tr("{n} new since your last look").format(n=number(unseen)) if unseen else self.tr("none is new")
        count = self.tr("{n}+").format(n=number(len(waiting))) if found.is_cut else number(len(waiting))
        self._parts[-1].say(count, what, under if waiting else self.tr("in 30 days"))
