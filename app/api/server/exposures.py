"""Routes of the exposure ledger. They ask by POST, since each carries the id of an opening of the ledger."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.exposures import (
    AcknowledgeFlag,
    AskLedger,
    AskLines,
    FlagMark,
    LedgerOverview,
    LedgerScope,
    Lines,
    RaisedFlags,
    SetThreshold,
    Thresholds,
    ViewsClosed,
    WatchedPeople,
)
from app.api.messages.wire import Done
from app.api.server.feed import Topic
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice import exposure_flags, exposure_thresholds, view_ends
from app.backoffice.exposure_figures import overview
from app.backoffice.exposure_lines import lines
from app.backoffice.exposure_scope import people_of

router = office_router("/v1")
Who = Annotated[Asking, Depends(asking)]


@router.post("/views/closed")
def views_closed(who: Who, body: ViewsClosed) -> Done:
    """A console tells when values closed."""
    view_ends.close_views(who.office, who.session, body)
    return Done()


@router.post("/exposures/people")
def people(who: Who, body: AskLedger) -> WatchedPeople:
    """Whose exposures may be seen."""
    return people_of(who.office, who.session, body.opening)


@router.post("/exposures/overview")
def figures(who: Who, body: LedgerScope) -> LedgerOverview:
    """Figures and plots."""
    return overview(who.office, who.session, body)


@router.post("/exposures/lines")
def table(who: Who, body: AskLines) -> Lines:
    """A page of the table."""
    return lines(who.office, who.session, body)


@router.post("/exposures/flags")
def flags(who: Who, body: AskLedger) -> RaisedFlags:
    """What the rules found."""
    return exposure_flags.raised(who.office, who.session, body.opening)


@router.post("/exposures/flags/acknowledge")
def acknowledge(who: Who, body: AcknowledgeFlag) -> Done:
    """Say what came of a flag."""
    with who.service.changing(Topic.EXPOSURES):
        exposure_flags.acknowledge(who.office, who.session, body)
    return Done()


@router.post("/exposures/flags/erase-comment")
def erase_comment(who: Who, body: FlagMark) -> Done:
    """Erase what was said to a flag."""
    with who.service.changing(Topic.EXPOSURES):
        exposure_flags.erase_comment(who.office, who.session, body)
    return Done()


@router.post("/exposures/thresholds")
def thresholds(who: Who, body: AskLedger) -> Thresholds:
    """At which numbers the rules fire, and how often each would have."""
    return exposure_flags.thresholds(who.office, who.session, body.opening)


@router.put("/exposures/thresholds")
def set_threshold(who: Who, body: SetThreshold) -> Thresholds:
    """Change one; all of them come back."""
    exposure_thresholds.set_threshold(who.office, who.session, body)
    return exposure_flags.thresholds(who.office, who.session, body.opening)
