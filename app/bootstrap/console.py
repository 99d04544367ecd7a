"""The bodies of a console's processes: its guardian and its window."""

import sys
import threading
from typing import TYPE_CHECKING

from app.bootstrap.ahead import load_console, load_office
from app.bootstrap.approval import approval_body
from app.bootstrap.doors import console_resume, console_sign_in, enrol_at_window, reports_outside
from app.bootstrap.making import office_to_make
from app.bootstrap.managed import may_be_of_gateway
from app.bootstrap.own_things import keep_crashes, one_store, own_files_hold
from app.bootstrap.program import Program
from app.bootstrap.screens import (
    heed_stops,
    load_screens,
    make_screens,
    remember_screen_display,
    remember_screen_language,
    screen_choices,
    stop_window,
    system_events,
    tell_faults,
)
from app.bootstrap.way_to_office import has_office, has_own_office, own_office_answers, start_office_if_let
from app.bootstrap.wiping import wipe_work
from app.integrity.installed import require_window
from app.own_program import own_program

if TYPE_CHECKING:
    from app.guardian.guardian import Guardian
    from app.guardian.limits import Limits
    from app.guardian.lost_exceptions import LostExceptions
    from app.guardian.processes import Processes, StartInfo
    from app.guardian.watch import LineEnd
    from app.guardian.wire import Locked
    from app.session.late_sign_in import LateResume, LateSignIn
    from app.session.lock_place import LockWord
    from app.ui.main_window import MainWindow
    from app.ui.one_window import OneWindow
    from app.ui.tasks import Tasks
    from app.ui.use_cases import DeskUseCases

OFFICE_MADE = 10
"""How a console's process ends that has made an office: a fresh one follows, whose memory knows nothing of it."""


def run_console(program: Program, receipt_fd: int | None = None) -> int:
    """Be the guardian of a console, until its window closes."""
    from app.guardian.process import require_guardian
    from app.storage.making_folder import sweep_making

    require_guardian(is_of_gateway=may_be_of_gateway(program))
    keep_crashes(program, "guardian")
    sweep_making(program.places.home)
    own_files_hold(program, require_window)
    if program.language is not None:
        remember_screen_language(program, program.language)
    receipt = _left_receipt(program, receipt_fd) if receipt_fd is not None else None
    while (code := _guardian(program, receipt).run()) == OFFICE_MADE:
        receipt = None
    return code


def _left_receipt(program: Program, where: int) -> str | None:
    """What a console whose guardian died has left for this one."""
    if sys.platform == "win32":
        from app.bootstrap.windows import left_receipt

        return left_receipt(program, where)
    from app.guardian.watch import read_receipt

    return read_receipt(where)


def _guardian(program: Program, receipt: str | None) -> "Guardian":
    from app.guardian.guardian import Guardian

    return Guardian(
        processes_of(program),
        first_receipt=receipt,
        sweeps_first=not has_office(program),
        limits=limits_here(),
    )


def processes_of(program: Program) -> "Processes":
    """How the guardian's children begin here."""
    if sys.platform == "win32":
        from app.bootstrap.windows import windows_processes

        return windows_processes(program)
    from app.guardian.forked import ForkedProcesses

    return ForkedProcesses(
        lambda line, start: console_body(program, line, start),
        lambda line, start: approval_body(program, line, start),
        wipe_work(program),
        start_office=lambda: start_office_if_let(program),
        load=load_console,
        load_office=load_office if has_own_office(program) else None,
        has_office=lambda: own_office_answers(program),
        limits=limits_here(),
    )


def limits_here() -> "Limits":
    """How long a guardian waits on this system."""
    from app.guardian.limits import Limits

    if sys.platform == "win32":
        from app.guardian.windows_children import LIMITS

        return LIMITS
    return Limits()


def own_command(program: Program) -> list[str]:
    """The command line that makes a fresh Tirai of this home."""
    home = ["--home", str(program.places.home)] if program.service is None else []
    return [*own_program(), "console", *home, "--theme", program.theme]


def _after_first_paint(painted: threading.Event) -> None:
    """What the window did not have to wait for: whoever waits goes on, and a dead console's copy is cleared."""
    from app.ui.application import clear_left_copies

    painted.set()
    clear_left_copies()


