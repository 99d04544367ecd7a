"""The workspace of the exposures: figures, three plots, flags, and the table that explains each."""

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.errors import TiraiError
from app.session.errors import OfficeAwayError, SessionOverError
from app.session.shown_exposures import ExposurePage, Flag, FlagsFound, Overview, Range, Scope
from app.ui.commands.command import Command, Nearness
from app.ui.exposures.busy import Busy
from app.ui.exposures.choosing import Choice, by_code
from app.ui.exposures.chosen_line import ChosenLine
from app.ui.exposures.deciding import Deciding, why_refused
from app.ui.exposures.empty_card import EmptyCard
from app.ui.exposures.exposure_table import ExposureTable
from app.ui.exposures.figure_strip import FigureStrip
from app.ui.exposures.filter_line import FilterLine
from app.ui.exposures.flag_list import FlagList
from app.ui.exposures.reading import Reading
from app.ui.exposures.use_cases import ExposureUseCases
from app.ui.exposures.words import OfficeClock
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Strip
from app.ui.workspace import Workspace

if TYPE_CHECKING:
    from app.ui.exposures.plots import Plots

INSET, GAP, PLOTS_HEIGHT = 20, 10, 236
REST_MS, LOOK_MS = 4_000, 60_000
"""A burst of changes is read for once in so long; and without any word of a change it is looked this often."""


