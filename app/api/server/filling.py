"""The route of the stream that fills a console's cache (`app/api/messages/filling.py`)."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import StreamingResponse
from starlette.types import Send

from app.api.messages.filling import STREAM_TYPE, BeginFill
from app.api.server.http_line import line_of
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice.filling import Filling

router = office_router("/v1")
Who = Annotated[Asking, Depends(asking)]


class RowStream(StreamingResponse):
    """Rows as they are read; it ends them when it ends, also when nobody is there any more.

    Args:
        pieces: an iterator that is left in its middle would stay as it stands.
        packs: whether they are compressed.
    """

    media_type = STREAM_TYPE

    def __init__(self, pieces: AsyncGenerator[bytes], *, packs: bool) -> None:
        super().__init__(pieces, headers={"Content-Encoding": "gzip"} if packs else None)
        self._pieces = pieces

    async def stream_response(self, send: Send) -> None:
        """Send them."""
        async with aclosing(self._pieces):
            await super().stream_response(send)


@router.post("/customers/fill", response_class=RowStream, status_code=200)
def fill(who: Who, request: Request, body: BeginFill) -> RowStream:
    """Rows of the account's queues, from the first one or from a token on."""
    rows = Filling(who.office, who.session, body.token)
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    pieces = who.service.fills.stream(who.session.id, rows, line_of(request), packs=packs)
    return RowStream(pieces, packs=packs)
