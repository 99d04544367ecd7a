"""The ways out of the console: a lock, which keeps the place, and the end of the session, which wipes."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain import patience
from app.domain.system_events import ENDS
from app.session.ends import Receipt
from app.session.errors import CacheLostError, SessionOverError
from app.session.lock_place import CLOCK_SET_BACK, OFFICE_LOST, Place
from app.ui.calls import Calls
from app.ui.clipboard.keeper import ClipboardKeeper
from app.ui.console.caller_pages import Typed
from app.ui.console.work_area import WorkArea
from app.ui.idle import IdleWatch
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.fault_card import FaultCard
from app.ui.widgets.popover import Popover
from app.ui.widgets.stage import CLOSED, DoorStage

UNATTENDED = frozenset({"idle", "stopped", *ENDS})
"""Ends at which nobody can try again."""


class Leaving(QObject):
    """Locks and ends one console, once.

    Args:
        look: how things are drawn.
        desk: the session.
        tasks: where its calls run.
        area: the panels, whose place a lock keeps.
        calls: those that are on.
        clipboard: what was copied.
        idle: who counts unused time.
        stop_work: shuts what is open and stops what runs.
        new_contacts: what is typed into contacts that are not made yet.
        screen: the console.

    Signals:
        ended: the receipt of the ended session.
        locked: what the guardian is to be told; this process is to exit.
        end_failed: the exception with which the session could not be ended from here.
    """

    ended = Signal(object)
    locked = Signal(object)
    end_failed = Signal(object)

    def __init__(
        self,
        look: Look,
        desk: DeskUseCases,
        tasks: Tasks,
        area: WorkArea,
        calls: Calls,
        clipboard: ClipboardKeeper,
        idle: IdleWatch,
        stop_work: Callable[[], None],
        new_contacts: Callable[[], tuple[tuple[str, Typed], ...]],
        screen: QWidget,
    ) -> None:
        super().__init__(screen)
        self._look, self._desk, self._tasks, self._area = look, desk, tasks, area
        self._calls, self._clipboard, self._idle = calls, clipboard, idle
        self._stop_work, self._new_contacts, self._screen = stop_work, new_contacts, screen
        self.is_begun = False

    # locking -------------------------------------------------------------------------------------------------------
    def over(self, cause: str) -> None:
        """The session cannot go on here; one that lost its office alone waits for the next, locked."""
        if cause == OFFICE_LOST:
            self.lock_unasked(cause)
        else:
            self.end(cause)

    def look_at_clock(self) -> None:
        """A clock that was set back locks: what is over by the time would come again."""
        if self._desk.is_clock_set_back:
            self.lock_unasked(CLOCK_SET_BACK)

    def lock_by_hand(self) -> None:
        """Lock, because the person says so."""
        self.lock("by_hand")

    def lock_unused(self, unused_s: float, left_s: float) -> None:
        """Nobody is here; calls that go on without anybody are forgotten ones."""
        self._calls.end_all()
        self.lock("idle", unused_s, left_s)

    def lock_unasked(self, cause: str) -> None:
        """Lock, because of something else; the person was last here when they used the console."""
        unused = self._idle.verdict
        self.lock(cause, unused.unused_s, unused.left_s)

    def lock(self, cause: str, unused_s: float = 0.0, left_s: float | None = None) -> None:
        """Lock: cover everything, save the note, keep the place; `locked` tells that this process is to exit."""
        if self.is_begun:
            return
        self._begin()
        self._cover()
        self._area.desk_panel.note.when_kept(lambda: self._lock_now(cause, unused_s, left_s), patience.LOCK_NOTE_S)

    def _begin(self) -> None:
        self._stop_work()
        self.is_begun = True

    def _cover(self) -> None:
        """Nothing of a customer is on the screen from now on; this process goes a moment later."""
        screen = self._screen
        for over in (*screen.window().findChildren(FaultCard), *screen.window().findChildren(Popover)):
            over.hide()
        cover = DoorStage(self._look, CLOSED)
        cover.setParent(screen)
        cover.setGeometry(screen.rect())
        cover.show()
        cover.raise_()
        cover.setFocus()

    def _lock_now(self, cause: str, unused_s: float, left_s: float | None) -> None:
        place = self.place()
        self._tasks.run(
            lambda: self._desk.lock(cause, place, unused_s, left_s),
            self.locked.emit,
            self._on_lock_failed,
            lane="last",
            owner=self,
        )

    def _on_lock_failed(self, error: Exception) -> None:
        """What cannot be locked ends."""
        self.is_begun = False
        over = error.code if isinstance(error, SessionOverError) and error.code else "session_over"
        self.end("cache_lost" if isinstance(error, CacheLostError) else over)

    def place(self) -> Place:
        """Where the person is: the open customer, what is looked for, the note in hand."""
        area = self._area
        customer, search, sort = area.card.customer, area.face.search, area.table_state.sort
        return Place(
            customer=customer.id if customer is not None else None,
            record=customer.record if customer is not None else "",
            search=search.text(),
            queue=search.queue(),
            is_table=area.is_table,
            filters=tuple(area.table_state.filters.items()),
            sort=(sort.by, sort.is_down) if sort is not None else None,
            note=area.desk_panel.note.for_a_lock(),
            contact=area.desk_panel.wrapping.for_a_lock(),
            calls=self._calls.kept(),
            callers=self._calls.kept_callers(),
            new_contacts=self._new_contacts(),
        )

    # ending --------------------------------------------------------------------------------------------------------
    def end(self, cause: str) -> None:
        """End the session: shut what is open, save the note, wipe; `ended` carries the receipt."""
        if self.is_begun:
            return
        self._begin()
        self._area.desk_panel.note.when_kept(lambda: self._end_now(cause))

    def _end_now(self, cause: str) -> None:
        place = self.place()
        self._tasks.run(
            lambda: self._desk.end(cause, place),
            self._on_ended,
            lambda error: self._on_end_failed(error, is_unattended=cause in UNATTENDED),
            lane="last",
            owner=self,
        )

    def _on_ended(self, receipt: Receipt) -> None:
        """What became of the clipboard is known here."""
        copied = self._clipboard.outcome
        lines = (replace(line, outcome=copied) if line.what == "clipboard" else line for line in receipt.lines)
        self.ended.emit(replace(receipt, lines=tuple(lines)))

    def _on_end_failed(self, error: Exception, *, is_unattended: bool) -> None:
        self.is_begun = False
        self.end_failed.emit(error)
        if is_unattended:  # nobody is here who could try again: this process ends, and its guardian wipes
            self._screen.window().close()
