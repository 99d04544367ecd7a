"""An office of the first protocol, made of its frozen description and of today's office.

It speaks as that one did: another protocol is refused with no word of its own, no answer says which it speaks, what
the description has not is not there, and every request and every answer is held against it. So it is an older office
to today's console, and the line of an older console to today's office.
"""

import re
from functools import cache
from typing import Any

import httpx
from jsonschema_rs import Draft202012Validator

from app.api.client.transport import SocketTransport
from app.api.messages.wire import PROBLEM_TYPE, PROTOCOL_HEADER, Problem
from tests.contract.frozen import frozen

FIRST = "1"
_KEY = re.compile(r"\{\w+\}")


@cache
def _validator(route: str, part: str) -> Draft202012Validator | None:
    schema = frozen()["operations"][route].get(part)
    if schema is not None and part == "answer":
        schema = schema.get("application/json")
    if schema is None:
        return None
    return Draft202012Validator({**schema, "components": {"schemas": frozen()["schemas"]}})


def route_of(method: str, path: str) -> str | None:
    """The route of the first protocol that an address leads to; fixed words count before ids."""
    return next((name for pattern, name in _routes() if pattern.fullmatch(f"{method} {path}")), None)


@cache
def _routes() -> list[tuple[re.Pattern[str], str]]:
    names = sorted(frozen()["operations"], key=lambda name: name.count("{"))
    return [(re.compile("[^/]+".join(map(re.escape, _KEY.split(name)))), name) for name in names]


class FirstProtocol(SocketTransport):
    """A way to today's office that knows the first protocol alone.

    Attributes:
        faults: what did not fit it, in words that hold nothing of what was said.
        routes: what was asked for and answered.
        refused: how many requests came in another protocol.
    """

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.faults: list[str] = []
        self.routes: list[str] = []
        self.refused = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask, and hear, as the first protocol has it."""
        if request.headers.get(PROTOCOL_HEADER) != FIRST:
            self.refused += 1
            return _problem(426, "update_needed", "This console is too old or too new for its office; update it.")
        route = route_of(request.method, request.url.path)
        if route is None:
            self.faults.append(f"{request.method} {request.url.path.rpartition('/')[0]}: asked for a route it has not")
            return _problem(404, "no_route", "The office has nothing at this address.")
        queries = frozen()["operations"][route]["queries"]
        self.faults += [f"{route}: a query it has not" for name in request.url.params if name not in queries]
        self._hold(route, "body", request.read())
        answer = super().handle_request(request)
        if answer.status_code == 200:
            self.routes.append(route)
            self._hold(route, "answer", answer.content)
        elif answer.status_code == 422 and b'"malformed"' in answer.content:
            self.faults.append(f"{route}: malformed")
        answer.headers.pop(PROTOCOL_HEADER, None)
        return answer

    def _hold(self, route: str, part: str, content: bytes) -> None:
        validator = _validator(route, part)
        if validator is None or not content:
            return
        for error in validator.iter_errors(httpx.Response(200, content=content).json()):
            place = "/".join(str(one) for one in error.schema_path)
            self.faults.append(f"{route} {part}: {place}")


def _problem(status: int, code: str, sentence: str) -> httpx.Response:
    body = Problem.of(status, code, sentence).model_dump_json()
    return httpx.Response(status, headers={"Content-Type": PROBLEM_TYPE}, content=body)
