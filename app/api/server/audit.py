"""Routes of the audit log."""

from typing import Annotated

from fastapi import Depends, Path, Query, Response

from app.api.messages.audit import (
    AuditDetail,
    AuditFound,
    AuditPage,
    AuditQuery,
    Checkpoints,
    Export,
    ExportEnd,
    Verified,
)
from app.api.messages.wire import MOST_ENTRIES, Done
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice import audit_read, audit_search

router = office_router("/v1/audit")
Who = Annotated[Asking, Depends(asking)]


@router.get("", response_model=AuditPage)
def page(who: Who, after: Annotated[int, Query(ge=0, le=MOST_ENTRIES)] = 0) -> Response:
    """Entries after a number; written as JSON at once, since a verification reads millions."""
    found = audit_read.audit_page(who.office, who.session, after)
    return Response(found.model_dump_json(), media_type="application/json")


@router.get("/checkpoints")
def checkpoints(who: Who) -> Checkpoints:
    """All checkpoints."""
    return audit_read.checkpoints(who.office, who.session)


@router.post("/verified")
def verified(who: Who, body: Verified) -> Done:
    """Write down that somebody verified the log."""
    audit_read.log_verified(who.office, who.session, body)
    return Done()


@router.post("/search")
def search(who: Who, body: AuditQuery) -> AuditFound:
    """A page of the entries that fit."""
    return audit_search.search(who.office, who.session, body)


@router.get("/entries/{number}")
def detail(who: Who, number: Annotated[int, Path(ge=1, le=MOST_ENTRIES)]) -> AuditDetail:
    """One entry with its place in the chain."""
    return audit_search.detail(who.office, who.session, number)


@router.post("/exports")
def begin_export(who: Who, body: Export) -> Done:
    """Write down that entries leave the office."""
    audit_read.begin_export(who.office, who.session, body)
    return Done()


@router.post("/exports/end")
def end_export(who: Who, body: ExportEnd) -> Done:
    """Write down what came of an export."""
    audit_read.end_export(who.office, who.session, body)
    return Done()
