"""What an office answers, for whoever looks at one word of it."""

from collections.abc import Callable

from app.api.client import subject_requests
from app.api.messages.subject_requests import SubjectRequest
from app.domain.errors import TiraiError
from tests.office.made import Bare


def code_of(call: Callable[..., object], *parts: object) -> str:
    """The code with which a call is refused, or `ok`."""
    try:
        call(*parts)
    except TiraiError as refusal:
        return refusal.code
    return "ok"


def request_of(who: Bare, request: bytes) -> SubjectRequest:
    """A request as the register has it for somebody."""
    return next(one for one in subject_requests.register(who.client).requests if one.id == request)
