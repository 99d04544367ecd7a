"""What the office knows of a customer's consents and restrictions: rows that `app.domain.privacy.consent` judges."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, select

from app.backoffice import schema
from app.backoffice.privacy_schema import consents
from app.backoffice.ready import Ready
from app.backoffice.subject_tables import processing_holds, subject_requests
from app.domain.privacy.consent import ConsentEvent, Limit, Restriction, Said, Standing
from app.domain.subject_requests.words import RequestKind

_holds, _asked = processing_holds.c, subject_requests.c
_record: BindParameter[bytes] = bindparam("record")
_LEDGER = Ready(select(consents).where(consents.c.record == _record).order_by(consents.c.number))
_SAID = Ready(
    select(consents.c.number, consents.c.purpose, consents.c.given, consents.c.at_ms)
    .where(consents.c.record == _record)
    .order_by(consents.c.number)
)
"""What decides, and nothing else of the rows: each reveal asks for it."""
_LIMITS = Ready(
    select(_holds.purpose, _holds.since_ms, _asked.kind, _asked.number)
    .join(subject_requests, _asked.id == _holds.request)
    .where(_holds.record == _record)
    .order_by(_holds.since_ms, _holds.purpose)
)
_COLLECTED = Ready(select(schema.collected.c.record).where(schema.collected.c.record == _record))


def standing_of(db: Connection, record: bytes) -> Standing:
    """All that decides about a customer's purposes."""
    return Standing(
        tuple(map(event_of, _SAID.all(db, record=record))),
        tuple(Restriction(row.purpose, limit_of(row)) for row in limits_of(db, record)),
        is_imported(db, record),
    )


def ledger_of(db: Connection, record: bytes) -> Sequence[Row[Any]]:
    """The customer's rows of the ledger, in order."""
    return _LEDGER.all(db, record=record)


def event_of(row: Row[Any]) -> ConsentEvent:
    """A row as the rules know it."""
    return ConsentEvent(row.number, row.purpose, Said.GIVEN if row.given else Said.WITHDRAWN, row.at_ms)


def limits_of(db: Connection, record: bytes) -> Sequence[Any]:
    """What limits work for the customer now: purposes that requests of theirs hold, with their kinds and numbers."""
    return _LIMITS.all(db, record=record)


def limit_of(row: Row[Any]) -> Limit:
    """What a hold is, by the kind of its request."""
    kinds = {RequestKind.OBJECTION: Limit.OBJECTED, RequestKind.WITHDRAWAL: Limit.WITHDRAWN}
    return kinds.get(RequestKind(row.kind), Limit.RESTRICTED)


def is_imported(db: Connection, record: bytes) -> bool:
    """Whether the record came with an import; one that a person typed in has nobody else who answers for consents."""
    return _COLLECTED.first(db, record=record) is None
