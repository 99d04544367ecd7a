"""Routes of the outbox: what a console kept while the office was away, brought by any console of its seat."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.outbox import Delivered, Delivery, Look, Looked
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice import outbox, outbox_marks

router = office_router("/v1/outbox")
Who = Annotated[Asking, Depends(asking)]


@router.post("")
def deliver(who: Who, body: Delivery) -> Delivered:
    """Take entries of one session."""
    return outbox.deliver(who.office, who.session, body)


@router.post("/look")
def look(who: Who, body: Look) -> Looked:
    """Say what is here of these sessions, and which own ones never said their last word."""
    return outbox_marks.look(who.office, who.session, body)
