"""The API's description is current, and says of every route: closed, bounded, nothing of a person in its URL."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute

from app.api.messages.filling import STREAM_TYPE
from app.api.messages.wire import PROBLEM_TYPE
from app.api.server.application import bare_application
from app.api.server.description import ALWAYS, WITH_A_BODY, routes_of, takes_token
from app.api.server.import_child import bare_import_application
from app.api.server.routes import StrictRoute
from tests.architecture.openapi import OFFICE, as_written, descriptions

Json = dict[str, Any]
ROUTES: list[APIRoute] = [*routes_of(bare_application()), *routes_of(bare_import_application())]
DESCRIBED = descriptions()[OFFICE]
OPERATIONS = {f"{v.upper()} {path}": one for path, verbs in DESCRIBED["paths"].items() for v, one in verbs.items()}
SCHEMAS: Json = DESCRIBED["components"]["schemas"]
DOORS = {
    "GET /v1/hello",
    "POST /v1/door/salt",
    "POST /v1/door/sign-in",
    "POST /v1/door/enrol",
    "POST /v1/door/enrol/book",
    "POST /v1/door/enrol/finish",
    "POST /v1/door/ended",
    "POST /v1/door/locked",
    "POST /v1/door/receipt",
    "POST /v1/door/resume",
    "POST /v1/door/seat",
}
"""Routes without a session: each is on the page of sign-in."""
IN_URLS = {
    "key": "a random id",
    "number": "of an entry or a version",
    "data_class": "one of five words",
    "field": "its name in the inventory",
    "after": "a place in a sequence",
    "since": "a place in a sequence",
    "limit": "how many",
    "total": "whether to count",
    "language": "one of two words",
}
"""Everything that stands in paths and queries, with what it is. None of it comes from a person or tells of one."""
STREAMS = {"text/event-stream", STREAM_TYPE}
OF_PEOPLE = (
    "4111111111111111",
    "3273996803870004",
    "Ratna Dewanti",
    "ratna@example.com",
    "+62 812 0000 0000",
    "hendra*",
)


def test_that_the_files_are_as_the_command_writes_them() -> None:
    for path, description in descriptions().items():
        assert path.read_text("utf-8") == as_written(description), "run: make openapi"


def test_that_every_route_is_described_and_strict() -> None:
    assert len(OPERATIONS) > 100
    assert {type(route) for route in ROUTES} == {StrictRoute}
    by_route = {f"{v} {route.path}" for route in routes_of(bare_application()) for v in route.methods or ()}
    assert by_route == set(OPERATIONS)


def test_that_the_routes_without_a_session_are_the_doors() -> None:
    without = {name for name, one in OPERATIONS.items() if "security" not in one}
    assert without == DOORS
    assert all(takes_token(route) for route in routes_of(bare_import_application()))


def test_that_a_production_application_serves_no_description() -> None:
    for app in (bare_application(), bare_import_application()):
        assert (app.openapi_url, app.docs_url, app.redoc_url) == (None, None, None)
        assert {type(route) for route in routes_of(app)} == {StrictRoute}


@pytest.mark.parametrize("name", OPERATIONS)
def test_that_a_route_has_typed_bodies_answers_and_problems(name: str) -> None:
    one = OPERATIONS[name]
    assert one["summary"]
    assert one["description"]
    if "requestBody" in one:
        assert set(one["requestBody"]["content"]) == {"application/json"}
        assert "$ref" in one["requestBody"]["content"]["application/json"]["schema"]
        assert {str(status) for status in WITH_A_BODY} <= one["responses"].keys()
    kinds = one["responses"]["200"]["content"]
    assert "$ref" in kinds.get("application/json", {}).get("schema", {}) or set(kinds) < STREAMS
    for status in ALWAYS:
        (word,) = (one["responses"][str(status)]["$ref"].rpartition("/")[2],)
        assert set(DESCRIBED["components"]["responses"][word]["content"]) == {PROBLEM_TYPE}


def parameters() -> Iterator[tuple[str, Json]]:
    for name, one in OPERATIONS.items():
        yield from ((name, part) for part in one["parameters"] if "$ref" not in part)


def test_that_nothing_of_a_person_can_stand_in_a_url() -> None:
    """ASVS V14.2.1: URLs are kept by proxies, logs and histories."""
    for name, part in parameters():
        assert part["in"] in {"path", "query"}, name
        assert part["name"] in IN_URLS, f"say what it is: {name}"
        schema = part["schema"]
        assert schema["type"] in {"integer", "boolean"} or {"pattern", "enum"} & schema.keys(), name
        if schema["type"] == "integer":
            assert schema["maximum"] <= 2**53, name
        if schema["type"] == "string" and "enum" not in schema:
            assert schema["pattern"][0] + schema["pattern"][-1] == "^$", name
            assert not [one for one in OF_PEOPLE if re.match(schema["pattern"], one)], name
    assert {part["name"] for _, part in parameters()} == set(IN_URLS)


def taken(part: Any, seen: set[str]) -> None:
    """The names of all schemas in a part of the description, and in those."""
    if isinstance(part, dict):
        name = part["$ref"].rpartition("/")[2] if isinstance(part.get("$ref"), str) else ""
        if name and name not in seen:
            seen.add(name)
            taken(SCHEMAS[name], seen)
        for inner in part.values():
            taken(inner, seen)
    elif isinstance(part, list):
        for inner in part:
            taken(inner, seen)


def open_places(part: Any, place: str) -> Iterator[str]:
    """Places of a schema that take names of the sender's choice, or anything without a bound."""
    if isinstance(part, list):
        for inner in part:
            yield from open_places(inner, place)
    if not isinstance(part, dict):
        return
    kind = part.get("type")
    bounds = {"string": ("maxLength", "pattern", "enum", "const"), "array": ("maxItems",),
              "integer": ("maximum", "enum", "const"), "number": ("maximum",)}  # fmt: skip
    if kind == "object" and part.get("additionalProperties") is not False:
        yield f"{place}: open"
    if kind in bounds and not any(bound in part for bound in bounds[kind]):
        yield f"{place}: {kind} without a bound"
    for name, inner in part.items():
        yield from open_places(inner, f"{place}.{name}")


def test_that_what_the_office_takes_is_closed_and_bounded() -> None:
    """A part with names of the sender's choice would come back in the places of a malformed body."""
    names: set[str] = set()
    for one in OPERATIONS.values():
        taken(one.get("requestBody", {}), names)
    assert len(names) > 50
    assert [place for name in sorted(names) for place in open_places(SCHEMAS[name], name)] == []
