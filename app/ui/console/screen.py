"""The console: places the bars and panels, and joins them to the session's use cases.

Nothing is open when another customer is shown, the window loses the focus, or the session ends.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.domain.errors import TiraiError
from app.domain.exposures.words import ClosedBy
from app.domain.role import Role
from app.domain.system_events import ENDS
from app.session.errors import CacheLostError, SessionOverError
from app.session.idle import IdleRule, boot_s
from app.session.lock_place import CLOCK_SET_BACK, OFFICE_LOST, Place
from app.session.shown import Person, Receipt, ShownCustomer
from app.session.timed_end import Coming
from app.ui.calls import Calls
from app.ui.capture.guard import CaptureGuard
from app.ui.clipboard.keeper import ClipboardKeeper
from app.ui.console.call_cover import Covered
from app.ui.console.checking import Checking
from app.ui.console.colleagues import Colleagues
from app.ui.console.covering import Covering
from app.ui.console.customer_card import CustomerCard
from app.ui.console.customer_model import CustomerModel
from app.ui.console.desk_panel import DeskPanel
from app.ui.console.end_bar import EndBar, note_words
from app.ui.console.end_watch import EndWatch
from app.ui.console.face import Face
from app.ui.console.field_actions import FieldActions
from app.ui.console.find_panel import FindPanel
from app.ui.console.finding import Finding
from app.ui.console.idle_bar import IdleBar
from app.ui.console.live import Live
from app.ui.console.notices import Notices
from app.ui.console.outbox_watch import OutboxWatch
from app.ui.console.policy_watch import PolicyWatch
from app.ui.console.pulse import Pulse
from app.ui.console.resealing import Resealing
from app.ui.console.session_bar import SessionBar
from app.ui.console.status_bar import StatusBar
from app.ui.console.table_panel import TablePanel
from app.ui.console.workspace_entries import ACCOUNTS, APPROVALS, CONSOLE, MY_ACCOUNT, WHO_SAW, menu_of, workspaces_of
from app.ui.console.workspaces import Workspaces
from app.ui.faults import fault_of
from app.ui.idle import IdleWatch
from app.ui.shortcuts import keys_for
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.announce import announce
from app.ui.widgets.fault_card import FaultCard
from app.ui.widgets.popover import Popover
from app.ui.widgets.stage import CLOSED, DoorStage
from app.ui.widgets.strips import Strip
from app.ui.words import clock_time, day_and_time

LEFT, MIDDLE, RIGHT = 304, 714, 348
CLOCK_MS = 5_000
"""How often the clock is looked at."""
UNATTENDED = frozenset({"idle", "stopped", *ENDS})
"""Ends at which nobody can try again."""
LOCK_SAVE_MS = 300
"""A lock waits so long for the office to take the note; what it did not take comes back with the resume."""


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
    ) -> None:
        super().__init__()
        self._capture = capture
        self.clipboard = ClipboardKeeper(QGuiApplication.clipboard(), self)
        self.calls = calls if calls is not None else Calls(self, clock=idle_clock)
        self._look, self._desk, self._tasks = look, desk, tasks
        self._is_on_call = False
        self._ending = self._waited = self._is_filled = self._is_refilled = False
        self._total = 0
        self._place_back: Place | None = None
        person = desk.person
        self.model = CustomerModel(desk, tasks, self)
        self.finding = Finding(desk, tasks, self.model, self)
        self.pulse = Pulse(desk, tasks, self)
        rule = IdleRule(desk.idle_end_s, clock=idle_clock, lock_s=desk.idle_lock_s, call_max_s=desk.call_idle_max_s)
        self.idle = IdleWatch(rule, self)
        self._clock_timer = QTimer(self, interval=CLOCK_MS)
        self._clock_timer.timeout.connect(self.look_at_clock)
        self.idle_bar, self.end_bar = IdleBar(look), EndBar(look)
        self.ends = EndWatch(lambda: desk.person, lambda: self.pulse.is_away, self._has_work, self)
        self.bar = SessionBar(look, person, workspaces_of(person.role), menu_of(person.role))
        self.status = StatusBar(look)
        self.find_panel = FindPanel(look, self.model, person.queues)
        self.table_panel = TablePanel(look, self.model, person.queues)
        self.card = CustomerCard(look, person)
        self.desk_panel = DeskPanel(look, desk, tasks)
        self.checking = Checking(desk.caller, tasks, self)
        self.field_actions = FieldActions(
            look, desk, tasks, self.card, self.clipboard, lambda: self.checking.is_identified
        )
        self.field_actions.acting.told.connect(self.status.say)
        self.resealing = Resealing(desk, tasks, self)
        self.colleagues = Colleagues(look, desk, tasks, self.bar)
        self.strip = Strip(look, "", "warn", flat=True, name="session_strip")
        self.strip.hide()
        self.notices = Notices(look)
        self.outbox = OutboxWatch(desk, tasks, self.status, self.notices.undelivered, self)
        self.live = Live(desk, tasks, self)
        self.policy_watch = PolicyWatch(desk, self.pulse, self.live, rule, lambda: self.field_actions.is_open, self)
        self.policy_watch.changed.connect(self._show_again)
        self.request_waits = Strip(look, "", "info", action=self.tr("Look"), flat=True, name="request_waits")
        self.request_waits.let_close(self.tr("Close"))
        self.request_waits.hide()
        self._requests = 0
        self.workspaces = self._place(look)
        self._join()
        self._add_keys()

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
        self._work = QSplitter(Qt.Orientation.Horizontal)
        self._work.setHandleWidth(1)
        self._work.setChildrenCollapsible(False)
        self._work.addWidget(self.find_panel)
        self._work.addWidget(self.card)
        self._work.setStretchFactor(1, 1)
        self._faces = QStackedWidget()
        self._faces.addWidget(self._work)
        self._faces.addWidget(self.table_panel)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.setHandleWidth(1)
        across.setChildrenCollapsible(False)
        covered = Covered(look, self._faces)
        across.addWidget(covered)
        across.addWidget(self.desk_panel)
        across.setStretchFactor(0, 1)
        self.find_panel.setMinimumWidth(240)
        self.card.setMinimumWidth(520)
        self.desk_panel.setMinimumWidth(300)
        self._work.setSizes([LEFT, MIDDLE])
        across.setSizes([LEFT + MIDDLE, RIGHT])
        workspaces = Workspaces(look, self._desk, self._tasks, across)
        whole = Covered(look, workspaces)
        column.addWidget(whole, 1)
        self.covering = Covering(covered, whole, lambda: workspaces.current == CONSOLE, self.desk_panel.note.edit, self)
        column.addWidget(self.status)
        self.bar.show_workspace(workspaces.current)
        self.status.show_caps(workspaces.current == CONSOLE)
        return workspaces

    def _join(self) -> None:
        for face in (self.find_panel, self.table_panel):
            face.search.changed.connect(self._ask)
            face.search.whole_entered.connect(self._look_up)
            face.search.face_wanted.connect(self.switch_face)
        self.find_panel.chosen.connect(self.show_customer)
        self.find_panel.returned.connect(lambda _id: self.card.focus_rows())
        self.table_panel.returned.connect(self._on_table_opened)
        self.finding.found.connect(self._on_found)
        self.finding.looked_up.connect(self._on_looked_up)
        self.finding.refused.connect(self._on_lookup_refused)
        self.field_actions.lit.connect(self._show_lit)
        self.field_actions.approval_wanted.connect(self.approval_wanted)
        self.field_actions.check_wanted.connect(self._focus_check)
        self.desk_panel.lit.connect(lambda _lit: self._show_lit())
        self.bar.workspace_wanted.connect(self.show_workspace)
        self.bar.account_wanted.connect(lambda: self.show_workspace(MY_ACCOUNT))
        self.workspaces.shown.connect(self._on_workspace_shown)
        self.resealing.moved.connect(self.status.show_moving)
        self.clipboard.moved.connect(self.status.show_copied)
        if self._capture is not None:
            self._capture.changed.connect(self._show_capture)
            self._show_capture()
        self.workspaces.told.connect(self.status.say)
        self.colleagues.told.connect(self._on_colleague_done)
        self.workspaces.counted.connect(self._on_counted)
        self.workspaces.arrived.connect(self._on_request_arrived)
        self.request_waits.action.clicked.connect(lambda: self.show_workspace(APPROVALS))
        self.live.changed.connect(self.workspaces.take_changes)
        self.live.changed.connect(self.field_actions.take_changes)
        self.bar.sign_out_wanted.connect(lambda: self.end("signed_out"))
        self.bar.lock_wanted.connect(self.lock_by_hand)
        self.pulse.beaten.connect(self._on_beaten)
        self.pulse.beaten.connect(lambda _person: self.outbox.deliver())
        self.pulse.connected.connect(self._on_connected)
        self.desk_panel.waits.connect(self._on_note_waits)
        self.outbox.settled.connect(self.desk_panel.note.on_settled)
        self.pulse.over.connect(self._on_over)
        self.idle.noticed.connect(lambda left_s: self.idle_bar.show_left(left_s, self._note_words()))
        self.idle.kept.connect(self.idle_bar.show_kept)
        self.idle.types_on = self.covering.types_on
        self.idle.covers.connect(self._cover_for_call)
        self.idle.uncovers.connect(self.covering.uncover)
        self.idle.locks.connect(self._lock_unused)
        self.idle.over.connect(lambda: self.end("idle"))
        self.bar.call.follow(self.calls)
        self.bar.call.end_wanted.connect(self.calls.end_all)
        self.calls.changed.connect(self._on_calls_changed)
        self.ends.told.connect(self._on_end_coming)
        self.ends.due.connect(lambda: self.end("session_over"))
        failing = (self.finding.failed, self.pulse.failed, self.desk_panel.failed, self.field_actions.failed)
        for signal in (*failing, self.outbox.failed, self.colleagues.failed, self.workspaces.failed):
            signal.connect(self.tell_fault)

    def _add_keys(self) -> None:
        keys = {
            "find": self.focus_search,
            "list_or_table": partial(self._at_work, self.switch_face),
            "card": partial(self._at_work, self.card.focus_rows),
            "identity_check": partial(self._at_work, self._focus_check),
            "note": partial(self._at_work, self.desk_panel.note.focus_note),
            "lock": self.lock_by_hand,
            "end_call": self.calls.end_all,
            "sign_out": lambda: self.end("signed_out"),
            "close": self.close_innermost,
            "my_account": lambda: self.show_workspace(MY_ACCOUNT),
            "next_region": lambda: self._next_region(1),
            "previous_region": lambda: self._next_region(-1),
            "main_action": self._take_main_action,
        }
        approvals = self.workspaces.approvals
        if approvals is not None:
            decide = {"deny": approvals.ask_why_not, "ask_back": approvals.ask_back, "revoke": approvals.revoke_newest}
            keys |= {does: partial(self._at_approvals, act) for does, act in decide.items()}
        if self._desk.who_saw.may_read:
            self.card.offers_who_saw = True
            self.card.who_saw_wanted.connect(self.show_who_saw)
            keys["who_saw"] = self.show_who_saw
        for at, key in enumerate(self.workspaces.keys, start=1):
            keys[f"workspace_{at}"] = partial(self.show_workspace, key)
        for does, act in keys.items():
            shortcut = QShortcut(keys_for(does), self)
            shortcut.activated.connect(act)

    # the work ------------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Fill the session cache, show customers as they come, renew the lease, see whether anybody is here."""
        self.pulse.start()
        self.idle.start()
        self._clock_timer.start()
        self._on_calls_changed()
        self.ends.start()
        self._show_waits()
        self.notices.tell(self._desk.person)
        self._desk.when_cache_is_replaced(self._tasks.on_gui(self._on_cache_replaced, self))
        self.outbox.deliver()
        self._fill()
        self.finding.ask("", None)
        if self._desk.person.role is Role.SUPERVISOR:
            self.colleagues.begin()
        self.workspaces.begin()
        self.field_actions.watch.poll()  # what was asked before a lock waits still
        self.live.start()
        if CONSOLE in self.workspaces.keys:
            self.resealing.begin()
            self.field_actions.acting.look_again()
        else:
            self.status.show_no_customers()
        self.focus_search()

    def _fill(self) -> None:
        self._is_filled = False
        progress = self._tasks.on_gui(self._on_fill_moved, self)
        self._tasks.run(lambda: self._desk.fill(progress), lambda _none: self._on_filled(), self.tell_fault, owner=self)

    def _on_cache_replaced(self, damage: str) -> None:
        """Another program spoilt the cache file, or the password was changed: the session has begun an empty one."""
        if self._ending:
            return
        if damage == "rekeyed":
            self._is_refilled = True
            self._fill()
            return
        text = self.tr("The local copy was damaged and is being fetched again. Nothing is lost.")
        self.strip.say(text)
        announce(self, text)
        self._is_refilled = True
        self._fill()

    def _on_beaten(self, person: Person) -> None:
        """New times in the bar; new class keys change what the open card offers."""
        self.bar.show_person(person)
        if self._waited and not person.waits_for_classes:
            self._show_waits()
            self.field_actions.acting.look_again()
            self._show_again()

    def _show_again(self) -> None:
        customer = self.card.customer
        if customer is not None and not self.field_actions.is_open:
            id_ = customer.id
            self._tasks.run(
                lambda: self._desk.customer(id_), self._on_customer_again, self.tell_fault, lane="cache", owner=self
            )

    def _on_customer_again(self, customer: ShownCustomer) -> None:
        """The same customer with other actions; the note in hand stays."""
        if self.card.customer is not None and self.card.customer.id == customer.id:
            self._show_card(customer)
            self.field_actions.show_customer(customer, away=self.pulse.is_away)

    def _show_waits(self) -> None:
        text = self.tr("A supervisor still has to hand you your class keys; masks and search work already.")
        self._waited = self._desk.person.waits_for_classes
        self.strip.say(text if self._waited else "")

    def _on_fill_moved(self, rows: int, total: int) -> None:
        self._total = total
        self.status.show_filled(rows, total)
        self.finding.again()

    def _on_filled(self) -> None:
        if not self.pulse.is_away:
            self._show_waits()
        self._is_filled = True
        if self._is_refilled:
            self.model.refresh()
        if self._total == 0:
            self.status.show_nothing_to_fill()
            self.find_panel.show_nobody()
            return
        self.finding.again()

    def _ask(self) -> None:
        search = self.face.search
        self.finding.ask(search.text(), search.queue())

    def _on_found(self, count: int, ms: float, asked: bool) -> None:
        self.find_panel.show_found(count, ms, asked=asked)
        self.table_panel.show_found(count, self._total, ms)
        if self.card.customer is not None:
            self.find_panel.select(self.card.customer.id)

    def _look_up(self, text: str) -> None:
        """Return on a whole number: what the search has found is gone to, else the office is asked."""
        if self.model.rowCount():
            self.face.enter()
            return
        self.face.search.forget()
        self.finding.look_up(text)

    def _on_looked_up(self, count: int) -> None:
        self.find_panel.show_looked_up(count)
        self.table_panel.show_found(count, self._total, 1.0)
        if count:
            self.face.enter()

    def _on_lookup_refused(self, error: Exception) -> None:
        codes = {
            "not_whole": self.tr("Type the whole number. Parts of a hidden number are never searched."),
            "lookups_pace": self.tr("That was fast. Wait a minute, then look up the next one."),
            "lookups_shift": self.tr("All lookups of this shift are used. A supervisor can help."),
        }
        words = codes.get(error.code, "") if isinstance(error, TiraiError) else ""
        self.find_panel.say_nobody(words or fault_of(error).sentence)

    def show_customer(self, id_: int) -> None:
        """Show another customer's card; what was open closes first."""
        if self.card.customer is not None and self.card.customer.id == id_:
            return
        self.close_all()
        self._tasks.run(
            lambda: self._desk.customer(id_), self._on_customer_read, self.tell_fault, lane="cache", owner=self
        )

    def _on_customer_read(self, customer: ShownCustomer) -> None:
        self.close_all()
        self._show_card(customer)
        self.field_actions.show_customer(customer, away=self.pulse.is_away)
        self.desk_panel.show_customer(customer)
        self.find_panel.select(customer.id)
        place, self._place_back = self._place_back, None
        if place is not None and place.customer == customer.id and place.note is not None:
            self.desk_panel.note.go_on(place.note)

    def _show_card(self, customer: ShownCustomer) -> None:
        self.card.show_customer(customer, self.checking.check_of(customer))
        self.checking.show_customer(customer, self.card.check)

    def _focus_check(self) -> None:
        if self.card.check is not None:
            self.card.check.focus_check()

    def _on_counted(self, workspace: str, count: int) -> None:
        self.bar.show_waiting(workspace, count)
        if workspace == APPROVALS:
            self._requests = count
            if not count or not self.request_waits.isHidden():
                self.request_waits.say(self._requests_words() if count else "")

    def _on_request_arrived(self) -> None:
        """A quiet word, without a name: whoever decides goes on with what they do, or looks."""
        if self.workspaces.current != APPROVALS:
            text = self._requests_words()
            self.request_waits.say(text)
            announce(self, text)

    def _requests_words(self) -> str:
        if self._requests > 1:
            return self.tr("Requests wait for a decision.")
        return self.tr("A request waits for a decision.")

    def _at_approvals(self, act: Callable[[], None]) -> None:
        if self.workspaces.current == APPROVALS:
            act()

    def _on_table_opened(self, id_: int) -> None:
        self.switch_face()
        self.show_customer(id_)
        self.card.focus_rows()

    # faces and focus -----------------------------------------------------------------------------------------------
    @property
    def is_table(self) -> bool:
        """Whether the table face is in front."""
        return self._faces.currentWidget() is self.table_panel

    @property
    def face(self) -> Face:
        """The face in front."""
        return self.table_panel if self.is_table else self.find_panel

    def switch_face(self) -> None:
        """List or table; what was looked for stays."""
        self.close_all()
        before = self.face
        self._faces.setCurrentIndex(1 - self._faces.currentIndex())
        self.face.search.copy_from(before.search)
        self.face.enter()

    def show_workspace(self, key: str) -> None:
        """Bring a workspace to the front; nothing stays open behind it."""
        if not self._ending:
            self.workspaces.show_workspace(key, self._leave_work)

    def show_who_saw(self) -> None:
        """Who saw the data of the customer on the card; without one, where one asks by number."""
        from app.ui.who_saw.screen import WhoSawScreen

        customer = self.card.customer if self.workspaces.current == CONSOLE else None
        self.show_workspace(WHO_SAW)
        screen = self.workspaces.screen_of(WHO_SAW)
        if customer is not None and isinstance(screen, WhoSawScreen):
            screen.show_customer(customer.record, customer.number)

    def _leave_work(self) -> None:
        self.close_all()
        self.desk_panel.note.save_now()

    def _on_workspace_shown(self, key: str) -> None:
        self.bar.show_workspace(key)
        self.status.show_caps(key == CONSOLE)
        if key == APPROVALS:
            self.request_waits.say("")
        if key == CONSOLE:
            self.face.search.focus_search()

    def _on_colleague_done(self, sentence: str, more: bool) -> None:
        """A colleague holds their classes: say it; with nobody left to hand keys to, back to the list in front."""
        self.status.say(sentence)
        if not more:
            if self.workspaces.current == ACCOUNTS:
                self.workspaces.focus_list()
            elif self.face.view.currentIndex().isValid():
                self.face.view.setFocus(Qt.FocusReason.OtherFocusReason)
            else:  # the list would make its first customer the current one, and open the card
                self.face.search.focus_search()

    def focus_search(self) -> None:
        """Put the focus into the search of the customers; into that of the accounts where the role sees no customer."""
        if CONSOLE in self.workspaces.keys:
            self._at_work(self.face.search.focus_search)
        else:
            self.show_workspace(ACCOUNTS)
            self.workspaces.focus_first()

    def _at_work(self, act: Callable[[], object]) -> None:
        """Do something with customers, in front; nothing where the role has none."""
        if CONSOLE in self.workspaces.keys and not self._ending:
            self.show_workspace(CONSOLE)
            act()

    def _take_main_action(self) -> None:
        if self.workspaces.current == CONSOLE:
            self.field_actions.take_main_action()
        elif self.workspaces.approvals is not None:
            self._at_approvals(self.workspaces.approvals.take_main_action)

    def _next_region(self, step: int) -> None:
        if self.workspaces.current != CONSOLE:
            self.focusNextPrevChild(step > 0)
            return
        stops = [self.bar.sign_out, self.face.view, self.card, self.desk_panel.note.edit]
        focus = self.focusWidget()
        at = next((i for i, stop in enumerate(stops) if focus is stop or stop.isAncestorOf(focus)), 0) if focus else 0
        target = stops[(at + step) % len(stops)]
        if target is self.card and not self.is_table:
            self.card.focus_rows()
        else:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_innermost(self) -> None:
        """Esc: a card or popover over the window, the open field, open notes, the sentence on the card."""
        window = self.window()
        over: list[FaultCard | Popover] = [*window.findChildren(FaultCard), *window.findChildren(Popover)]
        over = [card for card in over if card.isVisible()]
        if over:
            over[0].dismiss()
        elif self.field_actions.is_open:
            self.field_actions.close()
        elif self.field_actions.acting.can_stop:
            self.field_actions.acting.stop()
        elif self.desk_panel.history.is_open:
            self.desk_panel.history.close_notes()
        elif not self.workspaces.close_innermost():
            self.card.fault.say("")

    def close_all(self, cause: ClosedBy = ClosedBy.ANOTHER) -> None:
        """Nothing stays open."""
        self.field_actions.close(cause)
        self.desk_panel.history.close_notes(cause)

    def on_window_left(self) -> None:
        """The focus left the window: shut what is open, keep the note; a half-written request stays."""
        self.field_actions.opener.close(ClosedBy.LEFT)
        self.desk_panel.history.close_notes(ClosedBy.LEFT)
        self.desk_panel.note.save_now()

    def _show_lit(self) -> None:
        count = int(self.field_actions.is_open) + int(self.desk_panel.history.is_open)
        self.card.watermark.cover(count > 0)
        self.desk_panel.watermark.cover(self.desk_panel.history.is_open)
        self.status.show_open(count, notes=self.desk_panel.history.is_open)

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

    # faults and the end --------------------------------------------------------------------------------------------
    def tell_fault(self, error: Exception) -> None:
        """One sentence for an exception, where the person looks."""
        if self._ending or self.pulse.judge(error):
            return
        fault = fault_of(error)
        sentence = fault.sentence
        if not fault.is_known:
            self.crashed.emit(fault)
        elif self.workspaces.current == CONSOLE:
            self.card.fault.say(sentence)
        else:
            self.strip.say(sentence, "danger")
        announce(self.card, sentence, now=True)

    def _on_note_waits(self, why: Exception) -> None:
        """The office did not take a note: say what waits, and learn from why."""
        self.outbox.look()
        if not self._ending:
            self.pulse.judge(why)

    def _on_connected(self, connected: bool, since: float) -> None:
        self.status.show_connected(connected, clock_time(since))
        self.field_actions.show_away(not connected)
        self.desk_panel.history.show_away(not connected)
        if connected:
            self._show_waits()
            self.field_actions.acting.look_again()
            if not self._is_filled:
                self._fill()
            return
        text = self.tr("Back office away since {t}. Masks, search and notes go on. No reveals.")
        self.strip.say(text.format(t=clock_time(since)))
        announce(self, self.strip.label.text(), now=True)

    # calls, and ends by the clock ------------------------------------------------------------------------------------
    def _on_calls_changed(self) -> None:
        was_on, self._is_on_call = self._is_on_call, self.calls.count > 0
        if self._ending:
            return
        if was_on and not self._is_on_call:
            self.checking.hang_up()
        self.idle.set_call(self._is_on_call)
        self._desk.note_call(self._is_on_call)

    def _cover_for_call(self, locks_in_s: float) -> None:
        """Nobody is here during a call: nothing stays open, and nothing of a customer on the screen."""
        if not self.covering.is_covered:
            self.field_actions.opener.close(ClosedBy.LEFT)
            self.desk_panel.history.close_notes(ClosedBy.LEFT)
            self.desk_panel.note.save_now()
        self.covering.cover(locks_in_s)

    def _lock_unused(self, unused_s: float, left_s: float) -> None:
        """Nobody is here; calls that go on without anybody are forgotten ones."""
        self.calls.end_all()
        self.lock("idle", unused_s, left_s)

    def _has_work(self) -> bool:
        return self.calls.count > 0 or self.desk_panel.note.has_text

    def _note_words(self) -> str:
        note = self.desk_panel.note
        return note_words(has_note=note.has_text, is_kept=note.is_kept, is_waiting=note.is_waiting)

    def _on_end_coming(self, coming: Coming | None) -> None:
        self.end_bar.show_coming(coming, self._note_words(), is_call=self.calls.count > 0)

    def _on_over(self, cause: str) -> None:
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

    def lock_unasked(self, cause: str) -> None:
        """Lock, because of something else; the person was last here when they used the console."""
        unused = self.idle.verdict
        self.lock(cause, unused.unused_s, unused.left_s)

    def lock(self, cause: str, unused_s: float = 0.0, left_s: float | None = None) -> None:
        """Lock: cover everything, save the note, keep the place; `locked` tells that this process is to exit."""
        if self._ending:
            return
        self._stop_work()
        self._cover()
        self.desk_panel.note.when_kept(lambda: self._lock_now(cause, unused_s, left_s), LOCK_SAVE_MS)

    def _cover(self) -> None:
        """Nothing of a customer is on the screen from now on; this process goes a moment later."""
        self.idle_bar.show_kept()
        for over in (*self.window().findChildren(FaultCard), *self.window().findChildren(Popover)):
            over.hide()
        cover = DoorStage(self._look, CLOSED)
        cover.setParent(self)
        cover.setGeometry(self.rect())
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
        self._ending = False
        over = error.code if isinstance(error, SessionOverError) and error.code else "session_over"
        self.end("cache_lost" if isinstance(error, CacheLostError) else over)

    def place(self) -> Place:
        """Where the person is: the open customer, the search, the note in hand."""
        customer, search = self.card.customer, self.face.search
        return Place(
            customer=customer.id if customer is not None else None,
            record=customer.record if customer is not None else "",
            search=search.text(),
            queue=search.queue(),
            is_table=self.is_table,
            note=self.desk_panel.note.for_a_lock(),
            calls=self.calls.kept(),
        )

    def go_back_to(self, place: Place) -> None:
        """Show again what was there before a lock."""
        self.calls.go_on(place.calls)
        for face in (self.find_panel, self.table_panel):
            face.search.look_for(place.search, place.queue)
        if place.is_table:
            self.switch_face()
        self._ask()
        if place.customer is None:
            return
        self._place_back, id_ = place, place.customer
        self._tasks.run(
            lambda: self._desk.customer(id_),
            self._on_customer_read,
            lambda error: self._on_not_back(place, error),
            lane="cache",
            owner=self,
        )

    def _on_not_back(self, place: Place, error: Exception) -> None:
        """The customer is not here any more, or not yet: the note that was in hand is saved all the same."""
        self._place_back = None
        self.tell_fault(error)
        note = place.note
        if note is not None and note.text != note.kept:
            self._tasks.run(
                lambda: self._desk.save_note(place.record, note.id, note.text), None, self.tell_fault, owner=self
            )

    def end(self, cause: str) -> None:
        """End the session: shut what is open, save the note, wipe; `ended` carries the receipt."""
        if self._ending:
            return
        self._stop_work()
        self.desk_panel.note.when_kept(lambda: self._end_now(cause))

    def _stop_work(self) -> None:
        self.covering.drop()
        self.close_all(ClosedBy.SESSION)
        self.clipboard.leave()
        self.desk_panel.note.save_now()
        self._ending = True
        self.pulse.stop()
        self.live.stop()
        self.idle.stop()
        self._clock_timer.stop()
        self.ends.stop()
        self.idle_bar.show_kept()
        self.field_actions.stop()
        self.colleagues.stop()
        self.resealing.stop()
        self.workspaces.stop()
        self.bar.show_ending()
        self.find_panel.setEnabled(False)
        self.table_panel.setEnabled(False)
        self.card.setEnabled(False)
        self.desk_panel.setEnabled(False)

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
        copied = self.clipboard.outcome
        lines = (replace(line, outcome=copied) if line.what == "clipboard" else line for line in receipt.lines)
        self.ended.emit(replace(receipt, lines=tuple(lines)))

    def _on_end_failed(self, error: Exception, *, is_unattended: bool) -> None:
        self.strip.say(fault_of(error).sentence, "danger")
        self._ending = False
        self.bar.sign_out.setEnabled(True)
        self.end_failed.emit()
        if is_unattended:  # nobody is here who could try again: this process ends, and its guardian wipes
            self.window().close()
