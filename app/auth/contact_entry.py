"""A contact's state as an entry of the outbox carries it.

Payload = LP("outbox-contact", record, revision, started, ended, outcome, LP("outbox-tags", tag, ...), day, time, note,
call): times in ms since 1970, 0 for no end; note empty or an id; words of the policy.
"""

from dataclasses import dataclass
from struct import error as struct_error

from app.crypto.errors import SealError
from app.crypto.labels import lp, unlp

ID_BYTES, _NUMBER_BYTES = 16, 8


@dataclass(frozen=True, slots=True)
class ContactState:
    """What a console kept of a contact.

    Attributes:
        ended_ms: 0 where it is not finished.
        note: id of its note, or empty.
    """

    record: bytes
    revision: int
    started_ms: int
    ended_ms: int
    outcome: str
    tags: tuple[str, ...]
    call_back_day: str
    call_back_at: str
    note: bytes
    call: str


def contact_payload(state: ContactState) -> bytes:
    """See the module."""
    return lp(
        "outbox-contact", state.record, state.revision, state.started_ms, state.ended_ms, state.outcome,
        lp("outbox-tags", *state.tags), state.call_back_day, state.call_back_at, state.note, state.call,
    )  # fmt: skip


def contact_of(payload: bytes) -> ContactState:
    """Out of an entry.

    Raises:
        SealError: it carries no contact.
    """
    try:
        record, *numbers, outcome, tags, day, at, note, call = unlp(payload, "outbox-contact")
        words = tuple(tag.decode() for tag in unlp(tags, "outbox-tags"))
        outcome_, day_, at_, call_ = (part.decode() for part in (outcome, day, at, call))
        revision, started_ms, ended_ms = map(_number, numbers)
    except (ValueError, struct_error) as e:
        raise SealError("an entry of the outbox carries no contact") from e
    if len(record) != ID_BYTES or len(note) not in (0, ID_BYTES):
        raise SealError("an entry of the outbox carries no contact")
    return ContactState(record, revision, started_ms, ended_ms, outcome_, words, day_, at_, note, call_)


def _number(part: bytes) -> int:
    if len(part) != _NUMBER_BYTES:
        raise ValueError("no number")
    return int.from_bytes(part, "big")