def _stand_for(desk: "DeskUseCases", one: "OneWindow", lost: "LostExceptions") -> None:
    one.stand_for(desk.person.account)
    lost.reports.session = desk.session
    import logging

    logging.getLogger("tirai.console").info("a session stands")


def _locked(word: "LockWord") -> "Locked":
    """What the guardian is told of a lock; the log has its cause."""
    import logging

    from app.guardian.wire import Locked

    logging.getLogger("tirai.console").info("locked (%s)", word.cause)
    unused, ends_in = str(word.unused_s), str(word.ends_in_s)
    return Locked(word.session, word.cause, word.account, word.role, word.seat, unused, ends_in, word.over)


def console_body(program: Program, line: "LineEnd", start: "StartInfo") -> int:
    """A console's process, from its beginning to its exit code."""
    import gc

    gc.disable()  # the application's collector takes over; until then there is nothing but imports
    from app.guardian.receipts import from_json
    from app.guardian.watch import watched
    from app.session.ends import Receipt
    from app.session.late_sign_in import LateReports, LateResume, LateSignIn
    from app.ui.first_paint import FirstPaint
    from app.ui.main_window import MainWindow
    from app.ui.one_window import OneWindow
    from app.ui.tasks import Tasks

    application, lost = make_screens(program, "console")
    windows: list[MainWindow] = []
    tasks, painted, swept = Tasks(), threading.Event(), threading.Event()

    def on_swept(receipt: str) -> None:
        """In the GUI's queue before the office's answer can be: see `SignInScreen`."""
        tasks.on_gui(lambda: windows[0].sweep_over(from_json(receipt) if receipt else None))()
        swept.set()

    def on_painted() -> None:
        _after_first_paint(painted)
        begin_late(tasks, windows[0], resume or sign_in)

    link = watched(
        line,
        wipe_work(program),
        own_command(program),
        on_swept=on_swept,
        on_stop=tasks.on_gui(lambda: stop_window(application, windows[0], 0)),  # where no signal says it
        sessions=start.sessions,
        limits=limits_here(),
    )
    if start.is_swept:
        swept.set()
    store = one_store(program.places.home)
    sign_in = LateSignIn(lambda: console_sign_in(program, store, link), painted=painted, swept=swept)

    def on_ended(receipt: Receipt) -> None:
        link.send_ended(receipt)
        application.exit(0)

    def on_locked(word: "LockWord") -> None:
        link.send_locked(_locked(word))
        application.exit(0)

    locked = start.lock
    resume = None
    if locked is not None:
        resume = LateResume(
            locked, lambda: console_resume(program, store, link, locked, start.sessions), painted=painted
        )

    reports = LateReports(lambda: reports_outside(program, store, locked), painted=painted)
    one = OneWindow(program.places.socket, application, account=locked.account if locked else "")
    window = MainWindow(
        sign_in,
        look=application.look,
        tasks=tasks,
        on_signed_in=lambda desk: _stand_for(desk, one, lost),
        one_window=one,
        on_ended=on_ended,
        on_approval_wanted=link.ask_approval,
        receipt=from_json(start.receipt) if start.receipt else None,
        is_swept=start.is_swept,
        on_language=lambda language: remember_screen_language(program, language),
        on_display=lambda display: remember_screen_display(program, display),
        new_enrolment=lambda: enrol_at_window(program, store, link.ask_office),
        make_office=office_to_make(program),
        on_office_made=lambda: application.exit(OFFICE_MADE),
        on_locked=on_locked,
        resume=resume,
        reports=reports,
        capture=application.capture,
        choices=lambda account: screen_choices(program, account, tasks),
    )
    if locked is not None:
        link.send_lock_stands(locked.session)
    windows.append(window)
    FirstPaint(window, on_painted)
    tell_faults(application, window)
    heed_stops(application, window)
    window.place()
    if program.on_console is not None:
        program.on_console(window)
    return application.exec()


def begin_late(tasks: "Tasks", window: "MainWindow", door: "LateSignIn | LateResume") -> None:
    """What a window begins once it was painted."""
    tasks.run(lambda: prepare_console(door))
    tasks.run(system_events, window.follow_system)


def prepare_console(door: "LateSignIn | LateResume") -> None:
    """Import, off the GUI thread and while somebody types, what a sign-in and the screens behind the door need."""
    door.prepare()
    load_screens()
