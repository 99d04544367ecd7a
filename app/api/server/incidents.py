"""Routes of incidents: anybody reports, privacy officers work."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.incidents import (
    Affected,
    AskEachLetter,
    AskIncidentLetter,
    AtRevision,
    BringSuspicions,
    BroughtSuspicions,
    ConfirmIncident,
    EachLetters,
    IncidentLetter,
    Incidents,
    OpenedIncident,
    Reported,
    ReportSuspicion,
    SayTold,
    SetScope,
    SetTexts,
    WriteNote,
)
from app.api.messages.wire import Done
from app.api.server.feed import Topic
from app.api.server.paths import PathId
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice.incidents import affected, brought, reporting, to_each, working

router = office_router("/v1/incidents")
Who = Annotated[Asking, Depends(asking)]


@router.post("")
def report(who: Who, body: ReportSuspicion) -> Reported:
    """Report a suspicion."""
    with who.service.changing(Topic.INCIDENTS):
        return reporting.report(who.office, who.session, body)


@router.post("/brought")
def bring(who: Who, body: BringSuspicions) -> BroughtSuspicions:
    """Suspicions that were reported at this workstation while nobody was signed in."""
    with who.service.changing(Topic.INCIDENTS):
        return brought.bring(who.office, who.session, body)


@router.get("")
def incidents(who: Who) -> Incidents:
    """All of them."""
    return reporting.all_incidents(who.office, who.session)


@router.post("/{key}/read")
def read(who: Who, key: PathId) -> OpenedIncident:
    """One with what was written; reading it is logged."""
    return reporting.read(who.office, who.session, key)


@router.post("/{key}/confirm")
def confirm(who: Who, key: PathId, body: ConfirmIncident) -> Done:
    """It is an incident."""
    with who.service.changing(Topic.INCIDENTS):
        working.confirm(who.office, who.session, key, body)
    return Done()


@router.post("/{key}/dismiss")
def dismiss(who: Who, key: PathId, body: AtRevision) -> Done:
    """It is none."""
    with who.service.changing(Topic.INCIDENTS):
        working.dismiss(who.office, who.session, key, body)
    return Done()


@router.put("/{key}/scope")
def scope(who: Who, key: PathId, body: SetScope) -> Done:
    """What it is about."""
    with who.service.changing(Topic.INCIDENTS):
        working.set_scope(who.office, who.session, key, body)
    return Done()


@router.post("/{key}/affected")
def touched(who: Who, key: PathId) -> Affected:
    """Whom it touched, out of the log."""
    return affected.affected_of(who.office, who.session, key)


@router.put("/{key}/texts")
def texts(who: Who, key: PathId, body: SetTexts) -> Done:
    """What the letters say in the officer's words."""
    with who.service.changing(Topic.INCIDENTS):
        working.set_texts(who.office, who.session, key, body)
    return Done()


@router.post("/{key}/notes")
def note(who: Who, key: PathId, body: WriteNote) -> Done:
    """A line for the timeline, or a lesson."""
    with who.service.changing(Topic.INCIDENTS):
        working.write_note(who.office, who.session, key, body)
    return Done()


@router.post("/{key}/told")
def told(who: Who, key: PathId, body: SayTold) -> Done:
    """Somebody was told."""
    with who.service.changing(Topic.INCIDENTS):
        working.say_told(who.office, who.session, key, body)
    return Done()


@router.post("/{key}/letter")
def letter(who: Who, key: PathId, body: AskIncidentLetter) -> IncidentLetter:
    """A letter, or the public notice."""
    return IncidentLetter(pdf=working.make_letter(who.office, who.session, key, body))


@router.post("/{key}/letters")
def letters(who: Who, key: PathId, body: AskEachLetter) -> EachLetters:
    """The next letters to those whom it touched."""
    return to_each.letters_to_each(who.office, who.session, key, body)


@router.post("/{key}/close")
def close(who: Who, key: PathId, body: AtRevision) -> Done:
    """Close it."""
    with who.service.changing(Topic.INCIDENTS):
        working.close(who.office, who.session, key, body)
    return Done()
