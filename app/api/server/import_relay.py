"""The steps of an import, on their way from a console through a gateway to the process of the import.

On a workstation a console reaches that process by its own socket. Behind a gateway the gateway hands each request on as
it came and the answer as it comes back: who may is judged there, by the import's token. A process belongs to the
gateway that began it; a console that reaches another one begins anew, so balancers keep a console at one gateway while
they can (`packaging/gateway/`).
"""

import http.client
import socket
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from app.api.messages.customers import ImportDone, ImportProgress, ImportRows
from app.api.messages.wire import PROTOCOL_HEADER, Done
from app.api.server.paths import PathId
from app.api.server.routes import office_router
from app.api.server.service import GATEWAY, Service, service_of, token_of
from app.domain.errors import NotAllowedError

router = office_router("/v1/import-steps/{key}")
_WITH_TOKEN = [Depends(token_of)]
Here = Annotated[Service, Depends(service_of)]
_WITHIN_S = 600.0
_LONGEST_ANSWER = 4 * 1024 * 1024


class _Line(http.client.HTTPConnection):
    """HTTP to a process of this gateway."""

    def __init__(self, path: Path) -> None:
        super().__init__("import", timeout=_WITHIN_S)
        self._path = path

    def connect(self) -> None:
        """Connect to its socket, which lies in a folder of this gateway alone."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(_WITHIN_S)
        self.sock.connect(str(self._path))


@router.post("/rows", response_model=ImportProgress, dependencies=_WITH_TOKEN)
async def rows(request: Request, here: Here, key: PathId, body: ImportRows) -> Response:
    """Bring rows to an import."""
    return await _handed_on(request, here, key, "/rows", body.model_dump_json().encode())


@router.post("/commit", response_model=ImportDone, dependencies=_WITH_TOKEN)
async def commit(request: Request, here: Here, key: PathId) -> Response:
    """Make an import visible."""
    return await _handed_on(request, here, key, "/commit")


@router.delete("", response_model=Done, dependencies=_WITH_TOKEN)
async def cancel(request: Request, here: Here, key: PathId) -> Response:
    """Stop an import."""
    return await _handed_on(request, here, key, "")


async def _handed_on(request: Request, here: Service, key: bytes, step: str, body: bytes | None = None) -> Response:
    path = here.imports.socket_of(key) if here.home == GATEWAY else None
    if path is None:
        raise NotAllowedError("This import is not running any more; begin again.", code="import_over")
    said = {name: request.headers.get(name, "") for name in ("Authorization", PROTOCOL_HEADER)}
    if body is not None:
        said["Content-Type"] = "application/json"
    target = f"/v1/imports/{request.path_params['key']}{step}"
    return await run_in_threadpool(_exchanged, path, request.method, target, said, body)


def _exchanged(path: Path, method: str, target: str, headers: dict[str, str], body: bytes | None) -> Response:
    line = _Line(path)
    try:
        line.request(method, target, body, headers)
        answer = line.getresponse()
        content = answer.read(_LONGEST_ANSWER + 1)
    except (OSError, http.client.HTTPException) as e:
        raise NotAllowedError("This import is not running any more; begin again.", code="import_over") from e
    finally:
        line.close()
    if len(content) > _LONGEST_ANSWER:
        raise ValueError("the process of an import said too much")
    return Response(content, answer.status, media_type=answer.headers.get("Content-Type"))
