"""Routes about the policy: its text for everybody, its history, and edits that need two people."""

from typing import Annotated

from fastapi import Depends, Path

from app.api.messages.policy import ConfirmPolicy, PolicyAnswer, PolicyHistory, ProposedPolicy, ProposePolicy
from app.api.messages.wire import Done
from app.api.server.feed import Topic
from app.api.server.paths import PathId
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice import policy_edits

router = office_router("/v1/policy")
Who = Annotated[Asking, Depends(asking)]


@router.get("/versions")
def history(who: Who) -> PolicyHistory:
    """All versions, and what waits."""
    return policy_edits.history(who.office, who.session)


@router.get("/text/{number}")
def version_text(who: Who, number: Annotated[int, Path(ge=1, le=1_000_000)]) -> PolicyAnswer:
    """One version's text."""
    return PolicyAnswer(version=policy_edits.version_text(who.office, number))


@router.post("/edits")
def propose(who: Who, body: ProposePolicy) -> ProposedPolicy:
    """Keep an edit."""
    with who.service.changing(Topic.POLICY):
        return policy_edits.propose(who.office, who.session, body)


@router.post("/edits/{key}/confirm")
def confirm(who: Who, key: PathId, body: ConfirmPolicy) -> Done:
    """Confirm as the second person."""
    with who.service.changing(Topic.POLICY):
        policy_edits.confirm(who.office, who.session, key, body)
    return Done()


@router.delete("/edits/{key}")
def drop(who: Who, key: PathId) -> Done:
    """Withdraw or refuse."""
    with who.service.changing(Topic.POLICY):
        policy_edits.drop(who.office, who.session, key)
    return Done()
