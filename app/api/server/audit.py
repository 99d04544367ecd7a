"""Routes of the audit log."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from app.api.messages.audit import AuditPage, Checkpoints, Verified
from app.api.messages.wire import MOST_ENTRIES, Done
from app.api.server.service import Asking, asking
from app.backoffice import audit_read

router = APIRouter(prefix="/v1/audit")
Who = Annotated[Asking, Depends(asking)]


@router.get("")
def page(who: Who, after: Annotated[int, Query(ge=0, le=MOST_ENTRIES)] = 0) -> AuditPage:
    """Entries after a number."""
    return audit_read.audit_page(who.office, who.session, after)


@router.get("/checkpoints")
def checkpoints(who: Who) -> Checkpoints:
    """All checkpoints."""
    return audit_read.checkpoints(who.office, who.session)


@router.post("/verified")
def verified(who: Who, body: Verified) -> Done:
    """Write down that somebody verified the log."""
    audit_read.log_verified(who.office, who.session, ok=body.ok)
    return Done()
