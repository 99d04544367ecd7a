"""Messages of the audit log."""

from typing import Annotated, Literal

from pydantic import Field

from app.api.messages.wire import MOST_ENTRIES, Blob, Id16, Key32, Message

MOST_ROWS = 500
"""Of one answer to a search."""
_Count = Annotated[int, Field(ge=0, le=MOST_ENTRIES)]
_Time = Annotated[int, Field(ge=0, le=MOST_ENTRIES)]
_Word = Annotated[str, Field(pattern=r"^[a-z0-9_.-]{0,64}$")]
_Record = Annotated[str, Field(pattern="^([0-9a-f]{32})?$")]


class AuditRow(Message):
    """One entry."""

    number: int
    at_ms: int
    event: str
    outcome: str
    actor: str
    acting_with: str
    session: str
    seat: str
    record: str
    field: str
    data_class: str
    reason: str
    reference: str
    detail: str
    hash: Key32


class AuditPage(Message):
    """Entries after a number, in stored order."""

    rows: tuple[AuditRow, ...]


class AuditKey(Message):
    """A place in the order of time."""

    at_ms: _Time
    number: _Count


class AuditQuery(Message):
    """What entries to look for; what is empty or None does not count.

    Attributes:
        since_ms, until_ms: from this time on, and before that.
        actor: who did it, or with whom it was done.
        first, last: numbers of entries; `first` alone is that entry.
        record: a subject's id in hex.
        before: go on behind this place.
        limit: rows of a page.
    """

    since_ms: _Time | None = None
    until_ms: _Time | None = None
    actor: _Word = ""
    event: _Word = ""
    outcome: Literal["", "ok", "refused", "failed"] = ""
    data_class: _Word = ""
    record: _Record = ""
    first: _Count | None = None
    last: _Count | None = None
    before: AuditKey | None = None
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 100


class AuditFound(Message):
    """Entries that fit, the newest first; where to go on, or None at the end. A page may be short, or empty."""

    rows: tuple[AuditRow, ...]
    next: AuditKey | None


class CheckpointMark(Message):
    """A signed point of the chain."""

    number: int
    hash: Key32
    signature: Blob


class AuditDetail(Message):
    """One entry, the chain's hash before it, and the first checkpoint at or after it.

    `previous` is None where the entry before it is not there; `checkpoint` where none follows yet.
    """

    row: AuditRow
    previous: Key32 | None
    checkpoint: CheckpointMark | None


class Checkpoints(Message):
    """All of them."""

    checkpoints: tuple[CheckpointMark, ...]


class Verified(Message):
    """Somebody verified the log; what came out: how many entries hold, and the first that does not."""

    ok: bool
    entries: _Count = 0
    first_bad: _Count | None = None


class Export(Message):
    """Entries from this one on are about to leave the office, in this form."""

    id: Id16
    to: Literal["jsonl", "syslog_tcp", "syslog_tls", "archive"]
    first: _Count


class ExportEnd(Message):
    """What came of an export: how many entries were taken, the last of them, and whether that was all."""

    id: Id16
    entries: _Count
    last: _Count
    whole: bool
