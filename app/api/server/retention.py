"""Routes about retention."""

from datetime import date
from typing import Annotated

from fastapi import Depends

from app.api.messages.retention import ConfirmDate, RetentionNow
from app.api.messages.wire import Done
from app.api.server.feed import Topic
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice.retention.clock import confirm_date
from app.backoffice.retention.overview import dry_run
from app.domain.errors import InputRefusedError

router = office_router("/v1/retention")
Who = Annotated[Asking, Depends(asking)]


@router.get("")
def dry(who: Who) -> RetentionNow:
    """What is due today; a dry run."""
    return dry_run(who.office, who.session)


@router.post("/date")
def confirm(who: Who, body: ConfirmDate) -> Done:
    """Say that the office's date is right."""
    try:
        day = date.fromisoformat(body.day)
    except ValueError:
        raise InputRefusedError("This is no date.", code="clock") from None
    with who.service.changing(Topic.ERASURES):
        confirm_date(who.office, who.session, day)
    return Done()
