"""The application: routers, the gate before them, error answers. No documentation routes: nothing is served unasked."""

from fastapi import FastAPI

from app.api.server import (
    accounts,
    analytics,
    audit,
    backups,
    caller_checks,
    compliance,
    consents,
    contacts,
    decisions,
    door,
    editing,
    erasure,
    exposures,
    filling,
    import_relay,
    incidents,
    live,
    notices,
    outbox,
    own_account,
    people,
    policy,
    privacy_record,
    problems,
    readmission,
    retention,
    rotation,
    seats,
    sources,
    subject_requests,
    training,
    uses,
    who_saw,
    work,
)
from app.api.server.gate import Gate
from app.api.server.service import Service

_AHEAD: list[FastAPI] = []


def make_application(service: Service) -> FastAPI:
    """The ASGI application of one back office: the one that was made ahead, if there is one."""
    app = _AHEAD.pop() if _AHEAD else bare_application()
    app.state.service = service
    return app


def make_ahead() -> None:
    """Make one before its office begins, whole: FastAPI puts its routes together when they are first looked through."""
    app = bare_application()
    for route in app.routes:
        route.matches({"type": "http", "method": "GET", "path": "/", "root_path": "", "headers": []})
    _AHEAD[:] = [app]


def bare_application() -> FastAPI:
    """The same without an office: enough to describe it."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    problems.install(app)
    for module in (
        door,
        work,  # what is called most: each router before it is looked through first
        people,
        accounts,
        analytics,
        own_account,
        policy,
        caller_checks,
        contacts,
        decisions,
        editing,
        erasure,
        exposures,
        filling,
        import_relay,
        live,
        uses,
        outbox,
        audit,
        readmission,
        retention,
        rotation,
        seats,
        sources,
        backups,
        training,
        who_saw,
        privacy_record,
        compliance,
        subject_requests,
        incidents,
        consents,
        notices,
    ):
        app.include_router(module.router)
    app.add_middleware(Gate)
    return app
