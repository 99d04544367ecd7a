"""The audit workspace: filters, entries, one entry in full, and the verification of the whole chain."""

from threading import Event

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import NotAllowedError
from app.session.errors import VerificationStopped
from app.session.log_shown import LogFilter, LogKey, LogPage, LogPlace, LogVerdict
from app.ui.audit.entry_page import EntryPage
from app.ui.audit.filter_line import FilterLine
from app.ui.audit.filters import By, log_filter
from app.ui.audit.log_table import LogTable
from app.ui.audit.use_cases import LogUseCases
from app.ui.audit.verify_bar import VerifyBar
from app.ui.audit.words import what_is_wrong
from app.ui.commands.command import Command, Nearness
from app.ui.faults import fault_of
from app.ui.tasks import Tasks
from app.ui.theme.fonts import TITLE, Weight
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel
from app.ui.widgets.labels import line, text_label
from app.ui.widgets.nothing_here import NothingHere
from app.ui.widgets.strips import Strip
from app.ui.words import day_and_time, number
from app.ui.workspace import Workspace

DRAWER = 360
ENOUGH = 100
"""So many more entries a search brings before it waits for the table to be scrolled."""
DRAWER_PAUSE_MS = 120


class AuditScreen(Workspace, QWidget):
    """The audit log.

    Args:
        look: colours.
        log: the use cases.
        tasks: the door off the GUI thread.

    Signals:
        failed: an exception of looking, for the console to tell.
    """

    failed = Signal(object)

    def __init__(self, look: Look, log: LogUseCases, tasks: Tasks) -> None:
        super().__init__()
        self._log, self._tasks = log, tasks
        self._wanted = LogFilter()
        self._search = 0
        """Which search the answers belong to: an answer to another one is dropped."""
        self._brought = 0
        self._stop = Event()
        self._is_verifying = self._was_shown = False
        self._first_bad = 0
        self.broken = Strip(look, "", "danger", action=self.tr("Show the entry"), flat=True, name="audit_broken")
        self.broken.action.setObjectName("audit_show_broken")
        self.broken.hide()
        self.filters, self.table = FilterLine(look), LogTable(look)
        self.bar, self.entry = VerifyBar(look), EntryPage(look)
        self.empty = NothingHere(look, name="audit_empty")
        self.empty.hide()
        self._place(look)
        self._pause = QTimer(self, interval=DRAWER_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._look_at_entry)
        self._join()

    def _place(self, look: Look) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(0)
        title = text_label(look, self.tr("Audit log"), size=TITLE, weight=Weight.SEMIBOLD)
        title.setContentsMargins(12, 12, 12, 0)
        for widget in (self.broken, title, self.filters, line()):
            left.addWidget(widget)
        left.addWidget(self.table, 1)
        left.addWidget(self.empty, 1)
        left.addWidget(line())
        left.addWidget(self.bar)
        row.addLayout(left, 1)
        row.addWidget(line(vertical=True))
        side = QFrame()
        side.setProperty("ground", "surface")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        fix_panel(side, look, DRAWER)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.entry)
        row.addWidget(side)

    def _join(self) -> None:
        self.filters.changed.connect(self.search)
        self.table.log.wanted.connect(self._go_on)
        self.table.chosen.connect(lambda _number: self._pause.start())
        self.entry.subject_wanted.connect(lambda record: self.filters.look_for({By.SUBJECT: record}))
        self.entry.person_wanted.connect(lambda account: self.filters.look_for({By.PERSON: account}))
        self.empty.taken.connect(lambda: self.filters.look_for({}))
        self.bar.wanted.connect(self.verify)
        self.bar.stopped.connect(self._stop.set)
        self.broken.action.clicked.connect(self._show_broken)

    def commands(self) -> tuple[Command, ...]:
        """The verification of the chain."""
        return (Command("verify_chain", self.verify, nearness=Nearness.SCREEN),)

    # the workspace -------------------------------------------------------------------------------------------------
    def come(self) -> None:
        """The first time it is shown, it looks; each look stands in the log, so nothing looks by itself."""
        if not self._was_shown:
            self._was_shown = True
            self.search()
        self.focus_first()

    def stop(self) -> None:
        """The session ends: a verification stops, nothing stays."""
        self._stop.set()
        self._pause.stop()
        self._search += 1
        self.table.log.clear()
        self.entry.show_nothing()

    def focus_first(self) -> None:
        """Into the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_innermost(self) -> bool:
        """Esc: the popover of a filter, or the search itself; whether there was one."""
        if self.filters.close_innermost():
            return True
        if self.filters.values:
            self.filters.look_for({})
            return True
        return False

    # looking -------------------------------------------------------------------------------------------------------
    def search(self) -> None:
        """Look for what the filters say, from the newest on."""
        self._search += 1
        self._wanted, self._brought = log_filter(self.filters.values), 0
        self.table.log.clear()
        self.entry.show_nothing()
        self._say_found()
        self._ask(None)

    def _go_on(self) -> None:
        self._brought = 0
        self._ask(self.table.log.next)

    def _ask(self, after: LogKey | None) -> None:
        search, wanted = self._search, self._wanted
        self._tasks.run(
            lambda: self._log.page(wanted, after),
            lambda page: self._take(search, page),
            lambda error: self._refuse(search, error),
            owner=self,
        )

    def _take(self, search: int, page: LogPage) -> None:
        if search != self._search:
            return
        self.table.log.add(page)
        self._brought += len(page.entries)
        if self.table.current() == 0 and self.table.log.rowCount():
            row = self.table.log.row_of(self._first_bad) if self.filters.values.keys() == {By.ENTRY} else 0
            self.table.setCurrentIndex(self.table.log.index(max(0, row), 0))
        if page.next is not None and self._brought < ENOUGH:
            self.table.log.is_waiting = True
            self._ask(page.next)
        self._say_found()

    def _refuse(self, search: int, error: Exception) -> None:
        if search == self._search:
            self.table.log.is_waiting = False
            self.bar.found.setText(self._sentence(error))
            self.failed.emit(error)

    def _sentence(self, error: Exception) -> str:
        """Why not, in a sentence; a policy may have taken this right from a role that has the workspace."""
        if isinstance(error, NotAllowedError) and error.code == "role":
            return self.tr("Your role does not read the audit log.")
        return fault_of(error).sentence

    def _say_found(self) -> None:
        log = self.table.log
        count = number(log.rowCount())
        if log.is_waiting and log.next is not None:
            text = self.tr("{n} found, back to {t}…").format(n=count, t=day_and_time(log.next.at_ms / 1000))
        elif log.is_waiting:
            text = self.tr("Looking…")
        elif log.next is not None:
            text = self.tr("{n} shown, older ones as you scroll").format(n=count)
        else:
            text = self.tr("{n} found").format(n=count)
        self.bar.found.setText(text)
        self._show_empty(is_empty=not log.is_waiting and log.next is None and not log.rowCount())

    def _show_empty(self, *, is_empty: bool) -> None:
        """Say what to do where no entry fits; the focus does not stay behind."""
        had_focus = self.table.hasFocus()
        self.table.setVisible(not is_empty)
        words = self.tr("No entry fits these filters. Take one away, or choose a longer time.")
        self.empty.say(words if is_empty else "", self.tr("Remove all filters") if self.filters.values else "")
        if is_empty and had_focus and self.filters.values:
            self.empty.do.setFocus(Qt.FocusReason.OtherFocusReason)

    # one entry -----------------------------------------------------------------------------------------------------
    def _look_at_entry(self) -> None:
        entry_number = self.table.current()
        if not entry_number:
            return
        self._tasks.run(
            lambda: self._log.place(entry_number),
            self._show_place,
            lambda error: self.entry.refuse(self._sentence(error)),
            owner=self,
        )

    def _show_place(self, place: LogPlace) -> None:
        if place.entry.number == self.table.current():
            self.entry.show_place(place)

    def _show_broken(self) -> None:
        first = max(1, self._first_bad - 5)
        self.filters.look_for({By.ENTRY: f"{first}-{self._first_bad + 5}"})

    # the chain -----------------------------------------------------------------------------------------------------
    def verify(self) -> None:
        """Read and judge the whole log, here, off the GUI thread."""
        if self._is_verifying:
            return
        self._is_verifying = True
        self._stop.clear()
        self.bar.say_progress(0, 1)
        tell = self._tasks.on_gui(self._on_progress, self)
        self._tasks.run(
            lambda: self._log.verify(tell, self._stop.is_set), self._on_verified, self._on_not_verified, owner=self
        )

    def _on_progress(self, done: int, total: int) -> None:
        if self._is_verifying:
            self.bar.say_progress(done, total)

    def _on_verified(self, verdict: LogVerdict) -> None:
        self._is_verifying = False
        self.bar.say_verdict(verdict)
        self._first_bad = verdict.first_bad or 0
        self.table.mark_bad(self._first_bad)
        self.broken.say("" if verdict.ok else what_is_wrong(verdict))

    def _on_not_verified(self, error: Exception) -> None:
        self._is_verifying = False
        if isinstance(error, VerificationStopped):
            self.bar.say(self.tr("Stopped. This says nothing about the log."))
            return
        self.bar.say(self._sentence(error), "triangle-alert", "warn")
        self.failed.emit(error)
