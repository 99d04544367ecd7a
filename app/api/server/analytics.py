"""Routes about analytics exports."""

from typing import Annotated

from fastapi import Depends, Query

from app.api.messages.analytics import ApproveExport, CoarseRows, EndExport, ExportRows, ProposeExport
from app.api.messages.wire import MOST_ENTRIES, Done
from app.api.server.paths import PathId
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice.analytics import coarse_rows, exports

router = office_router("/v1/analytics")
Who = Annotated[Asking, Depends(asking)]


@router.get("")
def list_exports(who: Who) -> ExportRows:
    """All exports."""
    return exports.exports(who.office, who.session)


@router.post("")
def propose(who: Who, body: ProposeExport) -> Done:
    """Propose an export."""
    exports.propose(who.office, who.session, body)
    return Done()


@router.post("/{key}/approve")
def approve(who: Who, key: PathId, body: ApproveExport) -> Done:
    """Approve as the second person."""
    exports.approve(who.office, who.session, key, body)
    return Done()


@router.delete("/{key}")
def drop(who: Who, key: PathId) -> Done:
    """Take back, or refuse."""
    exports.drop(who.office, who.session, key)
    return Done()


@router.post("/{key}/begin")
def begin(who: Who, key: PathId) -> Done:
    """Begin to make one that was approved."""
    exports.begin(who.office, who.session, key)
    return Done()


@router.get("/{key}/rows")
def rows(who: Who, key: PathId, after: Annotated[int, Query(ge=0, le=MOST_ENTRIES)] = 0) -> CoarseRows:
    """Its next rows, coarse."""
    return coarse_rows.coarse_rows(who.office, who.session, key, after)


@router.post("/{key}/end")
def end(who: Who, key: PathId, body: EndExport) -> Done:
    """Say what it came to."""
    exports.end(who.office, who.session, key, body)
    return Done()
