"""How far a source was read: the highest change that was seen, and the key of its row.

A mark is text that the office keeps with the import that it belongs to; it counts for the same rows of the same
database alone. Its values have the type that their columns had, so that they are compared as these.
"""

import base64
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

LONGEST = 2_048

_WRITE: Mapping[type, Callable[..., str]] = {
    int: str,
    Decimal: str,
    datetime: datetime.isoformat,
    date: date.isoformat,
    str: str,
    bytes: lambda value: base64.b64encode(value).decode(),
    uuid.UUID: str,
}
_READ: Mapping[str, Callable[[str], object]] = {
    "int": int,
    "Decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "str": str,
    "bytes": lambda text: base64.b64decode(text, validate=True),
    "UUID": uuid.UUID,
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a source.

    Attributes:
        digest: of what was read (`SqlDeclaration.digest`).
        change: the highest.
        key: of the last row that has it. Neither is in `repr`.
    """

    digest: str
    change: object = field(repr=False)
    key: object = field(repr=False)

    def text(self) -> str:
        """For keeping; nothing where a value is of a type, or of a length, that cannot be kept."""
        kinds = type(self.change), type(self.key)
        if not all(kind in _WRITE for kind in kinds):
            return ""
        pairs = [
            [kind.__name__, _WRITE[kind](value)] for kind, value in zip(kinds, (self.change, self.key), strict=True)
        ]
        text = json.dumps([1, self.digest, *pairs])
        return text if len(text) <= LONGEST else ""


def mark_of(text: str) -> Mark | None:
    """A kept mark, or None where this is none."""
    try:
        version, digest, *pairs = json.loads(text)
        change, key = (_READ[kind](value) for kind, value in pairs)
    except (ValueError, TypeError, KeyError, InvalidOperation):
        return None
    return Mark(digest, change, key) if version == 1 and isinstance(digest, str) else None


def values_in(text: str) -> frozenset[str]:
    """The values of a kept mark as they are written, without case; none in another text."""
    try:
        _form, _digest, *pairs = json.loads(text)
        return frozenset(str(value).casefold() for _kind, value in pairs)
    except (TypeError, ValueError):
        return frozenset()
