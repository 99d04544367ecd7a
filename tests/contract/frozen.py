"""What the protocol before was, and what of today's description an office or a console of it would not understand.

`tests/contract/protocol_1.json` was written once, out of the description of the last commit before protocol 2
(f574952), without its words: `python -m tests.contract.frozen openapi.json openapi-import.json`. It never changes;
when a protocol goes out of service (N-2), its file goes.
"""

import copy
import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from app.api.messages.filling import STREAM_TYPE, FillHead, FillToken, row_form
from app.api.messages.since import BEFORE, SINCE

Json = dict[str, Any]
FROZEN = Path(__file__).with_name("protocol_1.json")
VERBS = ("get", "put", "post", "delete", "patch")
_WORDS = {"title", "description", "default", "summary", "discriminator", SINCE, BEFORE}
_REF = "#/components/schemas/"


@cache
def frozen() -> Json:
    """The first protocol: operations by `POST /v1/...`, and the schemas that they name."""
    read: Json = json.loads(FROZEN.read_text("utf-8"))
    return read


def reduced(*descriptions: Json) -> Json:
    """Descriptions in OpenAPI as this file keeps them.

    Args:
        descriptions: of the office and of the process of an import.
    """
    operations, schemas = dict[str, Json](), dict[str, Json]()
    for description in descriptions:
        for path, verbs in description["paths"].items():
            for verb in verbs.keys() & set(VERBS):
                operations[f"{verb.upper()} {path}"] = _operation(verbs[verb])
        schemas |= description["components"]["schemas"]
    used = set[str]()
    for operation in operations.values():
        _use(operation, schemas, used)
    kept = {name: _without_words(schemas[name]) for name in sorted(used)}
    head = descriptions[0]["info"]["version"]
    return {"protocol": head, "operations": operations, "schemas": kept, "lines": _lines()}


def _lines() -> Json:
    """The lines of a stream of customers, which OpenAPI has no words for."""
    ends = {
        kind.__name__: _without_words(kind.model_json_schema(mode="serialization")) for kind in (FillHead, FillToken)
    }
    return {**ends, "type": STREAM_TYPE, "row": row_form(2, 2)}


def _operation(described: Json) -> Json:
    made: Json = {
        "queries": {
            one["name"]: {"required": one["required"], "schema": _without_words(one["schema"])}
            for one in described["parameters"]
            if "$ref" not in one
        }
    }
    if "requestBody" in described:
        made["body"] = _without_words(described["requestBody"]["content"]["application/json"]["schema"])
    for kind, content in described["responses"]["200"]["content"].items():
        made["answer"] = {kind: _without_words(content.get("schema", {}))}
    if SINCE in described:
        made[SINCE] = described[SINCE]
    return made


def _without_words(part: Any, *, is_names: bool = False) -> Any:
    """A schema without what says nothing of its form; our own marks stay."""
    if isinstance(part, list):
        return [_without_words(one) for one in part]
    if not isinstance(part, dict):
        return part
    dropped = set() if is_names else _WORDS - {SINCE, BEFORE}
    return {
        name: _without_words(inner, is_names=name == "properties" and not is_names)
        for name, inner in part.items()
        if name not in dropped
    }


def _use(part: Any, schemas: Json, used: set[str]) -> None:
    if isinstance(part, list):
        for inner in part:
            _use(inner, schemas, used)
    elif isinstance(part, dict):
        name = part.get("$ref", "").removeprefix(_REF) if isinstance(part.get("$ref"), str) else ""
        if name and name not in used:
            used.add(name)
            _use(schemas[name], schemas, used)
        for inner in part.values():
            _use(inner, schemas, used)


def as_of(protocol: int, today: Json) -> Json:
    """What of today's protocol somebody who speaks an earlier one is told: without what is marked as newer."""
    operations = {name: one for name, one in today["operations"].items() if one.get(SINCE, 1) <= protocol}
    told = {name: _as_of(protocol, copy.deepcopy(today[name])) for name in ("schemas", "lines")}
    return {**today, "operations": operations, **told}


def _as_of(protocol: int, part: Any) -> Any:
    if isinstance(part, list):
        return [_as_of(protocol, one) for one in part]
    if not isinstance(part, dict):
        return part
    if BEFORE in part and part[BEFORE]["since"] > protocol:
        return part[BEFORE]["was"]
    if isinstance(part.get("properties"), dict):
        newer = {name for name, one in part["properties"].items() if one.get(SINCE, 1) > protocol}
        part["properties"] = {name: one for name, one in part["properties"].items() if name not in newer}
        if "required" in part:
            part["required"] = [name for name in part["required"] if name not in newer]
    return {name: _as_of(protocol, inner) for name, inner in part.items()}


class Compared:
    """Two protocols, looked at side by side."""

    def __init__(self, was: Json, now: Json) -> None:
        self._was, self._now, self._seen = was, now, set[tuple[str, str]]()

    def differences(self) -> Iterator[str]:
        """Each place where they are not the same."""
        was, now = self._was["operations"], self._now["operations"]
        yield from (f"{name}: a route that is gone" for name in sorted(was.keys() - now.keys()))
        yield from (
            f"{name}: a new route, without its line in ROUTES_SINCE" for name in sorted(now.keys() - was.keys())
        )
        for name in sorted(was.keys() & now.keys()):
            for part in ("queries", "body", "answer"):
                yield from self._between(f"{name} {part}", was[name].get(part), now[name].get(part), is_names=True)
        yield from self._between("lines", self._was["lines"], self._now["lines"], is_names=True)

    def _between(self, place: str, was: Any, now: Any, *, is_names: bool = False) -> Iterator[str]:
        if isinstance(was, dict) and isinstance(now, dict):
            names = was.get("$ref", ""), now.get("$ref", "")
            if any(isinstance(name, str) and name for name in names):
                if names in self._seen:
                    return
                self._seen.add(names)
                was, now = self._shape(was, self._was), self._shape(now, self._now)
            yield from self._parts(place, was, now, is_names=is_names)
        elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now) and place[-9:] != "/required":
            for number, (one, other) in enumerate(zip(was, now, strict=True)):
                yield from self._between(f"{place}/{number}", one, other)
        elif _unordered(was) != _unordered(now):
            yield f"{place}: was {json.dumps(was)}, is {json.dumps(now)}"

    def _parts(self, place: str, was: Json, now: Json, *, is_names: bool) -> Iterator[str]:
        ignored = set() if is_names else _WORDS
        was = {"required": []} | was if "properties" in was and not is_names else was
        now = {"required": []} | now if "properties" in now and not is_names else now
        for name in sorted((was.keys() | now.keys()) - ignored):
            if name not in was:
                yield f"{place}/{name}: new, and not marked with the protocol that brings it (since)"
            elif name not in now:
                yield f"{place}/{name}: gone"
            else:
                is_inner = name == "properties" and not is_names
                yield from self._between(f"{place}/{name}", was[name], now[name], is_names=is_inner)

    @staticmethod
    def _shape(part: Json, protocol: Json) -> Json:
        shape = part
        while isinstance(shape.get("$ref"), str):
            shape = protocol["schemas"][shape["$ref"].removeprefix(_REF)]
        return shape


def _unordered(value: Any) -> Any:
    return sorted(value, key=str) if isinstance(value, list) else value


if __name__ == "__main__":
    read = [json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:]]
    FROZEN.write_text(json.dumps(reduced(*read), separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
