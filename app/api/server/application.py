"""The application: routers, protocol check, error answers. No documentation routes: nothing is served unasked."""

import time
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from fastapi.responses import Response

from app.api.messages.wire import PROTOCOL, PROTOCOL_HEADER, Problem
from app.api.server import (
    accounts,
    audit,
    backups,
    caller_checks,
    contacts,
    decisions,
    door,
    editing,
    exposures,
    live,
    outbox,
    own_account,
    people,
    policy,
    problems,
    rotation,
    uses,
    who_saw,
    work,
)
from app.api.server.service import Service

_LARGEST_BODY = 16 * 1024 * 1024


def make_application(service: Service) -> FastAPI:
    """The ASGI application of one back office."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.service = service
    problems.install(app)
    for module in (
        door,
        people,
        accounts,
        own_account,
        policy,
        caller_checks,
        contacts,
        decisions,
        editing,
        exposures,
        live,
        work,
        uses,
        outbox,
        audit,
        rotation,
        backups,
        who_saw,
    ):
        app.include_router(module.router)
    app.middleware("http")(check_request)
    return app


async def check_request(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    """Serve protocol N and N-1, bodies of a bounded size; let nothing be kept by caches."""
    version = request.headers.get(PROTOCOL_HEADER, "")
    if version not in {str(PROTOCOL), str(PROTOCOL - 1)}:
        return _refusal(426, "update_needed", "This console is too old or too new for its office; update it.")
    size = request.headers.get("content-length", "0")
    if not size.isdigit() or int(size) > _LARGEST_BODY or "transfer-encoding" in request.headers:
        return _refusal(413, "too_large", "The request is too large.")
    request.app.state.service.last_request = time.monotonic()
    response = await go_on(request)
    response.headers["Cache-Control"] = "no-store"
    return response


def _refusal(status: int, code: str, message: str) -> Response:
    problem = Problem(code=code, message=message)
    return Response(problem.model_dump_json(), status_code=status, media_type="application/json")
