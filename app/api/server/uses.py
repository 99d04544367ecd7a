"""Routes of acting by reference: a value is used by a program and shown to nobody."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.uses import OfferedActions, PrepareUse, UseAnswer, UsePrepared, UseRequest
from app.api.messages.wire import Done
from app.api.server.paths import PathId
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking

router = office_router("/v1")
Who = Annotated[Asking, Depends(asking)]


@router.get("/uses/actions")
def actions(who: Who) -> OfferedActions:
    """What this person may do with fields that stay masked."""
    return who.service.uses.offered(who.office, who.session)


@router.post("/uses/prepare")
def prepare(who: Who, body: PrepareUse) -> UsePrepared:
    """The box of one value."""
    return who.service.uses.prepare(who.office, who.session, body)


@router.post("/uses")
def use(who: Who, body: UseRequest) -> UseAnswer:
    """Have one value used."""
    return who.service.uses.use(who.office, who.session, body)


@router.delete("/uses/{key}")
def stop(who: Who, key: PathId) -> Done:
    """Stop the program of an own request."""
    who.service.uses.stop(who.session, key)
    return Done()
