"""The main window: places the door, the console, or the receipt; no work of its own.

Closing it while signed in ends the session first; it closes when the receipt is there.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from app.domain.display import Display
from app.domain.role import Role
from app.session.console_line import Answer
from app.session.ends import LockedSession, Receipt, WipeLine
from app.session.idle import boot_s
from app.ui.calls import Calls
from app.ui.capture.guard import CaptureGuard
from app.ui.choices import Choices
from app.ui.faults import Fault, fault_of
from app.ui.language import Language, speak, spoken
from app.ui.managed import is_settled
from app.ui.sign_in.screen import SignInScreen
from app.ui.system_watch import SystemWatch
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.wiped.screen import WipedScreen

if TYPE_CHECKING:
    from app.domain.system_events import SystemEvents
    from app.session.lock_place import LockWord
    from app.ui.console.screen import ConsoleScreen
    from app.ui.enrolment.use_cases import NewEnrolment
    from app.ui.lock.screen import LockScreen
    from app.ui.one_window import OneWindow
    from app.ui.setup.screen import SetUpScreen
    from app.ui.setup.use_cases import MakeOfficeUseCases
    from app.ui.sign_in.outside import OutsideUseCases
    from app.ui.use_cases import BackAtDesk, DeskUseCases, LockUseCases, SignInUseCases
    from app.ui.widgets.fault_card import FaultCard

SIZE, SMALLEST, FRAME = (1366, 768), (1180, 640), 32


class MainWindow(QMainWindow):
    """The one window of a console.

    Args:
        sign_in: the door's use cases.
        look: tokens, fonts, icons (`application.look`).
        tasks: the door off the GUI thread.
        on_signed_in: told the desk before the console is shown.
        on_ended: told the receipt when the session is over.
        on_approval_wanted: a supervisor at this desk wants the approval window.
        receipt: of a session that ended before this window; it is shown first.
        is_swept: whether what dead sessions left is gone already; otherwise `sweep_over` tells, and until then
            nobody leaves the door.
        on_language: told the language that somebody chose at the door, to remember it.
        on_display: told how somebody likes the screens, for the door of this home.
        new_enrolment: begins an enrolment; without it the door offers none.
        make_office: where there is no office yet: what makes one; the set-up is shown instead of the door.
        on_office_made: called once the office is made and its kit was shown; without it the door follows.
        one_window: knows whether another console of this OS user has an account; without it nobody is asked.
        idle_clock: tells how long nobody used the console.
        on_locked: told what the guardian is to know when the console locks; this process is to exit.
        resume: of a session that a console before this one has locked; its lock screen is shown.
        reports: keeps suspicions that are reported while nobody is signed in; without it door and lock offer none.
        capture: keeps windows out of screenshots; IT's exception lifts it for a session that begins under it.
        choices: what a person, by account, chose for their screens; without it nothing is remembered.
    """

    def __init__(
        self,
        sign_in: "SignInUseCases",
        *,
        look: Look,
        tasks: Tasks,
        on_signed_in: "Callable[[DeskUseCases], object]",
        on_ended: Callable[[Receipt], object],
        on_approval_wanted: Callable[[], object],
        receipt: Receipt | None = None,
        is_swept: bool = True,
        on_language: Callable[[Language], object] = lambda _language: None,
        on_display: Callable[[Display], object] = lambda _display: None,
        new_enrolment: "NewEnrolment | None" = None,
        make_office: "MakeOfficeUseCases | None" = None,
        on_office_made: Callable[[], object] | None = None,
        one_window: "OneWindow | None" = None,
        idle_clock: Callable[[], float] = boot_s,
        on_locked: "Callable[[LockWord], object]" = lambda _word: None,
        resume: "LockUseCases | None" = None,
        reports: "OutsideUseCases | None" = None,
        capture: CaptureGuard | None = None,
        choices: Callable[[str], Choices] | None = None,
    ) -> None:
        super().__init__()
        self._capture, self._choices = capture, choices
        self._on_display_hook = on_display
        self._sign_in, self._look, self._tasks = sign_in, look, tasks
        self._on_signed_in_hook, self._on_ended_hook = on_signed_in, on_ended
        self._on_approval_wanted_hook, self._on_language_hook = on_approval_wanted, on_language
        self._new_enrolment, self._on_office_made_hook = new_enrolment, on_office_made
        self._idle_clock, self._on_locked_hook = idle_clock, on_locked
        self._one_window = one_window
        self._calls = one_window.calls if one_window is not None else Calls(self, clock=idle_clock)
        if one_window is not None:
            one_window.raise_wanted.connect(self.come_to_front)
        self._reports = reports
        self._lock: LockScreen | None = None
        self.system = SystemWatch(tasks, self)
        self.system.locks.connect(self._on_system_locks)
        self.system.ends.connect(self.end_session)
        self.system.heard.connect(self._show_heard)
        self.system.woke.connect(self._on_woke)
        self._is_swept = is_swept
        self._wanted: Callable[[], object] | None = None
        self._make_office, self._spoken = make_office, spoken()
        self._set_up: SetUpScreen | None = None
        self._console: ConsoleScreen | None = None
        self._closes = self._shows_receipt = False
        self._leaving: dict[int, QWidget] = {}
        self.setObjectName("main_window")
        self.setWindowTitle("Tirai")
        self.setWindowIcon(look.icon("mark", "accent", 64))
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        self._fault_card: FaultCard | None = None
        tasks.failed.connect(self._on_task_failed)
        if resume is not None:
            self.show_lock(resume)
        elif receipt is not None:
            by_newer_window = receipt.cause == "signed_in_again"
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, by_newer_window)  # the person types there
            self.show_receipt(receipt)
        else:
            self._begin()

    @Slot()
    def come_to_front(self) -> None:
        """Somebody signed in again at this workstation: here is the window."""
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()

    def follow_system(self, events: "SystemEvents") -> None:
        """From now on the operating system's locks, its sleep and its end concern the session here."""
        self.system.begin(events)

    def place(self) -> None:
        """Show it; over the whole screen where its size would leave no room for a frame and a task bar.

        On a screen below the smallest size it keeps its own: squeezed into the screen, buttons would lie under others.
        """
        room = self.screen().availableSize()
        is_tight = room.width() < SIZE[0] + FRAME or room.height() < SIZE[1] + FRAME
        if is_tight and room.width() >= SMALLEST[0] and room.height() >= SMALLEST[1]:
            self.showMaximized()
        else:
            self.show()

    # screens -------------------------------------------------------------------------------------------------------
    @property
    def console(self) -> "ConsoleScreen | None":
        """The console while somebody is signed in."""
        return self._console

    @Slot()
    def _begin(self) -> None:
        """Show what Tirai begins with: the set-up where there is no office yet, else the door."""
        if self._make_office is not None:
            self._show_set_up(self._make_office, "")
        else:
            self.show_sign_in()

    def show_sign_in(self) -> None:
        """Show the door."""
        self._show_door("")

    def sweep_over(self, receipt: Receipt | None) -> None:
        """What dead sessions left is gone: show its receipt, or else go where somebody wanted to go meanwhile.

        A receipt takes the door's place, with all that was typed there.
        """
        self._is_swept = True
        wanted, self._wanted = self._wanted, None
        if receipt is not None:
            self.show_receipt(receipt)
        elif wanted is not None:
            wanted()

    def _forget_wanted(self) -> None:
        """Somebody stays at the door after all."""
        self._wanted = None

    def _show_door(self, account: str) -> None:
        may_enrol, one = self._new_enrolment is not None, self._one_window
        elsewhere = one.elsewhere if one is not None else lambda _account: False
        screen = SignInScreen(
            self._look, self._sign_in, self._tasks, may_enrol=may_enrol, elsewhere=elsewhere, reports=self._reports
        )
        screen.signed_in.connect(self._on_signed_in)
        screen.language_wanted.connect(self._on_language_wanted)
        screen.activation_wanted.connect(self.show_enrolment)
        screen.lost_wanted.connect(self.show_lost_authenticator)
        screen.form.submitted.connect(self._forget_wanted)
        screen.form.submitted.connect(self.system.enter)
        screen.form.account.setText(account)
        self._put(screen)
        screen.begin()

    @Slot()
    def show_enrolment(self) -> None:
        """Show the first sign-in with an activation code."""
        from app.ui.enrolment.screen import EnrolmentScreen

        door = self.centralWidget()
        if self._new_enrolment is None or not isinstance(door, SignInScreen):
            return
        if not self._is_swept:
            self._wanted = self.show_enrolment
            return
        screen = EnrolmentScreen(self._look, self._new_enrolment, self._tasks, door.form.account.text())
        screen.left.connect(self.show_sign_in)
        screen.enrolled.connect(self._on_enrolled)
        self._put(screen)
        screen.begin()

    @Slot()
    def show_lost_authenticator(self) -> None:
        """Show the way back in with a recovery code."""
        from app.ui.lost.screen import LostAuthenticatorScreen

        door = self.centralWidget()
        if not isinstance(door, SignInScreen):
            return
        if not self._is_swept:
            self._wanted = self.show_lost_authenticator
            return
        account = door.form.account.text()
        screen = LostAuthenticatorScreen(self._look, self._sign_in.sign_in_to_replace, self._tasks, account)
        screen.left.connect(self.show_sign_in)
        screen.replaced.connect(self._on_replaced)
        self._put(screen)
        screen.begin()

    def _on_replaced(self, account: str) -> None:
        self._show_door(account)
        door = self.centralWidget()
        if isinstance(door, SignInScreen):
            door.form.welcome_back(account)

    def _on_enrolled(self, account: str, role: str) -> None:
        self._show_door(account)
        door = self.centralWidget()
        if isinstance(door, SignInScreen):
            door.form.welcome(account, sees_customers=role != Role.ADMINISTRATOR)

    def _show_set_up(self, make_office: "MakeOfficeUseCases", name: str) -> None:
        from app.ui.setup.screen import SetUpScreen

        screen = SetUpScreen(self._look, make_office, self._tasks, name)
        screen.made.connect(self._on_office_made)
        screen.language_wanted.connect(self._on_language_wanted)
        self._set_up = screen
        self._put(screen)
        screen.begin()

    def _on_office_made(self) -> None:
        self._set_up = self._make_office = None
        (self._on_office_made_hook or self.show_sign_in)()

    @Slot(str)
    def _on_language_wanted(self, code: str) -> None:
        """Speak the other language, and remember it."""
        application = QCoreApplication.instance()
        if application is not None and not is_settled("language"):
            speak(application, Language(code))
            self._remember_language()

    def _remember_language(self) -> None:
        """Whoever has changed it, the next window speaks it, too."""
        if spoken() is not self._spoken:
            self._spoken = spoken()
            self._on_language_hook(self._spoken)

    def show_lock(self, resume: "LockUseCases") -> None:
        """Show a locked session."""
        from app.ui.lock.screen import LockScreen

        screen = LockScreen(self._look, resume, self._tasks, self._idle_clock, self._reports)
        screen.resumed.connect(self._on_resumed)
        screen.ended.connect(lambda cause: self._on_lock_ended(cause, resume.lock))
        screen.card.submitted.connect(self.system.enter)
        self._lock = screen
        self._calls.state = Answer.LOCKED
        self._put(screen)
        screen.begin()

    def _on_resumed(self, back: "BackAtDesk") -> None:
        self._lock, desk, customer = None, back.desk, back.place.customer
        if customer is not None:  # what its card needs of the office comes while the screens are made
            self._tasks.run(lambda: desk.customer(customer), None, lambda _error: None, lane="cache")
        self._on_signed_in(desk)
        if self._console is not None:
            self._console.go_back_to(back.place)

    def _on_lock_ended(self, cause: str, lock: LockedSession) -> None:
        """Nobody here holds a key of that session: the guardian wipes it once this process has gone."""
        self._lock = None
        self._on_ended_hook(Receipt(cause, time.time(), lock.display_name, (WipeLine("memory", "ended"),)))

    def show_receipt(self, receipt: Receipt) -> None:
        """Show what is left of an ended session: nothing, or what to do."""
        self._console = None
        self._calls.state = Answer.NOBODY
        screen = WipedScreen(self._look, receipt)
        screen.sign_in_wanted.connect(self._begin)
        screen.close_wanted.connect(self.close)
        self._put(screen)
        screen.begin()

    def _put(self, screen: QWidget) -> None:
        old = self.takeCentralWidget()
        self.setCentralWidget(screen)
        if old is not None:
            old.hide()
            self._keep_until_gone(old)
            old.deleteLater()
        if self._fault_card is not None:
            self._fault_card.raise_()

    def _keep_until_gone(self, screen: QWidget) -> None:
        """Hold a screen's Python half as long as Qt's half lives: a signal on its way still finds its slot."""
        self._leaving[id(screen)] = screen
        screen.destroyed.connect(partial(self._leaving.pop, id(screen), None))

    # session -------------------------------------------------------------------------------------------------------
    def _on_signed_in(self, desk: "DeskUseCases") -> None:
        from app.ui.console.screen import ConsoleScreen

        self._on_signed_in_hook(desk)
        if self._capture is not None:
            self._capture.allow(desk.capture_exception)
        choices = self._choices(desk.person.account) if self._choices is not None else None
        console = ConsoleScreen(
            self._look, desk, self._tasks, self._idle_clock, self._calls, self._capture, choices, parent=self
        )
        self._calls.state = Answer.OPEN
        console.ended.connect(self._on_ended)
        console.locked.connect(self._on_locked_hook)
        console.end_failed.connect(self._on_end_failed)
        console.crashed.connect(self.show_fault)
        console.approval_wanted.connect(self._on_approval_wanted)
        console.display.chosen.connect(self._on_display_hook)
        self._console = console
        self._put(console)
        console.begin()
        self.system.stand()
        self._show_heard()

    def _on_woke(self) -> None:
        """What was to happen by the time, while the machine slept, happens at once."""
        if self._console is not None:
            self._console.leaving.look_at_clock()
            self._console.idle.look()

    def _show_heard(self, _followed: object = None) -> None:
        followed = self.system.followed
        if self._console is not None and followed is not None:
            self._console.status.show_system(hears_locks=followed.hears_locks, hears_sleep=followed.sleep)

    def _on_system_locks(self, cause: str) -> None:
        if self._console is not None:
            self._console.lock_unasked(cause)

    @property
    def has_session(self) -> bool:
        """Whether somebody is signed in here, or a locked session waits."""
        return self._console is not None or self._lock is not None

    @Slot(str, result=bool)
    def end_session(self, cause: str) -> bool:
        """The system goes down, or its person leaves it: whoever is here, signed in or locked, is not any more.

        Returns:
            Whether there was a session.
        """
        if self._console is not None:
            self._console.end(cause)
            return True
        if self._lock is not None:
            self._lock.ended.emit(cause)
            return True
        return False

    def _on_approval_wanted(self) -> None:
        self._on_approval_wanted_hook()

    @Slot(str)
    def session_lost(self, cause: str) -> None:
        """The guardian died, or the session cannot go on: end it here and show the receipt in this window."""
        if self._console is not None:
            self._shows_receipt = True
            self._console.end(cause)

    def _on_ended(self, receipt: Receipt) -> None:
        self._console = None
        if self._capture is not None:
            self._capture.allow(None)
        if self._shows_receipt and not self._closes:
            self._shows_receipt = False
            self.system.leave()
            self.show_receipt(receipt)
        self._on_ended_hook(receipt)
        if self._closes:
            self.close()

    def _on_end_failed(self) -> None:
        """The window still closes; the guardian wipes once this process is gone."""
        if self._closes:
            self._console = None
            self.close()

    # window --------------------------------------------------------------------------------------------------------
    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """While somebody is signed in, the session ends first."""
        if self._set_up is not None and not self._set_up.try_leave():
            event.ignore()
            return
        if self._lock is not None:
            event.ignore()
            self._lock.ended.emit("window_closed")
            return
        if self._console is None:
            super().closeEvent(event)
            return
        event.ignore()
        self._closes = True
        self._console.end("window_closed")

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """The focus left the window: nothing stays open. Another language: it is remembered."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_spoken"):
            self._remember_language()
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow() and self._console is not None:
            self._console.closing.on_window_left()

    # faults --------------------------------------------------------------------------------------------------------
    @property
    def fault_card(self) -> "FaultCard":
        """The card of faults; made with the first one, since no start should wait for it."""
        if self._fault_card is None:
            from app.ui.widgets.fault_card import FaultCard

            self._fault_card = FaultCard(self._look, self)
            self._fault_card.sign_in_wanted.connect(self._on_sign_in_again_wanted)
        return self._fault_card

    def _on_task_failed(self, error: Exception) -> None:
        self.show_fault(fault_of(error))

    def _on_sign_in_again_wanted(self) -> None:
        """After a fault: another process, and the password again; the work comes back with it."""
        if self._console is not None:
            self._console.leaving.lock_by_hand()

    @Slot(object)
    def show_fault(self, fault: Fault) -> None:
        """Show a calm card with the number of a fault nobody expected; a fault of the card itself goes no further."""
        try:
            self.fault_card.say(fault, signed_in=self._console is not None)
        except Exception as error:  # noqa: BLE001 -- it would come back here
            fault_of(error)
