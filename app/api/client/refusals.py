"""What an office refuses with, as the error that the console knows it by."""

import httpx
from pydantic import ValidationError

from app.api.client.errors import (
    WIPE_NOW,
    ForeignOfficeError,
    InputRefusedError,
    NotAllowedError,
    OfficeFaultError,
    SessionOverError,
    SignInAnswerError,
    UpdateNeededError,
)
from app.api.messages.wire import PROBLEM_TYPE, UPDATE_NEEDED, Problem
from app.domain.errors import PacedError, TiraiError, TooOftenError, VerificationError, WorkstationError

_SIGN_IN_CODES = {"wrong", "used_code", "clock_off", "throttled", "codes_refused", "wrong_code", "wrong_password"}
_SIGN_IN_CODES |= {"seat_revoked", "seat_key", "seat_unknown"}
_OVER_CODES = {
    "session_over",
    "signed_in_again",
    "signed_in_elsewhere",
    "ended_by_person",
    "ended_by_administrator",
    "other_workstation",
    WIPE_NOW,
}


def problem_of(answer: httpx.Response) -> Problem | None:
    """What an answer refuses with; None: it is none of an office's."""
    try:
        problem = Problem.model_validate_json(answer.content)
    except ValidationError:
        return None
    is_one = answer.headers.get("content-type") == PROBLEM_TYPE and problem.status == answer.status_code
    return problem if is_one else None


def error_of(answer: httpx.Response) -> TiraiError:
    """The error of an answer that refuses."""
    problem = problem_of(answer)
    if problem is None:
        return ForeignOfficeError("Something else than the office answers here.")
    code, message = problem.code, problem.detail
    if code in _SIGN_IN_CODES:
        return SignInAnswerError(message, code=code, number=problem.number, wait_s=problem.wait_s)
    if code in _OVER_CODES:
        return SessionOverError(message, code=code, order=problem.order or b"")
    if code == UPDATE_NEEDED:
        return UpdateNeededError(message, code=code)
    match answer.status_code:
        case 403 if problem.wait_s:
            return PacedError(message, code=code, wait_s=problem.wait_s)
        case 403:
            return NotAllowedError(message, code=code)
        case 413 | 415 | 422:
            return InputRefusedError(message, code=code)
        case 429:
            return TooOftenError(message, wait_s=max(1, problem.wait_s))
        case 409:
            return VerificationError(message, code=code)
        case 500:
            return OfficeFaultError(message, code=code)
        case _:
            return WorkstationError(message, code=code)
