"""The route of the stream of changes: one per console, until its session is over or the office leaves."""

import asyncio
from typing import Annotated

from fastapi import Depends
from fastapi.responses import StreamingResponse

from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice.sessions import session_by_id

router = office_router("/v1")
Who = Annotated[Asking, Depends(asking)]


class EventStream(StreamingResponse):
    """Server-sent events."""

    media_type = "text/event-stream"


@router.get("/session/changes", response_class=EventStream)
def changes(who: Who) -> EventStream:
    """Topics of what changes, as they change; no content, no names."""

    def is_alive() -> bool:
        if not who.service.office.is_open:
            return False
        with who.office.database.reading() as db:
            return session_by_id(who.office, db, who.session.id) is not None

    async def lives() -> bool:
        return await asyncio.to_thread(is_alive)

    return EventStream(who.service.feed.events(lives))
