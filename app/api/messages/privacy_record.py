"""Messages of the record of processing activities, and of what its fields are used for."""

from typing import Literal

from pydantic import Field

from app.api.messages.who_saw import Document
from app.api.messages.wire import MOST_ENTRIES, Message
from app.domain.privacy.unused import Usage


class AskRecordPdf(Message):
    """The record as a document, in this language and form."""

    language: Literal["en", "id"]
    form: Literal["html", "pdf"] = "pdf"


class RecordPdf(Message):
    """The document, in the form that was asked for; `entry` is the entry of the log that tells of it."""

    pdf: Document
    entry: int = Field(ge=1, le=MOST_ENTRIES)


class FieldUseRow(Message):
    """What is known of one field's use within the time that is looked at."""

    field: str = Field(max_length=40)
    usage: Usage
    times: int = Field(ge=0, le=MOST_ENTRIES)
    last_ms: int | None = Field(default=None, ge=0, le=MOST_ENTRIES)


class FieldUses(Message):
    """All fields, in the order of the inventory; `log_since_ms` is when the log begins."""

    rows: tuple[FieldUseRow, ...]
    log_since_ms: int | None = None
