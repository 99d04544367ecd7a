"""What is behind a console's door: sign-in, resume, enrolment. Made off the GUI thread."""

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.bootstrap.managed import managed_at_console, may_be_of_gateway
from app.bootstrap.own_things import own_files_hold
from app.bootstrap.program import Program, policy
from app.bootstrap.screens import look_at_posture
from app.bootstrap.way_to_office import connect, start_office
from app.domain.errors import TiraiError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from app.guardian.watch import GuardianLink
    from app.guardian.wire import SessionBegun
    from app.session.ends import LockedSession
    from app.session.enrol import Enrol
    from app.session.outside import OutsideReports
    from app.session.resume import Resume
    from app.session.sign_in import SignIn
    from app.storage.keyring_store import KeyStore


def _starter(program: Program, ask_guardian: Callable[[], None]) -> Callable[[], None]:
    """What has an office started: the guardian, which may fork. That of the workstation is only missed, with words."""
    return ask_guardian if program.service is None else lambda: start_office(program)


def console_sign_in(program: Program, store: "Callable[[], KeyStore]", link: "GuardianLink") -> "SignIn":
    """The sign-in of a console's window; called off the GUI thread, because its imports take their time."""
    from app.guardian.process import require_own_code
    from app.session.sign_in import SignIn
    from app.ui.language import spoken

    require_own_code()
    own_files_hold(program)
    return SignIn(
        program.places,
        lambda: connect(program),
        store,
        policy(),
        start_office=_starter(program, link.ask_office),
        announce=_Announce(link),
        language=spoken,
        look_at_posture=lambda: look_at_posture(program),
        managed=lambda: managed_at_console(program),
    )


def console_resume(
    program: Program,
    store: "Callable[[], KeyStore]",
    link: "GuardianLink",
    lock: "LockedSession",
    sessions: "tuple[SessionBegun, ...]",
) -> "Resume":
    """What resumes a locked session; called off the GUI thread."""
    from app.guardian.process import require_own_code
    from app.session.resume import Resume
    from app.ui.language import spoken

    require_own_code()
    own_files_hold(program)
    with contextlib.suppress(TiraiError):  # said when the password is there; until then the line stands
        store()
    is_there = may_be_of_gateway(program)  # an office of this home left with its keys as this was locked
    return Resume(
        program.places,
        lambda: connect(program),
        store,
        policy(),
        lock,
        _Announce(link),
        start_office=_starter(program, link.ask_office),
        language=spoken,
        look_at_posture=lambda: look_at_posture(program),
        end_token=bytes.fromhex(sessions[-1].end_token) if is_there and sessions else b"",
        managed=lambda: managed_at_console(program),
    )


def reports_outside(
    program: Program, store: "Callable[[], KeyStore]", lock: "LockedSession | None"
) -> "OutsideReports":
    """What reports suspicions at a door or a lock screen; called off the GUI thread."""
    from app.session.outside import OutsideReports

    return OutsideReports(program.places.home, store, lock.account if lock is not None else "")


class _Announce:
    """Tells the guardian of a session."""

    def __init__(self, link: "GuardianLink") -> None:
        self._link = link

    def begun(self, session: str, name: str, end_token: str, office: str) -> None:
        """A session is about to have a folder and a keyring entry."""
        self._link.send_session(session, name, end_token, office)

    def held(self, session: str, lock_fd: int) -> None:
        """The folder's lock."""
        self._link.send_lock(session, lock_fd)

    def making(self) -> "AbstractContextManager[None]":
        """Folder, file or keyring entry are being made."""
        return self._link.making()

    def written(self, session: str, generation: int) -> None:
        """What stands in the session's cache now."""
        self._link.send_written(session, generation)

    def leased(self, session: str, left_s: float) -> None:
        """The office lets the session go on for so long."""
        self._link.send_lease(session, left_s)

    def trying(self, session: str) -> None:
        """A password is about to be tried at the lock screen."""
        self._link.send_trying(session)

    def resumed(self, session: str) -> None:
        """The session goes on here."""
        self._link.send_resumed(session)


def enrol_at_window(program: Program, store: "Callable[[], KeyStore]", ask_guardian: Callable[[], None]) -> "Enrol":
    """Enrolment at a console's door; called off the GUI thread, because it opens the keyring."""
    from app.session.enrol import Enrol

    own_files_hold(program)
    managed_at_console(program)
    return Enrol(lambda: connect(program), store, policy(), _starter(program, ask_guardian))
