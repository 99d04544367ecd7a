"""The ground of all messages: closed, immutable, bytes as Base64.

`PROTOCOL` is sent in the header `Tirai-Protocol`, with requests and since 2 with answers; the office serves N and N-1,
otherwise "update needed". What is left out for N-1: `app/api/messages/since.py`.
"""

from base64 import b64decode, b64encode
from http import HTTPStatus
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic_core import CoreSchema

PROTOCOL = 2
OLDEST = PROTOCOL - 1
"""The oldest that is spoken and served."""
SILENT = 1
"""What an office speaks that does not say it: the first protocol had no word for it."""
PROTOCOL_HEADER = "Tirai-Protocol"
UPDATE_NEEDED = "update_needed"
"""The code of such a refusal, and of one by a gateway that wants a newer version."""
PROBLEM_TYPE = "application/problem+json"
WORKSTATION_HEADER = "Tirai-Workstation"
_MOST_HEADER = 512
MOST_ENTRIES = 2**53
"""No chain is longer; numbers above are not numbers of entries."""


_EXACT = ("int", "float", "bool")


def _made_exact(schema: Any) -> None:
    """Numbers and truths are what JSON says they are: no text, and no other kind, is read as one."""
    if isinstance(schema, dict):
        if schema.get("type") in _EXACT:
            schema["strict"] = True
        for part in schema.values():
            _made_exact(part)
    elif isinstance(schema, list | tuple):
        for part in schema:
            _made_exact(part)


def workstation_header(name: str, seat: bytes = b"") -> str:
    """Which workstation asks an office of many: its id in hexadecimal, zeros while it is not known, and its name."""
    return f"{(seat or bytes(16)).hex()} {b64encode(name.encode()).decode()}"


def workstation_of(header: str) -> tuple[str, bytes] | None:
    """Name and id from such a header, or None where it is none. Neither is believed."""
    seat, _, name = header.partition(" ")
    if len(header) > _MOST_HEADER or len(seat) != 32:
        return None
    try:
        named = b64decode(name, validate=True).decode(), bytes.fromhex(seat)
    except ValueError:
        return None
    return named if named[0] and len(named[0]) <= 64 and named[0].isprintable() else None


class Message(BaseModel):
    """A message: unknown parts and numbers in texts are refused, and a refusal never repeats the input."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The model's schema; strict as a whole, it would refuse JSON's arrays and words for tuples and enums."""
        schema = handler(source)
        _made_exact(schema)
        return schema

    def __repr__(self) -> str:
        """The kind alone: messages carry tokens, codes and notes."""
        return f"{type(self).__name__}([secure])"

    __str__ = __repr__


def _bytes(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    read = b64decode(value, validate=True)
    if _text(read) != value:  # bits that say nothing: no two texts for the same bytes
        raise ValueError("not canonical Base64")
    return read


def _text(value: bytes) -> str:
    return b64encode(value).decode()


_WRITTEN = PlainSerializer(_text, return_type=str, when_used="json")


def _described(least: int, most: int) -> WithJsonSchema:
    """How the bytes stand in JSON: canonical Base64 (RFC 4648, section 4)."""
    whole, part = divmod(most, 3)
    end = {0: "", 1: "[A-Za-z0-9+/][AQgw]==", 2: "[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]="}
    if least == most:
        pattern = f"^[A-Za-z0-9+/]{{{whole * 4}}}{end[part]}$"
    else:
        pattern = f"^([A-Za-z0-9+/]{{4}})*({end[1]}|{end[2]})?$"
    longest = (whole + bool(part)) * 4
    schema = {"type": "string", "contentEncoding": "base64", "pattern": pattern, "maxLength": longest}
    return WithJsonSchema(schema)


Blob = Annotated[bytes, BeforeValidator(_bytes), _WRITTEN, Field(max_length=65536), _described(0, 65536)]
"""Any bytes up to 64 KiB."""

LongBlob = Annotated[bytes, BeforeValidator(_bytes), _WRITTEN, Field(max_length=131_072), _described(0, 131_072)]
"""Any bytes up to 128 KiB: a sealed entry of the outbox."""

Id16 = Annotated[bytes, BeforeValidator(_bytes), _WRITTEN, Field(min_length=16, max_length=16), _described(16, 16)]
"""An id of 16 random bytes."""

Key32 = Annotated[bytes, BeforeValidator(_bytes), _WRITTEN, Field(min_length=32, max_length=32), _described(32, 32)]
"""A key or digest of 32 bytes."""


def _whole_or_none(value: bytes) -> bytes:
    if len(value) not in {0, 32}:
        raise ValueError("a slot key has 32 bytes, or is empty")
    return value


_SLOT_PATTERN = "^([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)?$"
_SLOT_SCHEMA = WithJsonSchema(
    {"type": "string", "contentEncoding": "base64", "pattern": _SLOT_PATTERN, "maxLength": 44}
)
SlotKey = Annotated[bytes, BeforeValidator(_bytes), AfterValidator(_whole_or_none), _WRITTEN, _SLOT_SCHEMA]
"""A slot key of 32 bytes; empty at a gateway, where no file is opened by one (`ApiClient.slot`)."""

Name = Annotated[str, Field(min_length=1, max_length=64)]
Words = Annotated[str, Field(max_length=1000)]
Word = Annotated[str, Field(pattern="^[a-z_]{1,32}$")]
"""A word of the program that goes into the log as it is: no room for a value or a line of one's own."""


class Done(Message):
    """Nothing more to say."""


class Problem(Message):
    """A refusal, as problem details (RFC 9457); sent as `PROBLEM_TYPE`. What a later office adds is not looked at.

    Attributes:
        type: which error, for programs that know the standard: `urn:tirai:problem:` and `code`.
        title: what the status says; the same for all of its problems.
        status: the status of the answer.
        detail: a sentence that says what to do; never a customer's value, nor anything that was sent.
        code: which error, for programs.
        number: what belongs to it (tries left, minutes off), if anything.
        wait_s: seconds to wait, if any.
        order: id of the order to wipe that the session's workstation is to obey, if any.
    """

    model_config = ConfigDict(extra="ignore")

    type: str = Field(max_length=100)
    title: str = Field(max_length=100)
    status: int = Field(ge=400, le=599)
    detail: str = Field(max_length=2000)
    code: str = Field(pattern="^[A-Za-z0-9_]{1,64}$")
    number: int = 0
    wait_s: int = Field(default=0, ge=0)
    order: Id16 | None = None

    @classmethod
    def of(
        cls, status: int, code: str, sentence: str, *, number: int = 0, wait_s: int = 0, order: bytes | None = None
    ) -> "Problem":
        """A problem with what the standard wants of it."""
        title = HTTPStatus(status).phrase
        return cls(
            type=f"urn:tirai:problem:{code}",
            title=title,
            status=status,
            detail=sentence,
            code=code,
            number=number,
            wait_s=wait_s,
            order=order,
        )
