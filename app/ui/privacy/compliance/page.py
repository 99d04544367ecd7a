"""The office's proof: each control with its evidence of now, by source; what is made of it as files."""

import threading
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.compliance.controls import Source
from app.domain.compliance.figures import Figures
from app.domain.compliance.finding import Finding, tallies
from app.session.errors import DocumentStopped
from app.session.shown_who_saw import Language
from app.ui.commands.command import Command, Nearness
from app.ui.faults import fault_of
from app.ui.language import spoken
from app.ui.policy.policy_table import Line, PolicyTable
from app.ui.privacy.compliance.source_bars import SourceBars
from app.ui.privacy.desk_page import DeskPage
from app.ui.privacy.page_head import PageHead
from app.ui.privacy.use_cases import ProofUseCases
from app.ui.tasks import Tasks
from app.ui.theme.fonts import BODY
from app.ui.theme.look import Look
from app.ui.who_saw.save_dialog import AskPath, ask_path
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.labels import text_label
from app.ui.widgets.progress_strip import ProgressStrip
from app.ui.words import number

if TYPE_CHECKING:
    from app.ui.privacy.compliance.plots import Plots

PLOTS = "app.ui.privacy.compliance.plots"
"""Imported with the first figures, off the GUI thread: with it come pyqtgraph and numpy."""

_FILES = {
    "report": "compliance-report",
    "review": "access-review",
    "assessment": "impact-assessment",
    "pack": "evidence",
}


