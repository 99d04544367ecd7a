"""Routes of the register of requests of data subjects."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.subject_requests import (
    AskLetter,
    AttachRequest,
    Bundle,
    CheckIdentity,
    CloseRequest,
    DecideProposal,
    DetachRequest,
    LetterPdf,
    LetterSent,
    LiftHolds,
    MakeBundle,
    OpenedRequest,
    OpenRequest,
    ProposeOutcome,
    RequestWords,
    SubjectRequests,
)
from app.api.messages.wire import Done
from app.api.server.feed import Topic
from app.api.server.paths import PathId
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.api.server.who_saw import message_of
from app.backoffice.subject_requests import attaching, bundles, letters, register, sending, working

router = office_router("/v1/subject-requests")
Who = Annotated[Asking, Depends(asking)]


@router.post("")
def open_request(who: Who, body: OpenRequest) -> OpenedRequest:
    """Write a request down."""
    with who.service.changing(Topic.REQUESTS):
        return register.open_request(who.office, who.session, body)


@router.get("")
def requests(who: Who) -> SubjectRequests:
    """The register, as this person may see it."""
    return register.register(who.office, who.session)


@router.post("/{key}/words")
def words(who: Who, key: PathId) -> RequestWords:
    """What was asked for in the person's words; reading it is logged."""
    return register.read_words(who.office, who.session, key)


@router.put("/{key}/identity")
def identity(who: Who, key: PathId, body: CheckIdentity) -> Done:
    """Keep how the identity was checked."""
    with who.service.changing(Topic.REQUESTS):
        working.check_identity(who.office, who.session, key, body)
    return Done()


@router.post("/{key}/attach")
def attach(who: Who, key: PathId, body: AttachRequest) -> Done:
    """Whose customer's it was found to be."""
    with who.service.changing(Topic.REQUESTS):
        attaching.attach(who.office, who.session, key, body)
    return Done()


@router.post("/{key}/detach")
def detach(who: Who, key: PathId, body: DetachRequest) -> Done:
    """That this was wrong."""
    with who.service.changing(Topic.REQUESTS):
        attaching.detach(who.office, who.session, key, body)
    return Done()


@router.post("/{key}/proposal")
def propose(who: Who, key: PathId, body: ProposeOutcome) -> Done:
    """ProposeOutcome a refusal, or a copy of the data."""
    with who.service.changing(Topic.REQUESTS):
        working.propose(who.office, who.session, key, body)
    return Done()


@router.post("/{key}/decision")
def decide(who: Who, key: PathId, body: DecideProposal) -> Done:
    """What the second person says."""
    with who.service.changing(Topic.REQUESTS):
        working.decide(who.office, who.session, key, body)
    return Done()


@router.post("/{key}/end")
def end(who: Who, key: PathId, body: CloseRequest) -> Done:
    """It is answered, or taken back."""
    with who.service.changing(Topic.REQUESTS):
        working.end_request(who.office, who.session, key, body)
    return Done()


@router.post("/{key}/lift")
def lift(who: Who, key: PathId, body: LiftHolds) -> Done:
    """Free what it holds."""
    with who.service.changing(Topic.REQUESTS):
        working.lift_holds(who.office, who.session, key, body)
    return Done()


@router.post("/{key}/bundle")
def bundle(who: Who, key: PathId, body: MakeBundle) -> Bundle:
    """Release what a copy of the customer's data needs."""
    with who.service.changing(Topic.REQUESTS):
        made, seen = bundles.make_bundle(who.office, who.session, key, body)
    return made.model_copy(update={"seen": message_of(seen)})


@router.post("/{key}/letter")
def letter(who: Who, key: PathId, body: AskLetter) -> LetterPdf:
    """The letter about it."""
    return LetterPdf(pdf=letters.make_letter(who.office, who.session, key, body))


@router.post("/{key}/sent")
def sent(who: Who, key: PathId, body: LetterSent) -> Done:
    """That its letter went out."""
    with who.service.changing(Topic.REQUESTS):
        sending.letter_sent(who.office, who.session, key, body)
    return Done()
