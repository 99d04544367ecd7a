"""Workstations of a made office's gateway: each with a half of its own, made known by a code, or not."""

import contextlib
from collections.abc import Iterator

from app.domain.policy_text import with_value
from app.session.policies import Policies
from app.session.seat_here import EnrolWorkstation
from tests.office.made import SEAT, MadeOffice
from tests.office.seats import store_at

DESK = b"the half of a desk that is new.."


def code_for(office: MadeOffice, name: str = "desk-7", valid_h: int = 24) -> str:
    """A code that the administrator makes."""
    session = office.command("adi")
    try:
        (made,) = session.workstations.invite((name,), valid_h)
        return made.code.reveal()
    finally:
        session.end()


def enrol_at(office: MadeOffice, half: bytes, code: str, called: str = "desk-7") -> str:
    """Show a code at the workstation with this half; the name that IT gave it."""
    store = office.store if half == office.store.seat_half() else store_at(office, half)
    return EnrolWorkstation(office.connect, lambda: store, called).enrol(code)


def enrol_own(office: MadeOffice) -> None:
    """Make the workstation known that everybody of a made office sits at."""
    enrol_at(office, office.store.seat_half(), code_for(office, "desk-1"), SEAT)


@contextlib.contextmanager
def at_policy(office: MadeOffice, account: str) -> Iterator[Policies]:
    """Somebody at the policy."""
    session = office.bare(account, "command")
    try:
        yield Policies(session.identity, lambda _code: None, now=lambda: office.clock.now_ms() / 1000)
    finally:
        session.end()


def propose_only_known(office: MadeOffice, is_on: bool = True) -> None:
    """The administrator's part."""
    with at_policy(office, "adi") as policies:
        text = with_value(policies.text(policies.shown().version), "workstations", "only_known", is_on)
        policies.propose(policies.judge(text), "Only known workstations")


def confirm_waiting(office: MadeOffice) -> None:
    """The supervisor's part."""
    with at_policy(office, "hendra") as policies:
        waiting = policies.shown().waiting
        assert waiting is not None
        policies.confirm(waiting.id)


def only_known(office: MadeOffice, is_on: bool = True) -> None:
    """Two people have only known workstations let in, or all."""
    propose_only_known(office, is_on)
    confirm_waiting(office)
