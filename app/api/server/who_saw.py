"""Routes of "who saw my data"."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.who_saw import AccessRow, AskWhoSaw, AskWhoSawPdf, PdfHowFar, SomebodyMark, WhoSaw, WhoSawPdf
from app.api.messages.wire import Done
from app.api.server.paths import PathId
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice.who_saw import Answered, list_for_pdf, read_who_saw
from app.backoffice.who_saw_pdf import WhoSawDocument, pdf_of
from app.domain.access import Access, Somebody
from app.domain.access_words import AccessWords

router = office_router("/v1/who-saw")
Who = Annotated[Asking, Depends(asking)]


@router.post("")
def read(who: Who, body: AskWhoSaw) -> WhoSaw:
    """The accesses to one customer's data."""
    return message_of(read_who_saw(who.office, who.session, body))


def message_of(answered: Answered) -> WhoSaw:
    """A list as consoles get it."""
    found = answered.found
    return WhoSaw(
        record=answered.record,
        customer_number=found.customer_number,
        customer_name=found.customer_name,
        rows=tuple(_row(access) for access in found.accesses),
        total=found.total,
        refused=found.refused,
        log_since_ms=found.log_since_ms,
        view_s=found.view_s,
        entries=answered.proof.entries,
    )


@router.post("/pdf")
def make_pdf(who: Who, body: AskWhoSawPdf) -> WhoSawPdf:
    """The same as a document; it is made after its entry is in the log."""
    with who.service.readings.begun(who.session.id, body.id) as reading:
        answered = list_for_pdf(who.office, who.session, body, reading.tell)
    pdf = pdf_of(_document(who, answered, body.language))
    return WhoSawPdf(pdf=pdf, entry=answered.proof.entries, times=answered.found.total)


@router.get("/pdf/{key}")
def how_far(who: Who, key: PathId) -> PdfHowFar:
    """How far a document is that this session waits for."""
    reading = who.service.readings.how_far(who.session.id, key)
    return PdfHowFar(done=reading.done, total=reading.total)


@router.delete("/pdf/{key}")
def stop(who: Who, key: PathId) -> Done:
    """Stop making a document that this session does not wait for any more."""
    who.service.readings.stop(who.session.id, key)
    return Done()


def _document(who: Asking, answered: Answered, language: str) -> WhoSawDocument:
    words = AccessWords(language, who.office.inventory, who.office.policy)
    name = who.office.plate.name
    return WhoSawDocument(name, answered.found, answered.proof, answered.made_by, answered.made_ms, words)


def _row(access: Access) -> AccessRow:
    # Our own rows need no second judgement: the console's side judges what it is given.
    return AccessRow.model_construct(
        number=access.number,
        at_ms=access.at_ms,
        kind=access.kind,
        who=_mark(access.who),
        field=access.field,
        reason=access.reason,
        allowed_by=_mark(access.allowed_by) if access.allowed_by is not None else None,
        seconds=access.seconds,
        matched=access.matched,
        notes=access.notes,
    )


def _mark(one: Somebody) -> SomebodyMark:
    return SomebodyMark.model_construct(role=one.role, nth=one.nth, name=one.name)
