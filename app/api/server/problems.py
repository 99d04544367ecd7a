"""How errors leave the office: a status, a code, a sentence; never a value, a local or a trace."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from app.api.messages.wire import Problem
from app.backoffice.database import AuditUnwritableError, PoolTimeoutError
from app.backoffice.office import SessionUnknownError
from app.backoffice.refusals import SignInRefused
from app.domain.errors import InputRefusedError, NotAllowedError, PacedError, TiraiError, VerificationError

_STATUS: tuple[tuple[type[TiraiError], int], ...] = (
    (SignInRefused, 401),
    (SessionUnknownError, 401),
    (AuditUnwritableError, 507),
    (NotAllowedError, 403),
    (InputRefusedError, 422),
    (VerificationError, 409),
    (TiraiError, 503),
)


def install(app: FastAPI) -> None:
    """Answer every error."""
    app.add_exception_handler(TiraiError, _known)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _no_route)
    app.add_exception_handler(PoolTimeoutError, _busy)
    app.add_exception_handler(Exception, _fault)


def _answer(status: int, problem: Problem) -> Response:
    return Response(problem.model_dump_json(), status_code=status, media_type="application/json")


def _known(_request: Request, error: Exception) -> Response:
    assert isinstance(error, TiraiError)
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    if isinstance(error, SignInRefused):
        refusal = error.refusal
        number = refusal.minutes_off or refusal.tries_left
        return _answer(status, Problem(code=refusal.code, message=error.message, number=number, wait_s=refusal.wait_s))
    code = error.code or {422: "input", 403: "not_allowed", 409: "verification"}.get(status, "office")
    wait_s = error.wait_s if isinstance(error, PacedError) else 0
    return _answer(status, Problem(code=code, message=error.message, wait_s=wait_s))


def _malformed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    # The place of a part that nobody declared would repeat the name which the sender gave it.
    places = [e["loc"][:-1] if e["type"] == "extra_forbidden" else e["loc"] for e in error.errors()]
    where = ", ".join(sorted({".".join(str(p) for p in place) for place in places}))
    return _answer(422, Problem(code="malformed", message=f"The request is not well formed at: {where}"))


def _no_route(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _answer(error.status_code, Problem(code="no_route", message="The office has nothing at this address."))


def _busy(_request: Request, _error: Exception) -> Response:
    return _answer(503, Problem(code="busy", message="The office has too much to do at once. Try again in a moment."))


def _fault(request: Request, error: Exception) -> JSONResponse:
    number = request.app.state.service.log_fault(error)
    problem = Problem(code="fault", message=f"Something went wrong on the office's side (no. {number}).")
    return JSONResponse(problem.model_dump(), status_code=500)
