"""The body of the desk approval."""

import threading
from typing import TYPE_CHECKING

from app.bootstrap.managed import managed_at_approval
from app.bootstrap.own_things import one_store, own_files_hold
from app.bootstrap.program import Program, policy
from app.bootstrap.screens import make_screens, system_events, tell_faults
from app.bootstrap.way_to_office import connect

if TYPE_CHECKING:
    from app.guardian.processes import StartInfo
    from app.guardian.watch import GuardianLink, LineEnd
    from app.session.sign_in import SignIn


def approval_body(program: Program, line: "LineEnd", _start: "StartInfo") -> int:
    """The desk approval's process."""
    from app.guardian.process import leave
    from app.guardian.watch import GuardianLink
    from app.session.late_sign_in import LateSignIn
    from app.ui.approval.window import ApprovalWindow
    from app.ui.first_paint import FirstPaint
    from app.ui.tasks import Tasks

    application, _ = make_screens(program, "approval")
    link = GuardianLink(line, lambda: leave(0), on_stop=lambda: leave(0))
    link.start()
    painted = threading.Event()
    sign_in = LateSignIn(lambda: approval_sign_in(program, link), painted=painted)
    tasks = Tasks()
    window = ApprovalWindow(sign_in, tasks, on_done=lambda: application.exit(0), look=application.look)

    def on_painted() -> None:
        painted.set()
        tasks.run(system_events, window.system.begin)

    FirstPaint(window, on_painted)
    tell_faults(application, window)
    window.show()
    if program.on_approval is not None:
        program.on_approval(window)
    return application.exec()


def approval_sign_in(program: Program, link: "GuardianLink") -> "SignIn":
    """The sign-in of the approval's window; called off the GUI thread."""
    from app.guardian.process import require_own_code
    from app.session.sign_in import SignIn
    from app.ui.language import spoken

    require_own_code()
    own_files_hold(program)
    return SignIn(
        program.places,
        lambda: connect(program),
        one_store(program.places.home),
        policy(),
        start_office=link.ask_office,
        language=spoken,
        managed=lambda: managed_at_approval(program),
    )
