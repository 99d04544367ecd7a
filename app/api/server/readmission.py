"""Routes about letting somebody who was erased come back."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.readmission import NamePerson, ProposeReadmission, ReadmissionProposed, ReadmissionRows
from app.api.messages.wire import Done
from app.api.server.feed import Topic
from app.api.server.paths import PathId
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice.erasure import readmission

router = office_router("/v1/readmissions")
Who = Annotated[Asking, Depends(asking)]


@router.get("")
def list_readmissions(who: Who) -> ReadmissionRows:
    """All of them."""
    return readmission.readmission_rows(who.office, who.session)


@router.post("")
def propose(who: Who, body: ProposeReadmission) -> ReadmissionProposed:
    """Propose that somebody comes back."""
    with who.service.changing(Topic.ERASURES):
        return readmission.propose(who.office, who.session, body)


@router.post("/{key}/approve")
def approve(who: Who, key: PathId, body: NamePerson) -> Done:
    """Name the same person as the second one."""
    with who.service.changing(Topic.ERASURES):
        readmission.approve(who.office, who.session, key, body)
    return Done()


@router.delete("/{key}")
def drop(who: Who, key: PathId) -> Done:
    """Withdraw or refuse."""
    with who.service.changing(Topic.ERASURES):
        readmission.drop(who.office, who.session, key)
    return Done()
