"""What windows wear and speak, what they remember, what follows the system for them."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from app.bootstrap.managed import managed_on_screens
from app.bootstrap.own_things import keep_crashes
from app.bootstrap.program import Program
from app.domain.machine_policy.policy import NOTHING_MANAGED, MachinePolicy

if TYPE_CHECKING:
    from app.domain.display import Display
    from app.domain.posture.words import Finding
    from app.domain.system_events import SystemEvents
    from app.guardian.lost_exceptions import LostExceptions
    from app.ui.application import TiraiApplication
    from app.ui.approval.window import ApprovalWindow
    from app.ui.choices import Choices
    from app.ui.language import Language
    from app.ui.main_window import MainWindow
    from app.ui.tasks import Tasks

GAVE_UP = 6
"""How a console's process ends that could not lock or end in time for the machine's sleep or its end."""


def make_screens(program: Program, process: str) -> "tuple[TiraiApplication, LostExceptions]":
    """The application of a process with windows: whoever sits there is told of lost exceptions, too."""
    from app.ui.application import make_application
    from app.ui.faults import keep_faults_with

    lost = keep_crashes(program, process)

    def keep(error: BaseException) -> tuple[str, str]:
        kept = lost.take(error)
        return (kept.number, str(kept.path or "")) if kept is not None else ("0", "")

    keep_faults_with(keep)
    managed = managed_on_screens(program)
    display, language = screen_display(program, managed), screen_language(program, managed)
    return make_application(["tirai"], display.theme, language=language, display=display, managed=managed), lost


def tell_faults(application: "TiraiApplication", window: "MainWindow | ApprovalWindow") -> None:
    """Have a window show what nobody caught; later, since it may come out of a paint event."""
    from PySide6.QtCore import Qt

    application.faults.reported.connect(window.show_fault, Qt.ConnectionType.QueuedConnection)


def screen_language(program: Program, managed: MachinePolicy = NOTHING_MANAGED) -> "Language":
    """What the screens of this home speak.

    As the administrator has settled, as remembered, as named on the command line, as is recommended, or as the system
    does.
    """
    from app.storage.screen_settings import remembered_language
    from app.ui.language import language_for

    suggested = managed.suggested("language")
    chosen = managed.text("language") or remembered_language(program.places.home) or program.language
    return language_for(chosen or (suggested if isinstance(suggested, str) else None))


def screen_display(program: Program, managed: MachinePolicy = NOTHING_MANAGED) -> "Display":
    """How the screens of this home look before somebody is known.

    As they did last, else as is recommended; a theme by name comes before that, what the administrator has settled
    before everything.
    """
    from app.domain.display import Display
    from app.domain.managed_display import settled_display, suggested_display
    from app.storage.screen_settings import remembered_display

    display = remembered_display(program.places.home) or suggested_display(managed)
    named = display if program.theme == Display().theme else replace(display, theme=program.theme)
    return settled_display(named, managed)


def remember_screen_display(program: Program, display: "Display") -> None:
    """Keep how the screens look for the next window; what cannot be kept holds for this window alone."""
    import logging

    from app.storage.screen_settings import remember_display

    try:
        remember_display(program.places.home, display)
    except OSError as e:
        logging.getLogger("tirai.ui").warning("look not remembered: %s", type(e).__name__)


def remember_screen_language(program: Program, language: str) -> None:
    """Keep a choice of language for the next window; one that cannot be kept holds for this window alone."""
    import logging

    from app.storage.screen_settings import remember_language

    try:
        remember_language(program.places.home, language)
    except OSError as e:
        logging.getLogger("tirai.ui").warning("language not remembered: %s", type(e).__name__)


def screen_choices(program: Program, account: str, tasks: "Tasks") -> "Choices":
    """What this person chose for their screens here; what cannot be kept holds for this session alone.

    Where somebody drives the windows (`on_console`), the tour would stand in the way.
    """
    import logging

    from app.storage.screen_choices import ChoicesFile, read_choices
    from app.ui.choices import Choice, Choices

    file = ChoicesFile(program.places.home, account)

    def failed(error: Exception) -> None:
        logging.getLogger("tirai.ui").warning("choices for the screens not kept: %s", type(error).__name__)

    def keep(choices: Mapping[str, Choice]) -> None:
        file.hand(choices)
        tasks.run(file.write, None, failed)

    seen: dict[str, Choice] = {"tour_seen": True} if program.on_console is not None else {}
    return Choices({**read_choices(program.places.home, account), **seen}, keep)


def system_events() -> "SystemEvents":
    """What follows this system; called off the GUI thread, after the first paint."""
    from app.guardian.process import leave
    from app.system.choice import events_of_this_system

    return events_of_this_system(give_up=lambda: leave(GAVE_UP))


def load_screens() -> None:
    """Import every screen behind the door, and what reads phone numbers, so that none is when it is first shown."""
    import phonenumbers  # noqa: F401

    import app.ui.accounts.screen
    import app.ui.audit.screen
    import app.ui.console.screen
    import app.ui.exposures.screen
    import app.ui.my_account.screen
    import app.ui.policy.screen
    import app.ui.privacy.compliance.page
    import app.ui.privacy.notices.page
    import app.ui.privacy.record.page
    import app.ui.privacy.screen
    import app.ui.training.screen
    import app.ui.who_saw.screen
    import app.ui.workstations.screen  # noqa: F401


def look_at_posture(program: Program) -> "tuple[Finding, ...]":
    """How this workstation's own system protects it; blocks."""
    from app.system.posture.looking import look_here

    return look_here(program.places.home)


def heed_stops(application: "TiraiApplication", window: "MainWindow") -> None:
    """What tells a console from outside to stop ends its session first; without one its process just ends."""
    from app.guardian.children import STOP_SIGNALS
    from app.ui.system_stop import LogoutWatch, StopSignals

    LogoutWatch(application, lambda: window.end_session("os_logout"), lambda: window.has_session)
    if sys.platform != "win32":
        StopSignals(STOP_SIGNALS, application).stopped.connect(lambda number: stop_window(application, window, number))


def stop_window(application: "TiraiApplication", window: "MainWindow", number: int) -> None:
    """End the session and the process; without a session just the process.

    Args:
        application: of the process.
        window: of the console.
        number: of the signal that says so; 0: another word.
    """
    if not window.end_session("stopped"):
        application.exit(128 + number if number else 0)
