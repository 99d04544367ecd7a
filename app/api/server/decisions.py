"""Routes of the supervisor's desk: open unlocks, decisions, what is known of whoever asks."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.decisions import AgentPast, AskBack, Deciders, DecisionDesk
from app.api.messages.wire import Done
from app.api.server.feed import Topic
from app.api.server.paths import PathId
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice import unlock_answers, unlock_decisions, unlock_queue

router = office_router("/v1/unlocks")
Who = Annotated[Asking, Depends(asking)]


@router.get("/desk")
def desk(who: Who) -> DecisionDesk:
    """What is open now, and what was decided in a day."""
    return unlock_decisions.decision_desk(who.office, who.session)


@router.get("/deciders/{key}")
def deciders(who: Who, key: PathId) -> Deciders:
    """How many people who may decide about a customer are at work now."""
    return unlock_queue.deciders(who.office, who.session, key)


@router.get("/{key}/agent")
def agent(who: Who, key: PathId) -> AgentPast:
    """What to know of the agent behind a request."""
    return unlock_decisions.agent_past(who.office, who.session, key)


@router.post("/{key}/revoke")
def revoke(who: Who, key: PathId) -> Done:
    """Close an unlock that is open."""
    with who.service.changing(Topic.UNLOCKS):
        unlock_answers.revoke(who.office, who.session, key)
    return Done()


@router.post("/{key}/ask-back")
def ask_back(who: Who, key: PathId, body: AskBack) -> Done:
    """Ask the agent something instead of deciding."""
    with who.service.changing(Topic.UNLOCKS):
        unlock_answers.ask_back(who.office, who.session, key, body)
    return Done()