class CompliancePage(DeskPage):
    """The page.

    Args:
        look: colours.
        proofs: the use cases.
        tasks: the door off the GUI thread.
        ask: asks where a document is to lie.
        today: the day in a document's name.

    Signals:
        failed: an exception that is no refusal.
    """

    failed = Signal(object)

    def __init__(
        self,
        look: Look,
        proofs: ProofUseCases,
        tasks: Tasks,
        ask: AskPath = ask_path,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__("privacy_compliance", ask, today)
        self._proofs, self._tasks = proofs, tasks
        self._found: tuple[Finding, ...] = ()
        self._is_reading = self._is_reading_figures = False
        self._look = look
        self._figures: Figures | None = None
        self.plots: Plots | None = None
        about = self.tr("What law and standards ask, and what the office shows for it now.")
        self.head = PageHead(look, self.tr("Compliance"), about, "compliance")
        self.looking = ProgressStrip(
            look, "compliance", self.tr("Looking at the office"), self.tr("Stop looking at the office")
        )
        self.looking.stopped.connect(self.stop_looking)
        self._stopping = threading.Event()
        self.files: dict[str, Button] = {}
        self._make_buttons(look)
        self.bars = SourceBars(look)
        headings = (self.tr("State"), self.tr("Article"), self.tr("What is asked"), self.tr("Evidence"))
        self.table = PolicyTable(
            look, "compliance_controls", self.tr("Controls"), headings, {0: 164, 1: 172}, wraps=True
        )
        self.detail = text_label(look, "", size=BODY, wrap=True)
        self.detail.setObjectName("compliance_detail")
        self._place(look)
        self.table.chosen.connect(self._on_chosen)

    def _make_buttons(self, look: Look) -> None:
        names = (
            ("report", self.tr("Report"), "file-text"),
            ("review", self.tr("Access review"), "file-text"),
            ("assessment", self.tr("Impact assessment"), "file-text"),
            ("pack", self.tr("Evidence pack"), "archive"),
        )
        for key, words, icon in names:
            button = Button(look, words, "secondary", icon=icon, name=f"compliance_{key}")
            button.clicked.connect(lambda _checked=False, one=key: self._on_file_wanted(one))
            self.files[key] = button
            self.head.tools.addWidget(button)

    def _place(self, look: Look) -> None:
        column = self.column
        column.addWidget(self.head)
        column.addWidget(self.looking)
        column.addLayout(self._make_sections(look))
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        controls = QWidget()
        self.stack.addWidget(controls)
        column = QVBoxLayout(controls)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        upper = QVBoxLayout()
        upper.setContentsMargins(20, 2, 20, 8)
        upper.setSpacing(10)
        upper.addWidget(self.bars)
        row = FlowRow(4)
        self.sources = QButtonGroup(self)
        parts = ((self.tr("All"), "source_all"), (self.tr("Not met here"), "source_not_met"))
        for words, name in (*parts, *((source.label, f"source_{source.value}") for source in Source)):
            button = Button(look, words, "segment", name=name)
            button.setCheckable(True)
            self.sources.addButton(button, len(self.sources.buttons()))
            row.add(button)
        self.sources.button(0).setChecked(True)
        upper.addWidget(row)
        column.addLayout(upper)
        column.addWidget(self.table, 1)
        lower = QVBoxLayout()
        lower.setContentsMargins(20, 8, 20, 12)
        lower.addWidget(self.detail)
        column.addLayout(lower)
        self.sources.idToggled.connect(lambda _at, on: self._fill() if on else None)

    def _make_sections(self, look: Look) -> QHBoxLayout:
        """Controls as they stand, or figures over time."""
        row = QHBoxLayout()
        row.setContentsMargins(20, 0, 20, 8)
        row.setSpacing(4)
        self.sections = QButtonGroup(self)
        names = ((self.tr("Controls"), "section_controls"), (self.tr("Over time"), "section_figures"))
        for at, (words, name) in enumerate(names):
            button = Button(look, words, "segment", name=name)
            button.setCheckable(True)
            button.setChecked(at == 0)
            self.sections.addButton(button, at)
            row.addWidget(button)
            self._over_time = button
        row.addStretch(1)
        self.sections.idToggled.connect(lambda at, on: self._show_section(at) if on else None)
        return row

    # the workspace -------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Nothing is read before somebody looks: a look reads the whole log."""

    def come(self) -> None:
        """Look at the office as it is now."""
        self.look_again()
        self.focus_first()

    def look_again(self) -> None:
        """Look anew at what is in front, unless a look is under way."""
        if self._is_over_time:
            self._read_figures()
            return
        if self._is_reading or self._is_making:
            return
        self._is_reading = True
        tell, is_stopped = self._tell_far()
        self._tasks.run(lambda: self._proofs.controls(tell, is_stopped), self._on_read, self._on_not_read, owner=self)

    def stop(self) -> None:
        """The session ends, and what is being made with it."""
        self.stop_looking()
        self.looking.end()
        super().stop()

    def retranslate(self) -> None:
        """The other language."""
        self.bars.show_tallies(tallies(self._found))
        self._fill()
        self._show_figures()

    def focus_first(self) -> None:
        """Put the focus into the table, or the first plot."""
        front = self.plots.requests.face if self.plots is not None and self._is_over_time else self.table
        front.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_innermost(self) -> bool:
        """Esc: a plot that is a table, then a look that goes on, then the sentence about a document."""
        if self.plots is not None and self.plots.close_innermost():
            return True
        if not self.looking.isHidden():
            self.stop_looking()
            return True
        return super().close_innermost()

    def commands(self) -> tuple[Command, ...]:
        """The report as a document; a plot as a table."""
        return (
            Command("plot_as_table", self._turn_over, self._needs_plots, nearness=Nearness.SCREEN),
            Command("export", lambda: self._on_file_wanted("report"), hint="PDF", nearness=Nearness.SCREEN),
        )

    # controls ------------------------------------------------------------------------------------------------------
    def _on_read(self, found: tuple[Finding, ...]) -> None:
        self._end_looking()
        self._is_reading = False
        self._found = found
        self.bars.show_tallies(tallies(found))
        self._fill()

    def _on_not_read(self, error: Exception) -> None:
        self._end_looking()
        self._is_reading = False
        if isinstance(error, DocumentStopped):
            self.head.tell(self.tr("Stopped. What stands here is from an earlier look."))
            return
        self.head.tell(fault_of(error).sentence, "danger")

    # a look that takes its time --------------------------------------------------------------------------------------
    def _tell_far(self) -> tuple[Callable[[int, int], object], Callable[[], bool]]:
        """What a long look is given: whom it tells how far it is, and whether it is to stop."""
        self._stopping = stopping = threading.Event()
        tell = self._tasks.on_gui(lambda done, total: self._on_far(stopping, done, total), self)
        return tell, stopping.is_set

    def _on_far(self, stopping: threading.Event, done: int, total: int) -> None:
        if stopping is self._stopping and not stopping.is_set() and (self._is_reading or self._is_making):
            text = self.tr("The office looks at itself: {n} of {total} parts")
            self.looking.show_far(text.format(n=number(done), total=number(total)), done, total)

    def stop_looking(self) -> None:
        """The person does not wait: nothing is written, and what was seen before stays."""
        self._stopping.set()
        self.looking.show_stopping()

    def _end_looking(self) -> None:
        if self.looking.end():
            self.focus_first()

    @property
    def _is_making(self) -> bool:
        return any(button.is_busy for button in self.files.values())

    def _shown(self) -> tuple[Finding, ...]:
        at = self.sources.checkedId()
        if at == 1:
            return tuple(one for one in self._found if not one.found.is_met)
        if at > 1:
            source = tuple(Source)[at - 2]
            return tuple(one for one in self._found if one.control.source is source)
        return self._found

    def _fill(self) -> None:
        language = _language()
        self.table.show_lines(tuple(self._line(one, language) for one in self._shown()))
        self._on_chosen(self._chosen_key(), 0)

    def _chosen_key(self) -> str:
        current = self.table.currentIndex()
        return self.table.lines.lines[current.row()].key if current.isValid() else ""

    def _line(self, one: Finding, language: Language) -> Line:
        state = self.tr("Met") if one.found.is_met else self.tr("Not met here")
        where = f"{one.control.source.label}\n{one.control.article}"
        sign = ("circle-check", "ok") if one.found.is_met else ("circle-x", "danger")
        return Line(one.control.name, (state, where, one.control.text(language), one.found.text(language)), sign)

    def _on_chosen(self, key: str, _column: int) -> None:
        language = _language()
        said = next((one for one in self._found if one.control.name == key), None)
        self.detail.setText(f"{said.control.text(language)} {said.found.text(language)}" if said is not None else "")

    # figures -------------------------------------------------------------------------------------------------------
    @property
    def _is_over_time(self) -> bool:
        return self.sections.checkedId() == 1

    def _show_section(self, at: int) -> None:
        if at == 0:
            self.stack.setCurrentIndex(0)
            if not self._found:
                self.look_again()
        elif self.plots is not None:
            self.stack.setCurrentWidget(self.plots)
        else:
            self._read_figures()

    def _read_figures(self) -> None:
        if self._is_reading_figures:
            return
        self._is_reading_figures = True
        language = _language()

        def work() -> Figures:
            import_module(PLOTS)
            return self._proofs.figures(language)

        self.head.tell("")
        self._over_time.set_busy(self.tr("Reading…"))
        self._tasks.run(work, self._on_figures, self._on_no_figures, owner=self)

    def _on_figures(self, figures: Figures) -> None:
        from app.ui.privacy.compliance.plots import Plots

        self._end_reading_figures()
        self._figures = figures
        if self.plots is None:
            self.plots = Plots(self._look)
            self.stack.addWidget(self.plots)
        self._show_figures()
        if self._is_over_time:
            self.stack.setCurrentWidget(self.plots)

    def _end_reading_figures(self) -> None:
        self._is_reading_figures = False
        self._over_time.set_busy()

    def _on_no_figures(self, error: Exception) -> None:
        self._end_reading_figures()
        self.head.tell(fault_of(error).sentence, "danger")

    def _show_figures(self) -> None:
        if self.plots is not None and self._figures is not None:
            self.plots.show_figures(self._figures)

    def _turn_over(self) -> None:
        if self.plots is not None:
            self.plots.turn_over()

    def _needs_plots(self) -> str:
        is_there = self.plots is not None and self.plots.isVisible()
        return "" if is_there else self.tr("There is no plot here now.")

    # documents -----------------------------------------------------------------------------------------------------
    def _on_file_wanted(self, key: str) -> None:
        if self._is_making or self._is_reading:
            return
        ending = "zip" if key == "pack" else "pdf"
        name = f"{_FILES[key]}-{self._today().isoformat()}-{_language()}.{ending}"
        self._ask_where(name, lambda path: self._save(key, path))

    def _save(self, key: str, path: Path) -> None:
        self.head.tell("")
        button, language = self.files[key], _language()
        button.set_busy(self.tr("Making it…"))
        tell, is_stopped = self._tell_far()
        self._tasks.run(
            lambda: self._proofs.save_as(key, language, path, tell, is_stopped),
            lambda entry: self._on_saved(button, path, entry),
            lambda error: self._on_not_saved(button, error),
            owner=self,
        )

    def _on_saved(self, button: Button, path: Path, entry: int) -> None:
        button.set_busy()
        self._end_looking()
        text = self.tr("Saved as {path}. It stays there: no wipe removes it. Audit entry {n}.")
        self.head.tell(text.format(path=path, n=number(entry)))

    def _on_not_saved(self, button: Button, error: Exception) -> None:
        button.set_busy()
        self._end_looking()
        if isinstance(error, DocumentStopped):
            self.head.tell(self._stopped_words(error.entry))
            return
        self.head.tell(fault_of(error).sentence, "danger")

    def _stopped_words(self, entry: int) -> str:
        if not entry:
            return self.tr("Stopped. Nothing was saved.")
        return self.tr("Stopped. Nothing was saved; entry {n} says that it was made.").format(n=number(entry))


def _language() -> Language:
    return "id" if spoken().value == "id" else "en"
