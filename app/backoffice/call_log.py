"""When calls begin and end, as a softphone tells a console and the console tells the office. No number comes here.

The log has a keyed hash of session and call id: it joins an end to its start, and whoever reads the log cannot try
numbers against it, should a softphone use one as the id. Enforced by *software*: a changed console can tell of calls
that nobody made; then they stand in the log under its person's name.
"""

from app.api.messages.calls import CallsNow
from app.backoffice.office import OpenOffice
from app.backoffice.open_calls import STARTED, end_call, open_calls, start_call
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.errors import NotAllowedError

MOST_BEGUN_A_MINUTE = 60
"""A person has no more calls than that; a changed console writes no log full of them."""


def take_calls(office: OpenOffice, session: Session, told: CallsNow) -> None:
    """Write down which calls have begun and ended since the console last told; the same told twice is told once.

    Raises:
        NotAllowedError: code `role`: this person sees no customers, and has nobody on the line about one.
    """
    with refusals_logged(office, session, STARTED), office.writing() as db:
        if not office.policy.may_see_customers(session.role):
            raise NotAllowedError("This role sees no customers.", code="role")
        on, known = {_reference(office, session.id, key) for key in told.calls}, open_calls(db, session.id)
        for reference in sorted(known - on):
            end_call(office, db, session.id, reference, session.log_fields())
        since = office.clock.now_ms() - 60_000
        room = MOST_BEGUN_A_MINUTE - office.log.count(db, STARTED, session.name, since)
        for reference in sorted(on - known)[: max(0, room)]:  # others wait until the console tells again
            start_call(office, db, session.id, reference, session.log_fields())


def _reference(office: OpenOffice, session: bytes, key: str) -> str:
    return office.log.keyed_hash(f"call {session.hex()} {key}")
