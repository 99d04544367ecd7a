"""Messages of the office's proof: its controls as they stand, and the documents made of them."""

from secrets import token_bytes
from typing import Annotated, Literal

from pydantic import Field

from app.api.messages.since import since
from app.api.messages.who_saw import Document, Moment
from app.api.messages.wire import MOST_ENTRIES, Id16, Message

MOST_CONTROLS, MOST_PARTS = 500, 1_000
Text = Annotated[str, Field(max_length=1000)]


def _nobodys() -> bytes:
    """An id that nobody asks by."""
    return token_bytes(16)


class AskControls(Message):
    """Each control as it stands now.

    Attributes:
        id: under which one asks how far it is, and stops it; a console of the first protocol gives none and cannot.
    """

    id: Annotated[Id16, since(2)] = Field(default_factory=_nobodys)


class ControlState(Message):
    """One control, what it asks and what the office shows for it, in both languages."""

    source: Annotated[str, Field(max_length=32)]
    article: Annotated[str, Field(max_length=32)]
    evidence: Annotated[str, Field(max_length=64)]
    asks_en: Text
    asks_id: Text
    is_met: bool
    shown_en: Text
    shown_id: Text
    at_ms: Moment


class Controls(Message):
    """All of them, in the order of a report."""

    controls: Annotated[tuple[ControlState, ...], Field(max_length=MOST_CONTROLS)]


class AskComplianceDocument(Message):
    """A document of the office's proof, in this form and language; `id` as in `AskControls`."""

    id: Annotated[Id16, since(2)] = Field(default_factory=_nobodys)
    kind: Literal["report", "review", "assessment"]
    form: Literal["html", "pdf"]
    language: Literal["en", "id"]


class ComplianceDocument(Message):
    """The document; `entry` is the entry of the log that tells of it."""

    content: Document
    entry: int = Field(ge=1, le=MOST_ENTRIES)


class ProofFar(Message):
    """So many parts of what a session waits for were looked at, of so many; 0 of 0 where there is nothing."""

    done: int = Field(ge=0, le=MOST_PARTS)
    total: int = Field(ge=0, le=MOST_PARTS)


class AskPack(Message):
    """All of it in one file that the office signs; `id` as in `AskControls`."""

    id: Annotated[Id16, since(2)] = Field(default_factory=_nobodys)
    language: Literal["en", "id"]
