"""JSON as the office takes it: RFC 8259 in UTF-8, each name once in its object, not deep, no number beyond bounds.

What parsers disagree about is refused, so that no two programs read two things in one body.
"""

import json
import re
from typing import Any, NoReturn

_TEXTS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
"""A text, or what begins as one and never ends: nothing of it is looked at twice."""
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_ALIKE = bytes.maketrans(b"[]", b"{}")
_DIGITS = 20
"""No number of ours is longer; a parser's own bound would be a fault instead of a refusal."""


class JsonRefusedError(json.JSONDecodeError):
    """A body that is no JSON of ours; says nothing of what it was. Of this kind, since FastAPI tells no other."""

    def __init__(self, why: str) -> None:
        super().__init__(why, "", 0)


def read_json(body: bytes, depth: int) -> Any:
    """Read a body.

    Args:
        body: as it came.
        depth: how deep arrays and objects may lie in each other.

    Raises:
        JsonRefusedError: not UTF-8, not JSON, a name twice in one object, too deep, not a number, or too long a one.
    """
    if _is_deeper(body, depth):
        raise JsonRefusedError("too deep")
    try:
        return _DECODER.decode(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise JsonRefusedError("not JSON") from None


def _is_deeper(body: bytes, depth: int) -> bool:
    brackets = _TEXTS.sub(b"", body).translate(_ALIKE, _NOT_BRACKETS)
    for _layer in range(depth):
        brackets = brackets.replace(b"{}", b"")  # the innermost of each place
    return bool(brackets)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise JsonRefusedError("a name twice")
    return made


def _integer(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise JsonRefusedError("too long a number")
    return int(digits)


def _no_number(_word: str) -> NoReturn:
    raise JsonRefusedError("not a number")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer, parse_constant=_no_number)
