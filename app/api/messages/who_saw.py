"""Messages of "who saw my data": the accesses to one customer's data, and the document about them.

No answer carries a value. People are roles with a number, or names where policy gives them.
"""

from base64 import b64decode, b64encode
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer

from app.api.messages.wire import MOST_ENTRIES, Id16, Message
from app.domain.access import AccessKind
from app.domain.role import Role

LONGEST_NUMBER = 64
LARGEST_PDF = 8 * 1024 * 1024
_LATEST_MS = 253_402_300_799_000
"""The end of the year 9999."""


def _bytes(value: Any) -> Any:
    return b64decode(value, validate=True) if isinstance(value, str) else value


def _text(value: bytes) -> str:
    return b64encode(value).decode()


Document = Annotated[
    bytes,
    BeforeValidator(_bytes),
    PlainSerializer(_text, return_type=str, when_used="json"),
    Field(max_length=LARGEST_PDF),
]
"""A file of up to 8 MiB."""

Moment = Annotated[int, Field(ge=0, le=_LATEST_MS)]


class AskWhoSaw(Message):
    """Who saw one customer's data, within a time.

    Attributes:
        record: whose; or None, and `number` says it.
        number: the customer's number.
        since_ms, until_ms: the time; None is open. `until_ms` is not included.
    """

    record: Id16 | None = None
    number: str = Field(default="", max_length=LONGEST_NUMBER)
    since_ms: Moment | None = None
    until_ms: Moment | None = None


class AskWhoSawPdf(AskWhoSaw):
    """The same as a document, in this language.

    Attributes:
        id: under which one asks how far it is, and stops it.
    """

    id: Id16
    language: Literal["en", "id"]


class SomebodyMark(Message):
    """A person, as the list names them."""

    role: Role | None
    nth: int = Field(ge=1, le=MOST_ENTRIES)
    name: str = ""


class AccessRow(Message):
    """One access (`app.domain.access.Access`)."""

    number: int = Field(ge=1, le=MOST_ENTRIES)
    at_ms: int
    kind: AccessKind
    who: SomebodyMark
    field: str
    reason: str
    allowed_by: SomebodyMark | None
    seconds: int | None
    matched: bool | None
    notes: int


class WhoSaw(Message):
    """The accesses, the oldest first; only the newest where `total` is more.

    Attributes:
        record: whose, so that a document can be asked for.
        entries: so long is the log of which they are.
    """

    record: Id16
    customer_number: str
    customer_name: str
    rows: tuple[AccessRow, ...]
    total: int
    refused: int
    log_since_ms: int
    view_s: int
    entries: int


class PdfHowFar(Message):
    """So many entries of the log are read for a document, of so many; 0 of 0 where none is being made."""

    done: int = Field(ge=0, le=MOST_ENTRIES)
    total: int = Field(ge=0, le=MOST_ENTRIES)


class WhoSawPdf(Message):
    """The document; `entry` is the entry of the log that tells of it."""

    pdf: Document
    entry: int
    times: int