class ExposuresScreen(QWidget, Workspace):
    """Other people's exposures.

    Args:
        look: colours.
        exposures: the use cases.
        tasks: the door off the GUI thread.

    Signals:
        failed: an exception of looking that the frame is to judge: the office is away, the session is over, a fault.
    """

    failed = Signal(object)
    topics: ClassVar[frozenset[str]] = frozenset({"exposures"})

    def __init__(self, look: Look, exposures: ExposureUseCases, tasks: Tasks) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._is_front = self._is_stale = False
        self.overview: Overview | None = None
        self.choice = self._shown_choice = Choice()
        self._shown_scope = Scope()
        self._flags = FlagsFound()
        self.plots: Plots | None = None
        self.filter, self.figures = FilterLine(look), FigureStrip(look)
        self.flags = FlagList(look, may_erase=exposures.may_erase)
        self.chosen, self.table = ChosenLine(look), ExposureTable(look)
        self.fault = Strip(look, "", "danger", action=self.tr("Try again"), name="exposures_fault")
        self.fault.action.setObjectName("exposures_again")
        self.fault.hide()
        self.reading = Reading(exposures, tasks, self)
        self.deciding = Deciding(look, exposures, tasks, self)
        self._place()
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._on_rested)
        self._look_timer = QTimer(self, interval=LOOK_MS)
        self._look_timer.timeout.connect(self.look_again)
        self.busy = Busy(look, self, self.tr("Counting the exposures…"))
        self._join()

    def _place(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole.addWidget(scroll)
        page = QWidget()
        page.setProperty("ground", "none")
        column = QVBoxLayout(page)
        column.setContentsMargins(INSET, 12, INSET, 12)
        column.setSpacing(GAP)
        column.addWidget(self.filter)
        column.addWidget(self.fault)
        column.addWidget(self.figures)
        self._plots_place = QHBoxLayout()
        self.empty = EmptyCard(self._look)
        self.empty.setMinimumHeight(self._look.px(PLOTS_HEIGHT))
        self._plots_place.addWidget(self.empty)
        column.addLayout(self._plots_place)
        column.addWidget(self.flags)
        column.addWidget(self._make_table_card(), 1)
        scroll.setWidget(page)

    def _make_table_card(self) -> QFrame:
        card = _card()
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, 6)
        column.setSpacing(0)
        column.addWidget(self.chosen)
        self._none = text_label(self._look, "", ink="ink2")
        self._none.setParent(self.table.viewport())
        self._none.move(16, 10)
        self._none.hide()
        column.addWidget(self.table, 1)
        return card

    def _join(self) -> None:
        self.filter.changed.connect(self._on_filter_changed)
        self.filter.thresholds_wanted.connect(lambda: self.deciding.show_thresholds(self.filter.thresholds))
        self.fault.action.clicked.connect(self._try_again)
        self.empty.month_wanted.connect(self._on_month_wanted)
        self.reading.people_read.connect(self.filter.show_people)
        self.reading.overview_read.connect(self._on_overview)
        self.reading.rest_wanted.connect(self._read_rest)
        self.reading.page_read.connect(self._on_page)
        self.reading.flags_read.connect(self._on_flags)
        self.reading.failed.connect(self._on_failed)
        self.reading.ended.connect(self._on_ended)
        self.busy.stopped.connect(self._on_stopped)
        self.table.more_wanted.connect(self._on_more_wanted)
        self.chosen.dropped.connect(self._on_dropped)
        self.flags.look_wanted.connect(self._on_look)
        self.flags.acknowledge_wanted.connect(self.deciding.acknowledge)
        self.flags.erase_wanted.connect(lambda flag, _button: self.deciding.erase(flag))
        self.deciding.done.connect(self._on_decided)
        self.deciding.folded.connect(self._show_flags)
        self.deciding.failed.connect(self._on_failed)

    def commands(self) -> tuple[Command, ...]:
        """A plot as a table."""
        return (Command("plot_as_table", self._turn_over, self._needs_plots, nearness=Nearness.SCREEN),)

    def _needs_plots(self) -> str:
        return "" if self.plots is not None and self.plots.isVisible() else self.tr("There is no plot here now.")

    # what the frame asks -------------------------------------------------------------------------------------------
    def come(self) -> None:
        """In front: read all of it, which the log tells."""
        self._is_front, self._is_stale = True, False
        self._look_timer.start()
        self._read(anew=True, how="refresh" if self.overview is not None else "show")
        self.focus_first()

    def forget(self) -> None:
        """Behind another one: nothing is read."""
        self._is_front = False
        self._look_timer.stop()
        self._rest.stop()
        self.deciding.close()

    def stop(self) -> None:
        """The session ends."""
        self.forget()
        self.reading.stop()
        self.busy.end()

    def look_again(self) -> None:
        """Something was opened: read it, once what is being read is there; behind another workspace, later."""
        if not self._is_front:
            return
        if self.reading.is_busy or self._rest.isActive():
            self._is_stale = True
        else:
            self._rest.start()
            self._read(how="refresh")

    def focus_first(self) -> None:
        """The choice of days."""
        self.filter.focus_first()

    def close_innermost(self) -> bool:
        """Esc: a plot that is a table, then what the table is narrowed to."""
        panel = next((p for p in self.plots.panels if p.is_table and p.has_focus()), None) if self.plots else None
        if panel is not None:
            panel.turn_over()
            return True
        if self.choice.is_empty:
            return False
        self._choose(Choice())
        return True

    # reading -------------------------------------------------------------------------------------------------------
    def _read(self, *, anew: bool = False, how: str = "show") -> None:
        self.busy.begin()
        self.reading.read(self.filter.scope, anew=anew, how=how)

    def _try_again(self) -> None:
        self.fault.say("")
        self.filter.focus_first()
        self._read(how="refresh")

    def _on_ended(self) -> None:
        self.busy.end()
        if not self._rest.isActive():
            self._on_rested()

    def _on_rested(self) -> None:
        if self._is_stale and self._is_front and not self.reading.is_busy:
            self._is_stale = False
            self.look_again()

    def _on_overview(self, overview: Overview, scope: Scope) -> None:
        self.fault.say("")
        self.overview = overview = replace(overview, reasons=by_code(overview.reasons))
        plots = self._make_plots()
        plots.show_overview(overview, scope.range)
        self.figures.show_figures(overview.figures, scope.range)
        is_empty = not overview.figures.exposures
        self.empty.setMinimumHeight(0)
        self.empty.say_nothing(may_look_back=scope.range is not Range.MONTH)
        self.empty.setVisible(is_empty)
        plots.setVisible(not is_empty)
        self._shown_scope = scope
        self.choice = self.choice.within(overview)
        self._show_choice()

    def _read_rest(self, how: str) -> None:
        """Lines of another choice than those that are there take their place."""
        same = self.choice.chosen == self._shown_choice.chosen
        self.reading.read_page(self.filter.scope, self.choice, how=how if same else "show")
        self.reading.read_flags()

    def _on_stopped(self) -> None:
        self.reading.stop()
        self._go_back()

    def _go_back(self) -> None:
        """What was asked for does not come: the page says again what it shows."""
        if self.overview is not None:
            self.filter.show_scope(self._shown_scope)
            self.choice = self._shown_choice
            self._show_choice()

    def _on_decided(self) -> None:
        """One's own change is seen at once."""
        self._rest.stop()
        self.look_again()

    def _make_plots(self) -> "Plots":
        """The plots, made when the first numbers are there; their module has been imported off this thread."""
        if self.plots is None:
            from app.ui.exposures.plots import Plots

            self.plots = Plots(self._look)
            self._plots_place.addWidget(self.plots)
            self.plots.bar_picked.connect(self._on_bar_picked)
            self.plots.cell_picked.connect(lambda cell: self._choose(self.choice.with_cell(*cell)))
            self.plots.reason_picked.connect(self._on_reason_picked)
            stops = [self.filter.thresholds, *self.plots.stops(), *self.flags.findChildren(QWidget, "all_flags")]
            for one, after in pairwise(stops):
                self.setTabOrder(one, after)
        return self.plots

    def _on_page(self, page: ExposurePage, how: str, choice: Choice) -> None:
        overview = self.overview
        if overview is None:
            return
        self._shown_choice = choice
        if choice != self.choice:  # it was taken back because something else could not be read
            self.choice = choice
            self._show_choice()
        has_days = choice.scope(self.filter.scope).range is not Range.TODAY
        self.table.tell_time(overview.time_zone, has_days=has_days)
        if how == "append":
            self.table.exposures.append(page)
        elif how == "refresh":
            self.table.exposures.refresh(page)
        else:
            self.table.exposures.show(page)
            self.table.scrollToTop()
        narrowed = not self.choice.is_empty and self.choice.flag is None
        self.chosen.show_count(page.total, is_narrowed=narrowed, whole=overview.figures.exposures)
        words = self.tr("Nothing fits what is chosen.") if narrowed else self.tr("Nothing was opened.")
        self._none.setText("" if page.total else words)
        self._none.adjustSize()
        self._none.setVisible(not page.total)
        if how == "show":
            announce(self.table, self.chosen.count_words())

    def _on_flags(self, found: FlagsFound) -> None:
        more = found.waiting > self._flags.waiting and self.flags.is_filled
        self._flags = found
        self.figures.show_flags(found)
        if more:
            announce(self.flags, self.figures.flag_words())
        self._show_flags()

    def _show_flags(self) -> None:
        """Not while a popover stands at one of their buttons."""
        if self.overview is not None and not self.deciding.is_open:
            self.flags.show_flags(self._flags, OfficeClock(self.overview.time_zone), self.overview.at)

    def _on_more_wanted(self) -> None:
        before = self.table.exposures.before
        if before is not None:
            self.reading.read_more(self.filter.scope, self.choice, before)

    def _on_failed(self, error: Exception) -> None:
        """Say it here; what only the frame can judge goes to it, which tells its own sentence."""
        self._is_stale = False
        self._go_back()
        words = why_refused(error) if isinstance(error, TiraiError) else ""
        if isinstance(error, OfficeAwayError | SessionOverError) or not words:
            self.failed.emit(error)
            words = self.tr("The exposures could not be read.")
            if self.overview is not None:
                at = OfficeClock(self.overview.time_zone).minutes(self.overview.at)
                words = self.tr("These figures are of {t}; newer ones could not be read.").format(t=at)
        self.fault.say(words)
        announce(self.fault, words, now=True)

    # choosing ------------------------------------------------------------------------------------------------------
    def _on_filter_changed(self) -> None:
        """Other days or people: what was chosen in the plots goes where they do not have it."""
        if self.choice.flag is not None:
            self.choice = Choice()
        self._read()

    def _on_month_wanted(self) -> None:
        self.filter.show_month()
        self.filter.focus_first()

    def _on_bar_picked(self, start: float) -> None:
        bars = self.overview.bars if self.overview is not None else ()
        at = next((at for at, bar in enumerate(bars) if bar.start == start), None)
        if at is not None:
            next_start = bars[at + 1].start if at + 1 < len(bars) else None
            self._choose(self.choice.with_bar(bars[at], next_start))

    def _on_reason_picked(self, code: str) -> None:
        reasons = self.overview.reasons if self.overview is not None else ()
        reason = next((reason for reason in reasons if reason.code == code), None)
        if reason is not None:
            self._choose(self.choice.with_reason(reason))

    def _on_look(self, flag: Flag) -> None:
        self._choose(self.choice.with_flag(flag))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_dropped(self, part: str) -> None:
        choice = Choice() if part == "all" else self.choice.without(part)
        self._choose(choice)
        if choice.is_empty:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, choice: Choice) -> None:
        self.choice = choice
        self._show_choice()
        self.busy.begin()
        self.reading.read_page(self.filter.scope, choice)

    def _show_choice(self) -> None:
        if self.overview is None or self.plots is None:
            return
        choice = self.choice
        self.chosen.show_parts(choice.parts(self.overview))
        self.plots.bars.choose(choice.bar.start if choice.bar is not None else None)
        self.plots.heat.choose(choice.cell)
        self.plots.reasons.choose(choice.reason.code if choice.reason is not None else None)

    def _turn_over(self) -> None:
        if self.plots is not None and self.plots.isVisible():
            self.plots.turn_over()


def _card() -> QFrame:
    card = QFrame()
    card.setProperty("ground", "sheet")
    card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return card
