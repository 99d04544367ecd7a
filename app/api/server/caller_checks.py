"""Routes of identity checks, of the lookup of whole values, and of the calls that are on."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.caller_checks import BeginCheck, CallerAnswer, CheckState, Lookup, LookupFound
from app.api.messages.calls import CallsNow
from app.api.messages.wire import Done
from app.api.server.paths import PathId
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice import call_log, caller_checks, lookup

router = office_router("/v1")
Who = Annotated[Asking, Depends(asking)]


@router.post("/caller-checks")
def begin(who: Who, body: BeginCheck) -> CheckState:
    """Begin an identity check."""
    return caller_checks.begin_check(who.office, who.session, body)


@router.get("/caller-checks/{key}")
def state(who: Who, key: PathId) -> CheckState:
    """How a check stands."""
    return caller_checks.check_state(who.office, who.session, key)


@router.post("/caller-checks/{key}/answers")
def answer(who: Who, key: PathId, body: CallerAnswer) -> CheckState:
    """Compare what a caller says."""
    return caller_checks.answer_check(who.office, who.session, key, body)


@router.delete("/caller-checks")
def end(who: Who) -> Done:
    """End the session's check: the call is over."""
    caller_checks.end_check(who.office, who.session)
    return Done()


@router.post("/lookups")
def look_up(who: Who, body: Lookup) -> LookupFound:
    """Find customers by a whole value."""
    return lookup.look_up(who.office, who.session, body)


@router.put("/calls")
def calls(who: Who, body: CallsNow) -> Done:
    """Take which calls are on."""
    call_log.take_calls(who.office, who.session, body)
    return Done()
