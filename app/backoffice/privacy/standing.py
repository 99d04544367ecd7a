"""What the office knows of a customer's consents and restrictions: rows that `app.domain.privacy.consent` judges."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from app.backoffice import schema
from app.backoffice.privacy_schema import consents
from app.backoffice.subject_tables import processing_holds, subject_requests
from app.domain.privacy.consent import ConsentEvent, Limit, Restriction, Said, Standing
from app.domain.subject_requests.words import RequestKind


def standing_of(db: Connection, record: bytes) -> Standing:
    """All that decides about a customer's purposes."""
    return Standing(
        tuple(map(event_of, ledger_of(db, record))),
        tuple(Restriction(row.purpose, limit_of(row)) for row in limits_of(db, record)),
        is_imported(db, record),
    )


def ledger_of(db: Connection, record: bytes) -> Sequence[Row[Any]]:
    """The customer's rows of the ledger, in order."""
    table = consents
    return db.execute(select(table).where(table.c.record == record).order_by(table.c.number)).all()


def event_of(row: Row[Any]) -> ConsentEvent:
    """A row as the rules know it."""
    return ConsentEvent(row.number, row.purpose, Said.GIVEN if row.given else Said.WITHDRAWN, row.at_ms)


def limits_of(db: Connection, record: bytes) -> Sequence[Any]:
    """What limits work for the customer now: purposes that requests of theirs hold, with their kinds and numbers."""
    holds, asked = processing_holds.c, subject_requests.c
    query = select(holds.purpose, holds.since_ms, asked.kind, asked.number)
    query = query.join(subject_requests, asked.id == holds.request).where(holds.record == record)
    return db.execute(query.order_by(holds.since_ms, holds.purpose)).all()


def limit_of(row: Row[Any]) -> Limit:
    """What a hold is, by the kind of its request."""
    kinds = {RequestKind.OBJECTION: Limit.OBJECTED, RequestKind.WITHDRAWAL: Limit.WITHDRAWN}
    return kinds.get(RequestKind(row.kind), Limit.RESTRICTED)


def is_imported(db: Connection, record: bytes) -> bool:
    """Whether the record came with an import; one that a person typed in has nobody else who answers for consents."""
    table = schema.collected.c
    return db.execute(select(table.record).where(table.record == record)).first() is None
