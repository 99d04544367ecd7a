"""People at a terminal."""

from typing import TYPE_CHECKING

from app.bootstrap.managed import managed_at_terminal
from app.bootstrap.own_things import one_store, own_files_hold
from app.bootstrap.program import Program, policy, seat_name
from app.bootstrap.way_to_office import connect, start_office
from app.integrity.installed import require_for_command

if TYPE_CHECKING:
    from app.session.enrol import Enrol
    from app.session.seat_here import EnrolWorkstation
    from app.session.sign_in import SignIn


def sign_in_at_terminal(program: Program) -> "SignIn":
    """Sign-in for commands; starts the office first, and again where that one was just leaving.

    A command has one thread until it has signed in.
    """
    from app.session.sign_in import SignIn

    own_files_hold(program, require_for_command)
    managed_at_terminal(program)
    start_office(program)
    return SignIn(
        program.places,
        lambda: connect(program),
        one_store(program.places.home),
        policy(),
        start_office=lambda: start_office(program),
        announce=None,
        managed=lambda: managed_at_terminal(program),
    )


def enrol_at_terminal(program: Program) -> "Enrol":
    """Enrolment with an activation code."""
    from app.session.enrol import Enrol

    own_files_hold(program, require_for_command)
    managed_at_terminal(program)
    start_office(program)
    return Enrol(lambda: connect(program), one_store(program.places.home), policy(), lambda: start_office(program))


def workstation_at_terminal(program: Program) -> "EnrolWorkstation":
    """This workstation, to be made known by a code; nobody signs in."""
    from app.session.seat_here import EnrolWorkstation

    own_files_hold(program, require_for_command)
    managed_at_terminal(program)
    store = one_store(program.places.home)
    return EnrolWorkstation(lambda: connect(program), store, seat_name(), lambda: start_office(program))
