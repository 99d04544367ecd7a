"""Routes at the door: hello, salt, sign-in, card, lease, step-up, end, enrolment."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.accounts import EnrolBegin, EnrolBegun, EnrolBook, EnrolFinish, Enrolled
from app.api.messages.book import BookPage
from app.api.messages.door import (
    AskSalt,
    AskWhileLocked,
    CacheReplaced,
    CardRequest,
    Ended,
    EndReport,
    EndRequest,
    Hello,
    Lease,
    LeaseRequest,
    LockRequest,
    Resumed,
    ResumeRequest,
    Salt,
    SignedIn,
    SignInRequest,
    StepUpRequest,
)
from app.api.messages.own_account import FreshToken
from app.api.messages.seats import BroughtReceipt, EnrolSeat, SeatEnrolled
from app.api.messages.wire import UPDATE_NEEDED, Done
from app.api.server.feed import Topic
from app.api.server.routes import office_router
from app.api.server.service import Asking, Service, asking, at_door, service_of, token_of
from app.backoffice import locking, seat_codes, session_ends, sessions, sign_in, wipe_receipts
from app.backoffice import step_up as stepping_up
from app.backoffice.unlock_queue import decides
from app.domain.errors import NotAllowedError
from app.domain.versions import is_older

router = office_router("/v1")
Here = Annotated[Service, Depends(service_of)]
Who = Annotated[Asking, Depends(asking)]
_COUNTED = (Depends(at_door),)


@router.get("/hello")
def hello(service: Here) -> Hello:
    """Who the office says it is."""
    office = service.office
    return Hello(
        name=office.plate.name,
        root=office.plate.root,
        home=service.home,
        seat=office.seat,
        now_ms=office.clock.now_ms(),
    )


@router.post("/door/salt", dependencies=_COUNTED)
def salt(service: Here, body: AskSalt) -> Salt:
    """Salt and parameters for a password."""
    return sign_in.ask_salt(service.office, body)


@router.post("/door/sign-in", dependencies=_COUNTED)
def signing_in(service: Here, body: SignInRequest) -> SignedIn:
    """Begin a session, unless the version there is one that this office serves no more."""
    if service.minimum_version and is_older(body.seat.version, service.minimum_version):
        least = service.minimum_version
        raise NotAllowedError(f"This office needs Tirai {least} or newer; update this workstation.", code=UPDATE_NEEDED)
    return sign_in.sign_in(service.office, body)


@router.post("/door/enrol", dependencies=_COUNTED)
def enrol_begin(service: Here, body: EnrolBegin) -> EnrolBegun:
    """Begin an enrolment with an activation code."""
    return service.enrolments.begin(body)


@router.post("/door/enrol/book", dependencies=_COUNTED)
def enrol_book(service: Here, body: EnrolBook) -> BookPage:
    """What the book has grown by during an enrolment."""
    return service.enrolments.book_after(body)


@router.post("/door/enrol/finish", dependencies=_COUNTED)
def enrol_finish(service: Here, body: EnrolFinish) -> Enrolled:
    """Finish an enrolment; the person's recovery codes come back."""
    codes = service.enrolments.finish(body)
    service.feed.tell(Topic.COLLEAGUES)
    return Enrolled(recovery_codes=codes)


@router.post("/door/seat", dependencies=_COUNTED)
def enrol_seat(service: Here, body: EnrolSeat) -> SeatEnrolled:
    """Make a workstation known, with a one-time code; nobody has to be signed in."""
    with service.changing(Topic.WORKSTATIONS):
        return seat_codes.enrol_seat(service.office.opened, body, service.office.seat)


@router.post("/cache/replaced")
def cache_replaced(who: Who, body: CacheReplaced) -> Done:
    """Write down that a console's cache was touched and replaced."""
    sessions.cache_replaced(who.office, who.session, body.reason)
    return Done()


@router.post("/door/ended", dependencies=_COUNTED)
def ended_by_guardian(service: Here, body: EndReport) -> Ended:
    """The guardian's word that a session is over and wiped."""
    with service.changing(Topic.ACCOUNTS), service.changing(Topic.UNLOCKS), service.changing(Topic.WORKSTATIONS):
        return locking.end_reported(service.office, body)


@router.post("/door/locked")
def asked_while_locked(service: Here, body: AskWhileLocked) -> Done:
    """Whether a locked session still waits; otherwise the answer says how it ended, an order to wipe among the ways."""
    locking.heard_while_locked(service.office.opened, body)
    return Done()


@router.post("/door/receipt", dependencies=_COUNTED)
def receipt(service: Here, body: BroughtReceipt) -> Done:
    """The receipt of a wipe that nobody could be told of when it was done; its signature is the proof."""
    with service.changing(Topic.WORKSTATIONS):
        wipe_receipts.take_receipt(service.office.opened, body)
    return Done()


@router.post("/door/resume", dependencies=_COUNTED)
def resuming(service: Here, body: ResumeRequest) -> Resumed:
    """Go on with a locked session."""
    with service.changing(Topic.UNLOCKS):
        return locking.resume(service.office, body)


@router.put("/session/card")
def card(token: Annotated[bytes, Depends(token_of)], service: Here, body: CardRequest) -> Lease:
    """Bring the session card; the first lease comes back."""
    office = service.office.opened
    sessions.bring_card(office, token, body)
    service.look()
    session = sessions.session_of(office, token)
    if decides(office, session.role):  # whoever waits for a decision learns that somebody is there now
        service.feed.tell(Topic.UNLOCKS)
    return sessions.renew_lease(office, session, service.feed.count)


@router.post("/session/lease")
def lease(who: Who, body: LeaseRequest) -> Lease:
    """Renew the lease."""
    told = (body.audit_seen, body.outbox, body.seat)
    return sessions.renew_lease(who.office, who.session, who.service.feed.count, *told)


@router.post("/session/step-up")
def step_up(who: Who, body: StepUpRequest) -> FreshToken:
    """Give a fresh code; the session's new token comes back."""
    return FreshToken(token=stepping_up.step_up(who.office, who.session, body.code))


@router.post("/session/lock")
def lock(who: Who, body: LockRequest) -> Ended:
    """Lock the session; an office whose sessions are all locked leaves, and its keys with it."""
    locked = locking.lock(who.office, who.session, body.cause, body.outbox)
    who.service.feed.tell(Topic.UNLOCKS)
    who.service.leave_front(who.session.id)
    who.service.look()
    return locked


@router.post("/session/end")
def end(who: Who, body: EndRequest) -> Ended:
    """End the session."""
    with who.service.changing(Topic.UNLOCKS):
        who.service.leave_front(who.session.id)
        return session_ends.end_session(who.office, who.session, body.cause, body.wipe, body.outbox)
