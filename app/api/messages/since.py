"""Two protocols side by side: what a message leaves out, or says otherwise, for somebody who speaks the one before.

Whoever adds a field, a word or a route to what stands marks it with the protocol that brings it: `since(2)` on the
field, `Before(2, ...)` on a place that takes more than it did, a line in `ROUTES_SINCE`. The same marks serve console
and office, so what one of them leaves out, the other one has never heard of. What the protocol before was is frozen
(`tests/contract/protocol_1.json`), and a test refuses what is new and not marked.

Invariants: a field with `since` has a default, which is what its absence means; nothing is left out for somebody who
speaks this protocol. While an office answers, it writes for whoever asks; what it keeps, signs or hashes meanwhile it
writes under `all_said`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, core_schema

from app.api.messages.wire import PROTOCOL

SINCE, BEFORE = "x-tirai-since", "x-tirai-before"
"""How the marks stand in the API's description."""

ROUTES_SINCE: Mapping[str, int] = {
    "POST /v1/erasures/{key}/letters": 2,
    "POST /v1/erasures/{key}/letters/kept": 2,
    "POST /v1/incidents/{key}/letters": 2,
    "POST /v1/incidents/brought": 2,
    "GET /v1/privacy/compliance/looks/{key}": 2,
    "DELETE /v1/privacy/compliance/looks/{key}": 2,
    "POST /v1/subject-requests/{key}/attach": 2,
    "POST /v1/subject-requests/{key}/detach": 2,
    "POST /v1/subject-requests/{key}/sent": 2,
    "POST /v1/door/seat": 2,
    "POST /v1/seats/invite": 2,
    "POST /v1/seats/withdraw": 2,
    "GET /v1/readmissions": 2,
    "POST /v1/readmissions": 2,
    "DELETE /v1/readmissions/{key}": 2,
    "POST /v1/readmissions/{key}/approve": 2,
}
"""Routes that the first protocol had not, with the one that brought them."""

_spoken: ContextVar[int] = ContextVar("spoken", default=PROTOCOL)


@contextmanager
def speaking(protocol: int) -> Iterator[None]:
    """While messages are written for somebody who speaks this protocol."""
    token = _spoken.set(protocol)
    try:
        yield
    finally:
        _spoken.reset(token)


def all_said() -> AbstractContextManager[None]:
    """While a message is written that is kept, signed or hashed: with all of its parts, whoever is asking."""
    return speaking(PROTOCOL)


def spoken() -> int:
    """The protocol that messages are written in."""
    return _spoken.get()


def since(protocol: int, *, tightens: bool = False) -> Any:
    """The mark of a field that this protocol brought; it has a default beside it.

    Args:
        protocol: the first that knows it.
        tightens: whether leaving out a value would loosen something; then what has one is not said at all to those
            before, and the default is None.

    Returns:
        What goes into `Annotated`.
    """

    def is_left_out(value: Any) -> bool:
        if spoken() >= protocol:
            return False
        if tightens and value is not None:
            raise CannotBeSaidError
        return True

    return Field(exclude_if=is_left_out, json_schema_extra={SINCE: protocol})


class Before:
    """The mark of a place that takes more since a protocol: what those before are told in its stead."""

    def __init__(self, protocol: int, said: Callable[[Any], Any], was: Any) -> None:
        """Mark a place.

        Args:
            protocol: the first that takes all of it.
            said: gives what is said to those before; raises `CannotBeSaidError` where nothing can stand for a value.
            was: the type of the place before.
        """
        self._protocol, self._said, self._was = protocol, said, was

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The place's schema, written by way of `said`."""
        inner = handler(source)

        def written(value: Any, write: Callable[[Any], Any]) -> Any:
            return write(self._said(value) if spoken() < self._protocol else value)

        outer: Any = {**inner}
        outer["serialization"] = core_schema.wrap_serializer_function_ser_schema(written, schema=inner)
        return outer  # type: ignore[no-any-return]

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The place's description, with what it was."""
        was = TypeAdapter(self._was).json_schema()
        return {**handler(schema), BEFORE: {"since": self._protocol, "was": was}}


class CannotBeSaidError(ValueError):
    """Nothing of the protocol before stands for this value."""


def nothing_else(value: Any) -> Any:
    """For `Before`: None cannot be said.

    Raises:
        CannotBeSaidError: it is None.
    """
    if value is None:
        raise CannotBeSaidError
    return value


def words(instead: Mapping[str, str | None]) -> Callable[[Any], Any]:
    """For `Before`: words that those before do not know, each with what they are told; None: it cannot be said."""

    def said(value: Any) -> Any:
        word = getattr(value, "value", value)
        if word not in instead:
            return value
        if (other := instead[word]) is None:
            raise CannotBeSaidError
        return other if value is word else type(value)(other)

    return said


def route_since(method: str, path: str) -> int:
    """The protocol that brought a route; the first, where it always was there.

    Args:
        method: of the request.
        path: as it is asked for, without its query.
    """
    return next((protocol for route, protocol in _routes() if route.fullmatch(f"{method} {path}")), 1)


@cache
def _routes() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((_pattern(route), protocol) for route, protocol in ROUTES_SINCE.items())


def _pattern(route: str) -> re.Pattern[str]:
    return re.compile("[^/]+".join(re.escape(part) for part in re.split(r"\{\w+\}", route)))
