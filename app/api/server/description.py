"""The API described in OpenAPI 3.1, made offline: no office serves it.

Each operation has its body, its answer, the headers that every request brings, and the problems that may come instead.
"""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from app.api.messages.since import ROUTES_SINCE, SINCE
from app.api.messages.wire import OLDEST, PROBLEM_TYPE, PROTOCOL, PROTOCOL_HEADER, WORKSTATION_HEADER, Problem
from app.api.server.import_steps import served
from app.api.server.service import asking, token_of

Json = dict[str, Any]
_VERBS = ("get", "put", "post", "delete", "patch")
_TAKE_A_TOKEN: tuple[Callable[..., object], ...] = (asking, token_of, served)
ALWAYS = (400, 401, 403, 409, 422, 426, 429, 500, 503, 507)
"""Problems that any route may answer with: the use cases behind them, the gate, the machine."""
WITH_A_BODY = (408, 413, 415)
WITH_AN_ADDRESS = (404,)
"""An id that the address cannot hold leads to no route."""


def routes_of(app: FastAPI) -> Iterator[APIRoute]:
    """All routes of an application, with their whole paths."""
    yield from _walked(app.routes)


def _walked(routes: Any) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):  # routers are included by reference
            yield from _walked(route.original_router.routes)


def takes_token(route: APIRoute) -> bool:
    """Whether a route asks who is there."""
    return any(call in _TAKE_A_TOKEN for call in _calls(route.dependant))


def _calls(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)


def described(app: FastAPI, title: str) -> Json:
    """The description of an application.

    Args:
        app: with its routes; needs no office.
        title: what it is.
    """
    made: Json = get_openapi(title=title, version=str(PROTOCOL), openapi_version="3.1.0", routes=app.routes)
    by_place = {(route.path, verb.lower()): route for route in routes_of(app) for verb in route.methods or ()}
    for path, operations in made["paths"].items():
        for verb in operations.keys() & set(_VERBS):
            _complete(operations[verb], by_place[path, verb])
            if (protocol := ROUTES_SINCE.get(f"{verb.upper()} {path}")) is not None:
                operations[verb][SINCE] = protocol
    parts = made.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    parts["responses"] = {_name(status): _problem(status) for status in _every_status()}
    parts["parameters"] = {"Protocol": _PROTOCOL, "Workstation": _WORKSTATION}
    parts["securitySchemes"] = {"session": {"type": "http", "scheme": "bearer", "bearerFormat": "32 bytes in Base64"}}
    return made


_PROTOCOL: Json = {
    "name": PROTOCOL_HEADER,
    "in": "header",
    "required": True,
    "description": "The version that the console speaks; the office serves this one and the one before.",
    "schema": {"type": "string", "enum": [str(one) for one in range(PROTOCOL, OLDEST - 1, -1)]},
}

_WORKSTATION: Json = {
    "name": WORKSTATION_HEADER,
    "in": "header",
    "required": False,
    "description": "A gateway's alone, and needed there: the workstation's id (zeros while it has none) and its name.",
    "schema": {"type": "string", "pattern": "^[0-9a-f]{32} [A-Za-z0-9+/]+={0,2}$", "maxLength": 512},
}


def _complete(operation: Json, route: APIRoute) -> None:
    operation["parameters"] = [
        {"$ref": "#/components/parameters/Protocol"},
        {"$ref": "#/components/parameters/Workstation"},
        *sorted(operation.get("parameters", ()), key=lambda one: (one["in"], one["name"])),
    ]
    if takes_token(route):
        operation["security"] = [{"session": []}]
    answers = operation["responses"]
    answers.pop("422", None)
    statuses = [*ALWAYS]
    if "requestBody" in operation:
        statuses += WITH_A_BODY
    if "{" in route.path:
        statuses += WITH_AN_ADDRESS
    for status in sorted(statuses):
        answers[str(status)] = {"$ref": f"#/components/responses/{_name(status)}"}


def _every_status() -> list[int]:
    return sorted({*ALWAYS, *WITH_A_BODY, *WITH_AN_ADDRESS})


def _name(status: int) -> str:
    return HTTPStatus(status).phrase.replace(" ", "")


def _problem(status: int) -> Json:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": HTTPStatus(status).phrase, "content": {PROBLEM_TYPE: {"schema": schema}}}
