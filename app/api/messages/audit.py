"""Messages of the audit log."""

from app.api.messages.wire import Blob, Key32, Message


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


class CheckpointMark(Message):
    """A signed point of the chain."""

    number: int
    hash: Key32
    signature: Blob


class Checkpoints(Message):
    """All of them."""

    checkpoints: tuple[CheckpointMark, ...]


class Verified(Message):
    """Somebody verified the log; what came out."""

    ok: bool
