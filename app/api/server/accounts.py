"""Routes about other people's accounts, and about entries of the book that need two people."""

from base64 import urlsafe_b64decode
from typing import Annotated

from fastapi import Depends, Path

from app.api.messages.administration import AccountRows, ChangeAccount, EndedSessions, EndSessions, NewCode
from app.api.messages.proposals import Confirm, Propose, Proposed, WaitingProposals
from app.api.messages.wire import Done
from app.api.server.feed import Topic
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice import accounts, proposals

router = office_router("/v1")
Who = Annotated[Asking, Depends(asking)]


def _id(key: Annotated[str, Path(pattern="^[A-Za-z0-9_-]{22}==$")]) -> bytes:
    """An id of 16 bytes in a path: URL-safe Base64."""
    return urlsafe_b64decode(key)


PathId = Annotated[bytes, Depends(_id)]


@router.get("/accounts")
def account_rows(who: Who) -> AccountRows:
    """Every account."""
    return accounts.account_rows(who.service.office, who.session)


@router.post("/accounts/change")
def change(who: Who, body: ChangeAccount) -> Done:
    """Change role or queues."""
    accounts.change_account(who.service.office, who.session, body)
    who.service.feed.tell(Topic.ACCOUNTS)
    return Done()


@router.post("/accounts/close")
def close(who: Who, body: ChangeAccount) -> Done:
    """Close an account."""
    accounts.close_account(who.service.office, who.session, body)
    who.service.feed.tell(Topic.ACCOUNTS)
    return Done()


@router.post("/accounts/code")
def new_code(who: Who, body: NewCode) -> Done:
    """Take a new invitation."""
    accounts.new_code(who.service.office, who.session, body)
    who.service.feed.tell(Topic.ACCOUNTS)
    return Done()


@router.post("/accounts/end-sessions")
def end_sessions(who: Who, body: EndSessions) -> EndedSessions:
    """End sessions."""
    ended = accounts.end_sessions(who.service.office, who.session, body)
    who.service.feed.tell(Topic.ACCOUNTS)
    return ended


@router.post("/proposals")
def propose(who: Who, body: Propose) -> Proposed:
    """Keep a proposal."""
    with who.service.changing(Topic.ACCOUNTS):
        return proposals.propose(who.service.office, who.session, body)


@router.get("/proposals")
def waiting(who: Who) -> WaitingProposals:
    """What waits for a second person."""
    return proposals.waiting(who.office, who.session)


@router.post("/proposals/{key}/confirm")
def confirm(who: Who, key: PathId, body: Confirm) -> Done:
    """Confirm as the second person."""
    proposals.confirm(who.service.office, who.session, key, body)
    who.service.feed.tell(Topic.ACCOUNTS)
    return Done()


@router.delete("/proposals/{key}")
def drop(who: Who, key: PathId) -> Done:
    """Withdraw or refuse."""
    proposals.drop(who.office, who.session, key)
    who.service.feed.tell(Topic.ACCOUNTS)
    return Done()
