"""Routes about backups."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.backups import BackupBegin, BackupKeysFile, BackupState, DestroyPeriod, PeriodEnded, PeriodStates
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking

router = office_router("/v1/backups")
Who = Annotated[Asking, Depends(asking)]


@router.post("")
def begin(who: Who, body: BackupBegin) -> BackupState:
    """Begin a backup."""
    return who.service.backups.begin(who.session, body)


@router.get("")
def state(who: Who) -> BackupState:
    """How far the last one is."""
    return who.service.backups.state(who.session)


@router.post("/keys")
def keys(who: Who, body: BackupKeysFile) -> PeriodStates:
    """Which period keys there are."""
    return who.service.backups.keys(who.session, body)


@router.post("/keys/destroy")
def destroy(who: Who, body: DestroyPeriod) -> PeriodEnded:
    """Destroy a period's key, as two people have signed."""
    return who.service.backups.destroy(who.session, body)
