"""Routes about databases that a gateway reads by a schedule, for those who may import."""

from pathlib import Path
from typing import Annotated

from fastapi import Depends

from app.api.messages.sources import AddSource, NamedSource, SourceRows
from app.api.messages.wire import Done
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice import import_sources, source_listing
from app.domain.errors import WorkstationError

router = office_router("/v1/sources")
Who = Annotated[Asking, Depends(asking)]


@router.get("")
def source_rows(who: Who) -> SourceRows:
    """Every source, with its last run."""
    return source_listing.source_rows(who.office, who.session, _folder(who))


@router.post("/add")
def add(who: Who, body: AddSource) -> Done:
    """Have a source be read by its schedule, on the right of whoever asks."""
    source_listing.add_source(who.office, who.session, _folder(who), body)
    return Done()


@router.post("/run")
def run(who: Who, body: NamedSource) -> Done:
    """Have a source be read as soon as a gateway is free."""
    import_sources.run_now(who.office, who.session, body.name)
    return Done()


@router.post("/remove")
def remove(who: Who, body: NamedSource) -> Done:
    """Have a source be read no more."""
    import_sources.remove(who.office, who.session, body.name)
    return Done()


def _folder(who: Asking) -> Path:
    import_sources.check_may_import(who.office, who.session)
    folder = who.service.sources
    if folder is None:
        raise WorkstationError(
            "Sources are read by gateways, from the folder that [import] sources names in their configuration.",
            code="no_sources",
        )
    return folder
