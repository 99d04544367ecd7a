"""Routes of the daily work: customers, imports, reveals, unlocks, notes."""

from typing import Annotated

from fastapi import Depends, Query

from app.api.messages.customers import CustomerChanges, CustomerPage, ImportBegin, ImportBegun, ImportFate
from app.api.messages.reveals import (
    ApproveUnlock,
    AskUnlock,
    CopyNotice,
    NoteCount,
    NoteSaved,
    OwnRequests,
    Quotas,
    ReadNotes,
    RefuseUnlock,
    RevealAnswer,
    RevealRequest,
    SaveNote,
    SealedNotes,
    WaitingRequests,
)
from app.api.messages.wire import MOST_ENTRIES, Done
from app.api.server.feed import Topic
from app.api.server.paths import PathId
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice import (
    copying,
    customer_sync,
    customers,
    notes,
    quotas,
    reveal,
    unlock_answers,
    unlock_queue,
    unlocks,
)

router = office_router("/v1")
Who = Annotated[Asking, Depends(asking)]


@router.get("/customers")
def page(
    who: Who,
    after: Annotated[int, Query(ge=0, le=MOST_ENTRIES)] = 0,
    limit: Annotated[int, Query(ge=1, le=2000)] = 1000,
    total: bool = True,
) -> CustomerPage:
    """Customers of the account's queues."""
    return customers.customer_page(who.office, who.session, after, limit, with_total=total)


@router.get("/customers/changes")
def changes(
    who: Who,
    since: Annotated[int, Query(ge=0, le=MOST_ENTRIES)],
    after: Annotated[int, Query(ge=0, le=MOST_ENTRIES)] = MOST_ENTRIES,
    limit: Annotated[int, Query(ge=1, le=2000)] = 1000,
) -> CustomerChanges:
    """What changed of the customers of the account's queues."""
    return customer_sync.changes_since(who.office, who.session, (since, after), limit)


@router.post("/imports")
def import_begin(who: Who, body: ImportBegin) -> ImportBegun:
    """Begin an import, in a process of its own that takes the rows."""
    return who.service.imports.begin(who.office, who.session, body)


@router.delete("/imports/{key}")
def import_end(who: Who, key: PathId) -> ImportFate:
    """End an import's process, whatever it does, and say what came of it."""
    return who.service.imports.end(who.office, who.session, key)


@router.post("/reveals")
def revealing(who: Who, body: RevealRequest) -> RevealAnswer:
    """Release one value's share."""
    with who.service.changing(Topic.EXPOSURES):
        return reveal.reveal(who.office, who.session, body)


@router.post("/reveals/copied")
def copied(who: Who, body: CopyNotice) -> Done:
    """Write down that a revealed value is copied, if policy lets it be."""
    copying.allow_copy(who.office, who.session, body)
    return Done()


@router.get("/reveals/quota")
def quota(who: Who) -> Quotas:
    """What is left of this shift's reveals."""
    return quotas.quotas_of(who.office, who.session)


@router.post("/unlocks")
def ask(who: Who, body: AskUnlock) -> OwnRequests:
    """Ask for an unlock."""
    with who.service.changing(Topic.UNLOCKS):
        return unlocks.ask(who.office, who.session, body)


@router.get("/unlocks/own")
def own(who: Who) -> OwnRequests:
    """The session's requests."""
    return unlocks.own_requests(who.office, who.session)


@router.get("/unlocks/waiting")
def waiting(who: Who) -> WaitingRequests:
    """Requests that this person may decide."""
    return unlock_queue.waiting(who.office, who.session)


@router.delete("/unlocks/{key}")
def withdraw(who: Who, key: PathId) -> Done:
    """Withdraw a request."""
    with who.service.changing(Topic.UNLOCKS):
        unlocks.withdraw(who.office, who.session, key)
    return Done()


@router.post("/unlocks/{key}/approve")
def approve(who: Who, key: PathId, body: ApproveUnlock) -> Done:
    """Approve a request."""
    with who.service.changing(Topic.UNLOCKS):
        unlock_answers.approve(who.office, who.session, key, body)
    return Done()


@router.post("/unlocks/{key}/refuse")
def refuse(who: Who, key: PathId, body: RefuseUnlock) -> Done:
    """Refuse a request."""
    with who.service.changing(Topic.UNLOCKS):
        unlock_answers.refuse(who.office, who.session, key, body)
    return Done()


@router.put("/notes")
def save_note(who: Who, body: SaveNote) -> NoteSaved:
    """Save a note."""
    return notes.save_note(who.office, who.session, body)


@router.post("/notes/read")
def read_notes(who: Who, body: ReadNotes) -> SealedNotes:
    """Open the notes of a record, as one logged read."""
    with who.service.changing(Topic.EXPOSURES):
        return notes.read_notes(who.office, who.session, body)


@router.get("/notes/{key}/count")
def note_count(who: Who, key: PathId) -> NoteCount:
    """How many notes a record has."""
    return notes.count_notes(who.office, who.session, key)
