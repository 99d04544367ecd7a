"""Messages of the record of processing activities."""

from typing import Literal

from pydantic import Field

from app.api.messages.who_saw import Document
from app.api.messages.wire import MOST_ENTRIES, Message


class AskRecordPdf(Message):
    """The record as a document, in this language."""

    language: Literal["en", "id"]


class RecordPdf(Message):
    """The document; `entry` is the entry of the log that tells of it."""

    pdf: Document
    entry: int = Field(ge=1, le=MOST_ENTRIES)
