"""The console: places the bars and panels, and joins them to the session's use cases."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.exposures.words import ClosedBy
from app.domain.role import Role
from app.session.idle import boot_s
from app.session.lock_place import Place
from app.session.shown import Person
from app.ui.calls import Calls
from app.ui.capture.guard import CaptureGuard
from app.ui.choices import Choices
from app.ui.clipboard.keeper import ClipboardKeeper
from app.ui.commands.commands import Commands
from app.ui.console.call_cover import Covered
from app.ui.console.call_telling import CallTelling
from app.ui.console.caller_pages import Typed
from app.ui.console.checking import Checking
from app.ui.console.clocks import Clocks
from app.ui.console.closed_notices import ClosedNotices
from app.ui.console.closing import Closing
from app.ui.console.colleagues import Colleagues
from app.ui.console.console_keys import join_keys
from app.ui.console.covering import Covering
from app.ui.console.customer_flow import CustomerFlow
from app.ui.console.customer_model import CustomerModel
from app.ui.console.display_choice import DisplayChoice
from app.ui.console.display_popover import DisplayPopover
from app.ui.console.face import Face
from app.ui.console.field_actions import FieldActions
from app.ui.console.going import Going
from app.ui.console.going_back import GoingBack
from app.ui.console.helping import TOUR_SEEN, Helping
from app.ui.console.leaving import Leaving
from app.ui.console.live import Live
from app.ui.console.notices import Notices
from app.ui.console.on_call import OnCall
from app.ui.console.open_card import OpenCard
from app.ui.console.outbox_watch import OutboxWatch
from app.ui.console.policy_watch import PolicyWatch
from app.ui.console.popping import Popping
from app.ui.console.pulse import Pulse
from app.ui.console.regions import Regions
from app.ui.console.reporting import Reporting
from app.ui.console.request_taking import RequestTaking
from app.ui.console.resealing import Resealing
from app.ui.console.rounds import Rounds
from app.ui.console.session_bar import SessionBar
from app.ui.console.session_strips import SessionStrips
from app.ui.console.status_bar import StatusBar
from app.ui.console.syncing import Syncing
from app.ui.console.work_area import WorkArea
from app.ui.console.workspace_entries import (
    CONSOLE,
    workspaces_of,
)
from app.ui.console.workspaces import Workspaces
from app.ui.posture.watch import PostureWatch
from app.ui.privacy.customer.showing import PrivacyShowing
from app.ui.privacy.use_cases import CustomerPrivacyUseCases
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.training.watch import TrainingWatch
from app.ui.undoing import Undoing
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.announce import announce
from app.ui.words import clock_time, day_and_time


class ConsoleScreen(QWidget):
    """All that a signed-in person works with.

    Signals:
        ended: the receipt of the ended session.
        locked: what the guardian is to be told; this process is to exit.
        end_failed: the session could not be ended from here; the guardian does it once this process is gone.
        approval_wanted: a supervisor at this desk wants to sign in to decide.
        crashed: a fault that nobody expected, with its number.
    """

    ended = Signal(object)
    locked = Signal(object)
    end_failed = Signal()
    approval_wanted = Signal()
    crashed = Signal(object)

    def __init__(
        self,
        look: Look,
        desk: DeskUseCases,
        tasks: Tasks,
        idle_clock: Callable[[], float] = boot_s,
        calls: Calls | None = None,
        capture: CaptureGuard | None = None,
        choices: Choices | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.choices = choices if choices is not None else Choices({TOUR_SEEN: True})
        self._capture = capture
        self.clipboard = ClipboardKeeper(QGuiApplication.clipboard(), self)
        self.calls = calls if calls is not None else Calls(self, clock=idle_clock)
        self._look, self._desk, self._tasks = look, desk, tasks
        person = desk.person
        self.model, self.display = CustomerModel(desk, tasks, self), DisplayChoice(self.choices, self)
        self.pulse = Pulse(desk, tasks, self)
        self.clocks = Clocks(look, desk, idle_clock, self)
        self.idle, self.ends = self.clocks.idle, self.clocks.ends
        self.idle_bar, self.end_bar = self.clocks.idle_bar, self.clocks.end_bar
        self.bar = SessionBar(look, person, workspaces_of(person.role))
        self.status = StatusBar(look)
        self.area = WorkArea(look, desk, tasks, self.model, self.choices)
        self.find_panel, self.table_panel = self.area.find_panel, self.area.table_panel
        self.card, self.desk_panel = self.area.card, self.area.desk_panel
        self._make_privacy(look)
        self.checking = Checking(desk.caller, tasks, self)
        self.field_actions = FieldActions(
            look, desk, tasks, self.card, self.clipboard, lambda: self.checking.is_identified
        )
        self.flow = CustomerFlow(
            desk,
            tasks,
            self.model,
            self.area,
            self.status,
            self.checking,
            self.field_actions,
            self.pulse,
            self._is_over,
            self,
        )
        self.leaving = Leaving(
            look,
            desk,
            tasks,
            self.area,
            self.calls,
            self.clipboard,
            self.idle,
            self._stop_work,
            self._new_contacts,
            self,
        )
        self.closing, self.going, self.on_call = Closing(self), Going(self), OnCall(self)
        self.popping, self.call_telling = self._make_popping(look), CallTelling(desk, tasks, self.calls, self)
        self.going_back = GoingBack(desk, tasks, self.area, self.flow, self.calls, self)
        self.regions = Regions(self, self.bar, self.area, self.status)
        self.resealing = Resealing(desk, tasks, self)
        self.colleagues = Colleagues(look, desk, tasks, self.bar)
        self.strips = SessionStrips(
            look, desk, self.pulse, self.card, lambda: self.workspaces.current, self._is_over, self
        )
        self.strip, self.request_waits, self.due = self.strips.session, self.strips.requests, self.strips.due
        self.notices = Notices(look)
        self.outbox = OutboxWatch(desk, tasks, self.status, self.notices.undelivered, self)
        self.live = Live(desk, tasks, self)
        self.syncing = Syncing(desk, tasks, self)
        self.open_card = OpenCard(desk, tasks, self.card, self.flow, self.field_actions)
        self.policy_watch = PolicyWatch(
            desk, self.pulse, self.live, self.clocks.rule, lambda: self.field_actions.is_open, self
        )
        self.workspaces = self._place(look)
        self.undoing = Undoing(self)
        self.closed_notices = ClosedNotices(self.undoing, self)
        self.commands = Commands(self, self.choices, self._is_over)
        self.helping = self._make_helping(look)
        self.rounds = Rounds(self, desk, tasks)
        self._join()
        join_keys(self)

    def _make_privacy(self, look: Look) -> None:
        """What a customer's rights need on the card."""
        self.taking = RequestTaking(look, self._desk.privacy.requests, self._tasks, self, self.status.say)
        self.card.offers_who_saw = self._desk.who_saw.may_read
        self.card.takes_requests = self.taking.may_take
        self.reporting = Reporting(look, self._desk.privacy.incidents, self._tasks, self, self.status.say)

    def _make_helping(self, look: Look) -> Helping:
        return Helping(
            look,
            self._desk,
            self._tasks,
            self,
            self.area,
            self.bar.lock,
            self.commands,
            self.choices,
            has_customers=CONSOLE in self.workspaces.keys,
            is_over=self._is_over,
        )

    def _make_popping(self, look: Look) -> Popping:
        return Popping(
            look,
            self._desk,
            self._tasks,
            self.calls,
            self.area,
            self.flow,
            self.closing.is_at_more,
            lambda: self.covering.is_covered,
            lambda: self.going.show_workspace(CONSOLE),
            self,
        )

    # placing -------------------------------------------------------------------------------------------------------
    def _place(self, look: Look) -> Workspaces:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.idle_bar)
        column.addWidget(self.end_bar)
        column.addWidget(self.notices)
        column.addWidget(self.strip)
        column.addWidget(self.request_waits)
        column.addWidget(self.due)
        column.addWidget(self.popping.bar)
        whole = Covered(look)
        column.addWidget(whole, 1)
        workspaces = Workspaces(look, self._desk, self._tasks, self.area, whole)
        whole.hold(workspaces)
        self.covering = Covering(
            self.area.covered, whole, lambda: workspaces.current == CONSOLE, self.desk_panel.note.edit, self
        )
        column.addWidget(self.status)
        self.bar.show_workspace(workspaces.current)
        return workspaces

    def _join(self) -> None:
        self._join_work()
        self._join_session()
        self.going.join()
        self.on_call.join()
        self.clocks.join()
        self.field_actions.acting.told.connect(self.status.say)
        self.field_actions.editing.told.connect(self.status.say)
        self.field_actions.editing.edited.connect(self.syncing.now)
        self.pulse.beaten.connect(self.field_actions.editing.presence.look_whether_others_are_gone)
        self.resealing.moved.connect(self.status.show_moving)
        self.clipboard.moved.connect(self.status.show_copied)
        if self._capture is not None:
            self._capture.changed.connect(self._show_capture)
            self._show_capture()
        failing = (self.flow.failed, self.pulse.failed, self.desk_panel.failed, self.field_actions.failed)
        more = (
            self.syncing.failed,
            self.going_back.failed,
            self.outbox.failed,
            self.colleagues.failed,
            self.workspaces.failed,
        )
        for signal in (*failing, *more):
            signal.connect(self.strips.tell_fault)

    def _join_work(self) -> None:
        """Customers, their fields, and the workspaces."""
        self.area.other_face_wanted.connect(self.switch_face)
        self.flow.leaving.connect(self.closing.close_all)
        self.flow.filled.connect(self.strips.show_waits_unless_away)
        self.flow.filled.connect(self.syncing.now)
        self.syncing.synced.connect(self.flow.take_sync)
        self.syncing.synced.connect(self.open_card.follow)
        self.syncing.aged.connect(self.status.show_synced)
        self.flow.cache_was_damaged.connect(self.strips.tell_damage)
        self.field_actions.lit.connect(self.closing.show_lit)
        self.field_actions.approval_wanted.connect(self.approval_wanted)
        self.field_actions.check_wanted.connect(self.going.focus_check)
        self.card.request_wanted.connect(lambda _at: self.take_request())

        def customers() -> CustomerPrivacyUseCases:
            return self._desk.privacy.customers

        self.privacy = PrivacyShowing(self._look, customers, self._tasks, self.card, self)
        self.flow.leaving.connect(self.privacy.put_away)
        self.desk_panel.lit.connect(lambda _lit: self.closing.show_lit())
        self.desk_panel.waits.connect(self._on_note_waits)
        self.outbox.settled.connect(self.desk_panel.note.on_settled)
        self.bar.menu_wanted.connect(lambda: self.helping.open_menu(self.bar.menu))
        self.bar.told_below.connect(self.status.show_frame)
        self.workspaces.made.connect(self.status.come_last)
        self.workspaces.told.connect(self.status.say)
        self.workspaces.counted.connect(self.bar.show_waiting)
        self.workspaces.counted.connect(self.strips.show_count)
        self.workspaces.pressing.connect(lambda workspace, due: self.bar.show_pressing(workspace, len(due)))
        self.workspaces.pressing.connect(lambda _workspace, due: self.strips.show_due(due))
        self.workspaces.arrived.connect(self.strips.tell_arrived)
        self.strips.crashed.connect(self.crashed)
        self.closed_notices.follow(*self.notices.strips, self.request_waits)
        self.undoing.told.connect(self.status.say)
        self.status.ends_wanted.connect(self.helping.explain_ends)
        self.status.report.clicked.connect(self.report_suspicion)

    def _join_session(self) -> None:
        """What the office tells, what is to be learnt, and the ways out."""
        self.posture_watch = PostureWatch(self._desk.posture, self.pulse, self._tasks, self.notices.posture, self)
        self.training_watch = TrainingWatch(
            self._desk.training, self._tasks, self.notices.training, self._is_free, self
        )
        self.workspaces.learnt.connect(self._on_learnt)
        self.policy_watch.changed.connect(self.training_watch.look)
        self.live.changed.connect(self.pulse.take_changes)
        self.live.changed.connect(self.workspaces.take_changes)
        self.live.changed.connect(self.field_actions.take_changes)
        self.live.changed.connect(self.syncing.take_changes)
        self.pulse.beaten.connect(lambda _person: self.syncing.now())
        self.policy_watch.changed.connect(self.flow.show_again)
        self.pulse.beaten.connect(self._on_beaten)
        self.pulse.beaten.connect(lambda _person: self.outbox.deliver())
        self.pulse.beaten.connect(lambda _person: self.flow.go_on())
        self.pulse.connected.connect(self._on_connected)
        self.pulse.over.connect(self.leaving.over)
        self.bar.sign_out_wanted.connect(lambda: self.end("signed_out"))
        self.bar.lock_wanted.connect(self.leaving.lock_by_hand)
        self.leaving.ended.connect(self.ended)
        self.leaving.locked.connect(self.locked)
        self.leaving.end_failed.connect(self._on_end_failed)

    # the work ------------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Fill the session cache, show customers as they come, renew the lease, see whether anybody is here."""
        self.display.wear()
        self.pulse.start()
        self.clocks.start()
        self.on_call.look()
        self.strips.show_waits()
        self.notices.tell(self._desk.person)
        self.outbox.deliver()
        self.posture_watch.begin()
        self.training_watch.begin()
        self.flow.begin()
        if self._desk.person.role is Role.SUPERVISOR:
            self.colleagues.begin()
        self.workspaces.begin()
        self.field_actions.watch.poll()  # what was asked before a lock waits still
        self.live.start()
        if CONSOLE in self.workspaces.keys:
            self.resealing.begin()
            self.rounds.begin()
            self.field_actions.acting.look_again()
        else:
            self.status.show_no_customers()
        self.going.focus_search()
        self.flow.filled.connect(self.helping.offer_tour, Qt.ConnectionType.SingleShotConnection)

    def _on_beaten(self, person: Person) -> None:
        """New times in the bar; new class keys change what the open card offers."""
        self.bar.show_person(person)
        if self.strips.waits_for_classes and not person.waits_for_classes:
            self.strips.show_waits()
            self.field_actions.acting.look_again()
            self.flow.show_again()

    # faces and focus -----------------------------------------------------------------------------------------------
    @property
    def is_table(self) -> bool:
        """Whether the table face is in front."""
        return self.area.is_table

    @property
    def face(self) -> Face:
        """The face in front."""
        return self.area.face

    def show_customer(self, id_: int) -> None:
        """Show another customer's card; what was open closes first."""
        self.flow.show_customer(id_)

    def open_display(self) -> None:
        """Theme, density, size of the text, motion."""
        DisplayPopover(self._look, self.bar.menu, self.display)

    def switch_face(self) -> None:
        """List or table; what was looked for stays."""
        self.closing.close_all()
        self.area.switch_face()

    def report_suspicion(self) -> None:
        """Report a suspicion, from wherever one is."""
        if not self.leaving.is_begun:
            self.reporting.open(self.status.report)

    def take_request(self) -> None:
        """Take a request about personal data down for the customer on the card."""
        customer, button = self.card.customer, self.card.request_button
        if customer is not None and button is not None and not self.leaving.is_begun:
            self.taking.open(button, customer.record)

    def _is_free(self) -> bool:
        """Whether nobody is on the card or on the line."""
        return self.card.customer is None and self.calls.current is None

    def _on_learnt(self) -> None:
        """What rested may open now."""
        self.training_watch.look()
        self.flow.show_again()

    @property
    def role(self) -> Role:
        """What the person is here."""
        return self._desk.person.role

    def _show_capture(self) -> None:
        """Whether screenshots are kept out; IT's exception is said, not only shown."""
        capture = self._capture
        if capture is None:
            return
        exception = capture.exception
        until = day_and_time(exception.ends_at) if exception is not None else ""
        self.status.show_capture(capture.state, until)
        if exception is not None:
            announce(self.status, self.status.capture_words)

    # what the office takes -------------------------------------------------------------------------------------------
    def _on_note_waits(self, why: Exception) -> None:
        """The office did not take a note: say what waits, and learn from why."""
        self.outbox.look()
        if not self.leaving.is_begun:
            self.pulse.judge(why)

    def _on_connected(self, connected: bool, since: float) -> None:
        self.status.show_connected(connected, clock_time(since))
        self.field_actions.show_away(not connected)
        self.desk_panel.history.show_away(not connected)
        if connected:
            self.strips.show_waits()
            self.field_actions.acting.look_again()
        else:
            self.strips.tell_away(since)

    # ends, and the place to come back to -----------------------------------------------------------------------------
    def _new_contacts(self) -> tuple[tuple[str, Typed], ...]:
        return self.popping.pages.typed()

    def _is_over(self) -> bool:
        return self.leaving.is_begun

    def place(self) -> Place:
        """Where the person is: the open customer, the search, the note in hand."""
        return self.leaving.place()

    def go_back_to(self, place: Place) -> None:
        """Show again what was there before a lock."""
        self.going_back.go(place)
        self.popping.go_on(place.new_contacts)

    def lock_unasked(self, cause: str) -> None:
        """Lock, because of something else than the person."""
        self.leaving.lock_unasked(cause)

    def lock(self, cause: str, unused_s: float = 0.0, left_s: float | None = None) -> None:
        """Lock: cover everything, save the note, keep the place; `locked` tells that this process is to exit."""
        self.leaving.lock(cause, unused_s, left_s)

    def end(self, cause: str) -> None:
        """End the session: shut what is open, save the note, wipe; `ended` carries the receipt."""
        self.leaving.end(cause)

    def _stop_work(self) -> None:
        self.covering.drop()
        self.closing.close_all(ClosedBy.SESSION)
        self.popping.before_a_lock()
        self.clipboard.leave()
        self.desk_panel.note.save_now()
        watching = (self.pulse.stop, self.live.stop, self.clocks.stop)
        working = (self.field_actions.stop, self.colleagues.stop, self.resealing.stop, self.workspaces.stop)
        self.helping.stop()
        for stop in (
            *watching,
            *working,
            self.flow.table.ordering.leave,
            self.rounds.stop,
            self.call_telling.stop,
            self.syncing.stop,
            self.posture_watch.stop,
            self.training_watch.stop,
            self.area.stop,
        ):
            stop()
        self.idle_bar.show_kept()
        self.bar.show_ending()

    def _on_end_failed(self, error: Exception) -> None:
        self.strips.tell_not_ended(error)
        self.bar.sign_out.setEnabled(True)
        self.end_failed.emit()
