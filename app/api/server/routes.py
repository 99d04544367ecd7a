"""What every route of the office is made of: a body read strictly, and nothing taken that was not agreed."""

from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from app.api.messages.since import route_since, spoken
from app.api.messages.wire import PROTOCOL
from app.api.server.strict_json import read_json
from app.domain.request_limits import BODY_LIMITS

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class StrictRequest(Request):
    """A request whose JSON is read by `read_json`."""

    async def json(self) -> Any:
        """The body.

        Raises:
            JsonRefusedError: it is none of ours.
        """
        return read_json(await self.body(), BODY_LIMITS.depth)


class StrictRoute(APIRoute):
    """A route that refuses a body where it takes none, and queries that it does not know or that come twice.

    To a console of the protocol before it is not there if that did not have it.
    """

    def get_route_handler(self) -> Handler:
        """The handler, with what is judged before it."""
        handle = super().get_route_handler()
        known = set(_queries(self.dependant))
        has_body = self.body_field is not None

        async def strictly(request: Request) -> Response:
            if spoken() < PROTOCOL and route_since(request.method, request.url.path) > spoken():
                raise HTTPException(404)
            strict = StrictRequest(request.scope, request.receive)
            asked = [name for name, _value in strict.query_params.multi_items()]
            if not known.issuperset(asked) or len(set(asked)) != len(asked):
                raise RequestValidationError([{"type": "extra_forbidden", "loc": ("query", "")}])
            if not has_body and await strict.body():
                raise RequestValidationError([{"type": "extra_forbidden", "loc": ("body", "")}])
            return await handle(strict)

        return strictly


def _queries(dependant: Dependant) -> Iterator[str]:
    """The names of all queries that a route takes, its dependencies' among them."""
    yield from (param.alias for param in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _queries(inner)


def office_router(prefix: str) -> APIRouter:
    """A router of strict routes."""
    return APIRouter(prefix=prefix, route_class=StrictRoute)
