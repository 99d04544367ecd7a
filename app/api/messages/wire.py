"""The ground of all messages: closed, immutable, bytes as Base64.

`PROTOCOL` is sent in the header `Tirai-Protocol`; the office serves N and N-1, otherwise "update needed".
"""

from base64 import b64decode, b64encode
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

PROTOCOL = 1
PROTOCOL_HEADER = "Tirai-Protocol"
MOST_ENTRIES = 2**53
"""No chain is longer; numbers above are not numbers of entries."""


class Message(BaseModel):
    """A message: unknown parts are refused, and a refusal never repeats the input."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    def __repr__(self) -> str:
        """The kind alone: messages carry tokens, codes and notes."""
        return f"{type(self).__name__}([secure])"

    __str__ = __repr__


def _bytes(value: Any) -> Any:
    return b64decode(value, validate=True) if isinstance(value, str) else value


def _text(value: bytes) -> str:
    return b64encode(value).decode()


Blob = Annotated[
    bytes, BeforeValidator(_bytes), PlainSerializer(_text, return_type=str, when_used="json"), Field(max_length=65536)
]
"""Any bytes up to 64 KiB."""

LongBlob = Annotated[bytes, BeforeValidator(_bytes), PlainSerializer(_text, return_type=str, when_used="json"),
                     Field(max_length=131_072)]  # fmt: skip
"""Any bytes up to 128 KiB: a sealed entry of the outbox."""

Id16 = Annotated[bytes, BeforeValidator(_bytes), PlainSerializer(_text, return_type=str, when_used="json"),
                 Field(min_length=16, max_length=16)]  # fmt: skip
"""An id of 16 random bytes."""

Key32 = Annotated[bytes, BeforeValidator(_bytes), PlainSerializer(_text, return_type=str, when_used="json"),
                  Field(min_length=32, max_length=32)]  # fmt: skip
"""A key or digest of 32 bytes."""

Name = Annotated[str, Field(min_length=1, max_length=64)]
Words = Annotated[str, Field(max_length=1000)]
Word = Annotated[str, Field(pattern="^[a-z_]{1,32}$")]
"""A word of the program that goes into the log as it is: no room for a value or a line of one's own."""


class Done(Message):
    """Nothing more to say."""


class Problem(Message):
    """A refusal.

    Attributes:
        code: which error, for programs.
        message: a sentence that says what to do; never a customer's value.
        number: what belongs to it (tries left, seconds to wait, minutes off), if anything.
        wait_s: seconds to wait, if any.
    """

    code: str
    message: str
    number: int = 0
    wait_s: int = 0
