"""How errors leave the office: problem details (RFC 9457), a code, a sentence; never a value, a local or a trace.

No cache keeps them, those of faults included, which pass by every middleware.
"""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from app.api.messages.wire import PROBLEM_TYPE, Problem
from app.backoffice.database import AuditUnwritableError, PoolTimeoutError
from app.backoffice.office import SessionUnknownError
from app.backoffice.refusals import SignInRefused
from app.backoffice.wipe_told import WipeNowError
from app.domain.errors import (
    InputRefusedError,
    NotAllowedError,
    PacedError,
    TiraiError,
    TooOftenError,
    VerificationError,
)

_STATUS: tuple[tuple[type[TiraiError], int], ...] = (
    (SignInRefused, 401),
    (SessionUnknownError, 401),
    (AuditUnwritableError, 507),
    (TooOftenError, 429),
    (NotAllowedError, 403),
    (InputRefusedError, 422),
    (VerificationError, 409),
    (TiraiError, 503),
)
_OF_SENDER = {"extra_forbidden", "json_invalid"}
_MOST_PLACES = 12


def install(app: FastAPI) -> None:
    """Answer every error."""
    app.add_exception_handler(TiraiError, _known)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _no_route)
    app.add_exception_handler(PoolTimeoutError, _busy)
    app.add_exception_handler(Exception, _fault)


def answer(status: int, problem: Problem) -> Response:
    """A problem as an answer.

    A 401 names the scheme (RFC 9110, section 15.5.2), and what goes on by itself says when (section 10.2.3).
    """
    headers = {"Cache-Control": "no-store"}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if problem.wait_s:
        headers["Retry-After"] = str(problem.wait_s)
    return Response(problem.model_dump_json(), status_code=status, media_type=PROBLEM_TYPE, headers=headers)


def _told(status: int, code: str, sentence: str, *, number: int = 0, wait_s: int = 0) -> Response:
    return answer(status, Problem.of(status, code, sentence, number=number, wait_s=wait_s))


def _known(_request: Request, error: Exception) -> Response:
    assert isinstance(error, TiraiError)
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    if isinstance(error, SignInRefused):
        refusal = error.refusal
        number = refusal.minutes_off or refusal.tries_left
        return _told(status, refusal.code, error.message, number=number, wait_s=refusal.wait_s)
    code = error.code or {422: "input", 403: "not_allowed", 409: "verification"}.get(status, "office")
    wait_s = error.wait_s if isinstance(error, PacedError | TooOftenError) else 0
    order = error.order if isinstance(error, WipeNowError) else None
    return answer(status, Problem.of(status, code, error.message, wait_s=wait_s, order=order))


def _malformed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    # A part that nobody declared has the name which the sender gave it; where JSON breaks is in what was sent.
    places = [e["loc"][:-1] if e["type"] in _OF_SENDER else e["loc"] for e in error.errors()]
    where = sorted({".".join(str(p) for p in place) for place in places})
    more = f" and {len(where) - _MOST_PLACES} more" if len(where) > _MOST_PLACES else ""
    return _told(422, "malformed", f"The request is not well formed at: {', '.join(where[:_MOST_PLACES])}{more}")


def _no_route(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    refusal = _told(error.status_code, "no_route", "The office has nothing at this address.")
    if allowed := (error.headers or {}).get("Allow"):
        refusal.headers["Allow"] = allowed
    return refusal


def _busy(_request: Request, _error: Exception) -> Response:
    return _told(503, "busy", "The office has too much to do at once. Try again in a moment.", wait_s=1)


def _fault(request: Request, error: Exception) -> Response:
    number = request.app.state.service.log_fault(error)
    return _told(500, "fault", f"Something went wrong on the office's side (no. {number}).")
